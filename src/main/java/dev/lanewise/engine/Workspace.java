package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source.Batch;
import java.util.List;

/** Every array that a fit needs, allocated once: a training step allocates nothing. */
final class Workspace {

  final List<Dense> layers;
  final Batch batch;

  /** Of each layer, batch rows × outputs. */
  final float[][] z;
  final float[][] a;
  final float[][] delta;

  /** Of each row of the batch. */
  final float[] rowLoss;

  /** The parameters being trained, row-major, and their gradients. */
  final float[][] weights;
  final float[][] biases;
  final float[][] weightGradients;
  final float[][] biasGradients;

  /** The weights once more as the kernels read them: W forwards, Wᵀ backwards (not of the first layer). */
  final float[][] packed;
  final float[][] packedTransposed;

  /** Of each thread. */
  final float[][] scratch;

  Workspace(List<Dense> layers, Parameters start, int batchRows, int threads) {
    this.layers = layers;
    int depth = layers.size();
    batch = new Batch(batchRows, layers.getFirst().inputs(), layers.getLast().outputs());
    z = new float[depth][];
    a = new float[depth][];
    delta = new float[depth][];
    rowLoss = new float[batchRows];
    weights = new float[depth][];
    biases = new float[depth][];
    weightGradients = new float[depth][];
    biasGradients = new float[depth][];
    packed = new float[depth][];
    packedTransposed = new float[depth][];
    int scratchLength = Kernels.TILE_SCRATCH;
    for (int l = 0; l < depth; l++) {
      int k = layers.get(l).inputs();
      int n = layers.get(l).outputs();
      z[l] = Matrix.zeros(batchRows, n).data();
      a[l] = Matrix.zeros(batchRows, n).data();
      delta[l] = Matrix.zeros(batchRows, n).data();
      weights[l] = start.weights(l).clone();
      biases[l] = start.bias(l).clone();
      weightGradients[l] = new float[weights[l].length];
      biasGradients[l] = new float[n];
      packed[l] = new float[kernels().packedLength(k, n)];
      if (l > 0) {
        packedTransposed[l] = new float[kernels().packedLength(n, k)];
      }
      scratchLength = Math.max(scratchLength, kernels().scratchLength(k, n, batchRows));
      pack(l, 0, k);
    }
    scratch = new float[threads][scratchLength];
  }

  /** Packs rows from..to of a layer's weights anew. */
  void pack(int l, int from, int to) {
    int k = layers.get(l).inputs();
    int n = layers.get(l).outputs();
    kernels().pack(k, n, from, to, weights[l], 0, n, packed[l]);
    if (l > 0) {
      kernels().packTransposed(n, k, from, to, weights[l], 0, n, packedTransposed[l]);
    }
  }

  /** The input of a layer: the batch, or the activations of the layer before. */
  float[] input(int l) {
    return l == 0 ? batch.x() : a[l - 1];
  }
}
