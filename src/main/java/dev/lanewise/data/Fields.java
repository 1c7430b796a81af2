package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A map that was stored: each value is read with the type it must have, or refused in a sentence that says where it is.
 */
final class Fields {
  private final String place;
  private final Map<?, ?> values;

  private Fields(String place, Map<?, ?> values) {
    this.place = place;
    this.values = values;
  }

  static Fields of(String place, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(place, map);
    }
    throw new DataException(Message.of("%s must be a map, but is %s", place, shown(value)));
  }

  /** Refuses keys other than those. */
  void allow(String... keys) {
    for (Object key : values.keySet()) {
      if (!Arrays.asList(keys).contains(key)) {
        throw new DataException(Message.of("%s has no value %s", place, shown(key)));
      }
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  String text(String key) {
    if (values.get(key) instanceof String text) {
      return text;
    }
    throw refuse(key, "a string");
  }

  /** One of those strings. */
  String oneOf(String key, String... allowed) {
    if (values.get(key) instanceof String text && Arrays.asList(allowed).contains(text)) {
      return text;
    }
    throw refuse(key, "\"" + String.join("\" or \"", allowed) + "\"");
  }

  /** A finite number, whole or not. */
  double number(String key) {
    if (values.get(key) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw refuse(key, "a finite number");
  }

  /** A list of different strings, at least one. */
  List<String> names(String key) {
    List<String> names = new ArrayList<>();
    for (Object element : list(key)) {
      if (element instanceof String name) {
        names.add(name);
      }
    }
    if (names.isEmpty() || names.size() < list(key).size() || new HashSet<>(names).size() < names.size()) {
      throw refuse(key, "a list of different strings, at least one");
    }
    return List.copyOf(names);
  }

  /** A map. */
  Fields map(String key) {
    return of(place + "." + key, values.get(key));
  }

  /** A list of maps. */
  List<Fields> maps(String key) {
    List<Fields> maps = new ArrayList<>();
    for (Object element : list(key)) {
      maps.add(of(Message.of("%s.%s[%d]", place, key, maps.size()), element));
    }
    return maps;
  }

  private List<?> list(String key) {
    if (values.get(key) instanceof List<?> list) {
      return list;
    }
    throw refuse(key, "a list");
  }

  /** What to throw when a value is not what it must be. */
  DataException refuse(String key, String expected) {
    return new DataException(
        Message.of(
            "%s.%s must be %s, but is %s", place, key, expected, has(key) ? shown(values.get(key)) : "missing"));
  }

  /** A value in a message: no longer than a line. */
  private static String shown(Object value) {
    return switch (value) {
      case String text -> Quoted.of(text);
      case List<?> list -> "a list of " + list.size();
      case Map<?, ?> map -> "a map of " + map.size();
      case null, default -> String.valueOf(value);
    };
  }
}
