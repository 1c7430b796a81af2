package dev.lanewise.data;

import dev.lanewise.file.Reason;
import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import dev.lanewise.train.Source;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/**
 * Trains on rows that need not fit in memory: they are read again in each epoch, and shuffled within a window.
 *
 * <p>The window holds so many rows that were read and not yet trained on. Each row trained on is drawn from it at random, and
 * the next row that is read takes its place. A row comes up at most window − 1 places before its turn, and may come any number
 * of places after it. So the window should be larger than the runs of similar rows in the data, and data that are sorted by
 * class should be shuffled on disk first. The order of an epoch depends on the fit's seed, the epoch and the window alone;
 * unless the fit shuffles, it is the order of the rows.
 *
 * <p>The window is all that is kept here, beside what the reader of rows has: 4 · window · (inputs + outputs) bytes. What reading throws
 * ends the fit, an {@link IOException} as the cause of an {@link UncheckedIOException}.
 *
 * <p>A fit that ends in the middle of an epoch leaves what it reads open. So a source of files is to be closed after the fit, as
 * by {@code try (StreamSource source = …)}; it can still be trained on afterwards.
 */
public final class StreamSource implements Source, Closeable {

  /** What messages call it. */
  private final String title;

  private final int inputs;
  private final int outputs;
  private final long rows;
  private final int windowRows;
  private final RowReader.Opener opener;
  private final CounterRandom random = new CounterRandom(0, Stream.ORDER, 0);

  /** Made when it is first needed: without shuffling it never is. */
  private Batch window;

  /** Null when no epoch is being read. */
  private RowReader reader;

  private boolean shuffle;
  private long rowsRead;

  /** How many rows of the window hold one to come. */
  private int waiting;

  private StreamSource(String title, int inputs, int outputs, long rows, int windowRows, RowReader.Opener opener) {
    this.title = title;
    this.inputs = inputs;
    this.outputs = outputs;
    this.rows = rows;
    this.windowRows = windowRows;
    this.opener = Objects.requireNonNull(opener, "opener");
  }

  /**
   * Rows of which it is not known how many there are.
   *
   * @param inputs the columns of x
   * @param outputs the columns of y: the network's outputs
   * @param window how many rows to shuffle among
   * @throws IllegalArgumentException if one of the three is not positive, or a window of that size fits in no array
   */
  public static StreamSource of(int inputs, int outputs, int window, RowReader.Opener opener) {
    return of(inputs, outputs, -1, window, opener);
  }

  /**
   * Rows of which the number is known.
   *
   * @param inputs the columns of x
   * @param outputs the columns of y: the network's outputs
   * @param rows the rows of each epoch, or −1 if that is not known
   * @param window how many rows to shuffle among
   * @throws IllegalArgumentException if inputs, outputs or window are not positive, or a window of that size fits in no array
   */
  public static StreamSource of(int inputs, int outputs, long rows, int window, RowReader.Opener opener) {
    return of("the source", inputs, outputs, rows, window, opener);
  }

  static StreamSource of(String title, int inputs, int outputs, long rows, int window, RowReader.Opener opener) {
    Require.positive("inputs", inputs);
    Require.positive("outputs", outputs);
    Require.positive("window", window);
    if (rows < -1) {
      throw new IllegalArgumentException(Message.of("rows must be known, or -1, but are %d", rows));
    }
    if ((long) window * Math.max(inputs, outputs) > Limits.LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          Message.of(
              "a window of %d rows of %d values fits in no array: make it smaller", window, Math.max(inputs, outputs)));
    }
    return new StreamSource(title, inputs, outputs, rows, window, opener);
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public long rows() {
    return rows;
  }

  /** How many rows are shuffled among. */
  public int window() {
    return windowRows;
  }

  /** {@code "within a window of 10000"}. */
  @Override
  public String order() {
    return "within a window of " + windowRows;
  }

  @Override
  public void begin(long epoch, boolean shuffle, long seed) {
    close();
    this.shuffle = shuffle && windowRows > 1;
    rowsRead = 0;
    waiting = 0;
    random.restart(seed, Stream.ORDER, epoch);
    try {
      reader = Objects.requireNonNull(opener.open(epoch), "reader");
    } catch (IOException e) {
      throw unchecked(e);
    }
    if (!this.shuffle) {
      return;
    }
    if (window == null) {
      window = new Batch(windowRows, inputs, outputs);
    }
    while (waiting < windowRows && read(window, waiting)) {
      waiting++;
    }
  }

  @Override
  public int fill(Batch batch) {
    int filled = 0;
    while (filled < batch.capacity() && (shuffle ? draw(batch, filled) : read(batch, filled))) {
      filled++;
    }
    return filled;
  }

  /** Moves a row of the window to the batch and puts the next one in its place; false if none is left. */
  private boolean draw(Batch batch, int row) {
    if (waiting == 0) {
      return false;
    }
    int drawn = random.nextInt(waiting);
    copy(window, drawn, batch, row);
    if (!read(window, drawn)) {
      waiting--;
      copy(window, waiting, window, drawn);
    }
    return true;
  }

  private void copy(Batch from, int fromRow, Batch to, int toRow) {
    System.arraycopy(from.x(), fromRow * inputs, to.x(), toRow * inputs, inputs);
    System.arraycopy(from.y(), fromRow * outputs, to.y(), toRow * outputs, outputs);
    if (from.weights() != null) {
      to.setWeight(toRow, from.weights()[fromRow]);
    }
  }

  /** Reads the next row; false, and closes the reader, if there is none. */
  private boolean read(Batch into, int row) {
    if (reader == null) {
      return false;
    }
    if (into.weights() != null) {
      into.setWeight(row, 1); // another row may have left its own
    }
    try {
      if (reader.read(into, row)) {
        rowsRead++;
        if (rows >= 0 && rowsRead > rows) { // perhaps without an end
          throw new IllegalArgumentException(Message.of("%s was said to have %d rows, but gives more", title, rows));
        }
        return true;
      }
    } catch (IOException e) {
      closeAfter(e);
      throw unchecked(e);
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
    close();
    if (rows >= 0 && rowsRead != rows) {
      throw new IllegalArgumentException(
          Message.of("%s was said to have %d rows, but %d came", title, rows, rowsRead));
    }
    return false;
  }

  /** Lets go of what cannot be read any further; what went wrong is more than what closing throws. */
  private void closeAfter(Throwable thrown) {
    try {
      close();
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  /**
   * Lets go of what is being read. A fit does not: where it ends in the middle of an epoch, by its time limit, because it was
   * interrupted or by an exception of its own, that stays open until this is called or the next epoch begins. It is gone already
   * where the epoch was read to its end, or reading has thrown.
   */
  @Override
  public void close() {
    RowReader last = reader;
    reader = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (IOException e) {
      throw unchecked(e);
    }
  }

  private static UncheckedIOException unchecked(IOException e) {
    return new UncheckedIOException("the rows to train on cannot be read: " + reason(e), e);
  }

  /** In words, after the name of the file where only the exception knows that. */
  private static String reason(IOException e) {
    String reason = Reason.of(e);
    return switch (e) {
      case FileSystemException named when named.getFile() != null && !reason.contains(named.getFile()) ->
          named.getFile() + ": " + reason;
      case FileNotFoundException named when named.getMessage() != null -> named.getMessage();
      default -> reason;
    };
  }
}
