package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.Arrays;

/**
 * Every distinct score as a threshold, from the highest down, with the weight of the rows that lie at it or above: true
 * positives are rows of the class, false positives all others. Both curves are made of this.
 */
final class Thresholds {
  private final double[] scores;
  private final double[] truePositives;
  private final double[] falsePositives;
  private final boolean hasOthers;

  private Thresholds(double[] scores, double[] truePositives, double[] falsePositives, boolean hasOthers) {
    this.hasOthers = hasOthers;
    this.scores = scores;
    this.truePositives = truePositives;
    this.falsePositives = falsePositives;
  }

  /** Those of two classes, by the last column: the single one, or that of class 1. */
  static Thresholds binary(int[] labels, Matrix scores, Weights weights) {
    if (scores.cols() > 2) {
      throw new IllegalArgumentException(
          Message.of("the scores are %s: a curve is of two classes, so of one column or two", scores.shape()));
    }
    return of(labels, 1, scores, weights);
  }

  /**
   * Those of one class against all others. Rows of weight 0 make no threshold.
   *
   * @throws IllegalArgumentException if no row is of the class, or all that are weigh 0
   */
  static Thresholds of(int[] labels, int positive, Matrix scores, Weights weights) {
    int column = scores.cols() == 1 ? 0 : positive;
    long[] order = descending(scores, column);
    double[] distinct = new double[order.length];
    double[] truePositives = new double[order.length];
    double[] falsePositives = new double[order.length];
    int n = 0;
    double hits = 0;
    double others = 0;
    for (long key : order) {
      int row = (int) key;
      double score = scores.get(row, column);
      if (weights.get(row) == 0) {
        continue;
      }
      if (labels[row] == positive) {
        hits += weights.get(row);
      } else {
        others += weights.get(row);
      }
      if (n == 0 || distinct[n - 1] != score) {
        distinct[n++] = score;
      }
      truePositives[n - 1] = hits;
      falsePositives[n - 1] = others;
    }
    if (hits == 0) {
      boolean areSome = Arrays.stream(labels).anyMatch(label -> label == positive);
      String which = areSome ? "no row of class %d weighs anything" : "no row is of class %d";
      throw new IllegalArgumentException(Message.of(which + ", so it has no curve", positive));
    }
    return new Thresholds(
        Arrays.copyOf(distinct, n), Arrays.copyOf(truePositives, n), Arrays.copyOf(falsePositives, n),
        Arrays.stream(labels).anyMatch(label -> label != positive));
  }

  /** The rows from the highest score to the lowest: each key ends in 32 bits that are the row. */
  private static long[] descending(Matrix scores, int column) {
    long[] keys = new long[scores.rows()];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToRawIntBits(scores.get(i, column) + 0f); // −0 becomes 0
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = (long) ~ascending << 32 | i;
    }
    Arrays.sort(keys);
    return keys;
  }

  int size() {
    return scores.length;
  }

  double score(int i) {
    return scores[i];
  }

  double truePositives(int i) {
    return truePositives[i];
  }

  double falsePositives(int i) {
    return falsePositives[i];
  }

  /** The weight of all rows of the class. */
  double positives() {
    return truePositives[size() - 1];
  }

  /** Whether some row is of another class, whatever it weighs. */
  boolean hasOthers() {
    return hasOthers;
  }

  /** The weight of all other rows. */
  double negatives() {
    return falsePositives[size() - 1];
  }
}
