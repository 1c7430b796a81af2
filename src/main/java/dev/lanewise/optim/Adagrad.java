package dev.lanewise.optim;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Require;

/**
 * s += g², w −= ηg / (√s + ε) (Duchi, Hazan, Singer: Adaptive Subgradient Methods, 2011).
 *
 * @param epsilon ε, outside the root
 * @param decay the decoupled weight decay λ
 */
public record Adagrad(double epsilon, double decay) implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if ε is not positive or the decay negative
   */
  public Adagrad {
    Require.positive("epsilon", epsilon);
    Require.notNegative("decay", decay);
  }

  /** The same with another ε. */
  public Adagrad epsilon(double epsilon) {
    return new Adagrad(epsilon, decay);
  }

  /** The same with another decay. */
  public Adagrad decay(double decay) {
    return new Adagrad(epsilon, decay);
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }

  @Override
  public int memories() {
    return 1;
  }

  @Override
  public void apply(
      double rate, float scale, long number, boolean decays, int n,
      float[] gradient, float[] parameters, float[][] memory, int at) {
    kernels(Extra.ADAGRAD)
        .adagrad(n, (float) rate, scale, keep(rate, decays), (float) epsilon, gradient, parameters, memory[0], at);
  }
}
