package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Values as text, as a file or a caller has them. */
final class RawText {

  /** Possessive: to give digits back for another try never helps, and would take the square of their number. */
  private static final Pattern NUMBER = Pattern.compile("[-+]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][-+]?+\\d++)?+");

  private RawText() {}

  static boolean isMissing(String text) {
    if (text == null) {
      return true;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return MissingValues.USUAL.contain(bytes, 0, bytes.length);
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text.strip()).matches();
  }

  /** The number; NaN where it is missing. */
  static float number(String text, String where) {
    if (isMissing(text)) {
      return Float.NaN;
    }
    if (!isNumber(text)) {
      throw new DataException(Message.of("%s: %s is not a number", where, Quoted.of(text)));
    }
    return Float.parseFloat(text.strip());
  }
}
