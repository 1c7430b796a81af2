package dev.lanewise.nn;

import dev.lanewise.text.Require;
import java.util.Objects;

/**
 * What a dense layer is, apart from its parameters: a = f(x·W + b), with a normalisation before f and dropout after it where
 * asked for. An immutable value; each method with an argument gives a new one.
 *
 * @param inputs the columns of x and rows of W
 * @param outputs the columns of W and of a
 * @param activation f
 * @param normalization what is done to x·W before f
 * @param dropout the share of the outputs that is 0 in a step of training; the others are divided by one less that share
 *     (inverted dropout: Srivastava et al., 2014), so that predictions need nothing
 * @param initializer how W begins
 */
public record Dense(
    int inputs, int outputs, Activation activation, Normalization normalization, double dropout, Initializer initializer) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if inputs or outputs are not positive, or the dropout is not in 0..1, 1 excluded, as a float
   */
  public Dense {
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(initializer, "initializer");
    if (inputs <= 0 || outputs <= 0) {
      throw new IllegalArgumentException("a layer of " + inputs + " x " + outputs + " is none: both must be positive");
    }
    Require.fraction("dropout", dropout);
  }

  /** A plain layer whose weights begin as in the post. */
  public static Dense of(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Normalization.NONE, 0, Initializer.SCALED_NORMAL);
  }

  /** With this share of the outputs dropped while training. */
  public Dense dropout(double share) {
    return new Dense(inputs, outputs, activation, normalization, share, initializer);
  }

  /** With batch normalisation. */
  public Dense batchNorm() {
    return new Dense(inputs, outputs, activation, Normalization.BATCH, dropout, initializer);
  }

  /** With layer normalisation. */
  public Dense layerNorm() {
    return new Dense(inputs, outputs, activation, Normalization.LAYER, dropout, initializer);
  }

  /** With weights that begin so. */
  public Dense initializer(Initializer initializer) {
    return new Dense(inputs, outputs, activation, normalization, dropout, initializer);
  }

  /** Whether there is a normalisation. */
  public boolean isNormalized() {
    return normalization != Normalization.NONE;
  }
}
