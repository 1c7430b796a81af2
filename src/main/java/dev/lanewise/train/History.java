package dev.lanewise.train;

import java.util.List;

/**
 * What a fit did, epoch by epoch.
 *
 * @param epochs the epochs in order, the first first
 */
public record History(List<Epoch> epochs) {

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch; a fit has at least one. */
  public Epoch last() {
    return epochs.getLast();
  }
}
