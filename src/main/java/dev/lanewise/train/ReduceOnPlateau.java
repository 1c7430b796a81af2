package dev.lanewise.train;

import dev.lanewise.text.Require;

/**
 * Reduces the learning rate where the loss does not fall any more. What it does depends on nothing but the epochs so far.
 *
 * @param factor what the rate is multiplied by each time
 * @param patience after how many epochs in which the loss has not fallen the rate is reduced
 */
public record ReduceOnPlateau(double factor, int patience) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the factor is not above 0 and below 1, or the patience not positive
   */
  public ReduceOnPlateau {
    Require.between0And1("the factor on a plateau", factor);
    Require.positive("patience", patience);
  }
}
