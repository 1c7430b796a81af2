package dev.lanewise.kernel;

/**
 * Rows in memory that a batch is gathered from: its rows are chosen first, and copied by the threads that work on them.
 */
public interface Gather {

  /** Goes on to the next batch, of at most so many rows; returns how many it has, 0 at the end. */
  int advance(int capacity);

  /**
   * Copies inputs and targets of rows {@code from} to {@code to} of the batch to the same rows of x and y, which begin at xAt and yAt and
   * are ldx and ldy floats apart; several threads do so at once, for rows or into arrays of their own. What follows the columns of a row
   * of y has to stay zero. {@code Source.check} has made sure that all are finite, and nobody else writes to them during a fit.
   */
  void copyRows(int from, int to, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy);

  /** Whether rows have weights other than 1. */
  default boolean isWeighted() {
    return false;
  }

  /** Copies the weights of the first so many rows of the batch; not asked for where there are none. */
  default void copyWeights(int rows, float[] weights) {}

  /** The class of each row that is given, in no order that matters; null where rows have targets instead. */
  default int[] labels() {
    return null;
  }

  /** Copies the classes of the first so many rows of the batch; not asked for where there are none. */
  default void copyLabels(int rows, int[] labels) {}

  /** Gives these rows alone from now on. */
  default void restrictTo(int[] rows) {
    throw new UnsupportedOperationException("these rows cannot be divided");
  }
}
