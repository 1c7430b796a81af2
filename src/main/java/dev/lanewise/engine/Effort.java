package dev.lanewise.engine;

import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.List;

/** How much a fit has to do, and what is worth its price for so much. */
final class Effort {

  /** Below so many multiply-adds a step, meeting costs more than a second thread brings. */
  private static final long WORTH_THREADS = 1L << 20;

  /** From so many multiply-adds on, seconds of scalar kernels, a fit waits until C2 has compiled its products. */
  private static final long WORTH_WAITING = 10_000_000_000L;

  /** A fit with a shorter time limit than that, in nanoseconds, does not wait. */
  private static final long TIME_TO_WAIT = 5_000_000_000L;

  private Effort() {}

  /** The most steps that there may be: the largest number where the rows are not known, or more than an int. */
  static long steps(long rows, int batchRows, int epochs) {
    return rows < 0 || rows > Integer.MAX_VALUE ? Long.MAX_VALUE : Math.ceilDiv(rows, (long) batchRows) * epochs;
  }

  /** The threads that gain something, of those that the fit may have. */
  static int threads(List<Dense> layers, Source source, Fit fit) {
    int rows = Batches.capacity(source, fit);
    int most = rows; // of the rows of a batch, or of a layer's weights or their panels, as many threads can have a share
    for (Dense layer : layers) {
      most = Math.max(most, Math.max(layer.inputs(), Math.ceilDiv(layer.outputs(), Panels.GROUP) * Share.UNIT));
    }
    return multiplyAdds(layers, rows) < WORTH_THREADS ? 1 : Math.min(fit.threads(), Math.ceilDiv(most, Share.UNIT));
  }

  /**
   * Whether so many steps are so much that a fit waits for kernels first.
   *
   * @param timeLimit in nanoseconds
   */
  static boolean isWorthWaiting(List<Dense> layers, int batchRows, long steps, long timeLimit) {
    return timeLimit >= TIME_TO_WAIT && steps > WORTH_WAITING / multiplyAdds(layers, batchRows);
  }

  /** Of a step with so many rows. */
  private static long multiplyAdds(List<Dense> layers, int rows) {
    long weights = 0;
    for (Dense layer : layers) {
      weights += (long) layer.inputs() * layer.outputs();
    }
    return 3L * rows * weights;
  }
}
