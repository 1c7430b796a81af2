package dev.lanewise.cli;

import dev.lanewise.data.Column;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Split;
import dev.lanewise.data.Table;
import dev.lanewise.kernel.Message;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows to train on and rows to validate on, each class having its share, and one row at least to train on. */
final class ClassSplit {

  private ClassSplit() {}

  /**
   * {@link Table#split(double, long, String)}, except that a class of which all rows would be for validation has its first row to
   * train on: the network could not know it otherwise.
   *
   * @throws IllegalArgumentException if no row is left to validate on
   */
  static Split<Table> of(Table table, String label, double share, long seed) {
    Split<Table> plain = table.split(share, seed, label); // which refuses a missing label
    Dataset classes = classes(table, label);
    Split<int[]> rows = Split.ofRows(classes.labels(), share, seed);
    int[] moved = onlyForValidation(rows, classes);
    if (moved.length == 0) {
      return plain;
    }
    int[] train = IntStream.concat(Arrays.stream(rows.train()), Arrays.stream(moved)).sorted().toArray();
    int[] test = Arrays.stream(rows.test()).filter(row -> Arrays.binarySearch(moved, row) < 0).toArray();
    if (test.length == 0) {
      throw tooFew(table, classes, moved[0], label);
    }
    return new Split<>(table.rows(train), table.rows(test));
  }

  /** The labels alone, by the rule and in the order of the split of the table. */
  private static Dataset classes(Table table, String label) {
    Column input = Column.numeric(label + " ", new float[table.rows()]); // a dataset has at least one
    return Dataset.classification(Table.of(input, table.column(label)), label);
  }

  /** The first row of each class that has no row to train on, ascending. */
  private static int[] onlyForValidation(Split<int[]> rows, Dataset classes) {
    int[] labels = classes.labels();
    boolean[] seen = new boolean[classes.classes()];
    for (int row : rows.train()) {
      seen[labels[row]] = true;
    }
    return Arrays.stream(rows.test())
        .filter(row -> {
          boolean first = !seen[labels[row]];
          seen[labels[row]] = true;
          return first;
        })
        .toArray();
  }

  private static IllegalArgumentException tooFew(Table table, Dataset classes, int row, String label) {
    int of = classes.labels()[row];
    long rows = Arrays.stream(classes.labels()).filter(c -> c == of).count();
    return new IllegalArgumentException(
        Message.of(
            "%s, column \"%s\": class \"%s\" has %d %s: too few to keep some back for validation (--validation FILE, or more rows)",
            table.source(), label, classes.classNames().get(of), rows, rows == 1 ? "row" : "rows"));
  }
}
