package dev.lanewise.data;

import static dev.lanewise.data.Decimal.LONG;

import dev.lanewise.text.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Rows of a CSV file as far as no field is in quotes. Eight bytes at a time are searched for the ends of fields and lines, in a
 * block that always ends with a line.
 */
final class PlainRows {

  private static final int BLOCK = 1 << 17;

  /** The most bytes of a row. */
  static final int LONGEST_ROW = 1 << 28;

  private static final long EACH = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long LINE_FEEDS = '\n' * EACH;
  private static final long RETURNS = '\r' * EACH;

  private final DecodedInput in;
  private final byte delimiter;
  private final byte quote;
  private final boolean isEmpty;
  private byte[] block = new byte[BLOCK + Decimal.PADDING];

  /** Where the row that was read last begins. */
  private int rowStart;

  /** Whether it may have a quote. */
  private boolean hasQuotes;

  /** Where the next row begins, where the last whole line ends, and where the bytes do. */
  private int next;

  private int linesEnd;
  private int end;
  private boolean atEnd;
  private long line = 1;

  PlainRows(DecodedInput in, byte delimiter, byte quote) throws IOException {
    this.in = in;
    this.delimiter = delimiter;
    this.quote = quote;
    fill();
    skipByteOrderMark();
    isEmpty = in.position() == next;
  }

  /** Whether the input has nothing, or a byte order mark alone. */
  boolean isEmpty() {
    return isEmpty;
  }

  private void skipByteOrderMark() {
    if (block[0] == (byte) 0xef && block[1] == (byte) 0xbb && block[2] == (byte) 0xbf) {
      next = 3;
    } else if ((block[0] == (byte) 0xff && block[1] == (byte) 0xfe) || (block[0] == (byte) 0xfe && block[1] == (byte) 0xff)) {
      throw in.bad("it is written in UTF-16: write it in UTF-8");
    }
  }

  /** Reads the next row that is not blank; false at the end. */
  boolean next(CsvRow row) throws IOException {
    while (next < linesEnd || fill()) {
      int blanks = blanks();
      if (!isEnd(next + blanks)) {
        read(row);
        return true;
      }
      endLine(next + blanks);
    }
    return false;
  }

  /** Goes past the next row that is not blank, if it has no quote; 1 if it did, 0 at the end, −1 if it has to be read. */
  int skip() throws IOException {
    while (next < linesEnd || fill()) {
      int blanks = blanks();
      if (!isEnd(next + blanks)) {
        return skipLine() ? 1 : -1;
      }
      endLine(next + blanks);
    }
    return 0;
  }

  /** How many spaces and tabs, but delimiters, the next row begins with. A line ends it in any case. */
  private int blanks() {
    int at = next;
    while (isBlank(block[at], delimiter)) {
      at++;
    }
    return at - next;
  }

  /** Whether a character of a line that has no others makes it blank. */
  static boolean isBlank(int character, int delimiter) {
    return (character == ' ' || character == '\t') && character != delimiter;
  }

  private boolean isEnd(int at) {
    return block[at] == '\n' || block[at] == '\r';
  }

  private boolean skipLine() {
    for (int at = next; ; at += 8) {
      long word = (long) LONG.get(block, at);
      long ends = matches(word, LINE_FEEDS) | matches(word, RETURNS);
      long hits = ends | matches(word, quote * EACH);
      if (hits != 0) {
        if ((hits & -hits & ends) == 0) {
          return false;
        }
        endLine(at + (Long.numberOfTrailingZeros(ends) >>> 3));
        return true;
      }
    }
  }

  private void endLine(int at) {
    line++;
    next = at + (block[at] == '\r' && block[at + 1] == '\n' ? 2 : 1);
  }

  /**
   * Reads the row that begins at {@link #next}. The ends of four fields are written for each eight bytes, however many there
   * are: of random lengths, a branch for each would be guessed wrong too often.
   */
  private void read(CsvRow row) {
    byte[] bytes = block;
    int[] ends = row.ends;
    int fields = 0;
    long quotes = 0;
    long lines = 0;
    int at = next;
    for (; lines == 0; at += 8) {
      long word = (long) LONG.get(bytes, at);
      quotes |= matches(word, quote * EACH);
      lines = matches(word, LINE_FEEDS) | matches(word, RETURNS);
      long hits = (matches(word, delimiter * EACH) | lines) & (lines ^ (lines - 1)); // up to the end of the line
      int first = fields;
      fields += Long.bitCount(hits);
      if (first + 8 > ends.length) {
        ends = Arrays.copyOf(ends, 2 * ends.length);
      }
      for (int i = first; i < first + 4; i++) {
        ends[i] = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
      }
      for (int i = first + 4; i < fields; i++) {
        ends[i] = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
      }
    }
    row.bytes = bytes;
    row.start = next;
    row.ends = ends;
    row.fields = fields;
    row.line = line;
    rowStart = next;
    hasQuotes = quotes != 0;
    endLine(ends[fields - 1]);
  }

  /** The highest bit of each byte that has that value. */
  private static long matches(long word, long pattern) {
    long difference = word ^ pattern;
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS);
  }

  /** Whether a field of the row that was read last begins with a quote. */
  boolean isQuoted(CsvRow row) {
    for (int j = 0; hasQuotes && j < row.fields; j++) {
      if (row.bytes[row.from(j)] == quote) {
        return true;
      }
    }
    return false;
  }

  /** How many bytes of the block are not rows that were read. */
  int unread() {
    return end - next;
  }

  /** All from the row that was read last on. */
  InputStream rest() {
    LinedInput lined = new LinedInput(in, line);
    lined.count(block, next, end);
    return new SequenceInputStream(new ByteArrayInputStream(block, rowStart, end - rowStart), lined);
  }

  /** Goes on to the next whole lines; false if there are no more. */
  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    int rest = end - next;
    System.arraycopy(block, next, block, 0, rest);
    next = 0;
    end = rest;
    linesEnd = 0;
    while (linesEnd == 0 && !atEnd) {
      makeRoom();
      in.atLine(line);
      int read = in.read(block, end, block.length - Decimal.PADDING - end);
      atEnd = read < 0;
      if (atEnd && end > 0) {
        endLastLine();
      } else {
        end += Math.max(read, 0);
        linesEnd = endOfLines(end - Math.max(read, 0));
      }
    }
    return linesEnd > 0;
  }

  private void makeRoom() {
    int room = block.length - Decimal.PADDING;
    if (end == room) {
      if (room >= LONGEST_ROW) {
        throw in.bad("%s", tooLong(line));
      }
      block = Arrays.copyOf(block, 2 * room + Decimal.PADDING);
    }
  }

  /** What is wrong with the row that begins in that line. */
  static String tooLong(long line) {
    return Message.of("the row in line %d has more than the %d bytes that a row may have", line, LONGEST_ROW);
  }

  private void endLastLine() {
    if (block[end - 1] != '\n' && block[end - 1] != '\r') {
      block[end++] = '\n';
    }
    block[end] = 0; // what follows a carriage return is looked at
    linesEnd = end;
  }

  /** Where the last whole line of the bytes ends, 0 if none does after {@code from}. */
  private int endOfLines(int from) {
    for (int i = end - 1; i >= from; i--) {
      if (block[i] == '\n' || (block[i] == '\r' && i < end - 1)) {
        return i + 1;
      }
    }
    return 0;
  }
}
