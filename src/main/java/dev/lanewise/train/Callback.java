package dev.lanewise.train;

/**
 * Told of each epoch, on the thread that called {@code fit}. The network may be asked for predictions from here: its
 * parameters are those at the end of that epoch. What it throws ends the fit; the network stays as it is then. To end it with
 * a history, see {@link Fit#stopWhen}.
 */
@FunctionalInterface
public interface Callback {
  /** Called once an epoch has ended. */
  void onEpoch(Epoch epoch);
}
