package dev.lanewise.data;

import dev.lanewise.train.Source.Batch;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The rows of a CSV file as a preprocessor makes them, a table of some rows at a time. */
final class PreprocessedRows implements RowReader {

  /** The most rows of a table, and the most inputs. */
  private static final int MOST_ROWS = 1024;

  private static final int MOST_INPUTS = 1 << 20;

  private final Preprocessor fitted;
  private final Csv csv;
  private final CsvRows rows;
  private final CsvHeader header;
  private final Set<String> textColumns;
  private final int chunkRows;
  private Dataset chunk;

  /** The classes of the chunk; null where numbers are predicted. */
  private int[] labels;

  /** The next row of the chunk. */
  private int next;

  private PreprocessedRows(Preprocessor fitted, Csv csv, CsvRows rows) throws IOException {
    this.fitted = fitted;
    this.rows = rows;
    this.header = CsvHeader.read(csv, rows);
    this.csv = csv.numericColumns(fitted.numericColumns().toArray(String[]::new));
    this.textColumns = new HashSet<>(header.names());
    this.textColumns.removeAll(fitted.numericColumns());
    this.chunkRows = Math.clamp(MOST_INPUTS / fitted.featureNames().size(), 1, MOST_ROWS);
  }

  /** Opens the file at its first row. */
  static PreprocessedRows open(Preprocessor fitted, Csv csv) throws IOException {
    CsvRows rows = csv.open();
    try {
      return new PreprocessedRows(fitted, csv, rows);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public boolean read(Batch into, int row) throws IOException {
    if ((chunk == null || next == chunk.rows()) && !readChunk()) {
      return false;
    }
    int inputs = chunk.inputs();
    System.arraycopy(chunk.x().data(), next * inputs, into.x(), row * inputs, inputs);
    if (labels != null) {
      into.setLabel(row, labels[next]);
    } else {
      int outputs = chunk.outputs();
      System.arraycopy(chunk.y().data(), next * outputs, into.y(), row * outputs, outputs);
    }
    next++;
    return true;
  }

  private boolean readChunk() throws IOException {
    if (!rows.next()) {
      return false;
    }
    TableBuilder table = new TableBuilder(csv, header, textColumns, rows.row().line);
    table.reserve(chunkRows);
    do {
      table.add(rows.row());
    } while (!table.isFull() && rows.next());
    chunk = fitted.dataset(table.build());
    labels = chunk.isClassification() ? chunk.labels() : null;
    next = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
