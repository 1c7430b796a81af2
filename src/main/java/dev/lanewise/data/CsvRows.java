package dev.lanewise.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The rows of a CSV file, one by one; blank lines, empty or of spaces and tabs that are no delimiter, are none. */
final class CsvRows implements Closeable {

  private final DecodedInput in;
  private final char delimiter;
  private final char quote;
  private final PlainRows plain;

  private final CsvRow row = new CsvRow();

  /** What reads on from the first row with a field in quotes. */
  private QuotedRows quoted;

  /** Whether the row is to come once more. */
  private boolean again;

  /** Rows of an input that this closes. */
  CsvRows(DecodedInput in, char delimiter, char quote) throws IOException {
    this.in = in;
    this.delimiter = delimiter;
    this.quote = quote;
    this.plain = new PlainRows(in, (byte) delimiter, (byte) quote);
  }

  /** Whether there is nothing in the input, rather than blank lines. */
  boolean isEmpty() {
    return plain.isEmpty();
  }

  /** The row that was read last; the next one takes its place. */
  CsvRow row() {
    return row;
  }

  /** Has {@link #next} give the row that was read last once more. */
  void unread() {
    again = true;
  }

  /** Reads the next row; false at the end. */
  boolean next() throws IOException {
    if (again) {
      again = false;
      return true;
    }
    if (quoted == null) {
      if (!plain.next(row)) {
        return false;
      }
      if (!plain.isQuoted(row)) {
        return true;
      }
      quoted = quoted(row.line);
      row.bytes = new byte[0]; // they were the block of the plain rows
    }
    try {
      return quoted.next(row);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Goes past the next row, as {@link #next} and faster; its fields are not known then. */
  boolean skip() throws IOException {
    int skipped = quoted == null && !again ? plain.skip() : -1;
    return skipped < 0 ? next() : skipped > 0;
  }

  /** How many rows there seem to be in all, given how many were read; 0 if there is nothing to tell by. */
  long expectedRows(int rows) {
    long read = in.position() - plain.unread();
    long size = in.position() + in.remaining();
    return in.remaining() < 0 || read <= 0 ? 0 : (long) (rows * 1.02 * size / read);
  }

  private QuotedRows quoted(long line) {
    try {
      return new QuotedRows(in.name(), plain.rest(), delimiter, quote, line - 1);
    } catch (NoClassDefFoundError e) {
      throw new DataException(
          Origin.where(in.name(), line)
              + ": a field is in quotes, and reading those takes FastCSV: add de.siegmar:fastcsv:4.4.0 to the class path "
              + "(or, on the module path, add --add-modules de.siegmar.fastcsv)",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
