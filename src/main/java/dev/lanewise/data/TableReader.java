package dev.lanewise.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a CSV file into a table: finds out what each column holds, and reads all rows. */
final class TableReader {

  /** So many times the rows that are read is the most room that is made by them: the first may be much shorter than others. */
  private static final long MOST_GROWTH = 16;

  /** So many rows tell what a column holds; or so many bytes, where rows are long. */
  private static final int FIRST_ROWS = 100;

  private static final int FIRST_BYTES = 1 << 20;

  private final Csv csv;
  private final CsvRows input;
  private final CsvHeader header;
  private final List<CsvRow> firstRows;

  private TableReader(Csv csv, CsvRows input) throws IOException {
    this.csv = csv;
    this.input = input;
    this.header = CsvHeader.read(csv, input);
    this.firstRows = firstRows(input);
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

  /** Reads it; a second time if text followed in a column of numbers. */
  static Table read(Csv csv) throws IOException {
    Set<String> texts = new HashSet<>(csv.declaredText());
    while (true) {
      try (CsvRows input = csv.open()) {
        TableReader reader = new TableReader(csv, input);
        reader.requireColumns();
        reader.addTextColumns(texts);
        TableBuilder table = reader.rows(reader.header.indices().keySet(), texts);
        table.requireFinite();
        if (table.mixed().isEmpty()) {
          table.reportRounding();
          return table.build();
        }
        for (ColumnBuilder.Numbers column : table.mixed()) {
          requireReopenable(csv, column);
          texts.add(column.name());
        }
      }
    }
  }

  /**
   * Reads some columns of it, once: each holds numbers if it is declared to and is not declared text as well, and else text, so
   * that it does not depend on the rows of this file what it holds. What the others hold is neither kept nor looked at.
   *
   * @throws DataException also if there is no such column
   */
  static Table read(Csv csv, List<String> columns) throws IOException {
    try (CsvRows input = csv.open()) {
      TableReader reader = new TableReader(csv, input);
      columns.forEach(reader.header::index); // or refuse the file before its rows
      TableBuilder table = reader.rows(new HashSet<>(columns), reader.header.undeclared(csv));
      table.reportRounding();
      return table.build().select(columns.toArray(String[]::new));
    }
  }

  private static void requireReopenable(Csv csv, ColumnBuilder.Numbers mixed) {
    if (!csv.isReopenable()) {
      throw new DataException(
          mixed.text().getMessage() + ", but the rows before have no text: say textColumns(…) if it is text");
    }
  }

  private void requireColumns() {
    header.requireDistinctNames();
    if (header.indices().isEmpty()) {
      throw new DataException(csv.name() + ": all columns are to be ignored");
    }
  }

  /** Adds the columns in which the first rows have text, unless they are said to hold numbers. */
  private void addTextColumns(Set<String> texts) {
    texts.forEach(header::index);
    csv.declaredNumeric().forEach(header::index);
    header.indices().forEach((name, j) -> {
      if (!csv.declaredNumeric().contains(name) && holdsText(j)) {
        texts.add(name);
      }
    });
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

  /** Reads those columns of all rows, with room for as many as there seem to be. */
  private TableBuilder rows(Set<String> kept, Set<String> texts) throws IOException {
    TableBuilder table = new TableBuilder(csv, header, kept, texts, firstRows.getFirst().line);
    table.reserve(firstRows.size());
    firstRows.forEach(table::add);
    while (input.next()) {
      if (table.isFull()) {
        int rows = table.rows();
        long expected = Math.min(input.expectedRows(rows), MOST_GROWTH * rows);
        table.reserve(Math.max(expected, rows + rows / 4L + 1));
      }
      table.add(input.row());
    }
    return table;
  }
}
