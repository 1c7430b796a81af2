package dev.lanewise.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a CSV file into a table. */
final class TableReader {

  private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

  private final Csv csv;
  private final CsvRows input;
  private final CsvHead head;
  private final List<ColumnBuilder> builders = new ArrayList<>();
  private final Origin.Lines lines;
  private int rows;
  private int capacity;

  private TableReader(Csv csv, CsvRows input, Set<String> textColumns) throws IOException {
    this.csv = csv;
    this.input = input;
    this.head = CsvHead.read(csv, input);
    this.lines = new Origin.Lines(head.rows().getFirst().line);
    textColumns.forEach(name -> head.index(csv, name));
    csv.declaredNumeric().forEach(name -> head.index(csv, name));
    for (String name : head.names()) {
      boolean declared = csv.declaredNumeric().contains(name);
      boolean text = textColumns.contains(name) || (!declared && head.holdsText(csv, builders.size()));
      builders.add(text ? new ColumnBuilder.Texts(csv, name) : new ColumnBuilder.Numbers(csv, name, declared));
    }
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
    for (CsvRow row : head.rows()) {
      add(row);
    }
    for (CsvRow row = new CsvRow(); input.next(row); ) {
      add(row);
    }
  }

  private void add(CsvRow row) {
    head.requireWhole(csv, row);
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
    long expected = Math.clamp(input.expectedRows(rows), rows + rows / 4 + CsvHead.ROWS, 4L * rows + CsvHead.ROWS);
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
        mixed.add(head.names().get(j));
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
