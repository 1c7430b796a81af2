package dev.lanewise.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Some columns of a CSV file, a table of some rows at a time; what the others hold is neither kept nor looked at. As no table sees
 * all rows, a column holds numbers if it is declared to and is not declared text as well, and else text.
 */
final class CsvTables implements Closeable {

  /** The most rows of a table, and the most numbers that are to be made of them. */
  private static final int MOST_ROWS = 1024;

  private static final int MOST_NUMBERS = 1 << 20;

  private final Csv csv;
  private final CsvRows rows;
  private final CsvHeader header;
  private final String[] columns;
  private final Set<String> kept;
  private final Set<String> textColumns;
  private final int tableRows;

  private CsvTables(Csv csv, CsvRows rows, List<String> columns, int width) throws IOException {
    this.csv = csv;
    this.rows = rows;
    this.header = CsvHeader.read(csv, rows);
    columns.forEach(header::index); // or refuse the file before its rows
    this.columns = columns.toArray(String[]::new);
    this.kept = new HashSet<>(columns);
    this.textColumns = header.undeclared(csv);
    this.tableRows = Math.clamp(MOST_NUMBERS / width, 1, MOST_ROWS);
  }

  /**
   * Opens a file at its first row.
   *
   * @param columns those that a table has, in that order, whatever else is in the file
   * @param width how many numbers are to be made of a row
   * @throws DataException if there is no such column
   */
  static CsvTables open(Csv csv, List<String> columns, int width) throws IOException {
    CsvRows rows = csv.open();
    try {
      return new CsvTables(csv, rows, columns, width);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** The next rows; null at the end. */
  Table next() throws IOException {
    if (!rows.next()) {
      return null;
    }
    TableBuilder table = new TableBuilder(csv, header, kept, textColumns, rows.row().line);
    table.reserve(tableRows);
    do {
      table.add(rows.row());
    } while (!table.isFull() && rows.next());
    return table.build().select(columns);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
