package dev.lanewise.train;

import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where a fit reads its rows from, batch by batch, epoch after epoch. {@link #of(Matrix, Matrix)} reads from memory; an
 * implementation of one's own can stream.
 *
 * <p>One fit uses a source from one thread, and a source serves one fit at a time.
 */
public interface Source {

  /** The columns of x. */
  int inputs();

  /** The columns of y: the network's outputs. */
  int outputs();

  /** The rows of an epoch, or −1 where that is not known. A fit asks when it begins, and refuses a source that gives more or fewer. */
  long rows();

  /**
   * Refuses what can be seen to be bad before training begins. Values that {@link #fill} hands over are checked again batch
   * by batch, as they come.
   *
   * @throws IllegalArgumentException in one sentence that names the row
   */
  default void check() {}

  /**
   * {@link #check()}, and whether the targets are ones of that loss where they can be seen.
   *
   * @throws IllegalArgumentException in one sentence that names the row
   */
  default void check(Loss loss) {
    check();
  }

  /**
   * How the rows of an epoch are shuffled, in words: what their order depends on beside epoch and seed. A run that shuffles is
   * resumed with a source that says the same, since another order ends in other bits. A source that hands on the rows of another
   * hands on its words, too.
   *
   * @return by itself {@code "in a way of the source's own"}; what may be said after "rows were shuffled"
   */
  default String order() {
    return "in a way of the source's own";
  }

  /**
   * Starts an epoch.
   *
   * @param epoch how many epochs the network had been trained before this one
   * @param shuffle whether to give the rows in a random order
   * @param seed what that order depends on, together with {@code epoch} and nothing else
   */
  void begin(long epoch, boolean shuffle, long seed);

  /**
   * Fills the next batch from its first row on. The arrays for x and y hold what an earlier batch left: all values of the rows that are
   * filled are to be written, zeros too. Weights alone begin anew.
   *
   * @return the number of rows filled: {@link Batch#capacity()}, fewer at the end of the epoch, 0 after it. Where rows are not known
   *     beforehand, any batch may have fewer, except under the post's rule, which leaves the last out if it does
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
    return new MatrixSource(x, y, null);
  }

  /**
   * Rows in memory, each of which counts as much as its weight says: the loss of a batch is Σ wᵢ lᵢ / Σ wᵢ.
   *
   * @param x rows × inputs
   * @param y rows × outputs
   * @param weights one for each row, not negative
   * @throws IllegalArgumentException if their rows differ, or a weight is negative or not finite
   */
  static Source of(Matrix x, Matrix y, float[] weights) {
    return new MatrixSource(x, y, Objects.requireNonNull(weights, "weights"));
  }

  /**
   * Rows in memory with class labels. The target of label c is 1 in column c and 0 elsewhere; with one output, it is the
   * label itself, 0 or 1.
   *
   * @param x rows × inputs
   * @param labels one for each row, from 0
   * @param outputs the network's outputs: the number of classes, or 1 for two classes
   * @throws IllegalArgumentException if there are not as many labels as rows, one names no class, or outputs are not positive
   */
  static Source of(Matrix x, int[] labels, int outputs) {
    return new LabelSource(x, labels, outputs, null);
  }

  /**
   * Rows in memory with class labels and weights; see {@link #of(Matrix, int[], int)} and {@link #of(Matrix, Matrix, float[])}.
   *
   * @param x rows × inputs
   * @param labels one for each row, from 0
   * @param outputs the network's outputs: the number of classes, or 1 for two classes
   * @param weights one for each row, not negative
   * @throws IllegalArgumentException if there are not as many labels or weights as rows, one is none, or outputs are not positive
   */
  static Source of(Matrix x, int[] labels, int outputs, float[] weights) {
    return new LabelSource(x, labels, outputs, Objects.requireNonNull(weights, "weights"));
  }

  /** The buffers of one batch, row-major. */
  final class Batch {

    private final int capacity;
    private final int outputs;
    private final float[] x;
    private final float[] y;

    /** Null as long as no weight has been set. */
    private float[] weights;

    /**
     * Buffers for so many rows.
     *
     * @throws IllegalArgumentException if a number is negative, or there would be more than {@link Matrix#MOST_ELEMENTS} inputs or targets
     */
    public Batch(int capacity, int inputs, int outputs) {
      if (capacity < 0 || inputs < 0 || outputs < 0) {
        throw new IllegalArgumentException(
            Message.of("a batch cannot have %d rows of %d inputs and %d outputs", capacity, inputs, outputs));
      }
      this.capacity = capacity;
      this.outputs = outputs;
      x = Matrix.zeros(capacity, inputs).data();
      y = Matrix.zeros(capacity, outputs).data();
    }

    /** The most rows that fit. */
    public int capacity() {
      return capacity;
    }

    /** Where the inputs go, capacity × inputs; until they are written, those of an earlier batch are there. */
    public float[] x() {
      return x;
    }

    /**
     * Where the targets go, capacity × outputs; until they are written, those of an earlier batch are there. To a loss of classes with
     * other targets, as hinges, 1 and 0 are labels.
     */
    public float[] y() {
      return y;
    }

    /**
     * Has a row of this batch count for more or less than once: the loss of a batch is Σ wᵢ lᵢ / Σ wᵢ. Rows without a weight
     * count once; the next batch begins without weights.
     *
     * @throws IllegalArgumentException if the row is outside the batch, or the weight negative, not finite, or so small that a float has 0
     *     for it
     */
    public void setWeight(int row, double weight) {
      requireRow(row);
      Require.weight("the weight of row %d of the batch", row, weight);
      if (weights == null) {
        weights = new float[capacity];
        Arrays.fill(weights, 1f);
      }
      weights[row] = (float) weight;
    }

    /**
     * How much each row counts, the array itself; null as long as no weight has ever been set in these buffers, and each counts once. What
     * is written to it is held to what {@link #setWeight} takes once the batch is filled.
     */
    public float[] weights() {
      return weights;
    }

    /** Forgets the weights, for the next rows. */
    public void clearWeights() {
      if (weights != null) {
        Arrays.fill(weights, 1f);
      }
    }

    /**
     * Sets the target of a row to the class of that label, as {@link Source#of(Matrix, int[], int)} says.
     *
     * @throws IllegalArgumentException if the row is outside the batch, or the label names no class
     */
    public void setLabel(int row, int label) {
      int classes = LabelSource.classes(outputs);
      requireRow(row);
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(Message.of("label %d in row %d of the batch is outside 0..%d", label, row, classes - 1));
      }
      if (outputs == 1) {
        y[row] = label;
        return;
      }
      Arrays.fill(y, row * outputs, (row + 1) * outputs, 0f);
      y[row * outputs + label] = 1f;
    }

    private void requireRow(int row) {
      if (row < 0 || row >= capacity) {
        throw new IllegalArgumentException(
            Message.of("row %d is outside the batch, whose rows are 0..%d", row, capacity - 1));
      }
    }
  }
}
