package dev.lanewise.text;

import java.util.regex.Pattern;

/** Which text is a number, in files of text and wherever one is told of it. */
public final class NumberText {

  /** Possessive: to give digits back for another try never helps, and would take the square of their number. */
  private static final Pattern NUMBER = Pattern.compile("[ \\t]*+[-+]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][-+]?+\\d++)?+[ \\t]*+");

  private NumberText() {}

  /** Whether it is a decimal number, spaces and tabs around it being left out, as in files: no other white space is. */
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }
}
