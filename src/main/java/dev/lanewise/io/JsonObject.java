package dev.lanewise.io;

import dev.lanewise.io.json.Json;
import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON map of a model file, whose values are read with the type they must have. Each method throws {@link
 * ModelFileException} if the key is not there or its value is something else, with a sentence that names the file and
 * the place, such as {@code network.layers[1].outputs}.
 */
public final class JsonObject {

  private final String file;
  private final String place;
  private final Map<String, Object> values;

  private JsonObject(String file, String place, Map<String, Object> values) {
    this.file = file;
    this.place = place;
    this.values = values;
  }

  static JsonObject of(String file, String place, Object json) {
    if (!(json instanceof Map<?, ?> map)) {
      throw ModelFileException.reading(file, place + " must be a map, but is " + shown(json));
    }
    @SuppressWarnings("unchecked") // the keys of JSON are strings
    Map<String, Object> values = (Map<String, Object>) map;
    return new JsonObject(file, place, values);
  }

  /** The keys, in the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether the key is there with a value other than null. */
  public boolean has(String key) {
    return values.get(key) != null;
  }

  /**
   * The values as they are, unchangeable: maps, lists, strings, {@code Long}, {@code Double}, {@code Boolean} and null.
   * This is what was given when the file was written, but that smaller types of numbers have become {@code Long} and
   * {@code Double}.
   */
  public Map<String, Object> asMap() {
    return values;
  }

  /** A string. */
  public String text(String key) {
    return value(key, String.class, "a string");
  }

  /** True or false. */
  public boolean flag(String key) {
    return value(key, Boolean.class, "true or false");
  }

  /** A number; whole ones are numbers, too. */
  public double number(String key) {
    return value(key, Number.class, "a number").doubleValue();
  }

  /** A whole number of 64 bits. */
  public long integer(String key) {
    return value(key, Long.class, "a whole number");
  }

  /** A whole number from least to most, both included. */
  public int integer(String key, int least, int most) {
    long value = integer(key);
    if (value < least || value > most) {
      throw refuse(key, Message.of("from %d to %d", least, most));
    }
    return (int) value;
  }

  /** A map. */
  public JsonObject object(String key) {
    return of(file, at(key), require(key, "a map"));
  }

  /** A list of maps. */
  public List<JsonObject> objects(String key) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object value : value(key, List.class, "a list")) {
      objects.add(of(file, Message.of("%s[%d]", at(key), objects.size()), value));
    }
    return objects;
  }

  /** What {@link #numbers} reads: JSON has neither NaN, for which null stands, nor infinity, which is a string. */
  public static List<Object> list(double... numbers) {
    List<Object> list = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      list.add(Double.isNaN(number) ? null : Double.isInfinite(number) ? Double.toString(number) : (Object) number);
    }
    return list;
  }

  /** A list of numbers, as {@link #list} makes it. */
  public double[] numbers(String key) {
    List<?> list = value(key, List.class, "a list");
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = switch (list.get(i)) {
        case Number number -> number.doubleValue();
        case null -> Double.NaN;
        case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
        case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
        default -> throw refuse(key, "a list of numbers");
      };
    }
    return numbers;
  }

  /**
   * What to throw when a value is one that the reader does not know: "… must be batch or layer, but is …".
   */
  public ModelFileException refuse(String key, String expected) {
    return ModelFileException.reading(
        file, Message.of("%s must be %s, but is %s", at(key), expected, shown(values.get(key))));
  }

  private <T> T value(String key, Class<T> type, String expected) {
    Object value = require(key, expected);
    if (!type.isInstance(value)) {
      throw refuse(key, expected);
    }
    return type.cast(value);
  }

  private Object require(String key, String expected) {
    if (!values.containsKey(key)) {
      throw ModelFileException.reading(file, Message.of("%s is missing, which must be %s", at(key), expected));
    }
    return values.get(key);
  }

  private String at(String key) {
    return place + "." + key;
  }

  /** The map as JSON. */
  @Override
  public String toString() {
    return Json.write(values);
  }

  /** A value in a message: not larger than a string there. */
  private static String shown(Object value) {
    return switch (value) {
      case String text -> Json.quote(text);
      case List<?> list -> "a list of " + list.size();
      case Map<?, ?> map -> "a map of " + map.size();
      case null, default -> String.valueOf(value);
    };
  }
}
