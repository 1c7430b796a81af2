package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Columns whose values are names of something, be they text or numbers. */
final class Categories {

  /** From here on whole numbers share floats: 16777217 becomes 16777216. */
  static final float SHARED = 1 << 24;

  /** What is wrong with a number that is so large, after it and before what to do about it. */
  private static final String TOO_LARGE =
      " is too large to name a class or category, as other whole numbers become the same float: ";

  /** What is wrong with such a number in a CSV file. */
  static final String TOO_LARGE_IN_CSV = TOO_LARGE + "read the column as text, textColumns(…)";

  private Categories() {}

  /**
   * A column as text with its categories in order: text in that of its characters, numbers ascending and named as
   * {@link #name} does.
   *
   * @throws DataException if there is no such column, or a number is {@linkplain #isTooLarge(float) too large} for a name
   */
  static Column.Text of(Table table, String column) {
    return switch (table.column(column)) {
      case Column.Text text -> sorted(text);
      case Column.Numeric numbers -> {
        requireNames(table, column, TOO_LARGE_IN_CSV);
        yield named(numbers);
      }
    };
  }

  /**
   * Refuses numbers where the training rows had text: a name that is made of one need not be what its file has, as {@code 01} is
   * another text than {@code 1}. A column without any value may be taken for either.
   */
  static void requireText(Table table, String column) {
    if (table.column(column) instanceof Column.Numeric numbers) {
      for (int i = 0; i < numbers.rows(); i++) {
        if (!numbers.isMissing(i)) {
          throw new DataException(
              Message.of(
                  "%s: the column has numbers, but had text in the training rows: read it as text, textColumns(%s)",
                  table.where(i, column), Quoted.of(column)));
        }
      }
    }
  }

  /** Refuses a column of targets in which numbers cannot be text. */
  static void requireNamesOfTargets(Table table, String column) {
    requireNames(table, column, TOO_LARGE + "take the targets for numbers, regression()");
  }

  private static void requireNames(Table table, String column, String wrong) {
    Column.Numeric numbers = table.numeric(column);
    for (int i = 0; i < numbers.rows(); i++) {
      float value = numbers.get(i);
      if (Float.isInfinite(value)) {
        throw new DataException(Message.of("%s: %s is no finite number, and names no class or category", table.where(i, column), value));
      }
      if (isTooLarge(value)) { // whatever the file has, which need not be this number
        throw new DataException(Message.of("%s: the float %.0f%s", table.where(i, column), value, wrong));
      }
    }
  }

  /** Whether a number of a file may have been another whole one before it became a float, so that it names nothing. */
  static boolean isTooLarge(float value) {
    return Math.abs(value) >= SHARED;
  }

  private static Column.Text sorted(Column.Text text) {
    List<String> names = text.categories().stream().sorted().toList();
    int[] newCodes = indices(text.categories(), names, false);
    int[] codes = new int[text.rows()];
    Arrays.setAll(codes, i -> text.isMissing(i) ? -1 : newCodes[text.code(i)]);
    return new Column.Text(text.name(), codes, names);
  }

  /** {@link #of} for numbers that may be too large, and are none of the names that are looked for then. */
  static Column.Text named(Column.Numeric numbers) {
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
    boolean whole = value == Math.rint(value) && !isTooLarge(value);
    return whole ? Integer.toString((int) value) : Float.toString(value);
  }

  /**
   * The name that a text has where numbers are names: that of its number, so that {@code "3.0"} is {@code "3"}, or the text
   * itself if it is none, or too large to be told from others.
   */
  static String nameOf(String text) {
    return NumberText.isNumber(text) && !isTooLarge(text) ? name(Float.parseFloat(text.strip())) : text;
  }

  /** Whether a text is a number that is {@linkplain #isTooLarge(float) too large} for a name. */
  static boolean isTooLarge(String text) {
    return NumberText.isNumber(text) && isTooLarge(Float.parseFloat(text.strip()));
  }

  /** Where each name is {@linkplain #indices(List, boolean) among} others, −1 for one that is not there. */
  static int[] indices(List<String> names, List<String> among, boolean numbers) {
    Map<String, Integer> indices = indices(among, numbers);
    return names.stream().mapToInt(name -> indices.getOrDefault(name, -1)).toArray();
  }

  /** {@link #indices(List)}, where names are numbers also with the {@linkplain #nameOf usual} way to write each of them. */
  static Map<String, Integer> indices(List<String> names, boolean numbers) {
    Map<String, Integer> indices = indices(names);
    for (int i = 0; numbers && i < names.size(); i++) {
      indices.putIfAbsent(nameOf(names.get(i)), i);
    }
    return indices;
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
