package dev.lanewise.nn;

import java.util.Map;

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

  /** What is done to x·W before f. */
  Normalization normalization();

  /** The share of the outputs that is dropped while training. */
  double dropout();

  /** A copy of W, inputs × outputs. */
  Matrix weights();

  /** A copy of b, 1 × outputs. */
  Matrix bias();

  /**
   * Copies of all that the layer has learnt, by name and in this order: {@code weight}, inputs × outputs; {@code bias}, 1 × outputs; under
   * a normalisation {@code scale}, 1 × outputs; under batch normalisation {@code running_mean} and {@code running_variance}, 1 × outputs
   * each, which follow the batches and not a gradient. All of one layer are of the same moment; of layers asked one after the other while a
   * fit runs, an epoch may end between. {@code Network.predictor} and {@code save} take one moment of all.
   */
  Map<String, Matrix> parameters();

  /**
   * Whether steps move the {@linkplain #parameters parameter} of that name: all but {@code running_mean} and {@code running_variance},
   * which are state.
   *
   * @throws IllegalArgumentException if the layer has none of that name
   */
  boolean isTrainable(String name);

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

  /**
   * Replaces one of the {@link #parameters} by a copy of the given matrix.
   *
   * @throws IllegalArgumentException if the layer has none of that name, the matrix is of another shape or has a value that is
   *     not finite, or a running variance is negative
   * @throws IllegalStateException while the network is fitted
   */
  void setParameter(String name, Matrix values);
}
