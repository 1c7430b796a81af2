package dev.lanewise.nn;

/**
 * One dense layer of a network, a = f(x·W + b): a view, so that what is set here is what the network computes with.
 *
 * <p>During a fit the parameters read are those of the last finished epoch.
 */
public interface Layer {

  /** The number of inputs, which is the number of rows of the weights. */
  int inputs();

  /** The number of outputs, which is the number of columns of the weights. */
  int outputs();

  /** The activation f. */
  Activation activation();

  /** A copy of W, inputs × outputs. */
  Matrix weights();

  /** A copy of b, 1 × outputs. */
  Matrix bias();

  /**
   * Replaces W by a copy of the given matrix.
   *
   * @throws IllegalArgumentException if it is not inputs × outputs or has a value that is not finite
   * @throws IllegalStateException while the network is fitted
   */
  void setWeights(Matrix weights);

  /**
   * Replaces b by a copy of the given matrix.
   *
   * @throws IllegalArgumentException if it is not 1 × outputs or has a value that is not finite
   * @throws IllegalStateException while the network is fitted
   */
  void setBias(Matrix bias);
}
