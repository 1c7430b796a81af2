package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A {@link Preprocessing} that was fitted to training rows: it makes the inputs of a network of raw rows, whether a
 * table has them or they come one by one, and its targets of the columns to predict. It never changes.
 *
 * <p>Inputs are computed in double and then rounded to float; a row has the same bits either way.
 */
public final class Preprocessor {
  /** What the names of all inputs may have together: the name of a column is in those of each of its categories. */
  private static final long MOST_CHARACTERS = 1L << 26;

  private final List<Feature> features;
  private final FittedColumns columns;
  private final List<String> featureNames;
  private final ClassTarget classes;
  private final List<NumberFeature> targets;

  /**
   * What was fitted.
   *
   * @param classes of the target; null if it has none
   * @param targets the numbers to predict; empty if there are none
   */
  Preprocessor(List<Feature> features, ClassTarget classes, List<NumberFeature> targets) {
    this.features = features;
    this.classes = classes;
    this.targets = targets;
    columns =
        new FittedColumns(
            features.stream().map(Feature::column).toList(),
            classes != null ? List.of(classes.column()) : targets.stream().map(NumberFeature::column).toList());
    long characters = features.stream().mapToLong(Feature::charactersOfNames).sum();
    if (characters > MOST_CHARACTERS) {
      throw new DataException(
          Message.of(
              "preprocessing makes inputs whose names have %d characters together, but at most %d may be", characters, MOST_CHARACTERS));
    }
    featureNames = features.stream().flatMap(feature -> feature.names().stream()).toList();
  }

  /** The columns that a raw row must have, in the order of the training rows; the list cannot be changed. */
  public List<String> columns() {
    return columns.inputs();
  }

  /**
   * The name of each input: the column's where it is a number, and {@code column=category} for each of its categories.
   * The list cannot be changed.
   */
  public List<String> featureNames() {
    return featureNames;
  }

  /** The columns that are predicted, none if nothing is; the list cannot be changed. */
  public List<String> targetColumns() {
    return columns.targets();
  }

  /** Whether a class is predicted, rather than numbers or nothing. */
  public boolean isClassification() {
    return classes != null;
  }

  /**
   * The name of each class, sorted; the list cannot be changed.
   *
   * @throws IllegalStateException if no class is predicted
   */
  public List<String> classNames() {
    return requireClasses().names();
  }

  private ClassTarget requireClasses() {
    if (classes == null) {
      throw new IllegalStateException("the preprocessing was fitted without classes to predict");
    }
    return classes;
  }

  /**
   * The inputs of each row, rows × {@link #featureNames()}.
   *
   * @param table the fitted columns in any order, whatever else it has
   * @throws DataException if it lacks one of them or the inputs are more than fit in a matrix; if a value is text instead of a number,
   *     infinite, missing and not imputed, or a category that no training row had and that is not to be ignored; or if a column that was
   *     text is numbers now, so that {@code 01} and {@code 1} cannot be told apart: {@link #read} reads a file as it was fitted
   */
  public Matrix transform(Table table) {
    columns.check(table.title(), table.names());
    requireRoom(table.title(), table.rows());
    Matrix x = Matrix.zeros(table.rows(), featureNames.size());
    Feature.fill(features, table, x);
    return x;
  }

  /**
   * Refuses more inputs than fit in a matrix, by the column that makes most of them: a number of each row, say, that was read as text.
   *
   * @param name what messages call them
   */
  void requireRoom(String name, long rows) {
    if (rows > Matrix.MOST_ELEMENTS / featureNames.size()) {
      Feature widest = Collections.max(features, Comparator.comparingInt(Feature::width));
      throw new DataException(
          Message.of(
              "%s: %d rows of %d inputs are more than fit in a matrix%s", name, rows, featureNames.size(),
              widest.width() == 1
                  ? ""
                  : Message.of("; column %s makes %d of the inputs", Quoted.of(widest.column()), widest.width())));
    }
  }

  /**
   * The inputs of one raw row. A value is missing if it is null, or one of the texts that are missing in a {@link Csv} of which nothing
   * else is said, unless that is a category of the training rows; other texts that {@link Csv#missing} named there are not known here.
   *
   * @param values one for each of {@link #columns()}, as a file would have them
   * @throws DataException as {@link #transform(Table)}, or if there are more or fewer values
   */
  public float[] transform(String... values) {
    if (values.length != columns.inputs().size()) {
      throw new DataException(
          Message.of(
              "the row has %d values, but %d columns were fitted: %s",
              values.length, columns.inputs().size(), Quoted.list(columns.inputs())));
    }
    float[] x = new float[featureNames.size()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      features.get(i).fill(values[i], x, at);
      at += features.get(i).width();
    }
    return x;
  }

  /**
   * The inputs of one raw row whose values are given by name.
   *
   * @param values one for each of {@link #columns()}, null being a missing one, whatever else is there
   * @throws DataException as {@link #transform(Table)}
   */
  public float[] transform(Map<String, String> values) {
    columns.check("the row", values.keySet());
    return transform(columns.inputs().stream().map(values::get).toArray(String[]::new));
  }

  /**
   * The rows of a table, ready for {@code fit}: {@link #transform(Table)} with {@link #labels} or {@link #targets}.
   *
   * @throws DataException as those two
   * @throws IllegalStateException if nothing is predicted
   */
  public Dataset dataset(Table table) {
    Matrix x = transform(table);
    Dataset dataset =
        classes != null
            ? Dataset.of(x, labels(table), classNames())
            : Dataset.of(x, targets(table), targetColumns().toArray(String[]::new));
    return dataset.withFeatureNames(featureNames);
  }

  /**
   * The rows of a file that need not fit in memory, ready for {@code fit}: read in each epoch, made as {@link #dataset(Csv)}
   * makes them, and shuffled within a window as {@link StreamSource} says. What is wrong in the file, a column that is not there
   * as well, is thrown when an epoch meets it, as a {@link DataException} that names file, row and column. The source is to be closed
   * after the fit, or one that ends in the middle of an epoch leaves the file open.
   *
   * <p>It has an output for each class: {@link #oneOutputSource} is for a network that tells two classes apart by one output.
   *
   * @param csv a file with the fitted columns and those to predict, whatever else is in it: not a stream, which could not be read
   *     again
   * @param window how many rows to shuffle among
   * @throws IllegalArgumentException if it can be read only once, or the window is not positive
   * @throws IllegalStateException if nothing is predicted, or there is one class only
   */
  public StreamSource source(Csv csv, int window) {
    return source(csv, window, classes != null ? classes.names().size() : requireTargets().size());
  }

  /**
   * {@link #source} for a network with one output, whose target is 0 for the first class and 1 for the second.
   *
   * @throws IllegalArgumentException if the file can be read only once, or the window is not positive
   * @throws IllegalStateException if there are not two classes
   */
  public StreamSource oneOutputSource(Csv csv, int window) {
    if (classNames().size() != 2) {
      throw new IllegalStateException(
          "one output tells two classes apart, but the preprocessing was fitted to " + classNames().size());
    }
    return source(csv, window, 1);
  }

  private StreamSource source(Csv csv, int window, int outputs) {
    csv.requireFile();
    if (classes != null && classes.names().size() == 1) { // or it would be taken for a network's one output, which tells two apart
      throw new IllegalStateException(
          Message.of("the preprocessing was fitted to one class, %s, but a network tells two and more apart",
              Quoted.of(classes.names().getFirst())));
    }
    FittedFile file = new FittedFile(this, csv);
    return StreamSource.of(featureNames.size(), outputs, window, epoch -> PreprocessedRows.open(file, columns));
  }

  /**
   * The rows of a file as {@link #dataset(Table)} makes them, to judge a network by. Its columns are found by name and hold what
   * they held in the training rows, or text if the file declares them so; what else is in the file does not matter.
   *
   * @throws DataException as {@link #dataset(Table)}, or if a fitted column or one to predict is not there
   * @throws IllegalStateException if nothing is predicted
   * @throws IOException if the file cannot be read
   */
  public Dataset dataset(Csv csv) throws IOException {
    if (targetColumns().isEmpty()) {
      throw new IllegalStateException("the preprocessing was fitted with nothing to predict");
    }
    return new FittedFile(this, csv).dataset(columns);
  }

  /**
   * Reads rows to predict for, from a file that need not fit in memory: the {@link #columns()} that it has, by name, a table of
   * at most 1,024 rows at a time, for {@link #transform(Table)}. What else is in the file does not matter.
   *
   * @throws DataException as {@link Csv#read}, or if a column is not there; tables before it have been given to the action then
   * @throws IOException if the file cannot be read
   */
  public void forEachTable(Csv csv, Consumer<Table> action) throws IOException {
    new FittedFile(this, csv).forEachTable(columns(), action);
  }

  /**
   * Reads all rows of a file to predict for: the {@link #columns()}, by name, for {@link #transform(Table)}. What a column holds is
   * what it held in the training rows, or text if the file declares it so, whatever {@link Csv#read} would take it for; what else
   * is in the file does not matter.
   *
   * @throws DataException as {@link Csv#read}, or if a column is not there, or text where the training rows had numbers
   * @throws IOException if the file cannot be read
   */
  public Table read(Csv csv) throws IOException {
    return new FittedFile(this, csv).read(columns());
  }

  /**
   * {@link #read} with the columns that are predicted after the others, to judge by: for {@link #labels} or {@link #targets} as
   * well.
   *
   * @throws DataException as {@link #read}, also of those columns
   * @throws IOException if the file cannot be read
   */
  public Table readWithTargets(Csv csv) throws IOException {
    return new FittedFile(this, csv).read(columns.all());
  }

  /** The columns that held numbers, so that a file must have numbers in them unless it declares them text. */
  Set<String> numericColumns() {
    Set<String> names = new HashSet<>();
    features.stream().filter(NumberFeature.class::isInstance).forEach(feature -> names.add(feature.column()));
    targets.forEach(target -> names.add(target.column()));
    if (classes != null && classes.numbers()) {
      names.add(classes.column());
    }
    return names;
  }

  /**
   * The class of each row, from 0 to k − 1 in the order of {@link #classNames()}.
   *
   * @throws DataException if the column is not there, a row has no class or one that no training row had, or classes that were text are
   *     numbers now, so that {@code 01} and {@code 1} cannot be told apart: {@link #readWithTargets} reads a file as it was fitted
   * @throws IllegalStateException if no class is predicted
   */
  public int[] labels(Table table) {
    return requireClasses().labels(table);
  }

  /**
   * The numbers to predict, scaled, rows × {@link #targetColumns()}.
   *
   * @throws DataException if a column is not there, or a value of it is missing, infinite or text
   * @throws IllegalStateException if no numbers are predicted
   */
  public Matrix targets(Table table) {
    Matrix y = Matrix.zeros(table.rows(), requireTargets().size());
    for (NumberFeature target : targets) {
      NumberFeature.requireTargets(table, target.column());
    }
    Feature.fill(targets, table, y);
    return y;
  }

  /**
   * Predictions in the unit of the targets: scaled back, as a new matrix.
   *
   * @param predicted n × {@link #targetColumns()}
   * @throws IllegalArgumentException if it has other columns
   * @throws IllegalStateException if no numbers are predicted
   */
  public Matrix inverseTargets(Matrix predicted) {
    if (predicted.cols() != requireTargets().size()) {
      throw new IllegalArgumentException(
          Message.of("the predictions are %s, but %d targets were fitted", predicted.shape(), targets.size()));
    }
    Matrix y = predicted.copy();
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.cols(); j++) {
        y.set(i, j, (float) targets.get(j).scaling().invert(y.get(i, j)));
      }
    }
    return y;
  }

  private List<NumberFeature> requireTargets() {
    if (targets.isEmpty()) {
      throw new IllegalStateException("the preprocessing was fitted without numbers to predict");
    }
    return targets;
  }

  /**
   * All of this as maps, lists, strings and doubles, to be stored: {@link #fromMap} makes an equal one of it.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("columns", features.stream().map(Feature::toMap).toList());
    if (classes != null) {
      map.put("classes", classes.toMap());
    }
    map.put("targets", targets.stream().map(NumberFeature::toMap).toList());
    return map;
  }

  /**
   * What {@link #toMap} gave. Numbers may be of any type.
   *
   * @throws DataException if it is not what a preprocessor writes, in one sentence that says where
   */
  public static Preprocessor fromMap(Map<String, ?> map) {
    Fields fields = Fields.of("preprocessing", map);
    fields.allow("columns", "classes", "targets");
    List<Feature> features = fields.maps("columns").stream().map(Feature::read).toList();
    if (features.isEmpty()) {
      throw fields.refuse("columns", "a list of at least one");
    }
    if (features.stream().mapToLong(Feature::width).sum() > Limits.LONGEST_ARRAY) {
      throw fields.refuse("columns", "no more inputs than an array holds");
    }
    ClassTarget classes = fields.has("classes") ? ClassTarget.read(fields.map("classes")) : null;
    List<NumberFeature> targets = fields.maps("targets").stream().map(NumberFeature::read).toList();
    if (classes != null && !targets.isEmpty()) {
      throw fields.refuse("targets", "an empty list, as there are classes");
    }
    Preprocessor read = new Preprocessor(features, classes, targets);
    if (new HashSet<>(read.columns.all()).size() < read.columns.all().size()) {
      throw new DataException("preprocessing has two columns of the same name");
    }
    return read;
  }

  /** Equal when all that was fitted is. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Preprocessor that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return Message.of(
        "Preprocessor of %d columns to %d inputs, for %s",
        features.size(), featureNames.size(), targetColumns().isEmpty() ? "nothing" : Quoted.list(targetColumns()));
  }
}
