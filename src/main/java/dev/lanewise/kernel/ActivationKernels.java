package dev.lanewise.kernel;

/** Activations, their primes, and the way back through them; {@link Kernels} says what holds of all kernels. */
public interface ActivationKernels {

  // -------------------------------------------------------------------------------------------------- element by element
  //
  // Over n consecutive floats each. `out` may be the input, at the same index.

  /** out = max(x, 0); NaN stays NaN, so that a run that diverges is seen to. */
  void relu(int n, float[] x, int xAt, float[] out, int outAt);

  /** out = 1 where x &gt; 0, else 0. */
  void reluPrime(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta where z &gt; 0, else 0: delta ∘ relu′(z). */
  void reluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt);

  /**
   * out = 1 / (1 + e⁻ˣ), within 1.48 ulp; for negative x as eˣ / (1 + eˣ) so that it keeps its precision down to
   * denormal results.
   */
  void sigmoid(int n, float[] x, int xAt, float[] out, int outAt);

  /** out = σ(x) (1 − σ(x)). */
  void sigmoidPrime(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta · (a (1 − a)), for a = σ(z): delta ∘ σ′(z). */
  void sigmoidBackward(int n, float[] a, int aAt, float[] delta, int deltaAt);

  /** out = tanh x, within 1.08 ulp; tanh(−x) is −tanh(x) bit for bit, and a denormal is its own tanh. */
  void tanh(int n, float[] x, int xAt, float[] out, int outAt);

  /** out = 1 − tanh²(x), rounded once after tanh. */
  void tanhPrime(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta · (1 − a²), for a = tanh(z): delta ∘ tanh′(z). */
  void tanhBackward(int n, float[] a, int aAt, float[] delta, int deltaAt);

  /** out = x where x &gt; 0, else slope · x. */
  void leakyRelu(int n, float slope, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta where z &gt; 0, else delta · slope; z may be a, its sign is the same for a slope of 0 or more. */
  void leakyReluBackward(int n, float slope, float[] z, int zAt, float[] delta, int deltaAt);

  /** out = x where x ≥ 0, else α (eˣ − 1); eˣ − 1 is within 0.96 ulp, down to denormal x; its product with α rounds once more. */
  void elu(int n, float alpha, float[] x, int xAt, float[] out, int outAt);

  /** out = 1 where x &gt; 0, else α eˣ. */
  void eluPrime(int n, float alpha, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta where a &gt; 0, else delta · (a + α), for a = elu(z): delta ∘ elu′(z). */
  void eluBackward(int n, float alpha, float[] a, int aAt, float[] delta, int deltaAt);

  /** out = ln(1 + eˣ), within 1.95 ulp, denormal results included. Its prime is sigmoid. */
  void softplus(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta · (1 − e⁻ᵃ), for a = softplus(z): delta ∘ σ(z). */
  void softplusBackward(int n, float[] a, int aAt, float[] delta, int deltaAt);

  /** out = x σ(x), within 3.4 ulp, denormal results included; zero for −∞. */
  void silu(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta · σ(z) (1 + z (1 − σ(z))), the factor within 2⁻²³. */
  void siluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt);

  /** out = x Φ(x) = x · ½ (1 + erf(x / √2)), within 3.5 ulp, denormal results included; zero for −∞. */
  void gelu(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta · (Φ(z) + z φ(z)), the factor within 2⁻²²; φ(z) = e^(−z²/2) / √(2π). */
  void geluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt);

  /** out = x · ½ (1 + tanh(√(2/π) (x + 0.044715 x³))), within 3.41 ulp, denormal results included; zero for −∞. */
  void geluTanh(int n, float[] x, int xAt, float[] out, int outAt);

  /** delta = delta · the derivative of {@link #geluTanh} at z, the factor within 1.25 · 2⁻²³. */
  void geluTanhBackward(int n, float[] z, int zAt, float[] delta, int deltaAt);

  /** out = eˣ, within 1.01 ulp; 0 below −103.97, infinity above 88.72, denormal results included. */
  void exp(int n, float[] x, int xAt, float[] out, int outAt);

  // ------------------------------------------------------------------------------------------------------- row by row
  //
  // Over rows of cols floats, ld apart in every array, which has ld floats of the last row too. Rows are fastest where ld is cols
  // rounded up to 16.

  /**
   * Each row of out is softmax of that of z: exp(z − max z) over its sum, and zero from column cols to ld. {@code out} may
   * be {@code z}.
   *
   * <p>The relative error is at most (max z − z + 5) · 2⁻²⁴ for rows of up to 1,000 columns, as the difference is
   * rounded to float, and to that comes the rounding of a denormal result.
   */
  void softmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt);

  /** Each row of delta times the Jacobian of softmax: a ∘ (delta − Σ a·delta), for a = softmax(z). */
  void softmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt);
}
