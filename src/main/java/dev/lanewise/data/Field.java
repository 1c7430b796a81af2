package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One field of a row, for what is seldom or slow: text, messages and numbers that are written in another way. */
record Field(CsvRow row, int index) {

  /** As many bytes as the largest float has digits, with some room for a sign, zeros and spaces. */
  private static final int LONGEST_WHOLE = 60;

  int from() {
    return row.from(index);
  }

  int to() {
    return row.ends[index];
  }

  /** The number, spaces around it being left out; NaN if it is none. */
  float number() {
    int first = MissingValues.afterSpaces(row.bytes, from(), to());
    int end = MissingValues.beforeSpaces(row.bytes, first, to());
    return Decimal.parse(row.bytes, first, end);
  }

  /** Whether it is a whole number, written without an exponent, and another than that float. */
  boolean isWholeAndNot(float value) {
    String text = to() - from() <= LONGEST_WHOLE ? shownWithoutSpaces() : "";
    if (!NumberText.isNumber(text) || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      return false;
    }
    BigDecimal exact = new BigDecimal(text);
    return exact.stripTrailingZeros().scale() <= 0 && exact.compareTo(new BigDecimal(value)) != 0;
  }

  /** Whether it says in words that it is infinite. */
  boolean isInfinite() {
    return to() - from() < 20 && saysInfinite(shownWithoutSpaces());
  }

  /** Whether a text without spaces around it says in words that it is infinite. */
  static boolean saysInfinite(String text) {
    return text.toLowerCase(Locale.ROOT).matches("[-+]?inf(inity)?");
  }

  private String shownWithoutSpaces() {
    int first = MissingValues.afterSpaces(row.bytes, from(), to());
    int end = MissingValues.beforeSpaces(row.bytes, first, to());
    return new String(row.bytes, first, end - first, StandardCharsets.UTF_8);
  }

  /** The text, whatever it is. */
  String shown() {
    return new String(row.bytes, from(), to() - from(), StandardCharsets.UTF_8);
  }

  /**
   * The number, where a network needs one.
   *
   * @throws DataException if it is missing, infinite or none
   */
  float required(Csv csv, String column) {
    if (isMissing(csv)) {
      throw refuse(csv.name(), column, Table.MISSING);
    }
    float value = number();
    if (Float.isNaN(value) && !isInfinite()) {
      throw refuse(csv.name(), column, "%s" + Table.NO_NUMBER, Quoted.of(shown()));
    }
    if (!Float.isFinite(value)) {
      throw infinite(csv, column);
    }
    return value;
  }

  /** What to throw where it is infinite. */
  DataException infinite(Csv csv, String column) {
    return refuse(csv.name(), column, "%s is infinite as a float", Quoted.of(shown()));
  }

  /** Whether it stands for a missing value. */
  boolean isMissing(Csv csv) {
    return csv.missingValues().contain(row.bytes, from(), to());
  }

  /**
   * The text, once it is known to be one.
   *
   * @throws DataException if it is not UTF-8, or has a byte of zero
   */
  String text(String file, String column) {
    for (int i = from(); i < to(); i++) {
      if (row.bytes[i] == 0) {
        throw refuse(file, column, "there is a byte of zero, which is no text");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row.bytes, from(), to() - from())).toString();
    } catch (CharacterCodingException e) {
      throw refuse(file, column, "%s is not UTF-8", Quoted.of(shown()));
    }
  }

  /** What to throw: file, row and column, and what is wrong. */
  DataException refuse(String file, String column, String format, Object... values) {
    return new DataException(Origin.where(file, row.line, column) + ": " + Message.of(format, values));
  }
}
