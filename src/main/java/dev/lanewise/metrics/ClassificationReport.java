package dev.lanewise.metrics;

import java.util.List;

/**
 * Precision, recall, F1 and support of each class, with their averages.
 *
 * <p>For class c, with t = rows that are c, p = rows predicted to be c and h = rows that are both:
 *
 * <pre>
 * precision = h / p     recall = h / t     f1 = 2h / (t + p)     support = t
 * </pre>
 *
 * <p>A quotient whose divisor is 0 is 0. A macro average is the mean over all classes, those without rows included; a
 * weighted average is the mean weighted by support; accuracy is the share of the rows predicted right.
 *
 * <p>Immutable. The figures and the text are those of scikit-learn's {@code classification_report} with
 * {@code labels=range(k)} and {@code target_names} given, down to the order in which NumPy adds. Where a class has neither
 * rows nor predictions, that is so from scikit-learn 1.5 on: until 1.4, it has the row {@code micro avg} there, three times the
 * figure that {@code accuracy} has here.
 */
public final class ClassificationReport {
  private final ConfusionMatrix matrix;
  private final double[] precision;
  private final double[] recall;
  private final double[] f1;

  private ClassificationReport(ConfusionMatrix matrix) {
    this.matrix = matrix;
    int classes = matrix.classes();
    precision = new double[classes];
    recall = new double[classes];
    f1 = new double[classes];
    for (int c = 0; c < classes; c++) {
      int hits = matrix.count(c, c);
      precision[c] = ConfusionMatrix.quotient(hits, matrix.predicted(c));
      recall[c] = ConfusionMatrix.quotient(hits, matrix.support(c));
      f1[c] = ConfusionMatrix.quotient(2.0 * hits, (double) matrix.support(c) + matrix.predicted(c));
    }
  }

  /**
   * Compares predicted labels with the true ones.
   *
   * @param truth the class of each row, from 0 to k − 1
   * @param predicted the class predicted for each row, from 0 to k − 1
   * @param classNames the names of the k classes; a class may be without rows, and without predictions too
   * @throws IllegalArgumentException if the two differ in length, if there are no rows, or if a label is outside 0..k−1
   */
  public static ClassificationReport of(int[] truth, int[] predicted, List<String> classNames) {
    return of(ConfusionMatrix.of(truth, predicted, classNames));
  }

  /** The report of what has been counted. */
  public static ClassificationReport of(ConfusionMatrix matrix) {
    return new ClassificationReport(matrix);
  }

  /** The counts that all figures are made of. */
  public ConfusionMatrix confusionMatrix() {
    return matrix;
  }

  /** The names of the classes; the list cannot be changed. */
  public List<String> classNames() {
    return matrix.classNames();
  }

  /** The number of rows compared. */
  public int rows() {
    return matrix.rows();
  }

  /** The number of rows predicted right. */
  public int correct() {
    return matrix.correct();
  }

  /** The share of the rows predicted right, from 0 to 1. */
  public double accuracy() {
    return (double) matrix.correct() / matrix.rows();
  }

  /**
   * Of the rows predicted to be of this class, the share that are; 0 if none is predicted.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double precision(int classIndex) {
    return precision[Checks.classIndex(classIndex, matrix.classes())];
  }

  /**
   * Of the rows of this class, the share predicted to be; 0 if there are none.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double recall(int classIndex) {
    return recall[Checks.classIndex(classIndex, matrix.classes())];
  }

  /**
   * The harmonic mean of precision and recall; 0 if both are.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double f1(int classIndex) {
    return f1[Checks.classIndex(classIndex, matrix.classes())];
  }

  /**
   * The number of rows that are of this class.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int support(int classIndex) {
    return matrix.support(classIndex);
  }

  /** The mean of the classes' precisions. */
  public double macroPrecision() {
    return macro(precision);
  }

  /** The mean of the classes' recalls. */
  public double macroRecall() {
    return macro(recall);
  }

  /** The mean of the classes' F1 scores. */
  public double macroF1() {
    return macro(f1);
  }

  /** The mean of the classes' precisions, weighted by support. */
  public double weightedPrecision() {
    return weighted(precision);
  }

  /** The mean of the classes' recalls, weighted by support: the accuracy, but for rounding. */
  public double weightedRecall() {
    return weighted(recall);
  }

  /** The mean of the classes' F1 scores, weighted by support. */
  public double weightedF1() {
    return weighted(f1);
  }

  private static double macro(double[] values) {
    return sum(values, 0, values.length) / values.length;
  }

  private double weighted(double[] values) {
    double[] products = new double[values.length];
    for (int c = 0; c < products.length; c++) {
      products[c] = values[c] * matrix.support(c);
    }
    return sum(products, 0, products.length) / matrix.rows();
  }

  /**
   * The sum of {@code n} values in NumPy's order: fewer than eight from left to right, up to 128 in eight strands, and
   * more by halves. With as many rows in each class a mean often falls midway between two decimals, and then the last
   * bit of the sum decides which is shown.
   */
  private static double sum(double[] values, int from, int n) {
    if (n > 128) {
      int half = n / 2 - n / 2 % 8;
      return sum(values, from, half) + sum(values, from + half, n - half);
    }
    double sum = 0;
    int strands = n - n % 8;
    if (strands > 0) {
      double[] s = new double[8];
      for (int i = 0; i < strands; i++) {
        s[i % 8] += values[from + i];
      }
      sum = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
    }
    for (int i = strands; i < n; i++) {
      sum += values[from + i];
    }
    return sum;
  }

  /**
   * The report as scikit-learn prints it, until 1.4 if each class has a row or a prediction, and but for the support where no row
   * is right, which is {@code 1.0} in 1.4.2 for the 1 here; the same in every locale, ending with a line feed, and with question
   * marks for control characters in names:
   *
   * <pre>
   *               precision    recall  f1-score   support
   *
   *      class 0       0.50      1.00      0.67         1
   *      class 1       0.00      0.00      0.00         1
   *      class 2       1.00      0.67      0.80         3
   *
   *     accuracy                           0.60         5
   *    macro avg       0.50      0.56      0.49         5
   * weighted avg       0.70      0.60      0.61         5
   * </pre>
   */
  @Override
  public String toString() {
    int width = "weighted avg".length();
    List<String> names = Text.shown(classNames());
    for (String name : names) {
      width = Math.max(width, Text.length(name));
    }
    int rows = matrix.rows();
    StringBuilder text = new StringBuilder((width + 42) * (matrix.classes() + 6));
    line(text, width, "", "precision", "recall", "f1-score", "support");
    text.append('\n');
    for (int c = 0; c < matrix.classes(); c++) {
      line(text, width, names.get(c), precision[c], recall[c], f1[c], matrix.support(c));
    }
    text.append('\n');
    line(text, width, "accuracy", "", "", decimals(accuracy()), Integer.toString(rows));
    line(text, width, "macro avg", macroPrecision(), macroRecall(), macroF1(), rows);
    line(text, width, "weighted avg", weightedPrecision(), weightedRecall(), weightedF1(), rows);
    return text.toString();
  }

  private static void line(StringBuilder text, int width, String name, double p, double r, double f, int support) {
    line(text, width, name, decimals(p), decimals(r), decimals(f), Integer.toString(support));
  }

  private static void line(StringBuilder text, int width, String name, String... cells) {
    Text.right(text, width, name);
    text.append(' ');
    for (String cell : cells) {
      text.append(' ');
      Text.right(text, 9, cell);
    }
    text.append('\n');
  }

  /**
   * Two decimals of a value from 0 to 1: its exact binary value rounded, a tie to the even one, as C and Python do. The
   * value is m / 2^shift with m below 2^53, so 100 m and what is left of it below the point are exact in a long.
   * BigDecimal and Formatter do the same, but are slow to load.
   */
  private static String decimals(double value) {
    long hundredths = 0;
    if (value > 0.001) {
      int shift = 52 - Math.getExponent(value);
      long m = (Double.doubleToRawLongBits(value) & ((1L << 52) - 1)) | (1L << 52);
      hundredths = (100 * m) >>> shift;
      long rest = 100 * m - (hundredths << shift);
      long half = 1L << (shift - 1);
      if (rest > half || (rest == half && hundredths % 2 == 1)) {
        hundredths++;
      }
    }
    char[] digits = {
      (char) ('0' + hundredths / 100), '.', (char) ('0' + hundredths / 10 % 10), (char) ('0' + hundredths % 10)
    };
    return new String(digits);
  }
}
