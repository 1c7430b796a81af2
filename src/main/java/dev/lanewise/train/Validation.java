package dev.lanewise.train;

import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.Objects;

/** Rows that are evaluated at the end of each epoch: inputs, and targets or class labels. */
public final class Validation {

  private final Matrix x;
  private final Matrix y;
  private final int[] labels;

  private Validation(Matrix x, Matrix y, int[] labels) {
    this.x = x;
    this.y = y;
    this.labels = labels;
    int rows = y == null ? labels.length : y.rows();
    if (x.rows() != rows) {
      throw new IllegalArgumentException(
          Message.of("the validation's x is %s, but it has %d targets: they must be as many", x.shape(), rows));
    }
    if (rows == 0) {
      throw new IllegalArgumentException(Message.of("the validation has no rows: its x is %s", x.shape()));
    }
  }

  static Validation of(Matrix x, Matrix y) {
    return new Validation(x, Objects.requireNonNull(y, "y"), null);
  }

  static Validation of(Matrix x, int[] labels) {
    return new Validation(x, null, labels.clone());
  }

  /** Rows × inputs. */
  public Matrix x() {
    return x;
  }

  /** Whether the rows have class labels. */
  public boolean isLabelled() {
    return labels != null;
  }

  /**
   * Refuses values that are not finite, labels that a network of so many outputs does not tell apart and targets that are none of
   * the loss.
   *
   * @throws IllegalArgumentException in one sentence that names the row
   */
  public void check(int outputs, Loss loss) {
    x.requireFinite("the validation's x");
    if (y != null) {
      y.requireFinite("the validation's y");
      loss.checkTargets("the validation's y", y);
    } else {
      LabelSource.requireLabels("the validation's label", labels, outputs);
    }
  }

  /** The share of the rows whose class is predicted; only with labels. */
  public double accuracy(int[] predicted) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += predicted[i] == labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  /** The columns of the targets: those given, or as many as outputs, which labels fit. */
  public int targetColumns(int outputs) {
    return y != null ? y.cols() : outputs;
  }

  /** The targets for so many outputs: those given, or those that the labels stand for under a loss. */
  public Matrix targets(int outputs, Loss loss) {
    return y != null ? y : loss.targets(labels, outputs);
  }
}
