package dev.lanewise.data;

import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import dev.lanewise.text.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Rows of inputs, each with what is to be predicted for it. That is either a class (n labels from 0 to k − 1 and k class
 * names: classification) or numbers (n × outputs: regression).
 *
 * <p>The dataset never changes what it holds, and hands out its labels and one-hot rows as copies. What may be large is
 * neither copied nor guarded: {@link #x()}, and in regression {@link #y()}, are the matrices the dataset was made of.
 */
public final class Dataset {

  /** The largest label of classes that nobody has named. */
  private static final int LARGEST_UNNAMED = (1 << 24) - 1;

  private final Matrix x;
  private final List<String> featureNames;
  private final Targets targets;

  /** Rows that are known to be as many as there are targets. */
  private Dataset(Matrix x, List<String> featureNames, Targets targets) {
    this.x = x;
    this.featureNames = featureNames;
    this.targets = targets;
  }

  /**
   * Classification with labels from 0 to k − 1, where k is the number of class names. The matrix is kept as it is, without
   * copying; the labels and the names are copied.
   *
   * @param x n × inputs
   * @param labels the class of each row
   * @param classNames the name of each class; a class may be without rows
   * @throws IllegalArgumentException if there are not as many labels as rows, or if a label is outside 0..k−1
   */
  public static Dataset of(Matrix x, int[] labels, List<String> classNames) {
    checkRows(x, labels.length, "labels");
    List<String> names = List.copyOf(Objects.requireNonNull(classNames, "classNames"));
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a dataset needs class names, but none are given");
    }
    checkLabels(labels, names.size() - 1);
    return new Dataset(x, Names.numbered("x", x.cols()), new Targets.Labels(labels.clone(), names));
  }

  /**
   * Classification with labels from 0 to 2^24 − 1: k is one more than the largest, and the classes are named {@code "0"} to
   * k − 1. A larger label is a number of something else, as in tables, and a single row of so many classes would fit in no memory.
   * The matrix is kept as it is, without copying; the labels are copied.
   *
   * @param x n × inputs, at least one row
   * @param labels the class of each row
   * @throws IllegalArgumentException if there are no rows, not as many labels as rows, or if a label is negative or 2^24 or more
   */
  public static Dataset of(Matrix x, int[] labels) {
    checkRows(x, labels.length, "labels");
    if (labels.length == 0) {
      throw new IllegalArgumentException("without rows the number of classes is unknown: give the class names");
    }
    checkLabels(labels, LARGEST_UNNAMED);
    List<String> names = Names.numbered("", Arrays.stream(labels).max().getAsInt() + 1);
    return new Dataset(x, Names.numbered("x", x.cols()), new Targets.Labels(labels.clone(), names));
  }

  /**
   * Regression: numbers to predict for each row. Both matrices are kept as they are, without copying.
   *
   * @param x n × inputs
   * @param y n × outputs
   * @param targetNames the name of each output; none for {@code "y0"}, {@code "y1"} and so on
   * @throws IllegalArgumentException if there are not as many targets as rows, no outputs, or not as many names as outputs
   */
  public static Dataset of(Matrix x, Matrix y, String... targetNames) {
    checkRows(x, y.rows(), "targets");
    if (y.cols() == 0) {
      throw new IllegalArgumentException("a dataset needs something to predict, but y is " + y.shape());
    }
    List<String> names = targetNames.length == 0 ? Names.numbered("y", y.cols()) : List.of(targetNames);
    checkNames(names, y.cols(), "outputs");
    return new Dataset(x, Names.numbered("x", x.cols()), new Targets.Numbers(y, names));
  }

  /**
   * A table with one column to predict, all others being inputs: {@link #classification} where that column holds text, or
   * whole numbers below 2^24 no more than 20 of which are distinct, else {@link #regression}.
   *
   * @param label the name of the column to predict
   * @throws DataException if there is no such column, it is the only one, a value is missing or an input is text
   */
  public static Dataset of(Table table, String label) {
    return LabelColumn.holdsClasses(table.column(label)) ? classification(table, label) : regression(table, label);
  }

  /**
   * A table with one column that says which class a row belongs to, all others being inputs. The classes are the distinct
   * values of that column: text in the order of its characters, numbers ascending. Some rows of a table, as {@link Table#rows} and
   * {@link Table#split} give them, keep the texts of all, so that its parts have the same classes; of numbers they have their own.
   *
   * @param label the name of the column of labels
   * @throws DataException if there is no such column, it is the only one, a value is missing, an input is text or a label is a
   *     number of 2^24 or more, or −2^24 or less, which as a float is the same as others
   */
  public static Dataset classification(Table table, String label) {
    LabelColumn labels = new LabelColumn(table, label);
    return classification(table, labels, labels.names());
  }

  /**
   * {@link #classification(Table, String)} with classes that are known, as for rows to test a network on.
   *
   * @param label the name of the column of labels
   * @param classNames the name of each class, in the order of the network's outputs
   * @throws DataException as {@link #classification(Table, String)}, or if a label is none of the classes
   */
  public static Dataset classification(Table table, String label, List<String> classNames) {
    return classification(table, new LabelColumn(table, label), classNames);
  }

  private static Dataset classification(Table table, LabelColumn labels, List<String> classNames) {
    Table features = features(table, labels.name());
    return of(features.toMatrix(), labels.labels(classNames), classNames).withFeatureNames(features.names());
  }

  /**
   * A table with columns of numbers to predict, all others being inputs.
   *
   * @param targets the names of the columns to predict
   * @throws DataException if there is no such column or no other, a value is missing or a column holds text
   */
  public static Dataset regression(Table table, String... targets) {
    Table y = table.select(targets).requireNumbers();
    Table features = features(table, targets);
    return of(features.toMatrix(), y.toMatrix(), targets).withFeatureNames(features.names());
  }

  private static Table features(Table table, String... targets) {
    if (targets.length == table.columns().size()) {
      throw new DataException(
          Message.of("%s has no column besides %s", table.title(), Quoted.list(List.of(targets))));
    }
    return table.without(targets).requireNumbers();
  }

  private static void checkRows(Matrix x, int rows, String what) {
    if (x.rows() != rows) {
      throw new IllegalArgumentException(Message.of("x has %d rows, but there are %d %s", x.rows(), rows, what));
    }
  }

  private static void checkNames(List<String> names, int count, String what) {
    if (names.size() != count) {
      throw new IllegalArgumentException(Message.of("there are %d %s, but %d names", count, what, names.size()));
    }
  }

  private static void checkLabels(int[] labels, int largest) {
    for (int i = 0; i < labels.length; i++) {
      Require.label("label", labels[i], i, largest + 1);
    }
  }

  /**
   * The same rows with a name for each input.
   *
   * @throws IllegalArgumentException if there are not as many names as inputs
   */
  public Dataset withFeatureNames(List<String> names) {
    checkNames(names, inputs(), "inputs");
    return new Dataset(x, List.copyOf(names), targets);
  }

  /** The inputs, n × inputs: the matrix itself, so what is written to it is written to this dataset. */
  public Matrix x() {
    return x;
  }

  /**
   * The targets, n × outputs. In classification that is one-hot: a new matrix whose row i has 1 in column
   * {@code labels()[i]} and 0 elsewhere. In regression it is the matrix itself.
   */
  public Matrix y() {
    return targets.y();
  }

  /** Whether there is a class for each row, rather than numbers. */
  public boolean isClassification() {
    return targets instanceof Targets.Labels;
  }

  /**
   * A copy of the labels: the class of each row, from 0 to k − 1.
   *
   * @throws IllegalStateException in regression
   */
  public int[] labels() {
    return requireLabels().classes().clone();
  }

  /**
   * The name of each class; the list cannot be changed.
   *
   * @throws IllegalStateException in regression
   */
  public List<String> classNames() {
    return requireLabels().names();
  }

  private Targets.Labels requireLabels() {
    if (targets instanceof Targets.Labels labels) {
      return labels;
    }
    throw new IllegalStateException("a dataset for regression has no classes: it has " + targets);
  }

  /** The name of each input; the list cannot be changed. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** The name of each column of y: the classes, or in regression the targets. The list cannot be changed. */
  public List<String> targetNames() {
    return targets.names();
  }

  /** The number of rows, n. */
  public int rows() {
    return x.rows();
  }

  /** The number of inputs: the columns of x. */
  public int inputs() {
    return x.cols();
  }

  /** The number of outputs: the columns of y, in classification as many as there are classes. */
  public int outputs() {
    return targets.names().size();
  }

  /**
   * The number of classes, k.
   *
   * @throws IllegalStateException in regression
   */
  public int classes() {
    return requireLabels().names().size();
  }

  /**
   * The rows with those numbers, from 0, in their order, as copies; one may be named more than once.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Dataset rows(int... rows) {
    for (int row : rows) {
      if (row < 0 || row >= rows()) {
        throw new IndexOutOfBoundsException(Message.of("row %d is outside 0..%d", row, rows() - 1));
      }
    }
    return new Dataset(x.take(rows), featureNames, targets.rows(rows));
  }

  /**
   * All rows in a random order.
   *
   * @param seed what that order depends on, together with the number of rows
   */
  public Dataset shuffle(long seed) {
    int[] order = new int[rows()];
    new CounterRandom(seed, Stream.SPLIT, -1).fillPermutation(order);
    return rows(order);
  }

  /**
   * Rows to train on and rows to test on, drawn at random and copied, each part in the order they have here.
   *
   * <p>Of n rows t = round(testFraction · n) are for testing. In classification each class has its share of them: of a class
   * of m rows ⌊m · t / n⌋ or one more. One more have the classes with the largest remainders of m · t / n, so many that
   * there are t in all; of equal remainders, the first classes.
   *
   * @param testFraction the part of the rows to test on, between 0 and 1
   * @param seed what the draw depends on, together with the number of rows of each class
   * @throws IllegalArgumentException if either part would be without rows
   */
  public Split<Dataset> split(double testFraction, long seed) {
    return Split.stratified(targets.classes(), testFraction, seed, this::rows);
  }

  /**
   * The rows in order, so many at a time and in the last batch those that are left; each is copied when it is asked for.
   *
   * @throws IllegalArgumentException if the size is not positive
   */
  public Iterable<Dataset> batches(int size) {
    if (size <= 0) {
      throw new IllegalArgumentException(Message.of("a batch needs a positive number of rows, but has %d", size));
    }
    return () -> IntStream.range(0, Math.ceilDiv(rows(), size))
        .mapToObj(i -> rows(IntStream.range(i * size, (int) Math.min(rows(), (i + 1L) * size)).toArray()))
        .iterator();
  }

  /** Equal when inputs and targets have the same bits and the names are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset that
        && targets.equals(that.targets)
        && featureNames.equals(that.featureNames)
        && x.equals(that.x);
  }

  @Override
  public int hashCode() {
    return 31 * x.hashCode() + targets.hashCode();
  }

  @Override
  public String toString() {
    return "Dataset " + x.shape() + ", " + targets;
  }
}
