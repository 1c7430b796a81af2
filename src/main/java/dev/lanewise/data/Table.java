package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of named columns, as a file holds them: numbers, text and missing values. It never changes.
 *
 * <p>A table remembers the file that it was read from and the lines of its rows, so that whatever is found wrong later can
 * name them: {@link #where}.
 */
public final class Table {

  /** What is wrong with a row that has no value where a network needs one, and after a text what is wrong with that. */
  static final String MISSING = "the value is missing, and a network needs one: fill it in by preprocessing";

  static final String NO_NUMBER = " is not a number: encode the column by preprocessing";

  private final List<Column> columns;
  private final Map<String, Integer> indices;
  private final Origin origin;

  /** Columns of which it is known that their names differ and their rows do not. */
  private Table(List<Column> columns, Origin origin) {
    this.columns = List.copyOf(columns);
    this.origin = origin;
    this.indices = HashMap.newHashMap(columns.size());
    for (Column column : columns) {
      indices.put(column.name(), indices.size());
    }
  }

  /**
   * A table of those columns, in that order.
   *
   * @throws IllegalArgumentException if there are none, two have the same name or they differ in their rows
   */
  public static Table of(Column... columns) {
    return of(Arrays.asList(columns), Origin.MEMORY);
  }

  /** Columns that come from a file. */
  static Table of(List<Column> columns, Origin origin) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least one column");
    }
    Column first = columns.getFirst();
    for (Column column : columns) {
      if (column.rows() != first.rows()) {
        throw new IllegalArgumentException(
            Message.of(
                "column %s has %d rows, but column %s has %d",
                Quoted.of(column.name()), column.rows(), Quoted.of(first.name()), first.rows()));
      }
    }
    Table table = new Table(columns, origin);
    if (table.indices.size() < columns.size()) {
      List<String> names = new ArrayList<>(table.names());
      table.indices.keySet().forEach(names::remove);
      throw new IllegalArgumentException("two columns have the name " + Quoted.of(names.getFirst()));
    }
    return table;
  }

  /** The number of rows. */
  public int rows() {
    return columns.getFirst().rows();
  }

  /** The columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /** The names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * The column at that index, from 0.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public Column column(int index) {
    if (index < 0 || index >= columns.size()) {
      throw new IndexOutOfBoundsException(Message.of("column %d is outside 0..%d", index, columns.size() - 1));
    }
    return columns.get(index);
  }

  /**
   * The column of that name.
   *
   * @throws DataException if there is none
   */
  public Column column(String name) {
    return columns.get(index(name));
  }

  /**
   * The column of numbers of that name.
   *
   * @throws DataException if there is none, or it holds text, be it that of numbers
   */
  public Column.Numeric numeric(String name) {
    if (column(name) instanceof Column.Numeric numeric) {
      return numeric;
    }
    Column.Text text = (Column.Text) column(name);
    for (int row = 0; row < rows(); row++) {
      if (!text.isMissing(row) && !NumberText.isNumber(text.get(row))) {
        throw new DataException(Message.of("%s: %s" + NO_NUMBER, where(row, name), Quoted.of(text.get(row))));
      }
    }
    if (text.missing() == rows()) {
      throw new DataException(Message.of("%s has no value in column %s, which was read as text", title(), Quoted.of(name)));
    }
    throw new DataException(
        Message.of(
            "%s has the numbers of column %s as text: read them as numbers, without textColumns(…)", title(), Quoted.of(name)));
  }

  private int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw Names.noColumn(title(), name, names());
    }
    return index;
  }

  /**
   * The same rows with those columns alone, in the order of the names.
   *
   * @throws DataException if there is no such column
   * @throws IllegalArgumentException if no name is given, or one twice
   */
  public Table select(String... names) {
    return of(Arrays.stream(names).map(this::column).toList(), origin);
  }

  /**
   * The same rows without those columns.
   *
   * @throws DataException if there is no such column
   * @throws IllegalArgumentException if no column is left
   */
  public Table without(String... names) {
    Set<String> dropped = new LinkedHashSet<>(List.of(names));
    dropped.forEach(this::column);
    return of(columns.stream().filter(column -> !dropped.contains(column.name())).toList(), origin);
  }

  /**
   * The rows with those numbers, from 0, in their order; one may be named more than once.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Table rows(int... rows) {
    for (int row : rows) {
      if (row < 0 || row >= rows()) {
        throw new IndexOutOfBoundsException(Message.of("row %d is outside 0..%d", row, rows() - 1));
      }
    }
    return new Table(columns.stream().map(column -> column.rows(rows)).toList(), origin.rows(rows));
  }

  /**
   * Whether a column names classes unless somebody says otherwise: text does, and at most 20 distinct numbers that are all whole
   * and below 2^24. From there on several whole numbers are the same float, so they are taken for quantities; if they are
   * numbers of something, {@link Csv#textColumns} reads them as text.
   *
   * @throws DataException if there is no such column
   */
  public boolean holdsClasses(String column) {
    return LabelColumn.holdsClasses(column(column));
  }

  /**
   * Rows to train on and rows to test on, drawn at random, each part in the order they have here. Of n rows
   * t = round(testFraction · n) are for testing.
   *
   * @param testFraction the part of the rows to test on, between 0 and 1
   * @param seed what the draw depends on, together with the number of rows
   * @throws IllegalArgumentException if either part would be without rows
   */
  public Split<Table> split(double testFraction, long seed) {
    return Split.stratified(new int[rows()], testFraction, seed, this::rows);
  }

  /**
   * {@link #split(double, long)}, each class having its share of the rows to test on, as {@link Dataset#split} says. Where the
   * column of labels holds no classes by the rule of {@link Dataset#of(Table, String)}, the rows are drawn from all alike.
   *
   * @param label the name of the column of labels
   * @throws DataException if there is no such column, or it holds classes and a label is missing
   * @throws IllegalArgumentException if either part would be without rows
   */
  public Split<Table> split(double testFraction, long seed, String label) {
    if (!LabelColumn.holdsClasses(column(label))) {
      return split(testFraction, seed);
    }
    return Split.stratified(labels(label), testFraction, seed, this::rows);
  }

  /**
   * The class of each row by a column of labels, from 0, as {@link Dataset#classification(Table, String)} has them: text in the order
   * of its characters, numbers ascending.
   *
   * @throws DataException if there is no such column, a label is missing, or a number is too large to name a class
   */
  public int[] labels(String column) {
    LabelColumn labels = new LabelColumn(this, column);
    return labels.labels(labels.names());
  }

  /** This table, if all of it are numbers that are there. */
  Table requireNumbers() {
    for (Column column : columns) {
      numeric(column.name());
      for (int i = 0; i < column.rows(); i++) {
        if (column.isMissing(i)) {
          throw new DataException(where(i, column.name()) + ": " + MISSING);
        }
      }
    }
    return this;
  }

  /**
   * The columns side by side, rows × columns, NaN where a number is missing.
   *
   * @throws DataException if a column holds text
   */
  public Matrix toMatrix() {
    Matrix matrix = Matrix.zeros(rows(), columns.size());
    List<Column.Numeric> numbers = columns.stream().map(column -> numeric(column.name())).toList();
    RowBlocks.forEach(rows(), (from, to) -> {
      for (int j = 0; j < numbers.size(); j++) {
        Column.Numeric column = numbers.get(j);
        for (int i = from, at = from * matrix.cols() + j; i < to; i++, at += matrix.cols()) {
          matrix.data()[at] = column.get(i);
        }
      }
    });
    return matrix;
  }

  /** What messages call the table: its file, where there is one. */
  String title() {
    return source().isEmpty() ? "the table" : source();
  }

  /** The name of the file that the table was read from; empty if it was read from none. */
  public String source() {
    return origin.file();
  }

  /**
   * Where a value is, as messages begin: {@code iris.csv, row 17, column "species"}. The row of a file is the line at which it
   * begins, counted from 1 as an editor does; without a file, rows are counted from 0. It is not looked at, be it there or not.
   *
   * @param row from 0
   */
  public String where(int row, String column) {
    return origin.where(row, column);
  }

  /** Equal when the columns are, wherever they come from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Table that && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  /** Its size, its file and what its first columns hold, by which one sees numbers that were read as text. */
  @Override
  public String toString() {
    return "Table " + rows() + " x " + columns.size() + (source().isEmpty() ? "" : " from " + source()) + ": "
        + Quoted.list(columns, column -> Quoted.of(column.name()) + (column instanceof Column.Text ? " text" : " number"), ", ");
  }
}
