package dev.lanewise.cli;

import dev.lanewise.data.Column;
import dev.lanewise.data.Split;
import dev.lanewise.data.Table;
import dev.lanewise.text.Message;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows to train on and rows to validate on, each class having its share, and one row at least to train on. */
final class ClassSplit {

  private ClassSplit() {}

  /**
   * {@link Table#split(double, long, String)}, except that a class of which all rows would be for validation has its first row to
   * train on: the network could not know it otherwise.
   *
   * @param label the column of the classes
   * @throws IllegalArgumentException if no row is left to validate on
   */
  static Split<Table> of(Table table, String label, double share, long seed) {
    int[] classes = table.labels(label); // which refuses a missing one
    Split<int[]> rows = Split.ofRows(classes, share, seed);
    int[] moved = onlyForValidation(rows, classes);
    int[] train = IntStream.concat(Arrays.stream(rows.train()), Arrays.stream(moved)).sorted().toArray();
    int[] test = Arrays.stream(rows.test()).filter(row -> Arrays.binarySearch(moved, row) < 0).toArray();
    if (test.length == 0) {
      throw tooFew(table, classes, moved[0], label);
    }
    return new Split<>(table.rows(train), table.rows(test));
  }

  /** The first row of each class that has no row to train on, ascending. */
  private static int[] onlyForValidation(Split<int[]> rows, int[] classes) {
    boolean[] seen = new boolean[Arrays.stream(classes).max().orElseThrow() + 1];
    for (int row : rows.train()) {
      seen[classes[row]] = true;
    }
    return Arrays.stream(rows.test())
        .filter(row -> {
          boolean first = !seen[classes[row]];
          seen[classes[row]] = true;
          return first;
        })
        .toArray();
  }

  private static IllegalArgumentException tooFew(Table table, int[] classes, int row, String label) {
    long rows = Arrays.stream(classes).filter(c -> c == classes[row]).count();
    String name = switch (table.column(label)) {
      case Column.Text text -> text.get(row);
      case Column.Numeric numbers -> Message.of("%.0f", numbers.get(row)); // classes are whole numbers, if they are numbers
    };
    return new IllegalArgumentException(
        Message.of(
            "%s, column \"%s\": class \"%s\" has %d %s: too few to keep some back for validation (--validation FILE, or more rows)",
            table.source(), label, name, rows, rows == 1 ? "row" : "rows"));
  }
}
