package dev.lanewise.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows of a CSV file with fields in quotes, read by FastCSV; without FastCSV on the class path this class does not load. */
final class QuotedRows {

  private final String file;
  private final char delimiter;
  private final long linesBefore;

  /** Whether each is a row, and not a blank line. */
  private final CloseableIterator<Boolean> rows;
  private CsvRow row = new CsvRow();

  /**
   * @param file what messages call it
   * @param linesBefore how many lines of the file come before the input
   */
  QuotedRows(String file, InputStream in, char delimiter, char quote, long linesBefore) {
    this.file = file;
    this.delimiter = delimiter;
    this.linesBefore = linesBefore;
    this.rows =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .quoteCharacter(quote)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(new Handler(), in, StandardCharsets.ISO_8859_1) // a character for each byte
            .iterator();
  }

  /** Reads the next row that is not blank; false at the end. */
  boolean next(CsvRow into) {
    row = into;
    try {
      while (rows.hasNext()) {
        if (rows.next()) {
          return true;
        }
      }
      return false;
    } catch (CsvParseException e) {
      if (e.getCause() instanceof DataException below) {
        throw below;
      }
      throw new DataException(
          Origin.where(file, row.line) + ": a field in quotes is not closed, is longer than 16 MB or goes on after its last quote", e);
    }
  }

  /** Puts the bytes of the fields one after another into the row. */
  private final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
    private int length;
    private boolean isBlank;

    @Override
    protected void handleBegin(long startingLine) {
      row.line = linesBefore + startingLine;
      row.start = 0;
      row.fields = 0;
      length = 0;
      isBlank = true;
    }

    @Override
    protected void handleField(int index, char[] chars, int offset, int count, boolean quoted) {
      if (count > PlainRows.LONGEST_ROW - length) {
        throw new DataException(file + ": " + PlainRows.tooLong(row.line));
      }
      int needed = length + count + 1 + Decimal.PADDING;
      if (needed > row.bytes.length) {
        row.bytes = Arrays.copyOf(row.bytes, Math.max(needed, 2 * row.bytes.length));
      }
      isBlank &= index == 0 && !quoted;
      for (int i = 0; i < count; i++) {
        row.bytes[length + i] = (byte) chars[offset + i];
        isBlank &= PlainRows.isBlank(chars[offset + i], delimiter);
      }
      length += count;
      row.end(length++);
    }

    @Override
    protected Boolean buildRecord() {
      return !isBlank;
    }
  }
}
