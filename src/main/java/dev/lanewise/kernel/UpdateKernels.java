package dev.lanewise.kernel;

/**
 * The steps of optimizers, each in one pass over n parameters, their gradient and what the optimizer remembers of each: all
 * of them arrays of one layout, from index {@code at} on.
 *
 * <p>What the formulas write g is the gradient times {@code scale}, which is what is left of it when its norm is clipped, and
 * w is the parameter times {@code keep} first, which is 1 − learning rate · decay under decoupled weight decay. With 1 for both
 * they leave no trace. A remembered value nearer to zero than {@link #NEGLIGIBLE} becomes zero, and a remembered square below {@link
 * #NEGLIGIBLE_SQUARE}, since arithmetic on denormals is many times slower and nothing comes of it. For the same reason g² is zero where
 * its part of a remembered square would be below that, see {@link #negligibleGradient}.
 */
public interface UpdateKernels {

  /** Velocities and means that optimizers remember are zero below this. */
  float NEGLIGIBLE = 1e-30f;

  /** Squares, of whose roots a small epsilon may be a part only: that of 1e-30 is 1e-15. */
  float NEGLIGIBLE_SQUARE = Float.MIN_NORMAL;

  /**
   * Of gradients nearer to zero than this, part · g² is below {@link #NEGLIGIBLE_SQUARE}, up to rounding: a square that nothing else adds
   * to is zero. At most 4.4e-16, so that it shows only where epsilon is smaller than that.
   *
   * @param part of g² in the square, above 0 and at most 1
   */
  static float negligibleGradient(float part) {
    return (float) Math.sqrt(NEGLIGIBLE_SQUARE / part);
  }

  /** w −= step · g: with scale and keep of 1 the bits of {@link Kernels#scaledUpdate}. */
  void descend(int n, float step, float scale, float keep, float[] gradient, float[] w, int at);

  /** v = momentum · v − step · g, then w += v, or w += momentum · v − step · g where Nesterov's. */
  void momentum(
      int n, float step, float scale, float keep, float momentum, boolean nesterov,
      float[] gradient, float[] w, float[] v, int at);

  /** s = rho · s + (1 − rho) · g², then w −= step · g / (√s + epsilon). */
  void rmsProp(
      int n, float step, float scale, float keep, float rho, float epsilon,
      float[] gradient, float[] w, float[] s, int at);

  /** s += g², then w −= step · g / (√s + epsilon). */
  void adagrad(
      int n, float step, float scale, float keep, float epsilon, float[] gradient, float[] w, float[] s, int at);

  /**
   * m = beta1 · m + (1 − beta1) · g and v = beta2 · v + (1 − beta2) · g², then w −= step · m / (√(v · unbias) + epsilon).
   *
   * @param step the learning rate over 1 − beta1^t, at step t from 1
   * @param unbias 1 / (1 − beta2^t)
   */
  void adam(
      int n, float step, float scale, float keep, float beta1, float beta2, float unbias, float epsilon,
      float[] gradient, float[] w, float[] m, float[] v, int at);

  /** gradient += l2 · w + l1 · sign w: that of l2/2 · Σ w² + l1 · Σ |w|, taken for 0 where w is. */
  void penalize(int n, float l1, float l2, float[] w, float[] gradient, int at);

  /** gradient = what lies nearest to it in −limit … limit. */
  void clip(int n, float limit, float[] gradient, int at);

  /** Σ x², in the order of a sum along a row. */
  float sumOfSquares(int n, float[] x, int at);
}
