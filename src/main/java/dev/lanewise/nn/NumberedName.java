package dev.lanewise.nn;

import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of something with a number in it, as {@code elu(0.5)}.
 *
 * @param kind what it is, without the number
 * @param value the number
 */
record NumberedName(String kind, double value) {

  private static final Pattern NAME = Pattern.compile("([a-z_]+)\\(([0-9.]+(?:[Ee]-?[0-9]+)?)\\)");

  /** The name of one kind with a number: without it where that is the usual one. */
  static String name(String kind, double value, double usual) {
    return value == usual ? kind : kind + "(" + value + ")";
  }

  /** What has the number, unless it refuses that: then nothing has this name. */
  <T> Optional<T> make(DoubleFunction<T> of) {
    try {
      return Optional.of(of.apply(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What such a name says, if it is one. */
  static Optional<NumberedName> of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NumberedName(matcher.group(1), Double.parseDouble(matcher.group(2))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
