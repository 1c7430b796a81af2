package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic of two classes: what share of the rows of class 1 (true positive rate), and
 * what share of those of class 0 (false positive rate), score at least a threshold, for every threshold that matters.
 *
 * <p>Points go from the highest threshold, (0, 0) at infinity, to (1, 1) at the lowest score. A point from which the curve goes on by
 * the same step as it came is left out, as in scikit-learn's {@code roc_curve}; that of the highest score never is.
 *
 * @param points those of the curve that are not left out, at least two
 */
public record RocCurve(List<Point> points) {

  /**
   * One threshold.
   *
   * @param threshold a score, or infinity
   * @param falsePositiveRate of the rows of class 0, the share that score at least that
   * @param truePositiveRate of the rows of class 1, the share that score at least that
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

  /** Copies the list. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of scores.
   *
   * @param labels the class of each row, 0 or 1
   * @param scores n × 1, higher for class 1; or n × 2, where the second column is taken
   * @throws IllegalArgumentException if the shapes differ, if a score is not finite, or unless both classes have rows
   */
  public static RocCurve of(int[] labels, Matrix scores) {
    return of(labels, scores, Weights.equal(labels.length));
  }

  /**
   * The curve of scores whose rows count by their weights.
   *
   * @param weights one for each row, not negative
   * @throws IllegalArgumentException as {@link #of(int[], Matrix)}, or if a weight is not one
   */
  public static RocCurve of(int[] labels, Matrix scores, double[] weights) {
    return of(labels, scores, Weights.of(weights, labels, scores));
  }

  private static RocCurve of(int[] labels, Matrix scores, Weights weights) {
    Checks.labelled(labels, scores);
    return of(Thresholds.binary(labels, scores, weights), 1);
  }

  static RocCurve of(Thresholds thresholds, int positive) {
    if (thresholds.negatives() == 0) {
      String wrong = thresholds.hasOthers() ? "no row of another class than %d weighs anything" : "every row is of class %d";
      throw new IllegalArgumentException(Message.of(wrong + ": a ROC curve needs rows of another as well", positive));
    }
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    for (int i = 0; i < thresholds.size(); i++) {
      if (i == thresholds.size() - 1 || isCorner(thresholds, i)) {
        points.add(
            new Point(
                thresholds.score(i),
                thresholds.falsePositives(i) / thresholds.negatives(),
                thresholds.truePositives(i) / thresholds.positives()));
      }
    }
    return new RocCurve(points);
  }

  /** Whether the curve goes on from here by another step than it came by; the first threshold always is one. */
  private static boolean isCorner(Thresholds thresholds, int i) {
    return i == 0
        || bends(thresholds.truePositives(i - 1), thresholds.truePositives(i), thresholds.truePositives(i + 1))
        || bends(thresholds.falsePositives(i - 1), thresholds.falsePositives(i), thresholds.falsePositives(i + 1));
  }

  private static boolean bends(double before, double here, double after) {
    return after - here != here - before;
  }

  /** The area under the curve by trapezoids, from 0 to 1: tied scores of both classes count half. */
  public double area() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      area += (to.falsePositiveRate - from.falsePositiveRate) * (to.truePositiveRate + from.truePositiveRate) / 2;
    }
    return area;
  }
}
