package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Figures for a regression: targets y and predictions p, both n × outputs. Each figure is computed for each output
 * alone and then averaged over outputs, as in scikit-learn ({@code multioutput="uniform_average"}). All sums are in
 * double.
 *
 * <p>With a weight for each row a mean is Σ wᵢ fᵢ / Σ wᵢ.
 *
 * <p>All throw {@link IllegalArgumentException} in one sentence if the shapes differ, there are no rows, or a value is
 * NaN or infinite.
 */
public final class Regression {

  private Regression() {}

  /** The mean of (p − y)². */
  public static double meanSquaredError(Matrix y, Matrix predicted) {
    return meanSquaredError(y, predicted, Weights.equal(y.rows()));
  }

  /** The weighted mean of (p − y)². */
  public static double meanSquaredError(Matrix y, Matrix predicted, double[] weights) {
    return meanSquaredError(y, predicted, weights(weights, y, predicted));
  }

  private static double meanSquaredError(Matrix y, Matrix predicted, Weights weights) {
    return overOutputs(y, predicted, j -> weights.mean(squaredError(y, predicted, j)));
  }

  /** √ of the mean of (p − y)²: of several outputs, the mean of their roots. */
  public static double rootMeanSquaredError(Matrix y, Matrix predicted) {
    return rootMeanSquaredError(y, predicted, Weights.equal(y.rows()));
  }

  /** √ of the weighted mean of (p − y)². */
  public static double rootMeanSquaredError(Matrix y, Matrix predicted, double[] weights) {
    return rootMeanSquaredError(y, predicted, weights(weights, y, predicted));
  }

  private static double rootMeanSquaredError(Matrix y, Matrix predicted, Weights weights) {
    return overOutputs(y, predicted, j -> Math.sqrt(weights.mean(squaredError(y, predicted, j))));
  }

  /** The mean of |p − y|. */
  public static double meanAbsoluteError(Matrix y, Matrix predicted) {
    return meanAbsoluteError(y, predicted, Weights.equal(y.rows()));
  }

  /** The weighted mean of |p − y|. */
  public static double meanAbsoluteError(Matrix y, Matrix predicted, double[] weights) {
    return meanAbsoluteError(y, predicted, weights(weights, y, predicted));
  }

  private static double meanAbsoluteError(Matrix y, Matrix predicted, Weights weights) {
    return overOutputs(y, predicted, j -> weights.mean(i -> Math.abs(error(y, predicted, i, j))));
  }

  /** The median of |p − y|: of an even number of rows, the mean of the middle two. A few wild rows do not move it. */
  public static double medianAbsoluteError(Matrix y, Matrix predicted) {
    return overOutputs(y, predicted, j -> {
      double[] errors = new double[y.rows()];
      Arrays.setAll(errors, i -> Math.abs(error(y, predicted, i, j)));
      Arrays.sort(errors);
      return (errors[(errors.length - 1) / 2] + errors[errors.length / 2]) / 2;
    });
  }

  /**
   * The coefficient of determination, R² = 1 − Σ (y − p)² / Σ (y − ȳ)²: 1 is perfect, 0 no better than the mean ȳ of
   * the targets, and it has no lower bound. Of an output whose targets are all the same it is 1 if every prediction is
   * right and 0 otherwise.
   *
   * @throws IllegalArgumentException also if there is only one row
   */
  public static double r2(Matrix y, Matrix predicted) {
    return r2(y, predicted, Weights.equal(y.rows()));
  }

  /** {@link #r2(Matrix, Matrix)} with weights in both sums and in ȳ. */
  public static double r2(Matrix y, Matrix predicted, double[] weights) {
    return r2(y, predicted, weights(weights, y, predicted));
  }

  private static double r2(Matrix y, Matrix predicted, Weights weights) {
    requireSameShape(y, predicted);
    if (y.rows() == 1) {
      throw new IllegalArgumentException("R² needs two rows or more, but there is one");
    }
    return overOutputs(y, predicted, j -> {
      double first = y.get(weights.first(), j);
      double mean = first + weights.mean(i -> y.get(i, j) - first); // exact where all are the same
      double left = weights.sum(squaredError(y, predicted, j));
      double all = weights.sum(i -> (y.get(i, j) - mean) * (y.get(i, j) - mean));
      if (all == 0) {
        return left == 0 ? 1 : 0;
      }
      return 1 - left / all;
    });
  }

  private static IntToDoubleFunction squaredError(Matrix y, Matrix predicted, int j) {
    return i -> error(y, predicted, i, j) * error(y, predicted, i, j);
  }

  private static double error(Matrix y, Matrix predicted, int row, int output) {
    return (double) predicted.get(row, output) - y.get(row, output);
  }

  private static double overOutputs(Matrix y, Matrix predicted, IntToDoubleFunction figure) {
    requireSameShape(y, predicted);
    Checks.rows(y.rows());
    Checks.finite("targets", y);
    Checks.finite("predictions", predicted);
    return Weights.equal(y.cols()).mean(figure);
  }

  /** Weights of rows that are known to be as many in both: what is wrong with those is not to be said of the weights. */
  private static Weights weights(double[] weights, Matrix y, Matrix predicted) {
    requireSameShape(y, predicted);
    return Weights.of(weights, y.rows());
  }

  private static void requireSameShape(Matrix y, Matrix predicted) {
    if (y.rows() != predicted.rows() || y.cols() != predicted.cols()) {
      throw new IllegalArgumentException(
          Message.of("the targets are %s, but the predictions are %s", y.shape(), predicted.shape()));
    }
  }
}
