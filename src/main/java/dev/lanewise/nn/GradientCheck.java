package dev.lanewise.nn;

import dev.lanewise.kernel.Message;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * Compares the derivative that an activation or a loss of one's own computes with central differences of its values:
 *
 * <pre>{@code
 * GradientCheck check = GradientCheck.of(new Swish());
 * if (!check.passes()) {
 *   throw new AssertionError(check);   // says where, what was computed and what was expected
 * }
 * }</pre>
 *
 * <p>Values are floats, so the differences are good to some thousandths; a formula that is wrong is off by more. Where a value
 * has a kink within the step of a difference, choose other points.
 */
public final class GradientCheck {

  /** By how much a derivative may be off, relative to its size or to 1 where that is larger. */
  public static final double TOLERANCE = 5e-3;

  private static final float STEP = 0x1p-8f;

  /** Points that are no kink of anything usual, on both sides of zero. */
  private static final float[] POINTS = {-5.3f, -2.7f, -1.3f, -0.61f, -0.17f, 0.13f, 0.37f, 0.83f, 1.7f, 2.9f, 6.1f};

  private final String what;
  private double worst;
  private String where = "";

  private GradientCheck(String what) {
    this.what = what;
  }

  /** Checks {@link Activation#prime} and {@link Activation#backward} of an element-wise activation at usual points. */
  public static GradientCheck of(Activation activation) {
    return of(activation, POINTS);
  }

  /**
   * Checks an activation at these points.
   *
   * @throws IllegalArgumentException if it is not element-wise
   */
  public static GradientCheck of(Activation activation, float... points) {
    if (!activation.isElementwise()) {
      throw new IllegalArgumentException(activation + " is not element-wise: it has no prime to be checked");
    }
    GradientCheck check = new GradientCheck(activation.name());
    Matrix z = Matrix.of(1, points.length, points);
    float[] prime = activation.prime(z).data();
    float[] back = new float[points.length];
    Arrays.fill(back, 1f);
    float[] a = activation.apply(z).data();
    float[] from = activation.goesBackFromA() ? a : points;
    activation.backward(1, points.length, points.length, from, a, back, 0);
    for (int i = 0; i < points.length; i++) {
      float above = activation.apply(Matrix.of(1, 1, points[i] + STEP)).data()[0];
      float below = activation.apply(Matrix.of(1, 1, points[i] - STEP)).data()[0];
      double difference = ((double) above - below) / (2 * STEP);
      check.compare("the prime at " + points[i], difference, prime[i]);
      check.compare("the way back at " + points[i], difference, back[i]);
    }
    return check;
  }

  /**
   * Checks {@link Loss#backward} and {@link Loss#rowSums} of a loss for a batch: the gradient of the batch's mean loss by z
   * against differences of {@link Loss#value}, and the sums of the rows against that value.
   *
   * @param output the output activation to check it with
   * @param z rows × outputs, what goes into that activation
   * @param y rows × outputs, the targets
   * @throws IllegalArgumentException if the shapes differ, or the loss does not take the activation or the targets
   */
  public static GradientCheck of(Loss loss, Activation output, Matrix z, Matrix y) {
    if (z.rows() != y.rows() || z.cols() != y.cols()) {
      throw new IllegalArgumentException(Message.of("z is %s, but y is %s", z.shape(), y.shape()));
    }
    loss.checkOutput(output);
    loss.checkTargets("y", y);
    GradientCheck check = new GradientCheck(loss + " of " + output);
    int rows = z.rows();
    int cols = z.cols();
    int ld = Panels.columns(cols);
    float[] zs = padded(z, ld);
    float[] ys = padded(y, ld);
    float[] delta = new float[rows * ld];
    float[] sums = new float[rows];
    loss.output(rows, cols, ld, rows, output, zs, new float[rows * ld], ys, delta, 0, sums, 0);
    double sum = 0;
    for (float each : sums) {
      sum += each;
    }
    check.compare("the mean loss", loss.value(output.apply(z), y), sum / loss.outputsInMean(cols) / rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        double difference = (shifted(loss, output, z, y, i, j, STEP) - shifted(loss, output, z, y, i, j, -STEP)) / (2 * STEP);
        // Of the mean over all elements each has a small part.
        double scale = (double) rows * loss.outputsInMean(cols);
        check.compare("the gradient in row " + i + ", column " + j, difference * scale, delta[i * ld + j] * scale);
      }
    }
    return check;
  }

  private static float[] padded(Matrix matrix, int ld) {
    float[] rows = new float[matrix.rows() * ld];
    for (int i = 0; i < matrix.rows(); i++) {
      System.arraycopy(matrix.data(), i * matrix.cols(), rows, i * ld, matrix.cols());
    }
    return rows;
  }

  private static double shifted(Loss loss, Activation output, Matrix z, Matrix y, int row, int col, float by) {
    Matrix moved = z.copy();
    moved.set(row, col, z.get(row, col) + by);
    return loss.value(output.apply(moved), y);
  }

  private void compare(String place, double expected, double actual) {
    double error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    if (!(error <= worst)) { // NaN is the worst of all
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
      where = Message.of("%s is %.6g, and should be %.6g", place, actual, expected);
    }
  }

  /** Whether all was within {@link #TOLERANCE}. */
  public boolean passes() {
    return worst <= TOLERANCE;
  }

  /** The largest difference, relative to the size of what was expected or to 1 where that is larger. */
  public double maxError() {
    return worst;
  }

  /** What was the worst, in a sentence. */
  @Override
  public String toString() {
    return Message.of("%s %s: %s", what, passes() ? "passes" : "is wrong", where);
  }
}
