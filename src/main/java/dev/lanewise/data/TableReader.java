package dev.lanewise.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a CSV file into a table. */
final class TableReader {

  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  /** So many rows tell what a column holds; or so many bytes, where rows are long. */
  private static final int FIRST_ROWS = 100;

  private static final int FIRST_BYTES = 1 << 20;

  private final Csv csv;
  private final CsvRows input;
  private final CsvHeader header;
  private final List<CsvRow> firstRows;
  private final List<ColumnBuilder> builders = new ArrayList<>();
  private final Origin.Lines lines;
  private int rows;
  private int capacity;

  private TableReader(Csv csv, CsvRows input, Set<String> textColumns) throws IOException {
    this.csv = csv;
    this.input = input;
    this.header = CsvHeader.read(csv, input);
    this.firstRows = firstRows(input);
    this.lines = new Origin.Lines(firstRows.getFirst().line);
    textColumns.forEach(header::index);
    csv.declaredNumeric().forEach(header::index);
    for (String name : header.names()) {
      boolean declared = csv.declaredNumeric().contains(name);
      boolean text = textColumns.contains(name) || (!declared && holdsText(builders.size()));
      builders.add(text ? new ColumnBuilder.Texts(csv, name) : new ColumnBuilder.Numbers(csv, name, declared));
    }
  }

  private static List<CsvRow> firstRows(CsvRows input) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    int bytes = 0;
    while (rows.size() < FIRST_ROWS && bytes < FIRST_BYTES && input.next()) {
      rows.add(input.row().copy());
      bytes += rows.getLast().bytes.length;
    }
    return rows;
  }

  /** Whether a field of the first rows is neither a number nor missing. */
  private boolean holdsText(int column) {
    for (CsvRow row : firstRows) {
      if (column < row.fields) {
        Field field = new Field(row, column);
        if (Float.isNaN(field.number()) && !field.isMissing(csv) && !field.isInfinite()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Reads it; a second time if text followed in a column of numbers. */
  static Table read(Csv csv) throws IOException {
    Set<String> textColumns = new HashSet<>(csv.declaredText());
    while (true) {
      try (CsvRows input = csv.open()) {
        TableReader reader = new TableReader(csv, input, textColumns);
        reader.readRows();
        Set<String> mixed = reader.mixedColumns();
        if (mixed.isEmpty()) {
          return reader.table();
        }
        textColumns.addAll(mixed);
      }
    }
  }

  private void readRows() throws IOException {
    firstRows.forEach(this::add);
    while (input.next()) {
      add(input.row());
    }
  }

  private void add(CsvRow row) {
    header.requireWhole(row);
    if (rows == capacity) {
      grow();
    }
    int from = row.start;
    for (int j = 0; j < row.fields; j++) {
      int to = row.ends[j];
      builders.get(j).set(rows, row, j, from, to);
      from = to + 1;
    }
    lines.add(row.line);
    rows++;
  }

  /** Makes room for as many rows as there seem to be, but not for more than four times those there are. */
  private void grow() {
    if (rows == MOST_ROWS) {
      throw new DataException(csv.name() + ": there are more rows than fit in an array");
    }
    long expected = Math.clamp(input.expectedRows(rows), rows + rows / 4 + FIRST_ROWS, 4L * rows + FIRST_ROWS);
    capacity = (int) Math.min(expected, MOST_ROWS);
    for (ColumnBuilder builder : builders) {
      builder.reserve(capacity);
    }
  }

  /** The columns of numbers in which text was found. */
  private Set<String> mixedColumns() {
    Set<String> mixed = new HashSet<>();
    for (int j = 0; j < builders.size(); j++) {
      if (builders.get(j) instanceof ColumnBuilder.Numbers numbers && numbers.text() != null) {
        if (!csv.isReopenable()) {
          throw new DataException(
              numbers.text().getMessage() + ", but the rows before have numbers: say textColumns(…) if it is text");
        }
        mixed.add(header.names().get(j));
      }
    }
    return mixed;
  }

  private Table table() {
    List<Column> columns = new ArrayList<>();
    for (ColumnBuilder builder : builders) {
      columns.add(builder.build(rows));
    }
    return Table.of(columns, Origin.of(csv.name(), lines));
  }
}
