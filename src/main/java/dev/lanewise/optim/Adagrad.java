package dev.lanewise.optim;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.text.Require;

/**
 * s += g², w −= ηg / (√s + ε) (Duchi, Hazan, Singer: Adaptive Subgradient Methods, 2011).
 *
 * @param epsilon ε, outside the root. The square of a gradient below 2⁻⁶³, 1.08e-19, counts as zero, as it would be denormal. With no
 *     other gradients step t is up to 1 + √t · 1.08e-19 / ε times as long as by the formula: after a million steps 11 % longer for an ε of
 *     1e-15, and as long, up to rounding, for 1e-8 or more
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
