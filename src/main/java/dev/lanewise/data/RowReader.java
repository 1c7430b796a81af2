package dev.lanewise.data;

import dev.lanewise.train.Source.Batch;
import java.io.Closeable;
import java.io.IOException;

/**
 * Gives rows one after another, from wherever they come; a {@link StreamSource} trains on them.
 *
 * <pre>
 *   RowReader hundredRows = (into, row) -&gt; {
 *     if (next == 100) {
 *       return false;
 *     }
 *     fillInputs(next++, into.x(), row * inputs);
 *     into.setLabel(row, label);
 *     return true;
 *   };
 * </pre>
 */
@FunctionalInterface
public interface RowReader extends Closeable {

  /**
   * Writes the next row: its inputs to {@code into.x()}, from index {@code row · inputs} on, and its target to
   * {@code into.y()}, from index {@code row · outputs} on or by {@link Batch#setLabel}. All of both is to be written, since
   * another row was there; a row counts once unless {@link Batch#setWeight} is called.
   *
   * @return whether there was a row
   */
  boolean read(Batch into, int row) throws IOException;

  /** Called when the epoch is over or given up. */
  @Override
  default void close() throws IOException {}

  /** Gives the rows of an epoch from the first on. */
  @FunctionalInterface
  interface Opener {

    /**
     * Called at the start of each epoch.
     *
     * @param epoch how many epochs the network had been trained before this one
     */
    RowReader open(long epoch) throws IOException;
  }
}
