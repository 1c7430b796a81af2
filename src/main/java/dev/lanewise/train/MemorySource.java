package dev.lanewise.train;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.Gather;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.Arrays;

/** Rows of a matrix, in the order of an epoch; what their targets are is up to the subclass. */
abstract class MemorySource implements Source, Gather {

  private final Matrix x;
  private final float[] weights;
  private final CounterRandom random = new CounterRandom(0, Stream.ORDER, 0);

  /** The rows that are given; null for all. */
  private int[] rows;

  private int[] order;
  private int current;
  private int next;

  /**
   * All rows of x.
   *
   * @param weights one for each row, or null where each counts once
   */
  MemorySource(Matrix x, float[] weights) {
    this.x = x;
    this.weights = weights == null ? null : weights.clone();
    this.order = new int[x.rows()];
    if (weights != null && weights.length != x.rows()) {
      throw new IllegalArgumentException(
          Message.of("x is %s, but there are %d weights: each row needs one", x.shape(), weights.length));
    }
    for (int i = 0; weights != null && i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            Message.of("weights must be finite and not negative, but that of row %d is %s", i, weights[i]));
      }
    }
  }

  /** {@code "among all rows in memory"}. */
  @Override
  public final String order() {
    return "among all rows in memory";
  }

  @Override
  public final void restrictTo(int[] someRows) {
    rows = someRows;
    order = new int[someRows.length];
  }

  /** What is given of something that each row of x has one of. */
  final int[] given(int[] ofEachRow) {
    return rows == null ? ofEachRow : Arrays.stream(rows).map(row -> ofEachRow[row]).toArray();
  }

  /** The row of x that a row of the batch is. */
  final int row(int ofBatch) {
    return order[current + ofBatch];
  }

  @Override
  public final int inputs() {
    return x.cols();
  }

  @Override
  public final long rows() {
    return order.length;
  }

  @Override
  public void check() {
    x.requireFinite("x");
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
    for (int i = 0; rows != null && i < order.length; i++) {
      order[i] = rows[order[i]];
    }
  }

  @Override
  public final int fill(Batch batch) {
    int count = advance(batch.capacity());
    copyRows(0, count, batch.x(), 0, inputs(), batch.y(), 0, outputs());
    for (int i = 0; weights != null && i < count; i++) {
      batch.setWeight(i, weights[row(i)]);
    }
    return count;
  }

  @Override
  public final int advance(int capacity) {
    current = next;
    next += Math.min(capacity, order.length - next);
    return next - current;
  }

  @Override
  public final void copyRows(int from, int to, float[] intoX, int xAt, int ldx, float[] intoY, int yAt, int ldy) {
    kernels().gather(to - from, x.cols(), x.data(), order, current + from, intoX, xAt + from * ldx, ldx);
    copyTargets(to - from, order, current + from, intoY, yAt + from * ldy, ldy);
  }

  @Override
  public final boolean isWeighted() {
    return weights != null;
  }

  @Override
  public final void copyWeights(int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = weights[row(i)];
    }
  }

  /**
   * Writes the targets of so many rows, those that {@code rowOrder} names from {@code orderAt} on, to a batch's targets, from
   * index {@code at} on and {@code ld} apart.
   */
  abstract void copyTargets(int count, int[] rowOrder, int orderAt, float[] intoY, int at, int ld);
}
