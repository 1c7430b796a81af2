package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.List;
import java.util.TreeSet;

/** The column of a table that says which class a row belongs to, as text or as numbers. */
final class LabelColumn {

  /** A column of whole numbers holds classes if there are no more distinct ones than these. */
  static final int MOST_CLASSES = 20;

  /** What is wrong with a row that has no label. */
  static final String MISSING = "the label is missing";

  private final Table table;
  private final Column.Text classes;

  /**
   * The column of that name; each of its distinct values is a class.
   *
   * @throws DataException if there is no such column, or a number is too large to name a class
   */
  LabelColumn(Table table, String name) {
    this.table = table;
    this.classes = Categories.of(table, name);
  }

  /**
   * Whether a column names classes unless told otherwise: text does, and whole numbers of which few are distinct. Numbers from
   * 2^24 on do not, since several of a file are one float: they are taken for quantities, which such rounding hardly changes.
   */
  static boolean holdsClasses(Column column) {
    if (!(column instanceof Column.Numeric numbers)) {
      return true;
    }
    TreeSet<Float> distinct = new TreeSet<>();
    for (int i = 0; i < numbers.rows() && distinct.size() <= MOST_CLASSES; i++) {
      float value = numbers.get(i);
      if (!Float.isNaN(value) && (value != Math.rint(value) || Categories.isTooLarge(value))) {
        return false;
      }
      if (!Float.isNaN(value)) {
        distinct.add(value + 0f); // the negative zero is none of its own
      }
    }
    return distinct.size() <= MOST_CLASSES;
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
   * The class of each row as an index of the names, which may write the numbers of a column in another way.
   *
   * @throws DataException if a label is missing, or not among the names
   */
  int[] labels(List<String> names) {
    return labels(names, table.column(name()) instanceof Column.Numeric);
  }

  /**
   * {@link #labels(List)} where the names may be those of numbers, which text may then write in another way.
   *
   * @throws DataException if a label is missing, or not among the names
   */
  int[] labels(List<String> names, boolean numbers) {
    List<String> labelNames = classes.categories();
    if (numbers) {
      labelNames = labelNames.stream().map(Categories::nameOf).toList();
    }
    int[] newCodes = Categories.indices(labelNames, names, numbers);
    int[] labels = new int[classes.rows()];
    for (int i = 0; i < labels.length; i++) {
      if (classes.isMissing(i)) {
        throw new DataException(table.where(i, classes.name()) + ": " + MISSING);
      }
      labels[i] = newCodes[classes.code(i)];
      if (labels[i] < 0) {
        throw new DataException(
            Message.of(
                "%s: %s is not one of the %d classes %s",
                table.where(i, classes.name()), Quoted.of(classes.get(i)), names.size(), Quoted.list(names)));
      }
    }
    return labels;
  }
}
