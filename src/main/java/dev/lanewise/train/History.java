package dev.lanewise.train;

import java.util.List;
import java.util.Objects;

/**
 * What a fit did, epoch by epoch.
 *
 * @param epochs the epochs in order, the first first; for a run that was resumed, those before that included
 * @param threads how many threads trained: fewer than asked for where the network is too small for them
 * @param stop why it ended
 * @param best the number of the epoch whose parameters the network has: the last, unless early stopping went back
 */
public record History(List<Epoch> epochs, int threads, Stop stop, int best) {

  /** Why a fit ended. */
  public enum Stop {
    /** All epochs were trained. */
    COMPLETED,
    /** The loss did not fall any more. */
    EARLY,
    /** An epoch was one that {@link Fit#stopWhen} waits for. */
    CONDITION,
    /** The time was over: the last epoch may have been cut short. */
    TIME_LIMIT,
    /** The thread was interrupted, and still is: the last epoch may have been cut short. */
    INTERRUPTED
  }

  /** Copies the list. */
  public History {
    epochs = List.copyOf(Objects.requireNonNull(epochs, "epochs"));
  }

  /** The last epoch; a fit has at least one. */
  public Epoch last() {
    return epochs.getLast();
  }
}
