package dev.lanewise.cli;

import java.util.regex.Pattern;

/** Whole numbers of options, which may be none, or too large for what they are the number of. */
final class WholeNumber {

  /** Of any length: a long has not room for all. */
  private static final Pattern DIGITS = Pattern.compile("[-+]?\\d+");

  private WholeNumber() {}

  /**
   * What the text says.
   *
   * @throws UsageException if it is no whole number, or outside those limits
   */
  static long of(String option, String text, long least, long most) {
    if (text.isEmpty()) {
      throw new UsageException(option + " needs a whole number");
    }
    if (!DIGITS.matcher(text).matches()) { // which Java has more of
      throw new UsageException(option + " is a whole number, not " + text);
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw outside(option, text, least, most, text.startsWith("-"));
    }
    if (value < least || value > most) {
      throw outside(option, text, least, most, value < least);
    }
    return value;
  }

  private static UsageException outside(String option, String text, long least, long most, boolean isBelow) {
    return new UsageException(option + (isBelow ? " is at least " + least : " is at most " + most) + ", not " + text);
  }

  /** {@link #of(String, String, long, long)} where every long will do. */
  static long ofLong(String option, String text) {
    return of(option, text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** {@link #of(String, String, long, long)} where every int will do. */
  static int ofInt(String option, String text) {
    return (int) of(option, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
