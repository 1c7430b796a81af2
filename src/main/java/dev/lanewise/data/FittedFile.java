package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A CSV file as a preprocessor reads it: the columns that it was fitted to are found by name, whatever else is in the file, and
 * hold what they held in the training rows.
 *
 * @param fitted the preprocessor
 * @param csv the file, or a stream
 */
record FittedFile(Preprocessor fitted, Csv csv) {

  /**
   * Opens it at its first row, for those columns.
   *
   * @throws DataException also if there is no such column
   */
  CsvTables open(List<String> columns) throws IOException {
    return CsvTables.open(declared(columns), columns, fitted.featureNames().size());
  }

  /**
   * Reads those columns of all rows.
   *
   * @throws DataException also if there is no such column
   */
  Table read(List<String> columns) throws IOException {
    return TableReader.read(declared(columns).withUsualLimit(), columns);
  }

  private Csv declared(List<String> columns) {
    return csv.numericColumns(columns.stream().filter(fitted.numericColumns()::contains).toArray(String[]::new));
  }

  /**
   * Reads those columns, a table of some rows at a time.
   *
   * @throws DataException also if there is no such column
   */
  void forEachTable(List<String> columns, Consumer<Table> action) throws IOException {
    try (CsvTables tables = open(columns)) {
      for (Table rows = tables.next(); rows != null; rows = tables.next()) {
        action.accept(rows);
      }
    }
  }

  /** All rows, with what is to be predicted. */
  Dataset dataset(FittedColumns columns) throws IOException {
    List<Dataset> parts = new ArrayList<>();
    long[] count = {0};
    new FittedFile(fitted, csv.withUsualLimit()).forEachTable(columns.all(), rows -> {
      count[0] += rows.rows();
      fitted.requireRoom(csv.name(), count[0]);
      parts.add(fitted.dataset(rows));
    });
    Matrix x = stacked(parts.stream().map(Dataset::x).toList());
    Dataset all =
        fitted.isClassification()
            ? Dataset.of(
                x, parts.stream().map(Dataset::labels).flatMapToInt(Arrays::stream).toArray(), fitted.classNames())
            : Dataset.of(x, stacked(parts.stream().map(Dataset::y).toList()), columns.targets().toArray(String[]::new));
    return all.withFeatureNames(fitted.featureNames());
  }

  /** The rows of one matrix after those of another. */
  private static Matrix stacked(List<Matrix> parts) {
    int rows = parts.stream().mapToInt(Matrix::rows).sum(); // which is known to fit
    Matrix all = Matrix.zeros(rows, parts.getFirst().cols());
    int at = 0;
    for (Matrix part : parts) {
      System.arraycopy(part.data(), 0, all.data(), at, part.data().length);
      at += part.data().length;
    }
    return all;
  }
}
