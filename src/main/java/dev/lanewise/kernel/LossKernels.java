package dev.lanewise.kernel;

/** Losses and their gradients; {@link Kernels} says what holds of all kernels, the order of a sum along a row included. */
public interface LossKernels {

  // -------------------------------------------------------------------------------------------------- element by element
  //
  // Over n consecutive floats each, x of predictions and y of targets. `out` may be one of the inputs, at the same index.

  /** out = |x − y|. */
  void absoluteError(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = scale where x &gt; y, −scale where x &lt; y, and 0 where they are equal. */
  void absoluteErrorGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = ½ r² for r = x − y where |r| ≤ bound, else bound · (|r| − ½ bound). */
  void huber(int n, float bound, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = scale · r for r = x − y, or for the nearer of −bound and bound where r is beyond it. */
  void huberGradient(int n, float bound, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = max(1 − x y, 0). */
  void hinge(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = −y · scale where x y &lt; 1, else 0. */
  void hingeGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /** out = max(1 − x y, 0) · y · −2 scale: the gradient of the square of {@link #hinge}. */
  void squaredHingeGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  /**
   * out = max(x, 0) − x y + ln(1 + e^−|x|), for x before the sigmoid: −y ln σ(x) − (1 − y) ln(1 − σ(x)), also where a logarithm would be
   * of 0. With a y of 1 or 0 it is within 2 units in the last place of what is not denormal.
   */
  void binaryCrossEntropy(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);

  // ------------------------------------------------------------------------------------------------------- row by row
  //
  // Over rows of cols floats, ld apart in every array, which has ld floats of the last row too. Rows are fastest where ld is cols
  // rounded up to 16.

  /** out[i] = Σⱼ x over row i. */
  void rowTotals(int rows, int cols, int ld, float[] x, int xAt, float[] out, int outAt);

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
}
