package dev.lanewise.kernel;

import java.util.Arrays;

/** The losses among the {@link ScalarKernels}. */
interface ScalarLosses extends LossKernels {

  @Override
  default void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      int from = zAt + i * ld;
      int target = yAt + i * ld;
      int to = deltaAt + i * ld;
      float max = ScalarActivations.max(cols, z, from);
      float weighted = RowSum.WEIGHTED_DISTANCES.over(cols, z, from, y, target, max);
      float sum = ScalarActivations.exponentials(cols, z, from, max, delta, to);
      float weights = RowSum.VALUES.over(cols, y, target, y, target);
      out[outAt + i] = (float) (weighted + weights * ScalarMath.log(sum));
      for (int j = 0; j < cols; j++) {
        delta[to + j] = (delta[to + j] / sum - y[target + j]) * scale;
      }
      Arrays.fill(delta, to + cols, to + ld, 0f);
    }
  }

  @Override
  default void squaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = RowSum.SQUARED_DIFFERENCES.over(cols, x, xAt + i * ld, y, yAt + i * ld);
    }
  }

  @Override
  default void binaryCrossEntropies(
      int rows, int cols, int ld, float[] z, int zAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < cols; j++) {
        double logit = z[zAt + i * ld + j];
        double target = y[yAt + i * ld + j];
        sum += Math.max(logit, 0) - logit * target + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
      }
      out[outAt + i] = (float) sum;
    }
  }
}
