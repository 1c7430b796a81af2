package dev.lanewise.io.json;

import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pass over a text. Each method begins at its first character and ends behind its last. */
final class JsonParser {

  private static final int END = -1;

  private final String text;
  private int at;
  private int depth;

  JsonParser(String text) {
    this.text = text;
  }

  Object document() throws JsonException {
    Object value = value();
    skipSpace();
    if (next() != END) {
      throw unexpected();
    }
    return value;
  }

  private Object value() throws JsonException {
    skipSpace();
    return switch (next()) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected();
    };
  }

  private Map<String, Object> map() throws JsonException {
    var map = new LinkedHashMap<String, Object>();
    open();
    if (!closes('}')) {
      do {
        skipSpace();
        if (next() != '"') {
          throw unexpected();
        }
        int start = at;
        String key = string();
        skipSpace();
        expect(':');
        Object value = value();
        if (map.containsKey(key)) {
          throw wrong("the key " + Json.quote(key) + " is there twice", start);
        }
        map.put(key, value);
      } while (goesOn('}'));
    }
    return Collections.unmodifiableSequencedMap(map);
  }

  private List<Object> list() throws JsonException {
    var list = new ArrayList<Object>();
    open();
    if (!closes(']')) {
      do {
        list.add(value());
      } while (goesOn(']'));
    }
    return Collections.unmodifiableList(list);
  }

  /** Enters a map or list. The depth is limited since each level is a call. */
  private void open() throws JsonException {
    if (++depth > Json.MAX_DEPTH) {
      throw wrong("more than " + Json.MAX_DEPTH + " levels of lists and maps", at);
    }
    at++;
  }

  /** Leaves a map or list if nothing else is left of it. */
  private boolean closes(char end) {
    skipSpace();
    if (next() != end) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  /** After an element: whether another one follows. */
  private boolean goesOn(char end) throws JsonException {
    if (closes(end)) {
      return false;
    }
    expect(',');
    return true;
  }

  private Object literal(String word, Object value) throws JsonException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    return value;
  }

  private Number number() throws JsonException {
    int start = at;
    if (next() == '-') {
      at++;
    }
    if (next() == '0') {
      at++;
    } else {
      digits();
    }
    int integer = at;
    if (next() == '.') {
      at++;
      digits();
    }
    if (next() == 'e' || next() == 'E') {
      at++;
      if (next() == '+' || next() == '-') {
        at++;
      }
      digits();
    }
    return numberOf(text.substring(start, at), at == integer, start);
  }

  private void digits() throws JsonException {
    if (!isDigit(next())) {
      throw unexpected();
    }
    while (isDigit(next())) {
      at++;
    }
  }

  private static Number numberOf(String digits, boolean integer, int start) throws JsonException {
    if (integer && !digits.equals("-0")) {
      try {
        return Long.valueOf(digits);
      } catch (NumberFormatException beyondLong) {
        // a double then
      }
    }
    double number = Double.parseDouble(digits);
    if (Double.isInfinite(number)) {
      throw wrong("a number is beyond the range of a double", start);
    }
    return number;
  }

  private String string() throws JsonException {
    int start = at++;
    int from = at; // of the characters that are not yet in the result
    StringBuilder unescaped = null;
    while (next() != '"') {
      if (next() < ' ') { // the end among them
        throw unexpected();
      }
      if (next() != '\\') {
        at++;
        continue;
      }
      if (unescaped == null) {
        unescaped = new StringBuilder();
      }
      unescaped.append(text, from, at++).append(escaped());
      from = at;
    }
    String rest = text.substring(from, at++);
    String result = unescaped == null ? rest : unescaped.append(rest).toString();
    if (unescaped != null && !Json.isUnicode(result)) {
      throw wrong("a string has half a surrogate pair", start);
    }
    return result;
  }

  /** The character that a backslash, behind which this begins, and what follows it stand for. */
  private char escaped() throws JsonException {
    char letter = switch (next()) {
      case '"', '\\', '/' -> (char) next();
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> throw unexpected();
    };
    at++;
    return letter;
  }

  /** Four digits behind the u; ends at the last of them. */
  private char hex() throws JsonException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      if (!HexFormat.isHexDigit(next())) {
        throw unexpected();
      }
      code = code << 4 | HexFormat.fromHexDigit(next());
    }
    return (char) code;
  }

  private int next() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void skipSpace() {
    while (next() == ' ' || next() == '\n' || next() == '\r' || next() == '\t') {
      at++;
    }
  }

  private void expect(char c) throws JsonException {
    if (next() != c) {
      throw unexpected();
    }
    at++;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private JsonException unexpected() {
    int c = next();
    if (c == END) {
      return new JsonException("the JSON ends too early");
    }
    boolean printable = c > ' ' && c < 0x7f;
    return wrong("unexpected " + (printable ? "'" + (char) c + "'" : Message.of("U+%04X", c)), at);
  }

  private static JsonException wrong(String what, int position) {
    return new JsonException(what + " at character " + position + " of the JSON");
  }
}
