package dev.lanewise;

import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source;
import java.util.function.LongFunction;

/** Rows of two matrices in an order that a test gives for each epoch; it need not name every row. */
class OrderedSource implements Source {

  private final Matrix x;
  private final Matrix y;
  private final LongFunction<int[]> orders;
  private final long rows;
  private final float[] weights;
  private int[] order = {};
  private int next;

  /** The order of each epoch, from the network's epoch 0 on, and what {@link #rows} says. */
  OrderedSource(Matrix x, Matrix y, long rows, LongFunction<int[]> orders) {
    this(x, y, rows, orders, null);
  }

  /** The same, with a weight of each row of x; null for none. */
  OrderedSource(Matrix x, Matrix y, long rows, LongFunction<int[]> orders, float[] weights) {
    this.weights = weights;
    this.x = x;
    this.y = y;
    this.rows = rows;
    this.orders = orders;
  }

  @Override
  public int inputs() {
    return x.cols();
  }

  @Override
  public int outputs() {
    return y.cols();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void begin(long epoch, boolean shuffle, long seed) {
    order = orders.apply(epoch);
    next = 0;
  }

  @Override
  public int fill(Batch batch) {
    int filled = 0;
    for (; filled < batch.capacity() && next < order.length; filled++, next++) {
      System.arraycopy(x.data(), order[next] * x.cols(), batch.x(), filled * x.cols(), x.cols());
      System.arraycopy(y.data(), order[next] * y.cols(), batch.y(), filled * y.cols(), y.cols());
      if (weights != null) {
        batch.setWeight(filled, weights[order[next]]);
      }
    }
    return filled;
  }
}
