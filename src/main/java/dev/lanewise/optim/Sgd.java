package dev.lanewise.optim;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.text.Require;

/**
 * Gradient descent, with momentum or without; see {@link Optimizer#sgd}, {@link Optimizer#momentum} and {@link
 * Optimizer#nesterov}.
 *
 * @param momentum μ, the share of a step that goes on in the next
 * @param nesterov whether the step looks ahead as Nesterov's does
 * @param decay the decoupled weight decay λ
 */
public record Sgd(double momentum, boolean nesterov, double decay) implements Optimizer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the momentum is not in 0..1, 1 excluded, as a float, or the decay is negative
   */
  public Sgd {
    Require.fraction("momentum", momentum);
    Require.notNegative("decay", decay);
  }

  /** The same with another decay. */
  public Sgd decay(double decay) {
    return new Sgd(momentum, nesterov, decay);
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }

  @Override
  public int memories() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public boolean isPlainDescent() {
    return momentum == 0 && decay == 0;
  }

  @Override
  public void apply(
      double rate, float scale, long number, boolean decays, int n,
      float[] gradient, float[] parameters, float[][] memory, int at) {
    float keep = keep(rate, decays);
    if (momentum == 0) {
      kernels(Extra.DESCENT).descend(n, (float) rate, scale, keep, gradient, parameters, at);
    } else {
      kernels(Extra.MOMENTUM)
          .momentum(n, (float) rate, scale, keep, (float) momentum, nesterov, gradient, parameters, memory[0], at);
    }
  }
}
