package dev.lanewise.optim;

/**
 * How a step moves parameters along their gradient: an immutable value. What an optimizer remembers from step to step is the
 * fit's, in arrays beside the parameters.
 *
 * <p>In the formulas, η is the learning rate and g the gradient of the loss, with penalties in it and clipped where the fit says
 * so. With a {@link #decay} of λ, weights are multiplied by 1 − ηλ before the step (Loshchilov, Hutter: Decoupled Weight Decay
 * Regularization, 2019); biases and the parameters of a normalisation are not.
 */
public sealed interface Optimizer permits Sgd, RmsProp, Adagrad, Adam {

  /** Gradient descent: w −= ηg; learning rate 0.01 unless the fit says otherwise. */
  static Sgd sgd() {
    return new Sgd(0, false, 0);
  }

  /**
   * Gradient descent with momentum μ: v = μv − ηg, w += v (Polyak, 1964); learning rate 0.01. A v nearer to zero
   * than 1e-30 is zero.
   *
   * @throws IllegalArgumentException if μ is not in 0..1, 1 excluded, as a float
   */
  static Sgd momentum(double momentum) {
    return new Sgd(momentum, false, 0);
  }

  /**
   * Gradient descent with Nesterov's momentum μ: v = μv − ηg, w += μv − ηg; learning rate 0.01 (Sutskever et al.: On the
   * Importance of Initialization and Momentum in Deep Learning, 2013).
   *
   * @throws IllegalArgumentException if μ is not in 0..1, 1 excluded, as a float
   */
  static Sgd nesterov(double momentum) {
    return new Sgd(momentum, true, 0);
  }

  /** {@link RmsProp} with ρ 0.9 and ε 1e-7; learning rate 0.001. */
  static RmsProp rmsProp() {
    return new RmsProp(0.9, 1e-7, 0);
  }

  /** {@link Adagrad} with ε 1e-7; learning rate 0.01. */
  static Adagrad adagrad() {
    return new Adagrad(1e-7, 0);
  }

  /** {@link Adam} with β₁ 0.9, β₂ 0.999 and ε 1e-8; learning rate 0.001. */
  static Adam adam() {
    return new Adam(0.9, 0.999, 1e-8, 0);
  }

  /** AdamW: {@link #adam} with a decoupled decay of 0.01, which {@link Adam#decay(double)} changes. */
  static Adam adamW() {
    return adam().decay(0.01);
  }

  /** The learning rate of a fit that does not give one. */
  double defaultLearningRate();

  /** The decoupled weight decay λ; 0 for none. */
  double decay();

  /** How many floats are remembered of each parameter. */
  int memories();

  /** Whether a step is w −= ηg and nothing else. */
  default boolean isPlainDescent() {
    return false;
  }

  /**
   * Takes a step of n parameters: what training calls. The arrays are of one layout.
   *
   * @param rate η
   * @param scale what the gradient is multiplied by first
   * @param number the number of the step in its run, from 1
   * @param decays whether these parameters decay
   * @param memory as many arrays as {@link #memories}, zero before the first step
   * @param at the index of the first of the n in every array
   */
  void apply(
      double rate, float scale, long number, boolean decays, int n,
      float[] gradient, float[] parameters, float[][] memory, int at);

  /** 1 − rate · decay for parameters that decay, else 1. */
  default float keep(double rate, boolean decays) {
    return decays ? (float) (1 - rate * decay()) : 1f;
  }
}
