package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import dev.lanewise.train.Source;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Trains on a CSV file that need not fit in memory: it is read again in each epoch and shuffled within a window of rows, as
 * {@link StreamSource} says. All columns but those to predict are inputs, and all values have to be numbers that are there.
 *
 * <pre>
 *   try (CsvSource source = CsvSource.classification(Csv.of(file), "species", 10_000)) {
 *     network.fit(source, fit);
 *   }
 * </pre>
 *
 * <p>A fit that ends in the middle of an epoch, by its time limit for instance, leaves the file open; closing the source closes it.
 *
 * <p>What is wrong in a row is thrown when the row is read, as a {@link DataException} that names file, row and column.
 */
public final class CsvSource implements Source, Closeable {
  private final Csv csv;
  private final CsvHeader header;

  /** The columns to predict, of numbers or one of classes. */
  private final int[] targets;

  /** The names of the classes; null where numbers are predicted. */
  private final List<String> classNames;

  private final StreamSource stream;

  private CsvSource(
      Csv csv, CsvHeader header, int[] targets, List<String> classNames, int outputs, long rows, int window) {
    this.csv = csv;
    this.header = header;
    this.targets = targets;
    this.classNames = classNames;
    header.requireDistinctNames();
    int inputs = featureNames().size();
    if (inputs == 0) {
      throw new DataException(csv.name() + " has no column besides those to predict");
    }
    requireNumbers();
    if (classNames != null && classNames.size() == 1) { // or it would be taken for a network's one output, which tells two apart
      throw new DataException(
          Message.of("%s: column %s has one class, %s, but a network tells two and more apart",
              csv.name(), Quoted.of(header.names().get(targets[0])), Quoted.of(classNames.getFirst())));
    }
    this.stream = StreamSource.of(csv.name(), inputs, outputs, rows, window, epoch -> open());
  }

  /** Refuses columns that are declared and not there, and text where a number is needed. */
  private void requireNumbers() {
    csv.declaredNumeric().forEach(header::index);
    csv.declaredText().forEach(header::index);
    List<String> numbers = new ArrayList<>(featureNames());
    if (classNames == null) {
      numbers.addAll(targetNames());
    }
    for (String name : numbers) {
      if (csv.declaredText().contains(name)) {
        throw new DataException(
            Message.of(
                "%s: column %s is declared text, but has to hold numbers: a preprocessor makes inputs of text", csv.name(),
                Quoted.of(name)));
      }
    }
  }

  /**
   * A class to predict for each row. The file is read once beforehand, for its rows and its classes: these are the distinct
   * labels, text in the order of its characters, or numbers ascending if all labels are numbers.
   *
   * @param csv a file: not a stream, which could not be read again
   * @param label the name of the column of labels
   * @param window how many rows to shuffle among
   * @throws DataException if there is no such column, it is the only one, an input is declared text, a label is missing, all are of one
   *     class, or all are numbers and one is infinite, or 2^24 or more, which as a float is the same as others
   * @throws IOException if the file cannot be read
   */
  public static CsvSource classification(Csv csv, String label, int window) throws IOException {
    csv.requireFile();
    try (CsvRows rows = csv.open()) {
      CsvHeader header = CsvHeader.read(csv, rows);
      int column = header.index(label);
      Dictionary texts = new Dictionary();
      DataException refused = null; // if labels are numbers, which only the last row decides
      long count = 0;
      for (CsvRow row = rows.row(); rows.next(); count++) {
        header.requireWhole(row);
        if (texts.code(row.bytes, row.from(column), row.ends[column]) < 0) {
          Field field = new Field(row, column);
          addLabel(csv, field, label, texts);
          if (refused == null && field.isInfinite()) {
            refused = field.infinite(csv, label);
          } else if (refused == null && Categories.isTooLarge(field.shown())) {
            refused = field.refuse(csv.name(), label, "%s" + Categories.TOO_LARGE_IN_CSV, Quoted.of(field.shown()));
          }
        }
      }
      if (refused != null) {
        List<String> finite = texts.texts().stream().filter(text -> !Field.saysInfinite(text.strip())).toList();
        if (LabelCodes.areNumbers(csv, label, finite)) {
          throw refused;
        }
      }
      List<String> names = LabelCodes.namesOf(csv, label, texts.texts());
      return new CsvSource(csv, header, new int[] {column}, names, names.size(), count, window);
    }
  }

  private static void addLabel(Csv csv, Field field, String label, Dictionary texts) {
    LabelCodes.text(csv, field, label); // or refuse it
    texts.add(field, csv.name(), label);
  }

  /**
   * A class to predict for each row, when it is known which classes there are; the number of rows is not. If all class names
   * are numbers and the column is not declared text, a label may be written in another way, as {@code 1.0} for {@code "1"}.
   *
   * @param csv a file: not a stream, which could not be read again
   * @param label the name of the column of labels
   * @param classNames the name of each class, in the order of the network's outputs
   * @param window how many rows to shuffle among
   * @throws DataException if there is no such column, it is the only one, an input is declared text, or there is one class only
   * @throws IOException if the file cannot be read
   */
  public static CsvSource classification(Csv csv, String label, List<String> classNames, int window) throws IOException {
    List<String> names = List.copyOf(classNames);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a source needs class names, but none are given");
    }
    CsvHeader header = header(csv);
    return new CsvSource(csv, header, new int[] {header.index(label)}, names, names.size(), -1, window);
  }

  /**
   * Numbers to predict for each row.
   *
   * @param csv a file: not a stream, which could not be read again
   * @param window how many rows to shuffle among
   * @param targets the names of the columns to predict
   * @throws DataException if there is no such column, or no other, or one of them is declared text
   * @throws IllegalArgumentException if none is named, or one twice
   * @throws IOException if the file cannot be read
   */
  public static CsvSource regression(Csv csv, int window, String... targets) throws IOException {
    if (targets.length == 0 || Set.copyOf(Arrays.asList(targets)).size() < targets.length) {
      throw new IllegalArgumentException(
          "columns to predict must be named, each once, but they are [" + Quoted.list(List.of(targets)) + "]");
    }
    CsvHeader header = header(csv);
    int[] columns = Arrays.stream(targets).mapToInt(header::index).toArray();
    return new CsvSource(csv, header, columns, null, columns.length, -1, window);
  }

  private static CsvHeader header(Csv csv) throws IOException {
    csv.requireFile();
    try (CsvRows rows = csv.open()) {
      return CsvHeader.read(csv, rows);
    }
  }

  private CsvRowReader open() throws IOException {
    return open(csv);
  }

  private CsvRowReader open(Csv limited) throws IOException {
    return CsvRowReader.open(limited, header, targets, classNames);
  }

  /**
   * The same rows for a network with one output, whose target is 0 for the first class and 1 for the second.
   *
   * @throws IllegalStateException if there are not two classes
   */
  public CsvSource oneOutput() {
    if (classNames == null) {
      throw new IllegalStateException("one output tells two classes apart, but this source has numbers to predict");
    }
    if (classNames.size() != 2) {
      throw new IllegalStateException("one output tells two classes apart, but this source has " + classNames.size());
    }
    return new CsvSource(csv, header, targets, classNames, 1, rows(), stream.window());
  }

  /**
   * All rows at once, in order. While they are read nothing else is kept, so that this takes no more memory than its result;
   * where the number of rows is unknown, the file is read once more beforehand.
   *
   * @throws DataException if something is wrong in a row, the rows do not fit in a matrix, or the file holds more than {@link Csv#limit}
   * @throws IOException if the file cannot be read
   */
  public Dataset dataset() throws IOException {
    Csv limited = csv.withUsualLimit();
    int n = inMatrix(rows() < 0 ? count(limited) : rows());
    Matrix x = Matrix.zeros(n, inputs());
    Matrix y = Matrix.zeros(classNames == null ? n : 0, targets.length);
    int[] labels = new int[classNames == null ? 0 : n];
    try (CsvRowReader rows = open(limited)) {
      for (int i = 0; i < n; i++) {
        requireUnchanged(rows.next());
        rows.inputs(x.data(), i * x.cols());
        if (classNames == null) {
          rows.targets(y.data(), i * y.cols());
        } else {
          labels[i] = rows.label();
        }
      }
      requireUnchanged(!rows.next());
    }
    Dataset dataset =
        classNames == null
            ? Dataset.of(x, y, targetNames().toArray(String[]::new))
            : Dataset.of(x, labels, classNames);
    return dataset.withFeatureNames(featureNames());
  }

  private void requireUnchanged(boolean unchanged) {
    if (!unchanged) {
      throw new DataException(csv.name() + ": the number of rows changed while it was read");
    }
  }

  /** So many rows, if a matrix has room for their inputs and for what is to be predicted. */
  int inMatrix(long rows) {
    int columns = Math.max(inputs(), classNames == null ? targets.length : 1);
    if (rows > Matrix.MOST_ELEMENTS / columns) {
      throw new DataException(Message.of("%s: %d rows of %d inputs are more than fit in a matrix", csv.name(), rows, inputs()));
    }
    return (int) rows;
  }

  private static long count(Csv csv) throws IOException {
    long count = 0;
    try (CsvRows rows = csv.open()) {
      for (CsvHeader.read(csv, rows); rows.skip(); ) {
        count++;
      }
    }
    return count;
  }

  /** The name of each input: the columns that are not to predict. */
  public List<String> featureNames() {
    List<String> names = new ArrayList<>(header.indices().keySet());
    names.removeAll(Arrays.stream(targets).mapToObj(header.names()::get).toList());
    return List.copyOf(names);
  }

  /** The names of the classes, or of the columns of numbers to predict. */
  public List<String> targetNames() {
    return classNames != null ? classNames : Arrays.stream(targets).mapToObj(header.names()::get).toList();
  }

  @Override
  public int inputs() {
    return stream.inputs();
  }

  @Override
  public int outputs() {
    return stream.outputs();
  }

  @Override
  public long rows() {
    return stream.rows();
  }

  /** As {@link StreamSource#order}. */
  @Override
  public String order() {
    return stream.order();
  }

  @Override
  public void begin(long epoch, boolean shuffle, long seed) {
    stream.begin(epoch, shuffle, seed);
  }

  @Override
  public int fill(Batch batch) {
    return stream.fill(batch);
  }

  /** Closes the file, if a fit ended in the middle of an epoch; otherwise it is closed already. See {@link StreamSource#close}. */
  @Override
  public void close() {
    stream.close();
  }
}
