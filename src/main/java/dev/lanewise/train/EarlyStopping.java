package dev.lanewise.train;

import dev.lanewise.kernel.Require;
import java.util.List;

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

  /** The number of the epoch whose loss counts as the lowest of these. */
  public int best(List<Epoch> epochs) {
    Epoch best = epochs.getFirst();
    for (Epoch epoch : epochs) {
      if (epoch.monitored() < best.monitored() - minDelta) {
        best = epoch;
      }
    }
    return best.number();
  }

  /** Whether to end after these epochs. */
  public boolean isOver(List<Epoch> epochs) {
    return epochs.getLast().number() - best(epochs) >= patience;
  }
}
