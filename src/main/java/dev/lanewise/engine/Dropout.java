package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.Extra;

/**
 * Which outputs are dropped: a function of the fit's seed, the epoch, the batch, the layer and the element, so that it depends
 * neither on threads nor on what ran before, and the way back finds the same without storing it.
 */
final class Dropout {

  private final CounterRandom random = new CounterRandom(0, Stream.DROPOUT, 0);
  private final int[] keys;

  Dropout(int layers) {
    keys = new int[layers];
  }

  /** Starts the random stream of an epoch, before its first batch. */
  void beginEpoch(long seed, long epoch) {
    random.restart(seed, Stream.DROPOUT, epoch);
  }

  /** Draws a key for each layer. */
  void nextBatch() {
    for (int l = 0; l < keys.length; l++) {
      keys[l] = (int) random.nextLong();
    }
  }

  /** out = in where kept, over the share that is kept; else 0. The gradient goes the same way. */
  void apply(int l, LayerWork w, int from, int to, float[] in, float[] out) {
    int ld = w.ld;
    double share = w.layer.dropout();
    kernels(Extra.DROPOUT)
        .dropout(
            (to - from) * ld, keys[l], from * ld, (int) (share * 0x1p31), (float) (1 / (1 - share)), in, out, w.at(from));
  }
}
