package dev.lanewise.data;

import dev.lanewise.train.Source.Batch;
import java.io.IOException;

/** The rows of a CSV file as a preprocessor makes them, a table of some rows at a time. */
final class PreprocessedRows implements RowReader {

  private final Preprocessor fitted;
  private final CsvTables tables;
  private Dataset chunk;

  /** The classes of the chunk; null where numbers are predicted. */
  private int[] labels;

  /** The next row of the chunk. */
  private int next;

  private PreprocessedRows(Preprocessor fitted, CsvTables tables) {
    this.fitted = fitted;
    this.tables = tables;
  }

  /**
   * Opens the file at its first row.
   *
   * @param columns those that were fitted and those to predict
   * @throws DataException also if one of them is not there
   */
  static PreprocessedRows open(FittedFile file, FittedColumns columns) throws IOException {
    return new PreprocessedRows(file.fitted(), file.open(columns.all()));
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
    Table table = tables.next();
    if (table == null) {
      return false;
    }
    chunk = fitted.dataset(table);
    labels = chunk.isClassification() ? chunk.labels() : null;
    next = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    tables.close();
  }
}
