package dev.lanewise.engine;

import dev.lanewise.text.Message;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;

/**
 * What a source gives in an epoch, batch after batch, held to what it said of its rows when the fit began: the schedule counts on as many,
 * in batches that are full but for the last.
 */
final class GivenRows {

  private final Fit fit;

  /** −1 where it does not know them. */
  private final long said;

  /** The most rows of a batch. */
  private final int capacity;

  /** The rows of this epoch so far. */
  private long given;

  /** Those of the batch at hand. */
  private int rows;

  /** Whether that was not full, after which none should come. */
  private boolean wasShort;

  GivenRows(Source source, Fit fit, int capacity) {
    this.fit = fit;
    this.said = source.rows();
    this.capacity = capacity;
  }

  /** The batches of an epoch, as schedules count them, of which the post's rule has none; −1 where the source does not know its rows. */
  long batches() {
    return said < 0 ? -1 : Math.ceilDiv(said, fit.batchSize());
  }

  /** The rows of the batch at hand. */
  int rows() {
    return rows;
  }

  void beginEpoch() {
    given = 0;
    wasShort = false;
  }

  /**
   * Counts the rows of a batch.
   *
   * @throws IllegalArgumentException if no batch can have so many, or the source has fewer
   */
  void add(int count) {
    if (count < 0 || count > capacity) {
      throw new IllegalArgumentException(Message.of("the source filled %d rows of a batch of %d", count, capacity));
    }
    given += count;
    if (said >= 0 && given > said) { // perhaps without an end
      throw new IllegalArgumentException(Message.of("the source was said to have %d rows, but gives more", said));
    }
  }

  /** Whether the post's rule leaves out a batch of so many rows, as the last. */
  boolean leavesOut(int count) {
    return fit.isPublished() && count < fit.batchSize();
  }

  /**
   * Has a batch of so many rows be trained on.
   *
   * @throws IllegalArgumentException if the one before was not full, which the last of an epoch alone may be where rows are known
   */
  void take(int count) {
    requireEnd(rows, !wasShort || said < 0);
    rows = count;
    wasShort = count < capacity;
  }

  /** Refuses a batch of so few rows, unless nothing came after it. */
  void requireEnd(int count, boolean isEnd) {
    if (!isEnd) {
      throw new IllegalArgumentException(
          Message.of(
              "the source filled %d rows of a batch of %d, and then went on: only the last of an epoch may have fewer", count, capacity));
    }
  }

  /**
   * To be asked when an epoch is over.
   *
   * @throws IllegalArgumentException if fewer rows came than the source has; of more, {@link #add} has said so
   */
  void requireAll() {
    if (said >= 0 && given != said) {
      throw new IllegalArgumentException(Message.of("the source was said to have %d rows, but %d came", said, given));
    }
  }
}
