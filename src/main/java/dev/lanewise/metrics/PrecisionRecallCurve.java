package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Precision and recall of class 1 of two, for every threshold: what share of the rows that score at least that are of
 * class 1, and what share of the rows of class 1 they are.
 *
 * <p>Points go from the highest threshold, precision 1 and recall 0 at infinity, to recall 1 at the lowest score. They
 * are those of scikit-learn's {@code precision_recall_curve}, which lists them the other way round.
 *
 * @param points one for infinity and one for each distinct score
 */
public record PrecisionRecallCurve(List<Point> points) {

  /**
   * One threshold.
   *
   * @param threshold a score, or infinity
   * @param precision of the rows that score at least that, the share of class 1
   * @param recall of the rows of class 1, the share that score at least that
   */
  public record Point(double threshold, double precision, double recall) {}

  /** Copies the list. */
  public PrecisionRecallCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of scores.
   *
   * @param labels the class of each row, 0 or 1
   * @param scores n × 1, higher for class 1; or n × 2, where the second column is taken
   * @throws IllegalArgumentException if the shapes differ, if a score is not finite, or if no row is of class 1
   */
  public static PrecisionRecallCurve of(int[] labels, Matrix scores) {
    return of(labels, scores, Weights.equal(labels.length));
  }

  /**
   * The curve of scores whose rows count by their weights.
   *
   * @param weights one for each row, not negative
   * @throws IllegalArgumentException as {@link #of(int[], Matrix)}, or if a weight is not one
   */
  public static PrecisionRecallCurve of(int[] labels, Matrix scores, double[] weights) {
    return of(labels, scores, Weights.of(weights, labels, scores));
  }

  private static PrecisionRecallCurve of(int[] labels, Matrix scores, Weights weights) {
    Checks.labelled(labels, scores);
    return of(Thresholds.binary(labels, scores, weights));
  }

  static PrecisionRecallCurve of(Thresholds thresholds) {
    List<Point> points = new ArrayList<>(thresholds.size() + 1);
    points.add(new Point(Double.POSITIVE_INFINITY, 1, 0));
    for (int i = 0; i < thresholds.size(); i++) {
      double hits = thresholds.truePositives(i);
      points.add(
          new Point(
              thresholds.score(i), hits / (hits + thresholds.falsePositives(i)), hits / thresholds.positives()));
    }
    return new PrecisionRecallCurve(points);
  }

  /** Average precision, Σ (Rᵢ − Rᵢ₋₁) Pᵢ: the area under the curve as steps, not interpolated between points. */
  public double averagePrecision() {
    double sum = 0;
    for (int i = 1; i < points.size(); i++) {
      sum += (points.get(i).recall - points.get(i - 1).recall) * points.get(i).precision;
    }
    return sum;
  }
}
