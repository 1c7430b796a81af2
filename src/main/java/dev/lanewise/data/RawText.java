package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.util.Set;
import java.util.regex.Pattern;

/** Values as text, as a file or a caller has them. */
final class RawText {

  private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null");

  private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private RawText() {}

  static boolean isMissing(String text) {
    return text == null || MISSING.contains(text.strip());
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
