package dev.lanewise.train;

import dev.lanewise.text.Require;

/**
 * When a fit ends before its last epoch.
 *
 * @param patience after how many epochs in which the loss has not fallen below its lowest the fit ends
 * @param minDelta it has to fall by more than this
 */
public record EarlyStopping(int patience, double minDelta) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the patience is not positive, or {@code minDelta} negative or not finite
   */
  public EarlyStopping {
    Require.positive("patience", patience);
    Require.notNegative("minDelta", minDelta);
  }
}
