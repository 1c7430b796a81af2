package dev.lanewise.io.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as RFC 8259 has it, and as strictly as it allows. A value is a {@code Map<String, Object>} in the order of the
 * text, a {@code List<Object>}, a {@code String}, a {@code Long} (a number without fraction and exponent that fits into
 * one), a {@code Double}, a {@code Boolean} or null. What is written is read back as the same value, numbers to the
 * last bit.
 */
public final class Json {

  /** How deep lists and maps may lie within each other. */
  static final int MAX_DEPTH = 64;

  private static final int QUOTED = 80;

  private Json() {}

  /**
   * The value of a text; its maps and lists cannot be changed.
   *
   * @throws JsonException if the text is not one JSON value and white space around it, or if it has a key twice in a
   *     map, a number beyond double, half a surrogate pair, or more than 64 levels
   */
  public static Object parse(String text) throws JsonException {
    return new JsonParser(text).document();
  }

  /**
   * The value of a text in UTF-8.
   *
   * @throws JsonException if the bytes are not UTF-8, and as {@link #parse(String)} does
   */
  public static Object parse(byte[] utf8) throws JsonException {
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonException("it is not UTF-8");
    }
  }

  /**
   * A value as text without white space. Besides the types that are read, each integer type, {@code Float} and each
   * kind of map and list may be given. The keys of a map without an order of its own are sorted, so that equal values
   * have equal texts.
   *
   * @throws IllegalArgumentException if there is no JSON for a value: a number that is not finite, half a surrogate
   *     pair, another type, a key that is not a string, or more than 64 levels
   */
  public static String write(Object value) {
    return JsonWriter.write(value);
  }

  /** A string of a file as messages show it: in quotes and escaped, so that it is one line, and not longer than one. */
  public static String quote(String text) {
    return write(text.length() <= QUOTED ? text : text.substring(0, text.offsetByCodePoints(0, QUOTED / 2)) + "…");
  }

  /** Whether a text is without halves of surrogate pairs, for which UTF-8 has no bytes. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int point = text.codePointAt(i++);
        if (!Character.isSupplementaryCodePoint(point)) {
          return false;
        }
      }
    }
    return true;
  }
}
