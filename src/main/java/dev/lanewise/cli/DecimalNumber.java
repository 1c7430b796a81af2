package dev.lanewise.cli;

import dev.lanewise.text.NumberText;
import java.util.regex.Pattern;

/** Numbers of options, written as in files: Java's own {@code 1f}, {@code 0x1p-2} and digits of other scripts are none. */
final class DecimalNumber {

  /** It is the limits of each option that refuse these, and say what they are. */
  private static final Pattern NOT_FINITE = Pattern.compile("[-+]?(NaN|Infinity)");

  private DecimalNumber() {}

  static boolean isIn(String text) {
    return NumberText.isNumber(text) || NOT_FINITE.matcher(text).matches();
  }

  /**
   * What the text says.
   *
   * @throws UsageException if it is no number
   */
  static double of(String option, String text) {
    if (!isIn(text)) {
      throw new UsageException(option + (text.isEmpty() ? " needs a number" : " is a number, not " + text));
    }
    return Double.parseDouble(text);
  }
}
