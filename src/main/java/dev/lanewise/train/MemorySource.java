package dev.lanewise.train;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.Gather;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Matrix;

/** Rows of a matrix, in the order of an epoch; what their targets are is up to the subclass. */
abstract class MemorySource implements Source, Gather {

  private final Matrix x;
  private final int[] order;
  private final CounterRandom random = new CounterRandom(0, Stream.ORDER, 0);
  private int current;
  private int next;

  MemorySource(Matrix x) {
    this.x = x;
    this.order = new int[x.rows()];
  }

  @Override
  public final int inputs() {
    return x.cols();
  }

  @Override
  public final long rows() {
    return x.rows();
  }

  @Override
  public void check() {
    requireFinite("x", x);
  }

  static void requireFinite(String name, Matrix matrix) {
    int at = kernels().firstNonFinite(matrix.data().length, matrix.data(), 0);
    if (at >= 0) {
      throw new IllegalArgumentException(
          Message.of("%s has %s in row %d, column %d; values must be finite", name, matrix.data()[at], at / matrix.cols(), at % matrix.cols()));
    }
  }

  @Override
  public final void begin(long epoch, boolean shuffle, long seed) {
    current = 0;
    next = 0;
    if (shuffle) {
      random.restart(seed, Stream.ORDER, epoch);
      random.fillPermutation(order);
    } else {
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
    }
  }

  @Override
  public final int fill(Batch batch) {
    int rows = advance(batch.capacity());
    copyRows(0, rows, batch.x(), inputs(), batch.y(), outputs());
    return rows;
  }

  @Override
  public final int advance(int capacity) {
    current = next;
    next += Math.min(capacity, order.length - next);
    return next - current;
  }

  @Override
  public final void copyRows(int from, int to, float[] intoX, int ldx, float[] intoY, int ldy) {
    kernels().gather(to - from, x.cols(), x.data(), order, current + from, intoX, from * ldx, ldx);
    copyTargets(to - from, order, current + from, intoY, from * ldy, ldy);
  }

  /**
   * Writes the targets of so many rows, those that {@code rowOrder} names from {@code orderAt} on, to a batch's targets, from
   * index {@code at} on and {@code ld} apart.
   */
  abstract void copyTargets(int rows, int[] rowOrder, int orderAt, float[] intoY, int at, int ld);
}
