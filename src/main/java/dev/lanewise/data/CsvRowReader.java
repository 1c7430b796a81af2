package dev.lanewise.data;

import dev.lanewise.train.Source.Batch;
import java.io.IOException;
import java.util.List;

/** The rows of a CSV file as a network reads them: the columns to predict, and all others as inputs. */
final class CsvRowReader implements RowReader {
  private final Csv csv;
  private final CsvRows rows;
  private final CsvRow row;
  private final CsvHeader header;
  private final int[] targets;
  private final boolean[] isInput;
  private final int inputs;

  /** A number up to here is what it seems, and no missing one. */
  private final float largest;

  /** Null where numbers are predicted. */
  private final LabelCodes labels;

  private CsvRowReader(Csv csv, CsvRows rows, CsvHeader header, int[] targets, LabelCodes labels) {
    this.csv = csv;
    this.rows = rows;
    this.row = rows.row();
    this.header = header;
    this.targets = targets;
    this.labels = labels;
    this.largest = csv.missingValues().hasNumbers() ? -1 : Float.MAX_VALUE;
    this.isInput = new boolean[header.names().size()];
    header.indices().values().forEach(j -> isInput[j] = true);
    for (int target : targets) {
      isInput[target] = false;
    }
    this.inputs = header.indices().size() - targets.length;
  }

  /**
   * Opens the file at its first row.
   *
   * @param header what its header was
   * @param targets the columns to predict, which differ
   * @param classNames the names of the classes in the only one; null if numbers are predicted
   */
  static CsvRowReader open(Csv csv, CsvHeader header, int[] targets, List<String> classNames) throws IOException {
    CsvRows rows = csv.open();
    try {
      if (!CsvHeader.read(csv, rows).names().equals(header.names())) {
        throw new DataException(csv.name() + ": the columns are others than before");
      }
      LabelCodes labels = classNames == null ? null : new LabelCodes(csv, header, targets[0], classNames);
      return new CsvRowReader(csv, rows, header, targets, labels);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public boolean read(Batch into, int at) throws IOException {
    if (!next()) {
      return false;
    }
    inputs(into.x(), at * inputs);
    if (labels == null) {
      targets(into.y(), at * targets.length);
    } else {
      into.setLabel(at, label());
    }
    return true;
  }

  /** Goes on to the next row; false if there is none. */
  boolean next() throws IOException {
    if (!rows.next()) {
      return false;
    }
    header.requireWhole(row);
    return true;
  }

  /** Writes the inputs of the row, from that index on. */
  void inputs(float[] x, int from) {
    int at = from;
    int start = row.start;
    for (int j = 0; j < isInput.length; j++) {
      int end = row.ends[j];
      if (isInput[j]) {
        x[at++] = number(j, start, end);
      }
      start = end + 1;
    }
  }

  /** Writes the numbers to predict for the row, from that index on. */
  void targets(float[] y, int from) {
    for (int k = 0; k < targets.length; k++) {
      y[from + k] = number(targets[k], row.from(targets[k]), row.ends[targets[k]]);
    }
  }

  /** The class of the row. */
  int label() {
    return labels.of(row);
  }

  private float number(int column, int from, int to) {
    float value = Decimal.parse(row.bytes, from, to);
    return Math.abs(value) <= largest ? value : new Field(row, column).required(csv, header.names().get(column));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
