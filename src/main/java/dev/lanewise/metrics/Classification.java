package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.function.IntToDoubleFunction;

/**
 * Figures for a classifier: one number for all rows, each also with a weight for each row, where a mean is
 * Σ wᵢ fᵢ / Σ wᵢ. {@link ClassificationReport} has precision, recall and F1.
 *
 * <p>Labels are ints from 0 to k − 1. Scores and probabilities are what {@code Network.predict} gives: n × k, a column
 * for each class; or n × 1 for two classes, the column being that of class 1. All sums are in double.
 *
 * <p>All throw {@link IllegalArgumentException} in one sentence if the shapes differ, there are no rows, a label is
 * outside 0..k−1, or a score is NaN or infinite. Accuracy is not told k: it refuses negative labels alone.
 */
public final class Classification {

  /** Probabilities nearer to 0 or 1 than this are taken as this near in {@link #logLoss}: 2⁻²³, the ulp of 1f. */
  public static final double LOG_LOSS_CLIP = 0x1p-23;

  private Classification() {}

  /** The share of the rows predicted right, from 0 to 1. */
  public static double accuracy(int[] labels, int[] predicted) {
    return accuracy(labels, predicted, Weights.equal(labels.length));
  }

  /** The share of the weight of the rows predicted right. */
  public static double accuracy(int[] labels, int[] predicted, double[] weights) {
    Checks.sameLength(labels, predicted); // before the weights, which are not at fault then
    return accuracy(labels, predicted, Weights.of(weights, labels.length));
  }

  private static double accuracy(int[] labels, int[] predicted, Weights weights) {
    Checks.sameLength(labels, predicted);
    Checks.notNegative("label", labels);
    Checks.notNegative("predicted label", predicted);
    return weights.mean(i -> labels[i] == predicted[i] ? 1 : 0);
  }

  /**
   * The share of the rows whose class is among the {@code top} of highest score. Of equal scores the class with the
   * lower number comes first, as in {@link Matrix#argmaxRows()}: top 1 is the accuracy of the predicted labels.
   * scikit-learn's {@code top_k_accuracy_score} has the higher one first.
   *
   * @param scores n × k, k of at least 2
   * @param top how many classes are guessed, from 1 to k
   */
  public static double topKAccuracy(int[] labels, Matrix scores, int top) {
    return topKAccuracy(labels, scores, top, Weights.equal(labels.length));
  }

  /** {@link #topKAccuracy(int[], Matrix, int)} of weighted rows. */
  public static double topKAccuracy(int[] labels, Matrix scores, int top, double[] weights) {
    return topKAccuracy(labels, scores, top, Weights.of(weights, labels, scores));
  }

  private static double topKAccuracy(int[] labels, Matrix scores, int top, Weights weights) {
    Checks.labelled(labels, scores);
    if (scores.cols() < 2) {
      throw new IllegalArgumentException(
          Message.of("the scores are %s: top-k accuracy needs a column for each class", scores.shape()));
    }
    if (top < 1 || top > scores.cols()) {
      throw new IllegalArgumentException(
          Message.of("top %d of %d classes: it must be from 1 to %d", top, scores.cols(), scores.cols()));
    }
    return weights.mean(i -> before(scores, i, labels[i]) < top ? 1 : 0);
  }

  /** How many classes come before this one in a row. */
  private static int before(Matrix scores, int row, int label) {
    float own = scores.get(row, label);
    int before = 0;
    for (int j = 0; j < scores.cols(); j++) {
      float score = scores.get(row, j);
      if (score > own || (score == own && j < label)) {
        before++;
      }
    }
    return before;
  }

  /**
   * The area under the ROC curve by trapezoids: the chance that a row of class 1 scores higher than one of class 0,
   * ties counting half. With more than two classes, the mean over classes of each against the rest (macro average,
   * scikit-learn's {@code multi_class="ovr"}).
   *
   * @throws IllegalArgumentException also if a class has no rows
   */
  public static double rocAuc(int[] labels, Matrix scores) {
    return rocAuc(labels, scores, Weights.equal(labels.length));
  }

  /** {@link #rocAuc(int[], Matrix)} of weighted rows. */
  public static double rocAuc(int[] labels, Matrix scores, double[] weights) {
    return rocAuc(labels, scores, Weights.of(weights, labels, scores));
  }

  private static double rocAuc(int[] labels, Matrix scores, Weights weights) {
    Checks.labelled(labels, scores);
    return overClasses(scores, c -> RocCurve.of(Thresholds.of(labels, c, scores, weights), c).area());
  }

  /**
   * Average precision, Σ (Rᵢ − Rᵢ₋₁) Pᵢ over thresholds from the highest score down, R being recall and P precision:
   * not interpolated, as scikit-learn defines it. With more than two classes, the mean over classes of each against the
   * rest.
   *
   * @throws IllegalArgumentException also if a class has no rows; of two classes, class 1
   */
  public static double averagePrecision(int[] labels, Matrix scores) {
    return averagePrecision(labels, scores, Weights.equal(labels.length));
  }

  /** {@link #averagePrecision(int[], Matrix)} of weighted rows. */
  public static double averagePrecision(int[] labels, Matrix scores, double[] weights) {
    return averagePrecision(labels, scores, Weights.of(weights, labels, scores));
  }

  private static double averagePrecision(int[] labels, Matrix scores, Weights weights) {
    Checks.labelled(labels, scores);
    return overClasses(
        scores, c -> PrecisionRecallCurve.of(Thresholds.of(labels, c, scores, weights)).averagePrecision());
  }

  /** Class 1 of two, or the mean over more. */
  private static double overClasses(Matrix scores, IntToDoubleFunction figure) {
    int classes = scores.cols();
    return classes <= 2 ? figure.applyAsDouble(1) : Weights.equal(classes).mean(figure);
  }

  /**
   * Log loss, the mean of −ln p of the true class. Probabilities are first brought to at least {@link #LOG_LOSS_CLIP}
   * from 0 and 1, as scikit-learn 1.4 does with an array of float32, then each row is divided by its sum, in double.
   *
   * @throws IllegalArgumentException also if a probability is outside 0..1
   */
  public static double logLoss(int[] labels, Matrix probabilities) {
    return logLoss(labels, probabilities, Weights.equal(labels.length));
  }

  /** {@link #logLoss(int[], Matrix)} of weighted rows. */
  public static double logLoss(int[] labels, Matrix probabilities, double[] weights) {
    return logLoss(labels, probabilities, Weights.of(weights, labels, probabilities));
  }

  private static double logLoss(int[] labels, Matrix probabilities, Weights weights) {
    Checks.labelled(labels, probabilities);
    Checks.probabilities(probabilities);
    return weights.mean(i -> {
      double sum = 0;
      for (int c = 0; c < Checks.classes(probabilities); c++) {
        sum += clipped(probabilities, i, c);
      }
      return -Math.log(clipped(probabilities, i, labels[i]) / sum);
    });
  }

  private static double clipped(Matrix probabilities, int row, int label) {
    return Math.clamp(probability(probabilities, row, label), LOG_LOSS_CLIP, 1 - LOG_LOSS_CLIP);
  }

  private static double probability(Matrix probabilities, int row, int label) {
    if (probabilities.cols() > 1) {
      return probabilities.get(row, label);
    }
    double one = probabilities.get(row, 0);
    return label == 1 ? one : 1 - one;
  }

  /**
   * The Brier score. Of two classes, the mean of (p − y)² where p is the probability of class 1 and y the label: 0 to
   * 1. Of more, the mean over rows of Σ (p_c − y_c)² over classes, y being one-hot: 0 to 2, Brier's own definition
   * (Verification of Forecasts Expressed in Terms of Probability, 1950).
   *
   * @throws IllegalArgumentException also if a probability is outside 0..1
   */
  public static double brierScore(int[] labels, Matrix probabilities) {
    return brierScore(labels, probabilities, Weights.equal(labels.length));
  }

  /** {@link #brierScore(int[], Matrix)} of weighted rows. */
  public static double brierScore(int[] labels, Matrix probabilities, double[] weights) {
    return brierScore(labels, probabilities, Weights.of(weights, labels, probabilities));
  }

  private static double brierScore(int[] labels, Matrix probabilities, Weights weights) {
    Checks.labelled(labels, probabilities);
    Checks.probabilities(probabilities);
    int first = probabilities.cols() <= 2 ? 1 : 0;
    return weights.mean(i -> {
      double sum = 0;
      for (int c = first; c < Checks.classes(probabilities); c++) {
        double difference = probability(probabilities, i, c) - (labels[i] == c ? 1 : 0);
        sum += difference * difference;
      }
      return sum;
    });
  }
}
