package dev.lanewise.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Columns whose values are names of something, be they text or numbers. */
final class Categories {

  private static final float EXACT = 1 << 24;

  private Categories() {}

  /**
   * A column as text with its categories in order: text in that of its characters, numbers ascending and named as
   * {@link #name} does.
   */
  static Column.Text of(Column column) {
    return switch (column) {
      case Column.Text text -> sorted(text);
      case Column.Numeric numbers -> named(numbers);
    };
  }

  private static Column.Text sorted(Column.Text text) {
    List<String> names = text.categories().stream().sorted().toList();
    int[] newCodes = indices(text.categories(), names);
    int[] codes = new int[text.rows()];
    Arrays.setAll(codes, i -> text.isMissing(i) ? -1 : newCodes[text.code(i)]);
    return new Column.Text(text.name(), codes, names);
  }

  private static Column.Text named(Column.Numeric numbers) {
    TreeSet<Float> distinct = new TreeSet<>();
    for (int i = 0; i < numbers.rows(); i++) {
      if (!numbers.isMissing(i)) {
        distinct.add(numbers.get(i) + 0f); // the negative zero is none of its own
      }
    }
    List<Float> values = List.copyOf(distinct);
    Map<Float, Integer> indices = new HashMap<>();
    for (Float value : values) {
      indices.put(value, indices.size());
    }
    int[] codes = new int[numbers.rows()];
    Arrays.setAll(codes, i -> numbers.isMissing(i) ? -1 : indices.get(numbers.get(i) + 0f));
    return new Column.Text(numbers.name(), codes, values.stream().map(Categories::name).toList());
  }

  /** A number as a name: 3 is {@code "3"} and 2.5 is {@code "2.5"}. */
  static String name(float value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
    return whole ? Integer.toString((int) value) : Float.toString(value);
  }

  /**
   * The name that a text has where numbers are names: that of its number, so that {@code "3.0"} is {@code "3"}, or the text
   * itself if it is none.
   */
  static String nameOf(String text) {
    return RawText.isNumber(text) ? name(Float.parseFloat(text.strip())) : text;
  }

  /** Where each name is among others, −1 for one that is not there. */
  static int[] indices(List<String> names, List<String> among) {
    Map<String, Integer> indices = indices(among);
    return names.stream().mapToInt(name -> indices.getOrDefault(name, -1)).toArray();
  }

  /** Each name with its place, its first if it has several. */
  static Map<String, Integer> indices(List<String> names) {
    Map<String, Integer> indices = HashMap.newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      indices.putIfAbsent(names.get(i), i);
    }
    return indices;
  }

  /** How a stored map says, under {@code "values"}, what the values of a column are. */
  static String kind(boolean numbers) {
    return numbers ? "numbers" : "text";
  }

  /** Whether {@link #kind} said numbers. */
  static boolean areNumbers(Fields fields) {
    return fields.oneOf("values", kind(true), kind(false)).equals(kind(true));
  }

  /** How many rows have each category. */
  static int[] counts(Column.Text column) {
    int[] counts = new int[column.categories().size()];
    for (int i = 0; i < column.rows(); i++) {
      if (!column.isMissing(i)) {
        counts[column.code(i)]++;
      }
    }
    return counts;
  }

  /** The categories that some row has, in order. */
  static List<String> present(Column.Text column) {
    int[] counts = counts(column);
    return IntStream.range(0, counts.length).filter(c -> counts[c] > 0).mapToObj(column.categories()::get).toList();
  }
}
