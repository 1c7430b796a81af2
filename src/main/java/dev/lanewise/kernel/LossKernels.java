package dev.lanewise.kernel;

/**
 * Losses, row by row: over rows of cols floats, ld apart in every array. {@link Kernels} says what holds of all kernels, the
 * order of a sum along a row included. Rows are fastest where ld is cols rounded up to 16.
 */
public interface LossKernels {

  /**
   * Softmax with cross-entropy in one go. Of each row, {@code out[i]} = Σⱼ y (logsumexp(z) − z), and delta = (softmax(z) −
   * y) · scale, zero from column cols to ld: the gradient by z where Σ y = 1.
   *
   * <p>The loss is Σ y (max z − z) + Σ y · ln Σ exp(z − max z), so that a probability that underflowed costs what it should
   * and not infinity; a y of zero has no part in it, whatever its z. {@code delta} may be {@code z}.
   */
  void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt);

  /** out[i] = Σⱼ (x − y)² over row i. */
  void squaredErrors(int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out[i] = Σⱼ max(z, 0) − z·y + log1p(e^−|z|) over row i. */
  void binaryCrossEntropies(int rows, int cols, int ld, float[] z, int zAt, float[] y, int yAt, float[] out, int outAt);
}
