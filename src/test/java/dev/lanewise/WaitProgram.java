package dev.lanewise;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.Arrays;

/**
 * Begins a fit of a network with a wide layer, with the argument {@code much} one of as many multiply-adds as are worth waiting for, and
 * prints whether at least the longest wait lies between its first batch and its second.
 */
public final class WaitProgram {

  private WaitProgram() {}

  /** Fits and prints. */
  public static void main(String[] args) {
    Network network = Network.of(new int[] {4, 64, 2}, Activation.RELU, Activation.SOFTMAX);
    int epochs = args.length == 0 ? 1 : 1_000_000_000;
    Batches source = new Batches();
    try {
      network.fit(source, Fit.with(Loss.CROSS_ENTROPY).batchSize(1).epochs(epochs));
    } catch (SecondBatch e) {
      long nanos = System.nanoTime() - source.first;
      System.out.println(nanos >= KernelProvider.LONGEST_WAIT_NANOS ? "waited" : "did not wait");
    }
  }

  private static final class SecondBatch extends RuntimeException {}

  /** Two batches of a row, of which the second is never handed over. */
  private static final class Batches implements Source {

    private long first;

    @Override
    public int inputs() {
      return 4;
    }

    @Override
    public int outputs() {
      return 2;
    }

    @Override
    public long rows() {
      return 2;
    }

    @Override
    public void begin(long epoch, boolean shuffle, long seed) {}

    @Override
    public int fill(Batch batch) {
      if (first != 0) {
        throw new SecondBatch();
      }
      first = System.nanoTime();
      Arrays.fill(batch.x(), 1f);
      batch.setLabel(0, 1);
      return 1;
    }
  }
}
