package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.select;

import java.util.Arrays;

/** The losses among the {@link ScalarKernels}. */
interface ScalarLosses extends LossKernels {

  @Override
  default void absoluteError(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = Math.abs(x[xAt + i] - y[yAt + i]);
    }
  }

  @Override
  default void absoluteErrorGradient(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float error = x[xAt + i] - y[yAt + i];
      out[outAt + i] = select(error > 0f, scale, select(error < 0f, -scale, error * scale));
    }
  }

  @Override
  default void huber(int n, float bound, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float size = Math.abs(x[xAt + i] - y[yAt + i]);
      float bounded = select(size < bound, size, bound);
      out[outAt + i] = bounded * (size - bounded * 0.5f);
    }
  }

  @Override
  default void huberGradient(
      int n, float bound, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float error = x[xAt + i] - y[yAt + i];
      out[outAt + i] = select(error > bound, bound, select(error < -bound, -bound, error)) * scale;
    }
  }

  @Override
  default void hinge(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = hinge(x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  default void hingeGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float target = y[yAt + i];
      out[outAt + i] = select(left(x[xAt + i], target) > 0f, target * -scale, 0f);
    }
  }

  @Override
  default void squaredHingeGradient(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float target = y[yAt + i];
      out[outAt + i] = hinge(x[xAt + i], target) * target * (scale * -2f);
    }
  }

  /** max(1 − x y, 0), NaN of NaN. */
  private static float hinge(float x, float y) {
    float left = left(x, y);
    return select(left <= 0f, 0f, left);
  }

  /** What x y is short of 1. */
  private static float left(float x, float y) {
    return 1f - x * y;
  }

  @Override
  default void binaryCrossEntropy(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.binaryCrossEntropy(x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  default void rowTotals(int rows, int cols, int ld, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = RowSum.VALUES.over(cols, x, xAt + i * ld, x, xAt + i * ld);
    }
  }

  @Override
  default void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      int row = i * ld;
      out[outAt + i] = softmaxCrossEntropy(cols, scale, z, zAt + row, y, yAt + row, delta, deltaAt + row);
      Arrays.fill(delta, deltaAt + row + cols, deltaAt + row + ld, 0f);
    }
  }

  /** Of a row: a method by itself, or C2 would compile all rows three times, twice of them in the middle of a call. */
  private static float softmaxCrossEntropy(
      int cols, float scale, float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt) {
    float max = ScalarActivations.max(cols, z, zAt);
    float weighted = RowSum.WEIGHTED_DISTANCES.over(cols, z, zAt, y, yAt, max);
    float sum = ScalarActivations.exponentials(cols, z, zAt, max, delta, deltaAt);
    float weights = RowSum.VALUES.over(cols, y, yAt, y, yAt);
    for (int j = 0; j < cols; j++) {
      delta[deltaAt + j] = (delta[deltaAt + j] / sum - y[yAt + j]) * scale;
    }
    return weighted + weights * ScalarMath.log(sum);
  }

  @Override
  default void squaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = RowSum.SQUARED_DIFFERENCES.over(cols, x, xAt + i * ld, y, yAt + i * ld);
    }
  }
}
