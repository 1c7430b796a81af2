package dev.lanewise.optim;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.text.Require;

/**
 * At step t from 1: m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², w −= η m̂ / (√v̂ + ε) for m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 −
 * β₂ᵗ) (Kingma, Ba: Adam, 2015). With a decay it is AdamW.
 *
 * @param beta1 β₁, how long gradients are remembered
 * @param beta2 β₂, how long their squares are
 * @param epsilon ε, outside the root. The square of a gradient below √(2⁻¹²⁶ / (1 − β₂)), 3.43e-18 for a β₂ of 0.999, counts as zero, as
 *     its part of v would be denormal. With no other gradients a step is up to 1 + 3.43e-18 / ε times as long as by the formula: 344 times
 *     for an ε of 1e-20, 1.0034 times for 1e-15, and as long, up to rounding, from 1e-10 on; for any β₂ from 1e-8 on. An m nearer to zero
 *     than 1e-30 is zero, so that gradients below 1e-30 / (1 − β₁) alone move nothing
 * @param decay the decoupled weight decay λ
 */
public record Adam(double beta1, double beta2, double epsilon, double decay) implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if β₁ or β₂ is not in 0..1, 1 excluded, as a float, ε not positive or the decay negative
   */
  public Adam {
    Require.fraction("beta1", beta1);
    Require.fraction("beta2", beta2);
    Require.positive("epsilon", epsilon);
    Require.notNegative("decay", decay);
  }

  /** The same with another β₁. */
  public Adam beta1(double beta1) {
    return new Adam(beta1, beta2, epsilon, decay);
  }

  /** The same with another β₂. */
  public Adam beta2(double beta2) {
    return new Adam(beta1, beta2, epsilon, decay);
  }

  /** The same with another ε. */
  public Adam epsilon(double epsilon) {
    return new Adam(beta1, beta2, epsilon, decay);
  }

  /** The same with another decay. */
  public Adam decay(double decay) {
    return new Adam(beta1, beta2, epsilon, decay);
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public int memories() {
    return 2;
  }

  @Override
  public void apply(
      double rate, float scale, long number, boolean decays, int n,
      float[] gradient, float[] parameters, float[][] memory, int at) {
    float b1 = (float) beta1; // the corrections are those of the floats that the kernel multiplies by
    float b2 = (float) beta2;
    kernels(Extra.ADAM)
        .adam(
            n, (float) (rate / (1 - power(b1, number))), scale, keep(rate, decays), b1, b2,
            (float) (1 / (1 - power(b2, number))), (float) epsilon, gradient, parameters, memory[0], memory[1], at);
  }

  /** By squaring: a dozen multiplications, the same on every machine. */
  private static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long bits = exponent; bits > 0; bits >>= 1) {
      power *= (bits & 1) == 1 ? square : 1;
      square *= square;
    }
    return power;
  }
}
