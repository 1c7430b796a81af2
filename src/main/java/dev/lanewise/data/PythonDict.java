package dev.lanewise.data;

import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the literal of a Python dict as NPY headers have it, and no other Python: keys are strings without escapes,
 * values such strings, {@code True} and {@code False}, and tuples of whole numbers.
 */
final class PythonDict {

  /** As many as a long is sure to hold. */
  private static final int MOST_DIGITS = 18;

  private final String text;
  private int at;

  private PythonDict(String text) {
    this.text = text;
  }

  /**
   * The keys and their values: {@link String}, {@link Boolean} or a {@code List<Long>}.
   *
   * @throws DictException if the text is anything else, or has a key twice
   */
  static Map<String, Object> parse(String text) throws DictException {
    PythonDict dict = new PythonDict(text);
    Map<String, Object> values = dict.dict();
    dict.skipSpaces();
    if (dict.at < text.length()) {
      throw dict.unexpected();
    }
    return values;
  }

  private Map<String, Object> dict() throws DictException {
    Map<String, Object> values = new HashMap<>();
    expect('{');
    while (!skip('}')) {
      String key = string();
      expect(':');
      if (values.put(key, value()) != null) {
        throw new DictException("it has " + Quoted.of(key) + " twice");
      }
      if (!skip(',')) {
        expect('}');
        break;
      }
    }
    return values;
  }

  private Object value() throws DictException {
    skipSpaces();
    char first = at < text.length() ? text.charAt(at) : 0;
    return switch (first) {
      case '\'', '"' -> string();
      case '(' -> tuple();
      case '[' -> throw new DictException("it has a list, as records do, but plain numbers are read");
      default -> bool();
    };
  }

  private String string() throws DictException {
    skipSpaces();
    char quote = at < text.length() ? text.charAt(at) : 0;
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
      throw unexpected();
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private boolean bool() throws DictException {
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw unexpected();
  }

  private List<Long> tuple() throws DictException {
    List<Long> numbers = new ArrayList<>();
    expect('(');
    while (!skip(')')) {
      numbers.add(number());
      if (!skip(',')) {
        // (3) is a number in brackets to Python, and no tuple.
        if (numbers.size() == 1) {
          throw unexpected();
        }
        expect(')');
        break;
      }
    }
    return numbers;
  }

  private long number() throws DictException {
    skipSpaces();
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (text.startsWith("-", at)) {
      throw new DictException("it has a negative number at character " + at + ", but no shape does");
    }
    if (end == at || end - at > MOST_DIGITS) {
      throw unexpected();
    }
    long number = Long.parseLong(text, at, end, 10);
    at = end;
    // Python 2 wrote some of its numbers as 60000L.
    skip('L');
    return number;
  }

  private void expect(char c) throws DictException {
    if (!skip(c)) {
      throw unexpected();
    }
  }

  private boolean skip(char c) {
    skipSpaces();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void skipSpaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
  }

  private DictException unexpected() {
    return new DictException("it is damaged at character " + at);
  }

  /** Says what is wrong with the text. */
  static final class DictException extends Exception {
    private DictException(String message) {
      super(message);
    }
  }
}
