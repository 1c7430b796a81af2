package dev.lanewise.train;

import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Matrix;
import java.util.Arrays;

/**
 * Where a fit reads its rows from, batch by batch, epoch after epoch. {@link #of(Matrix, Matrix)} reads from memory; an
 * implementation of one's own can stream.
 *
 * <p>One fit uses a source from one thread.
 */
public interface Source {

  /** The columns of x. */
  int inputs();

  /** The columns of y: the network's outputs. */
  int outputs();

  /** The rows of an epoch, or −1 where that is not known. */
  long rows();

  /**
   * Refuses what can be seen to be bad before training begins. Values that {@link #fill} hands over are checked again batch
   * by batch, as they come.
   *
   * @throws IllegalArgumentException in one sentence that names the row
   */
  default void check() {}

  /**
   * Starts an epoch.
   *
   * @param epoch how many epochs the network had been trained before this one
   * @param shuffle whether to give the rows in a random order
   * @param seed what that order depends on, together with {@code epoch} and nothing else
   */
  void begin(long epoch, boolean shuffle, long seed);

  /**
   * Fills the next batch from its first row on.
   *
   * @return the number of rows filled: {@link Batch#capacity()}, fewer at the end of the epoch, 0 after it
   */
  int fill(Batch batch);

  /**
   * Rows in memory, read where they are.
   *
   * @param x rows × inputs
   * @param y rows × outputs
   * @throws IllegalArgumentException if their rows differ
   */
  static Source of(Matrix x, Matrix y) {
    return new MatrixSource(x, y);
  }

  /**
   * Rows in memory with class labels. The target of label c is 1 in column c and 0 elsewhere; with one output, it is the
   * label itself, 0 or 1.
   *
   * @param x rows × inputs
   * @param labels one for each row, from 0
   * @param outputs the network's outputs: the number of classes, or 1 for two classes
   * @throws IllegalArgumentException if there are not as many labels as rows, or one names no class
   */
  static Source of(Matrix x, int[] labels, int outputs) {
    return new LabelSource(x, labels, outputs);
  }

  /** The buffers of one batch, row-major. */
  final class Batch {

    private final int capacity;
    private final int outputs;
    private final float[] x;
    private final float[] y;

    /** Buffers for so many rows. */
    public Batch(int capacity, int inputs, int outputs) {
      this.capacity = capacity;
      this.outputs = outputs;
      x = Matrix.zeros(capacity, inputs).data();
      y = Matrix.zeros(capacity, outputs).data();
    }

    /** The most rows that fit. */
    public int capacity() {
      return capacity;
    }

    /** Where the inputs go, capacity × inputs. */
    public float[] x() {
      return x;
    }

    /** Where the targets go, capacity × outputs. */
    public float[] y() {
      return y;
    }

    /**
     * Sets the target of a row to the class of that label, as {@link Source#of(Matrix, int[], int)} says.
     *
     * @throws IllegalArgumentException if the row is outside the batch, or the label names no class
     */
    public void setLabel(int row, int label) {
      int classes = outputs == 1 ? 2 : outputs;
      if (row < 0 || row >= capacity || label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            Message.of(
                "label %d in row %d is outside 0..%d, or the row outside 0..%d",
                label, row, classes - 1, capacity - 1));
      }
      if (outputs == 1) {
        y[row] = label;
        return;
      }
      Arrays.fill(y, row * outputs, (row + 1) * outputs, 0f);
      y[row * outputs + label] = 1f;
    }
  }
}
