package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.nio.charset.StandardCharsets;

/** Values as text, as a file or a caller has them. */
final class RawText {

  private RawText() {}

  static boolean isMissing(String text) {
    if (text == null) {
      return true;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return MissingValues.USUAL.contain(bytes, 0, bytes.length);
  }

  /** The number; NaN where it is missing. */
  static float number(String text, String where) {
    if (isMissing(text)) {
      return Float.NaN;
    }
    if (!NumberText.isNumber(text)) {
      throw new DataException(Message.of("%s: %s is not a number", where, Quoted.of(text)));
    }
    return Float.parseFloat(text.strip());
  }
}
