package dev.lanewise.io.json;

import dev.lanewise.text.Message;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Appends values to a text. */
final class JsonWriter {

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private JsonWriter() {}

  static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void value(Object value) {
    switch (value) {
      case null -> out.append("null");
      case Boolean flag -> out.append(flag);
      case Byte number -> out.append(number);
      case Short number -> out.append(number);
      case Integer number -> out.append(number);
      case Long number -> out.append(number);
      case Float number -> number(number);
      case Double number -> number(number);
      case String text -> string(text);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      default -> throw new IllegalArgumentException("there is no JSON for a " + value.getClass().getName());
    }
  }

  /** The fewest digits that tell a double from its neighbours; of a float, those of the same number as a double. */
  private void number(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("there is no JSON for the number " + number);
    }
    out.append(number);
  }

  private void list(List<?> list) {
    open('[');
    Iterator<?> values = list.iterator();
    while (values.hasNext()) {
      value(values.next());
      if (values.hasNext()) {
        out.append(',');
      }
    }
    close(']');
  }

  private void map(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        throw new IllegalArgumentException("a key of JSON is a string, not " + key);
      }
    }
    open('{');
    Iterator<? extends Map.Entry<?, ?>> entries = inOrder(map).entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      string((String) entry.getKey());
      out.append(':');
      value(entry.getValue());
      if (entries.hasNext()) {
        out.append(',');
      }
    }
    close('}');
  }

  private static Map<?, ?> inOrder(Map<?, ?> map) {
    return map instanceof SequencedMap ? map : new TreeMap<>(map);
  }

  private void open(char bracket) {
    if (++depth > Json.MAX_DEPTH) {
      throw new IllegalArgumentException("more than " + Json.MAX_DEPTH + " levels of lists and maps");
    }
    out.append(bracket);
  }

  private void close(char bracket) {
    depth--;
    out.append(bracket);
  }

  private void string(String text) {
    if (!Json.isUnicode(text)) {
      throw new IllegalArgumentException("there is no JSON for a string with half a surrogate pair");
    }
    out.append('"');
    int from = 0; // texts may have megabytes: what needs no escape is appended at once
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isMark = c == '"' || c == '\\';
      if (isMark || Character.isISOControl(c)) {
        out.append(text, from, i).append(isMark ? "\\" + c : Message.of("\\u%04x", (int) c));
        from = i + 1;
      }
    }
    out.append(text, from, text.length()).append('"');
  }
}
