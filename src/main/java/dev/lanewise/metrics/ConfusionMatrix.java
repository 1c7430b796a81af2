package dev.lanewise.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * How many rows of each class were predicted to be of each class: k × k counts, a row for each true class and a column
 * for each predicted one, as in scikit-learn's {@code confusion_matrix}.
 *
 * <p>Immutable: arrays are handed out as copies.
 */
public final class ConfusionMatrix {
  private final List<String> classNames;

  /** Pairs of a true and a predicted class that rows have, as t · k + p, in order: of many classes most pairs have none. */
  private final long[] pairs;

  /** The rows of each of the pairs. */
  private final int[] counts;
  private final int[] support;
  private final int[] predicted;
  private final int rows;
  private final int correct;

  /** Of a pair for each row, in order; keeps the array. */
  private ConfusionMatrix(List<String> classNames, long[] sorted) {
    this.classNames = classNames;
    rows = sorted.length;
    int[] rowsOf = new int[rows];
    int last = -1;
    for (long pair : sorted) { // and no stream, whose classes take a short program milliseconds
      if (last < 0 || sorted[last] != pair) {
        sorted[++last] = pair;
      }
      rowsOf[last]++;
    }
    pairs = Arrays.copyOf(sorted, last + 1);
    counts = Arrays.copyOf(rowsOf, last + 1);
    support = new int[classes()];
    predicted = new int[classes()];
    int correct = 0;
    for (int pair = 0; pair < pairs.length; pair++) {
      int t = truthOf(pair);
      int p = predictionOf(pair);
      support[t] += counts[pair];
      predicted[p] += counts[pair];
      correct += t == p ? counts[pair] : 0;
    }
    this.correct = correct;
  }

  /**
   * Counts the pairs of a true and a predicted label.
   *
   * @param truth the class of each row, from 0 to k − 1
   * @param predicted the class predicted for each row, from 0 to k − 1
   * @param classNames the names of the k classes; a class may be without rows
   * @throws IllegalArgumentException if the two differ in length, if there are no rows, or if a label is outside 0..k−1
   */
  public static ConfusionMatrix of(int[] truth, int[] predicted, List<String> classNames) {
    Checks.sameLength(truth, predicted);
    List<String> names = List.copyOf(classNames);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("counting by class needs class names, but none are given");
    }
    long[] pairs = new long[truth.length];
    for (int i = 0; i < truth.length; i++) {
      Checks.namedLabel("label", truth[i], i, names.size());
      Checks.namedLabel("predicted label", predicted[i], i, names.size());
      pairs[i] = (long) truth[i] * names.size() + predicted[i];
    }
    sort(pairs, (long) names.size() * names.size());
    return new ConfusionMatrix(names, pairs);
  }

  /** Numbers below a limit: by counting where there are not fewer of them, as the library's first sort takes a program some 4 ms. */
  private static void sort(long[] pairs, long limit) {
    if (limit > pairs.length) {
      Arrays.sort(pairs);
      return;
    }
    int[] rowsOf = new int[(int) limit];
    for (long pair : pairs) {
      rowsOf[(int) pair]++;
    }
    int from = 0;
    for (int pair = 0; pair < limit; pair++) {
      int to = from + rowsOf[pair];
      Arrays.fill(pairs, from, to, pair);
      from = to;
    }
  }

  /** The names of the classes; the list cannot be changed. */
  public List<String> classNames() {
    return classNames;
  }

  /** The number of classes, k. */
  public int classes() {
    return classNames.size();
  }

  /** The number of rows counted. */
  public int rows() {
    return rows;
  }

  /** The number of rows predicted right: the sum of the diagonal. */
  public int correct() {
    return correct;
  }

  /**
   * The number of rows of class {@code truth} that were predicted to be of class {@code predicted}.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int count(int truth, int predicted) {
    int at = Arrays.binarySearch(pairs, (long) checkClass(truth) * classes() + checkClass(predicted));
    return at < 0 ? 0 : counts[at];
  }

  private int truthOf(int pair) {
    return (int) (pairs[pair] / classes());
  }

  private int predictionOf(int pair) {
    return (int) (pairs[pair] % classes());
  }

  /** A copy of all counts, k × k of them: element [t][p] is {@link #count count(t, p)}. */
  public int[][] counts() {
    int[][] all = new int[classes()][classes()];
    for (int pair = 0; pair < pairs.length; pair++) {
      all[truthOf(pair)][predictionOf(pair)] = counts[pair];
    }
    return all;
  }

  /**
   * The number of rows that are of this class.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int support(int classIndex) {
    return support[checkClass(classIndex)];
  }

  /**
   * The number of rows predicted to be of this class.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int predicted(int classIndex) {
    return predicted[checkClass(classIndex)];
  }

  /**
   * One class against all others.
   *
   * @param truePositives rows of the class predicted to be of it
   * @param falsePositives rows of other classes predicted to be of it
   * @param falseNegatives rows of the class predicted to be of another
   * @param trueNegatives all other rows
   */
  public record OneVsRest(int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {}

  /**
   * The counts of one class against all others.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public OneVsRest oneVsRest(int classIndex) {
    int hits = count(classIndex, classIndex);
    int missed = support[classIndex] - hits;
    return new OneVsRest(hits, predicted[classIndex] - hits, missed, rows - predicted[classIndex] - missed);
  }

  /**
   * Each count over the rows of its true class: the diagonal holds the recalls. The shares of a class without rows are
   * 0.
   */
  public double[][] shareOfTruth() {
    return shares((t, p) -> support[t]);
  }

  /**
   * Each count over the rows predicted to be of its class: the diagonal holds the precisions. Never predicted, it is 0.
   */
  public double[][] shareOfPredicted() {
    return shares((t, p) -> predicted[p]);
  }

  /** Each count over all rows. */
  public double[][] shareOfRows() {
    return shares((t, p) -> rows);
  }

  @FunctionalInterface
  private interface Divisor {
    int of(int truth, int predicted);
  }

  private double[][] shares(Divisor divisor) {
    double[][] shares = new double[classes()][classes()];
    for (int pair = 0; pair < pairs.length; pair++) {
      int t = truthOf(pair);
      int p = predictionOf(pair);
      shares[t][p] = quotient(counts[pair], divisor.of(t, p));
    }
    return shares;
  }

  /** 0 where the divisor is. */
  static double quotient(double dividend, double divisor) {
    return divisor == 0 ? 0 : dividend / divisor;
  }

  private int checkClass(int index) {
    return Checks.classIndex(index, classes());
  }

  /** Equal when the names and all counts are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && classNames.equals(that.classNames)
        && Arrays.equals(pairs, that.pairs)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * classNames.hashCode() + Arrays.hashCode(pairs)) + Arrays.hashCode(counts);
  }

  /**
   * The counts as a table, the same in every locale, ending with a line feed:
   *
   * <pre>
   * true \ predicted  setosa  versicolor  virginica
   *           setosa      50           0          0
   *       versicolor       0          47          3
   *        virginica       0           1         49
   * </pre>
   */
  @Override
  public String toString() {
    String corner = "true \\ predicted";
    List<String> names = Text.shown(classNames);
    int first = Math.max(corner.length(), names.stream().mapToInt(Text::length).max().orElseThrow());
    int[] widths = new int[classes()];
    for (int p = 0; p < widths.length; p++) {
      widths[p] = Math.max(Text.length(names.get(p)), Integer.toString(predicted[p]).length());
    }
    StringBuilder text = new StringBuilder();
    Text.right(text, first, corner);
    for (int p = 0; p < widths.length; p++) {
      Text.right(text.append("  "), widths[p], names.get(p));
    }
    text.append('\n');
    for (int t = 0; t < widths.length; t++) {
      Text.right(text, first, names.get(t));
      for (int p = 0; p < widths.length; p++) {
        Text.right(text.append("  "), widths[p], Integer.toString(count(t, p)));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
