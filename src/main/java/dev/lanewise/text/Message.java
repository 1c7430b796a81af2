package dev.lanewise.text;

import java.util.Locale;

/** Text of messages: the same in every locale, where {@code String.formatted} would write the digits of some. */
public final class Message {

  private Message() {}

  /** {@link String#format} in the root locale. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation meant is in a library of Error Prone's
  public static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
