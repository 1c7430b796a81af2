package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The column of a table that says which class a row belongs to, as text or as numbers. */
final class LabelColumn {

  /** A column of whole numbers holds classes if there are no more distinct ones than these. */
  static final int MOST_CLASSES = 20;

  private static final float EXACT = 1 << 24;

  private final Table table;
  private final Column.Text classes;

  /** The column of that name; each of its distinct values is a class. */
  LabelColumn(Table table, String name) {
    this.table = table;
    this.classes =
        switch (table.column(name)) {
          case Column.Text text -> sorted(text);
          case Column.Numeric numbers -> named(numbers);
        };
  }

  /** Whether a column names classes unless told otherwise: text does, and whole numbers of which few are distinct. */
  static boolean holdsClasses(Column column) {
    if (!(column instanceof Column.Numeric numbers)) {
      return true;
    }
    TreeSet<Float> distinct = new TreeSet<>();
    for (int i = 0; i < numbers.rows() && distinct.size() <= MOST_CLASSES; i++) {
      float value = numbers.get(i);
      if (value != Math.rint(value) && !Float.isNaN(value)) {
        return false;
      }
      if (!Float.isNaN(value)) {
        distinct.add(value + 0f); // the negative zero is none of its own
      }
    }
    return distinct.size() <= MOST_CLASSES;
  }

  /** The same text with the categories in order. */
  private static Column.Text sorted(Column.Text text) {
    List<String> names = text.categories().stream().sorted().toList();
    int[] newCodes = indices(text.categories(), names);
    int[] codes = new int[text.rows()];
    Arrays.setAll(codes, i -> text.isMissing(i) ? -1 : newCodes[text.code(i)]);
    return new Column.Text(text.name(), codes, names);
  }

  /** Numbers as text, ascending: 3 as {@code "3"} and 2.5 as {@code "2.5"}. */
  private static Column.Text named(Column.Numeric numbers) {
    TreeSet<Float> distinct = new TreeSet<>();
    for (int i = 0; i < numbers.rows(); i++) {
      if (!numbers.isMissing(i)) {
        distinct.add(numbers.get(i) + 0f);
      }
    }
    List<Float> values = List.copyOf(distinct);
    Map<Float, Integer> indices = new HashMap<>();
    for (Float value : values) {
      indices.put(value, indices.size());
    }
    int[] codes = new int[numbers.rows()];
    Arrays.setAll(codes, i -> numbers.isMissing(i) ? -1 : indices.get(numbers.get(i) + 0f));
    return new Column.Text(numbers.name(), codes, values.stream().map(LabelColumn::name).toList());
  }

  private static String name(float value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
    return whole ? Integer.toString((int) value) : Float.toString(value);
  }

  /** Where each name is among others, −1 for one that is not there. */
  private static int[] indices(List<String> names, List<String> among) {
    Map<String, Integer> indices = new HashMap<>();
    among.forEach(name -> indices.putIfAbsent(name, indices.size()));
    return names.stream().mapToInt(name -> indices.getOrDefault(name, -1)).toArray();
  }

  /** The name of the column. */
  String name() {
    return classes.name();
  }

  /** The names of the classes: text in the order of its characters, numbers ascending. */
  List<String> names() {
    return classes.categories();
  }

  /**
   * The class of each row as an index of the names.
   *
   * @throws DataException if a label is missing, or not among the names
   */
  int[] labels(List<String> names) {
    int[] newCodes = indices(classes.categories(), names);
    int[] labels = new int[classes.rows()];
    for (int i = 0; i < labels.length; i++) {
      if (classes.isMissing(i)) {
        throw new DataException(table.where(i, classes.name()) + ": the label is missing");
      }
      labels[i] = newCodes[classes.code(i)];
      if (labels[i] < 0) {
        throw new DataException(
            Message.of(
                "%s: \"%s\" is not one of the %d classes %s",
                table.where(i, classes.name()), classes.get(i), names.size(), Names.quoted(names)));
      }
    }
    return labels;
  }
}
