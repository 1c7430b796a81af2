package dev.lanewise.optim;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Require;

/**
 * s = ρs + (1 − ρ)g², w −= ηg / (√s + ε) (Tieleman, Hinton: Lecture 6.5 of Neural Networks for Machine Learning, 2012).
 *
 * @param rho ρ, how long squares are remembered
 * @param epsilon ε, outside the root
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
