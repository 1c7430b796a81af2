package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a file in libsvm's format, also known as svmlight's, plain or gzip:
 *
 * <pre>
 * +1 3:0.5 7:1     # a target, then an index:value for each value that is not 0
 * -1 qid:4 1:2.5
 * </pre>
 *
 * <p>A target is a finite number. Indices begin at 1, which is column 0, and rise within a row; scikit-learn's {@code
 * dump_svmlight_file} begins at 0 unless told otherwise, and what it wrote is for {@link #readZeroBased(Path)}. A value is a
 * finite number, or {@code nan} where it is missing. Everything from {@code #} to the end of the line is a comment, and a line
 * with nothing else is no row. A {@code qid} is checked and then ignored: nothing here keeps the rows of a query
 * together.
 *
 * <p>The rows become dense. Since a few characters can claim two thousand million columns, a matrix that is both above
 * 16 MiB and above 1,024 times the text is refused unless the number of columns is given.
 */
public final class LibSvm {

  /** What a matrix may take whatever the text. */
  private static final long MODEST_BYTES = 16 << 20;

  /** The most bytes of a larger matrix for each of the text. */
  private static final long MOST_BYTES_PER_BYTE = 1024;

  private static final String TARGET = "target";

  private final Matrix x;
  private final float[] targets;
  /** The targets, which know their lines in the file. */
  private final Table table;

  private LibSvm(String file, Matrix x, float[] targets, Origin.Lines lines) {
    this.x = x;
    this.targets = targets;
    table = Table.of(List.of(new Column.Numeric(TARGET, targets)), Origin.of(file, lines));
  }

  /** {@link #read(Path, int, long)} with as many columns as the largest index says and a limit of 8 GiB. */
  public static LibSvm read(Path file) throws IOException {
    return read(file, 0);
  }

  /** {@link #read(Path, int, long)} with a limit of 8 GiB. */
  public static LibSvm read(Path file, int columns) throws IOException {
    return read(file, columns, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * Reads a file.
   *
   * @param file libsvm, plain or gzip
   * @param columns as many as the matrix is to have, so that the test data have those of the training data; 0 for as
   *     many as the largest index says
   * @param limit the most bytes to decode, and the most the matrix may take
   * @throws DataException if a row is not as it has to be, an index is above the columns given, there are no rows, the
   *     file ends early or something is above the limit
   * @throws IllegalArgumentException if the columns are negative
   * @throws IOException if the file cannot be read
   */
  public static LibSvm read(Path file, int columns, long limit) throws IOException {
    return read(file, 1, columns, limit);
  }

  /** {@link #readZeroBased(Path, int, long)} with as many columns as the largest index says and a limit of 8 GiB. */
  public static LibSvm readZeroBased(Path file) throws IOException {
    return readZeroBased(file, 0);
  }

  /** {@link #readZeroBased(Path, int, long)} with a limit of 8 GiB. */
  public static LibSvm readZeroBased(Path file, int columns) throws IOException {
    return readZeroBased(file, columns, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * {@link #read(Path, int, long)} of a file whose indices begin at 0, which is column 0: as scikit-learn's {@code
   * dump_svmlight_file} writes it unless told otherwise. Rows that have nothing in column 0 do not tell the two apart, so this is
   * never guessed.
   */
  public static LibSvm readZeroBased(Path file, int columns, long limit) throws IOException {
    return read(file, 0, columns, limit);
  }

  private static LibSvm read(Path file, int first, int columns, long limit) throws IOException {
    if (columns < 0) {
      throw new IllegalArgumentException(Message.of("a matrix cannot have %d columns", columns));
    }
    try (DecodedInput in = DecodedInput.open(file, limit)) {
      return read(in, first, columns);
    }
  }

  static LibSvm read(DecodedInput in, int first, int columns) throws IOException {
    SparseRows rows = LibSvmParser.parse(in, first, columns == 0 ? Limits.LONGEST_ARRAY : columns);
    if (rows.count() == 0) {
      throw in.bad("it has no rows");
    }
    int width = columns == 0 ? rows.width() : columns;
    checkSize(in, rows.count(), width, columns == 0);
    return new LibSvm(in.name(), rows.dense(width), rows.targets(), rows.lines());
  }

  private static void checkSize(DecodedInput in, int rows, int columns, boolean columnsOfData) {
    long values = (long) rows * columns;
    if (values > Limits.LONGEST_ARRAY) {
      throw in.bad("%d rows of %d columns are more values than fit in an array", rows, columns);
    }
    long bytes = values * Float.BYTES;
    if (bytes > in.limit()) {
      throw in.bad(
          "%d rows of %d columns take %d bytes, more than the limit of %d; a higher limit can be given",
          rows, columns, bytes, in.limit());
    }
    if (columnsOfData && bytes > MODEST_BYTES && bytes > MOST_BYTES_PER_BYTE * in.position()) {
      throw in.bad(
          "%d rows of %d columns would take %d bytes, though the text has but %d; "
              + "if that is meant, give the number of columns",
          rows, columns, bytes, in.position());
    }
  }

  /** The values, rows × columns, 0 where the file has none: the matrix itself, not a copy. */
  public Matrix x() {
    return x;
  }

  /** A copy of the target of each row. */
  public float[] targets() {
    return targets.clone();
  }

  /** The rows with their targets as numbers to predict, under the name {@code "target"}. */
  public Dataset regression() {
    return Dataset.of(x, Matrix.of(targets.length, 1, targets.clone()), TARGET);
  }

  /**
   * The rows with their targets as classes: these are the distinct targets, ascending.
   *
   * @throws DataException if a target is 2^24 or more, or −2^24 or less, which as a float is the same as others
   */
  public Dataset classification() {
    return classification(classes().names());
  }

  /**
   * The rows with their targets as classes that are known, as for rows to test a network on.
   *
   * @param classNames the name of each class, such as {@code "-1"} or {@code "0.5"}, in the order of the network's
   *     outputs
   * @throws DataException if a target is none of the classes, or as large as {@link #classification()} says
   */
  public Dataset classification(List<String> classNames) {
    return Dataset.of(x, classes().labels(classNames), classNames);
  }

  private LabelColumn classes() {
    Categories.requireNamesOfTargets(table, TARGET);
    return new LabelColumn(table, TARGET);
  }
}
