package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a CSV file begins.
 *
 * @param names the names of its columns
 * @param rows its first rows, up to {@link #ROWS} and at least one; those that follow are still to be read
 */
record CsvHead(List<String> names, List<CsvRow> rows) {

  /** So many rows tell what a column holds. */
  static final int ROWS = 100;

  /** Or so many bytes, where rows are long. */
  private static final int BYTES = 1 << 20;

  static CsvHead read(Csv csv, CsvRows rows) throws IOException {
    CsvRow row = new CsvRow();
    if (!rows.next(row)) {
      throw new DataException(csv.name() + ": the file is empty");
    }
    List<String> names = csv.hasHeader() ? header(csv, row) : names(csv, row);
    List<CsvRow> first = new ArrayList<>();
    int bytes = 0;
    boolean more = !csv.hasHeader() || rows.next(row);
    while (more) {
      first.add(row.copy());
      bytes += first.getLast().bytes.length;
      more = first.size() < ROWS && bytes < BYTES && rows.next(row);
    }
    if (first.isEmpty()) {
      throw new DataException(csv.name() + ": the file has a header, but no row");
    }
    return new CsvHead(names, first);
  }

  private static List<String> header(Csv csv, CsvRow row) {
    List<String> names = new ArrayList<>();
    Map<String, Integer> columns = new HashMap<>();
    for (int j = 0; j < row.fields; j++) {
      String name = new Field(row, j).text(csv.name(), Integer.toString(j + 1)).strip();
      Integer before = columns.putIfAbsent(name, j);
      if (before != null) {
        throw new DataException(
            Message.of(
                "%s: columns %d and %d have the same name %s",
                Origin.where(csv.name(), row.line), before + 1, j + 1, Quoted.of(name)));
      }
      names.add(name);
    }
    return names;
  }

  private static List<String> names(Csv csv, CsvRow row) {
    List<String> names = new ArrayList<>(csv.names());
    if (names.isEmpty()) {
      for (int j = 0; j < row.fields; j++) {
        names.add(Integer.toString(j));
      }
    }
    return names;
  }

  /** The column of that name. */
  int index(Csv csv, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new DataException(
          Message.of("%s has no column %s: its columns are %s", csv.name(), Quoted.of(name), Names.quoted(names)));
    }
    return index;
  }

  /** Refuses a row with more or fewer fields than there are columns. */
  void requireWhole(Csv csv, CsvRow row) {
    if (row.fields != names.size()) {
      throw new DataException(
          Message.of(
              "%s: the row has %d fields, but there are %d columns",
              Origin.where(csv.name(), row.line), row.fields, names.size()));
    }
  }

  /** Whether a field of the first rows is neither a number nor missing. */
  boolean holdsText(Csv csv, int column) {
    for (CsvRow row : rows) {
      if (column < row.fields) {
        Field field = new Field(row, column);
        if (Float.isNaN(field.number()) && !field.isMissing(csv) && !field.isInfinite()) {
          return true;
        }
      }
    }
    return false;
  }
}
