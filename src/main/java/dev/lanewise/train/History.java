package dev.lanewise.train;

import java.util.List;

/**
 * What a fit did, epoch by epoch.
 *
 * @param epochs the epochs in order, the first first
 * @param threads how many threads trained: fewer than asked for where the network is too small for them
 */
public record History(List<Epoch> epochs, int threads) {

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch; a fit has at least one. */
  public Epoch last() {
    return epochs.getLast();
  }
}
