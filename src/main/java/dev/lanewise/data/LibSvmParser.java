package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One pass over the bytes of a libsvm file, line by line and token by token. */
final class LibSvmParser {

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_TOKEN = 64;
  private static final int MOST_DIGITS = 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final String NAN = "nan";
  private static final byte[] QID = {'q', 'i', 'd', ':'};

  private final DecodedInput in;
  private final int first;
  private final int columns;
  private final SparseRows rows = new SparseRows();
  private long line = 1;

  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  /** The byte at hand, −1 at the end of the file. */
  private int c;

  /** The token read last, and its length. */
  private final byte[] token = new byte[LONGEST_TOKEN + Decimal.PADDING];
  private int length;

  private LibSvmParser(DecodedInput in, int first, int columns) {
    this.in = in;
    this.first = first;
    this.columns = columns;
  }

  /**
   * All rows of a file.
   *
   * @param first the index of column 0
   * @param columns the most columns
   */
  static SparseRows parse(DecodedInput in, int first, int columns) throws IOException {
    LibSvmParser parser = new LibSvmParser(in, first, columns);
    parser.skipByteOrderMark();
    for (parser.next(); parser.c >= 0; parser.line++) {
      parser.readLine();
    }
    return parser.rows;
  }

  private void skipByteOrderMark() throws IOException {
    end = in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length);
    at = Arrays.equals(buffer, 0, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length) ? end : 0;
  }

  /** Reads a line with its end: LF, CRLF or CR. */
  private void readLine() throws IOException {
    if (nextToken()) {
      addRow();
      int before = -1;
      boolean more = nextToken();
      if (more && isQid()) {
        checkQid();
        more = nextToken();
      }
      for (; more; more = nextToken()) {
        before = addValue(before);
      }
    }
    boolean isReturn = c == '\r';
    next();
    if (isReturn && c == '\n') {
      next();
    }
  }

  private void addRow() {
    checkRoom();
    float target = number(0);
    if (!Float.isFinite(target)) {
      throw bad("the target %s is not a finite number", shown());
    }
    rows.addRow(target, line);
  }

  private boolean isQid() {
    return Arrays.equals(token, 0, Math.min(length, QID.length), QID, 0, QID.length);
  }

  private void checkQid() {
    boolean isWhole = length > QID.length; // of any length: nothing is done with it
    for (int i = QID.length; i < length; i++) {
      isWhole &= token[i] >= '0' && token[i] <= '9';
    }
    if (!isWhole) {
      throw bad("the query of %s is not a whole number", shown());
    }
  }

  /** Adds the value of an index:value and returns its column, which has to be above the one before. */
  private int addValue(int before) {
    checkRoom();
    int colon = 0;
    while (colon < length && token[colon] != ':') {
      colon++;
    }
    if (colon == length) {
      throw bad("%s is not an index:value", shown());
    }
    long index = whole(0, colon);
    if (index < first || index - first >= columns) {
      if (index >= first && columns < Limits.LONGEST_ARRAY) {
        throw bad("the index of %s is above %d, that of the last column that was asked for", shown(), columns - 1 + first);
      }
      String hint = index == 0 ? "; LibSvm.readZeroBased reads files whose indices begin at 0" : "";
      throw bad("the index of %s is not a whole number from %d to %d%s", shown(), first, columns - 1 + first, hint);
    }
    int column = (int) (index - first);
    if (column <= before) {
      throw bad("the index of %s is not above the one before it, which is %d", shown(), before + first);
    }
    float value = number(colon + 1);
    if (Float.isInfinite(value)) {
      boolean isNumber = !Float.isNaN(Decimal.parse(token, colon + 1, length)) || Field.saysInfinite(text(colon + 1));
      throw bad("the value of %s is %s", shown(), isNumber ? "infinite as a float" : "not a number");
    }
    rows.add(column, value);
    return column;
  }

  private void checkRoom() {
    if (rows.isFull()) {
      throw bad("there are more values than fit in an array");
    }
  }

  /** The whole number that a part of the token is, −1 if it is none or has more digits than an int. */
  private long whole(int from, int to) {
    long number = to > from && to - from <= MOST_DIGITS ? 0 : -1;
    for (int i = from; i < to && number >= 0; i++) {
      number = token[i] >= '0' && token[i] <= '9' ? 10 * number + (token[i] - '0') : -1;
    }
    return number;
  }

  /** The number that the rest of the token is; infinite if it is none, or none that a float holds. */
  private float number(int from) {
    if (length - from == NAN.length() && text(from).equalsIgnoreCase(NAN)) {
      return Float.NaN;
    }
    float value = Decimal.parse(token, from, length);
    return Float.isNaN(value) ? Float.POSITIVE_INFINITY : value;
  }

  /** Reads the next token of this line; false if there is none before the line or the file ends. */
  private boolean nextToken() throws IOException {
    while (isSpace()) {
      next();
    }
    if (c == '#') {
      while (!isLineEnd()) {
        next();
      }
    }
    for (length = 0; !isSpace() && !isLineEnd() && c != '#'; next()) {
      if (length == LONGEST_TOKEN) {
        throw bad("%s is too long for a number", shown());
      }
      token[length++] = (byte) c;
    }
    return length > 0;
  }

  private boolean isSpace() {
    return c == ' ' || c == '\t';
  }

  private boolean isLineEnd() {
    return c == '\n' || c == '\r' || c < 0;
  }

  private void next() throws IOException {
    if (at == end) {
      at = 0;
      in.atLine(line);
      end = Math.max(in.read(buffer), 0);
    }
    c = at < end ? buffer[at++] & 0xff : -1;
  }

  private String text(int from) {
    return new String(token, from, length - from, StandardCharsets.UTF_8);
  }

  /** The token, for messages. */
  private String shown() {
    return Quoted.of(text(0));
  }

  private DataException bad(String format, Object... values) {
    return new DataException(Origin.where(in.name(), line) + ": " + Message.of(format, values));
  }
}
