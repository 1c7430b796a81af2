package dev.lanewise.train;

import dev.lanewise.kernel.Require;

/**
 * When a fit ends before its last epoch.
 *
 * @param patience for how many epochs the loss may fail to fall below its lowest
 * @param minDelta by how much more than this it has to fall
 */
public record EarlyStopping(int patience, double minDelta) {

  /** Checks the numbers. */
  public EarlyStopping {
    Require.positive("patience", patience);
    Require.notNegative("minDelta", minDelta);
  }
}
