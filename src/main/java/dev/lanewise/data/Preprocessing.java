package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How raw rows become the inputs of a network: an immutable value. Each method with an argument gives a new one and
 * leaves this one as it is; {@link #fit} looks at the training rows.
 *
 * <pre>
 * Preprocessor fitted = Preprocessing.standard().imputeNumbers(Imputation.MEDIAN).fit(train, "species");
 * network.fit(fitted.transform(train), fitted.labels(train), …);
 * network.classify(fitted.transform(test));
 * </pre>
 *
 * <p>A column of numbers becomes one input, imputed and then scaled. A column of text becomes one input for each
 * category it has, sorted, imputed and then one-hot. Unless told otherwise, a missing value and a category that no
 * training row has are refused, and targets are left as they are.
 */
@CheckReturnValue
public final class Preprocessing {

  private final Scaler scaler;
  private final Map<String, Scaler> scalers = new HashMap<>();
  private final Map<String, Imputation> imputations = new HashMap<>();
  private final Set<String> categories = new HashSet<>();
  private Imputation ofNumbers;
  private Imputation ofText;
  private boolean ignoreUnknown;
  private Scaler targetScaler = Scaler.NONE;

  private Preprocessing(Scaler scaler) {
    this.scaler = scaler;
  }

  private Preprocessing(Preprocessing from) {
    scaler = from.scaler;
    scalers.putAll(from.scalers);
    imputations.putAll(from.imputations);
    categories.addAll(from.categories);
    ofNumbers = from.ofNumbers;
    ofText = from.ofText;
    ignoreUnknown = from.ignoreUnknown;
    targetScaler = from.targetScaler;
  }

  /** Numbers to mean 0 and standard deviation 1: {@link Scaler#STANDARD}. */
  public static Preprocessing standard() {
    return new Preprocessing(Scaler.STANDARD);
  }

  /** Numbers to 0 to 1: {@link Scaler#MIN_MAX}. */
  public static Preprocessing minMax() {
    return new Preprocessing(Scaler.MIN_MAX);
  }

  /** Numbers by median and quartiles: {@link Scaler#ROBUST}. */
  public static Preprocessing robust() {
    return new Preprocessing(Scaler.ROBUST);
  }

  /** Numbers as they are: {@link Scaler#NONE}. */
  public static Preprocessing unscaled() {
    return new Preprocessing(Scaler.NONE);
  }

  /** Scales one column of numbers in another way than the others. */
  public Preprocessing scale(String column, Scaler scaler) {
    Preprocessing changed = new Preprocessing(this);
    changed.scalers.put(column, Objects.requireNonNull(scaler, "scaler"));
    return changed;
  }

  /**
   * Has something take the place of missing numbers, which are refused otherwise.
   *
   * @throws IllegalArgumentException if it is a text
   */
  public Preprocessing imputeNumbers(Imputation imputation) {
    requireNumbers(imputation, "imputeNumbers");
    Preprocessing changed = new Preprocessing(this);
    changed.ofNumbers = Objects.requireNonNull(imputation, "imputation");
    return changed;
  }

  /**
   * Has something take the place of missing categories, which are refused otherwise. A {@linkplain Imputation#constant(String)
   * constant} is a category of its own only if a training row has it, or lacks a value. If none does, a value that is missing later
   * is taken as a category that no training row has: refused, or with {@link #ignoreUnknown} 0 in all inputs of its column.
   *
   * @throws IllegalArgumentException if it is a number or a figure of numbers
   */
  public Preprocessing imputeText(Imputation imputation) {
    requireText(imputation, "imputeText");
    Preprocessing changed = new Preprocessing(this);
    changed.ofText = Objects.requireNonNull(imputation, "imputation");
    return changed;
  }

  /**
   * Has something take the place of missing values of one column, whatever does in the others; of categories as {@link
   * #imputeText} says.
   */
  public Preprocessing impute(String column, Imputation imputation) {
    Preprocessing changed = new Preprocessing(this);
    changed.imputations.put(column, Objects.requireNonNull(imputation, "imputation"));
    return changed;
  }

  /**
   * Takes the numbers of those columns for names of categories, as a code or a postal code is. Numbers of 2^24 or more, or
   * −2^24 or less, are refused in them when they are fitted, as they are the same as others once they are floats: such a
   * column has to be text, as {@link Csv#textColumns} reads it.
   */
  public Preprocessing categories(String... columns) {
    Preprocessing changed = new Preprocessing(this);
    changed.categories.addAll(List.of(columns));
    return changed;
  }

  /**
   * Whether a category that no training row has sets all inputs of its column to 0, rather than being refused; also where it is
   * one that takes the place of a missing value.
   */
  public Preprocessing ignoreUnknown(boolean ignoreUnknown) {
    Preprocessing changed = new Preprocessing(this);
    changed.ignoreUnknown = ignoreUnknown;
    return changed;
  }

  /** Scales the targets of a regression; {@link Preprocessor#inverseTargets} scales predictions back. Classes are never scaled. */
  public Preprocessing scaleTargets(Scaler scaler) {
    Preprocessing changed = new Preprocessing(this);
    changed.targetScaler = Objects.requireNonNull(scaler, "scaler");
    return changed;
  }

  /**
   * Fits all columns to the training rows, each becoming inputs in the order of the table, with nothing to predict.
   *
   * @throws DataException if there are no rows, a value is missing that is not imputed, a column has no value at all,
   *     a number is infinite, one is too large for {@link #categories}, or two inputs would have the same name
   * @throws IllegalArgumentException if what was told of a column does not go with what it holds
   */
  public Preprocessor fit(Table table) {
    return new Preprocessor(features(table), null, List.of());
  }

  /**
   * {@link #fitClassification} if the column of labels is text or holds at most 20 distinct numbers that are all whole and
   * below 2^24, else {@link #fitRegression}.
   */
  public Preprocessor fit(Table table, String label) {
    boolean holdsClasses = LabelColumn.holdsClasses(table.column(label));
    return holdsClasses ? fitClassification(table, label) : fitRegression(table, label);
  }

  /**
   * {@link #fit(Table)} with a class to predict. The classes are the distinct labels of the training rows: text in the
   * order of its characters, numbers ascending.
   *
   * @throws DataException also if there is no such column or no other, or a label is missing or a number of 2^24 or more, or
   *     −2^24 or less, which as a float is the same as others
   */
  public Preprocessor fitClassification(Table table, String label) {
    return new Preprocessor(features(table, label), ClassTarget.fit(table, label), List.of());
  }

  /**
   * {@link #fit(Table)} with numbers to predict.
   *
   * @throws DataException also if there is no such column or no other, or a target is missing or text
   * @throws IllegalArgumentException also if no target is named, or one twice
   */
  public Preprocessor fitRegression(Table table, String... targets) {
    if (targets.length == 0) {
      throw new IllegalArgumentException("a regression needs a column to predict");
    }
    return new Preprocessor(
        features(table, targets),
        null,
        Arrays.stream(targets).map(target -> target(table, target)).toList());
  }

  private NumberFeature target(Table table, String column) {
    NumberFeature.requireTargets(table, column);
    return NumberFeature.fit(table, column, null, targetScaler);
  }

  private List<Feature> features(Table table, String... targets) {
    if (table.rows() == 0) {
      throw new DataException(table.title() + " has no rows to fit the preprocessing to");
    }
    Set<String> others = targets.length == 0 ? Set.of() : new HashSet<>(table.select(targets).names());
    checkNamed(table, others);
    List<Column> columns = table.columns().stream().filter(column -> !others.contains(column.name())).toList();
    if (columns.isEmpty()) {
      throw new DataException(
          Message.of("%s has no column besides %s", table.title(), Quoted.list(List.of(targets))));
    }
    List<Feature> features = columns.stream().map(column -> feature(table, column)).toList();
    requireDistinctNames(table, features);
    return features;
  }

  /** Refuses two inputs of one name, as column {@code c} has with category {@code x=y}, and {@code c=x} with {@code y}. */
  private static void requireDistinctNames(Table table, List<Feature> features) {
    Map<String, String> columns = new HashMap<>();
    for (Feature feature : features) {
      for (String name : feature.names()) {
        String before = columns.putIfAbsent(name, feature.column());
        if (before != null) {
          throw new DataException(
              Message.of(
                  "%s has columns %s and %s, which both make an input %s: rename one of them",
                  table.title(), Quoted.of(before), Quoted.of(feature.column()), Quoted.of(name)));
        }
      }
    }
  }

  /** Refuses to have been told of columns that are not there or no input. */
  private void checkNamed(Table table, Set<String> targets) {
    Stream.of(scalers.keySet(), imputations.keySet(), categories).flatMap(Set::stream).sorted().forEach(name -> {
      table.column(name);
      if (targets.contains(name)) {
        throw new IllegalArgumentException(
            Message.of("column %s is a target: it cannot be prepared as an input is", Quoted.of(name)));
      }
    });
  }

  private Feature feature(Table table, Column column) {
    String name = column.name();
    if (column.missing() == table.rows()) {
      throw new DataException(
          Message.of(
              "%s has no value in any of the %d rows of column %s", table.title(), table.rows(),
              name.isEmpty() ? table.columns().indexOf(column) + 1 + ", which has no name" : Quoted.of(name)));
    }
    if (column instanceof Column.Text || categories.contains(name)) {
      if (scalers.containsKey(name)) {
        throw new IllegalArgumentException(Message.of("column %s has categories, which cannot be scaled", Quoted.of(name)));
      }
      Imputation imputation = imputations.getOrDefault(name, ofText);
      requireText(imputation, "column " + Quoted.of(name));
      return CategoryFeature.fit(table, column, imputation, ignoreUnknown);
    }
    Imputation imputation = imputations.getOrDefault(name, ofNumbers);
    requireNumbers(imputation, "column " + Quoted.of(name));
    return NumberFeature.fit(table, name, imputation, scalers.getOrDefault(name, scaler));
  }

  private static void requireNumbers(Imputation imputation, String what) {
    if (imputation != null && !imputation.isOfNumbers()) {
      throw new IllegalArgumentException(Message.of("%s: %s cannot take the place of numbers", what, imputation));
    }
  }

  private static void requireText(Imputation imputation, String what) {
    if (imputation != null && !imputation.isOfText()) {
      throw new IllegalArgumentException(Message.of("%s: %s cannot take the place of text", what, imputation));
    }
  }
}
