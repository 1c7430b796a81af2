package dev.lanewise.optim;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.text.Require;

/**
 * s = ρs + (1 − ρ)g², w −= ηg / (√s + ε) (Tieleman, Hinton: Lecture 6.5 of Neural Networks for Machine Learning, 2012).
 *
 * @param rho ρ, how long squares are remembered
 * @param epsilon ε, outside the root. The square of a gradient below √(2⁻¹²⁶ / (1 − ρ)), 3.43e-19 for a ρ of 0.9, counts as zero, as its
 *     part of s would be denormal. With no other gradients a step is up to 1 + 3.43e-19 / ε times as long as by the formula: 35 times for
 *     an ε of 1e-20, 1.0003 times for 1e-15, and as long, up to rounding, from 1e-11 on; for any ρ from 1e-8 on
 * @param decay the decoupled weight decay λ
 */
public record RmsProp(double rho, double epsilon, double decay) implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if ρ is not in 0..1, 1 excluded, as a float, ε not positive or the decay negative
   */
  public RmsProp {
    Require.fraction("rho", rho);
    Require.positive("epsilon", epsilon);
    Require.notNegative("decay", decay);
  }

  /** The same with another ρ. */
  public RmsProp rho(double rho) {
    return new RmsProp(rho, epsilon, decay);
  }

  /** The same with another ε. */
  public RmsProp epsilon(double epsilon) {
    return new RmsProp(rho, epsilon, decay);
  }

  /** The same with another decay. */
  public RmsProp decay(double decay) {
    return new RmsProp(rho, epsilon, decay);
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public int memories() {
    return 1;
  }

  @Override
  public void apply(
      double rate, float scale, long number, boolean decays, int n,
      float[] gradient, float[] parameters, float[][] memory, int at) {
    kernels(Extra.RMS_PROP)
        .rmsProp(
            n, (float) rate, scale, keep(rate, decays), (float) rho, (float) epsilon,
            gradient, parameters, memory[0], at);
  }
}
