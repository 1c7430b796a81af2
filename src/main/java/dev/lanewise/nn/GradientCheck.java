package dev.lanewise.nn;

import dev.lanewise.kernel.Panels;
import dev.lanewise.text.Message;
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
 * <p>The methods over arrays are called as training calls them: on rows with room between them, from an index on, the
 * activation in place, and the loss for a part of a batch at a time. Values are floats, so that differences are off by up to
 * 2·10⁻⁴; a formula that is wrong is off by more.
 * Differences are over 1/256 to both sides, from 32 on over a 4096th to an 8192nd of the point: where a value has a kink within that,
 * choose other points.
 */
public final class GradientCheck {

  /**
   * By how much a derivative may be off, relative to its size or to 1 where that is larger; of an activation, to the largest of its
   * derivatives and values where that is larger and smaller than 1.
   */
  public static final double TOLERANCE = 1e-3;

  private static final float STEP = 0x1p-8f;

  /** Floats between rows, and before the first: more, so that columns are missed by what begins at the front. */
  private static final int GAP = 5;
  private static final int BEGIN = 2 * GAP;

  /** What an error is on its way back; no 1, so that one that is replaced is seen. */
  private static final float ERROR = 2;

  /** Rows of the batch that are somebody else's, and come first; what their losses are. */
  private static final int OTHER_ROWS = 2;

  private static final float OTHER = 77;

  /** Points that are no kink of anything usual, on both sides of zero. */
  private static final float[] POINTS = {-5.3f, -2.7f, -1.3f, -0.61f, -0.17f, 0.13f, 0.37f, 0.83f, 1.7f, 2.9f, 6.1f};

  private final String what;

  /** What an error is relative to at least: a function of small values has small errors. */
  private double scale = 1;
  private double worst;
  private String where;
  private double expectedThere;
  private double actualThere;

  private GradientCheck(String what) {
    this.what = what;
  }

  /**
   * Checks {@link Activation#prime} and {@link Activation#backward} of an element-wise activation at usual points.
   *
   * @throws IllegalArgumentException if it is not element-wise
   */
  public static GradientCheck of(Activation activation) {
    return of(activation, POINTS);
  }

  /**
   * Checks an activation at these points.
   *
   * @throws IllegalArgumentException if it is not element-wise, or there are no points, or one is not finite
   */
  public static GradientCheck of(Activation activation, float... points) {
    if (points.length == 0) {
      throw new IllegalArgumentException("there are no points to check " + activation + " at");
    }
    for (float point : points) {
      if (!Float.isFinite(point)) {
        throw new IllegalArgumentException(Message.of("the points to check %s at must be finite, but one is %s", activation, point));
      }
    }
    if (!activation.isElementwise()) {
      throw new IllegalArgumentException(activation + " is not element-wise: it has no prime to be checked");
    }
    GradientCheck check = new GradientCheck(activation.name());
    int n = points.length;
    int ld = n + GAP;
    float[] z = new float[BEGIN + 2 * ld];
    System.arraycopy(points, 0, z, BEGIN, n);
    System.arraycopy(points, 0, z, BEGIN + ld, n);
    float[] a = z.clone();
    activation.apply(2, n, ld, a, a, BEGIN);
    float[] prime = new float[z.length];
    activation.prime(2, n, ld, z, prime, BEGIN);
    float[] delta = wayBack(activation, n, ld, z, a);
    // Where it goes back from a, hidden layers have nothing else, but the last one has z.
    float[] deltaOfA = activation.goesBackFromA() ? wayBack(activation, n, ld, a, a) : delta;
    check.scale = scale(activation, points);
    for (int i = 0; i < n; i++) {
      double slope = slope(activation, points[i]);
      double value = value(activation, points[i]);
      for (int at = BEGIN + i; at < z.length; at += ld) {
        check.compare("the value in place at " + points[i], value, a[at]);
        check.compare("the prime at " + points[i], slope, prime[at]);
        check.compare("the way back at " + points[i], slope, delta[at] / ERROR);
        check.compare("the way back at " + points[i] + ", from a alone,", slope, deltaOfA[at] / ERROR);
      }
    }
    return check;
  }

  /** The largest of the slopes and values there, and at most 1. */
  private static double scale(Activation activation, float... points) {
    double largest = 0;
    for (float point : points) {
      largest = Math.max(largest, Math.max(Math.abs(slope(activation, point)), Math.abs(value(activation, point))));
    }
    return largest < 1 ? largest : 1; // also where one is NaN
  }

  private static float[] wayBack(Activation activation, int n, int ld, float[] z, float[] a) {
    float[] delta = new float[z.length];
    Arrays.fill(delta, ERROR);
    activation.backward(2, n, ld, z, a, delta, BEGIN);
    return delta;
  }

  private static double value(Activation activation, float z) {
    return activation.apply(Matrix.of(1, 1, z)).data()[0];
  }

  private static double slope(Activation activation, float z) {
    float above = z + step(z);
    float below = z - step(z);
    return (value(activation, above) - value(activation, below)) / ((double) above - below);
  }

  /**
   * Checks a loss with an output activation at usual points, and targets as classes have them unless it takes any.
   *
   * @throws IllegalArgumentException if the loss does not take the activation
   */
  public static GradientCheck of(Loss loss, Activation output) {
    Matrix z = Matrix.zeros(3, 4);
    Matrix y = Matrix.zeros(3, 4);
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] = POINTS[i % POINTS.length];
      boolean isClass = i % z.cols() == i / z.cols();
      y.data()[i] = loss.domain() == null ? POINTS[(i + 5) % POINTS.length] / 2 : loss.targetOf(isClass);
    }
    return of(loss, output, z, y);
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
    int begin = OTHER_ROWS * ld;
    float[] zs = padded(z, ld);
    float[] ys = padded(y, ld);
    float[] delta = new float[zs.length];
    float[] sums = new float[OTHER_ROWS + rows];
    Arrays.fill(sums, OTHER);
    int batchRows = OTHER_ROWS + rows;
    int half = Math.ceilDiv(rows, 2); // as two threads have them
    float[] a = new float[zs.length];
    loss.output(half, cols, ld, batchRows, output, zs, a, ys, delta, begin, sums, OTHER_ROWS);
    loss.output(
        rows - half, cols, ld, batchRows, output, zs, a, ys, delta, begin + half * ld, sums, OTHER_ROWS + half);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += sums[OTHER_ROWS + i];
    }
    check.compare("the mean loss", loss.value(output.apply(z), y), sum / loss.outputsInMean(cols) / rows);
    for (int i = 0; i < OTHER_ROWS; i++) {
      check.compare("the loss of a row of another thread", OTHER, sums[i]);
    }
    // An element's part of the mean, times the elements of the mean, is its own loss.
    double elements = (double) rows * loss.outputsInMean(cols);
    double elementsOfBatch = (double) batchRows * loss.outputsInMean(cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        double slope = slope(loss, output, z, y, i, j);
        check.compare(
            "the gradient in row " + i + ", column " + j, slope * elements, delta[begin + i * ld + j] * elementsOfBatch);
      }
    }
    return check;
  }

  private static double slope(Loss loss, Activation output, Matrix z, Matrix y, int row, int col) {
    Matrix above = z.copy();
    above.set(row, col, z.get(row, col) + step(z.get(row, col)));
    Matrix below = z.copy();
    below.set(row, col, z.get(row, col) - step(z.get(row, col)));
    double step = (double) above.get(row, col) - below.get(row, col);
    return (loss.value(output.apply(above), y) - loss.value(output.apply(below), y)) / step;
  }

  /** From 32 on it grows with the number, which would swallow it; sooner, differences would be further off what they stand for. */
  private static float step(float z) {
    return Math.scalb(STEP, Math.max(0, Math.getExponent(z) - 4));
  }

  private static float[] padded(Matrix matrix, int ld) {
    float[] rows = new float[(OTHER_ROWS + matrix.rows()) * ld];
    for (int i = 0; i < matrix.rows(); i++) {
      System.arraycopy(matrix.data(), i * matrix.cols(), rows, (OTHER_ROWS + i) * ld, matrix.cols());
    }
    return rows;
  }

  private void compare(String place, double expected, double actual) {
    double difference = Math.abs(actual - expected);
    double error = difference == 0 ? 0 : difference / Math.max(scale, Math.abs(expected));
    if (!(error <= worst)) { // NaN is the worst of all
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
      where = place;
      expectedThere = expected;
      actualThere = actual;
    }
  }

  /** Whether all was within {@link #TOLERANCE}. */
  public boolean passes() {
    return worst <= TOLERANCE;
  }

  /** The largest difference, relative to what {@link #TOLERANCE} is relative to. */
  public double maxError() {
    return worst;
  }

  /** What was the worst, in a sentence. */
  @Override
  public String toString() {
    if (where == null) {
      return what + " passes";
    }
    return passes()
        ? Message.of("%s passes: at worst %s is %.6g, for %.6g by differences", what, where, actualThere, expectedThere)
        : Message.of("%s is wrong: %s is %.6g, and should be %.6g", what, where, actualThere, expectedThere);
  }
}
