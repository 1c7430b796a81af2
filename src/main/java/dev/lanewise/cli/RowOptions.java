package dev.lanewise.cli;

import dev.lanewise.data.Csv;
import dev.lanewise.data.Imputation;
import dev.lanewise.data.Preprocessing;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Scaler;
import dev.lanewise.data.Table;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What {@code train} makes of the columns of its rows. */
final class RowOptions {

  /** What is predicted. */
  static final class Target {
    @Option(names = "--label", paramLabel = "COLUMN", required = true, description = "the column to predict: a class, or a number")
    private String label;

    @Option(
        names = "--targets",
        paramLabel = Lists.COLUMNS,
        required = true,
        description = "several columns of numbers to predict")
    private List<String> targets;
  }

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Option(
      names = "--regression",
      description = "take the label for a number, even if it has few values and all are whole")
  private boolean regression;

  @Option(
      names = "--ignore",
      paramLabel = Lists.COLUMNS,
      description = "columns to leave out, whatever they hold; a name with a comma in quotation marks")
  private List<String> ignore;

  @Option(
      names = "--numeric",
      paramLabel = Lists.COLUMNS,
      description = "columns that hold numbers: text in them is refused, instead of making them columns of text")
  private List<String> numeric;

  @Option(
      names = "--text",
      paramLabel = Lists.COLUMNS,
      description = "columns that hold text even if all of it are numbers, such as codes of towns")
  private List<String> text;

  @Option(
      names = "--scaler",
      paramLabel = "KIND",
      defaultValue = "standard",
      description = "of numbers: standard, minmax, robust or none (standard)")
  private String scaler;

  @Option(
      names = "--impute",
      paramLabel = "KIND",
      description = "what takes the place of missing numbers: mean or median; categories then get the most frequent one")
  private String impute;

  @Option(names = "--ignore-unknown", description = "take categories that no training row has for none, instead of refusing them")
  private boolean ignoreUnknown;

  /** How the columns are to be read. */
  Csv declared(Csv csv) {
    List<String> ignored = Lists.of("--ignore", ignore);
    List<String> numbers = Lists.of("--numeric", numeric);
    List<String> texts = Lists.of("--text", text);
    for (String column : numbers) {
      if (texts.contains(column)) {
        throw new UsageException("--numeric and --text both name " + column);
      }
    }
    for (String column : targets()) {
      if (ignored.contains(column)) {
        throw new UsageException("--ignore leaves out " + column + ", which is to be predicted");
      }
    }
    numbers.removeAll(ignored);
    texts.removeAll(ignored);
    return csv.ignoreColumns(ignored.toArray(String[]::new)).numericColumns(numbers.toArray(String[]::new))
        .textColumns(texts.toArray(String[]::new));
  }

  /** Whether a column is text because somebody said so. */
  boolean isDeclaredText(String column) {
    return Lists.of("--text", text).contains(column);
  }

  /** The columns to predict. */
  List<String> targets() {
    return target.targets == null ? List.of(target.label) : Lists.of("--targets", target.targets);
  }

  /** The column by which shares of the rows are taken class by class, or null. */
  String label() {
    return target.label;
  }

  /**
   * Whether a class is predicted, rather than numbers.
   *
   * @param rows all of them: one row may decide it, which is not always among those to train on
   */
  boolean isClassification(Table rows) {
    return !regression && target.targets == null && rows.holdsClasses(target.label);
  }

  /** What is made of the rows to train on. */
  Preprocessor fit(Table rows, boolean isClassification) {
    if (isClassification) {
      return preprocessing().fitClassification(rows, target.label);
    }
    List<String> targets = targets();
    if (Set.copyOf(targets).size() < targets.size()) {
      throw new UsageException("--targets names a column twice: " + String.join(",", targets));
    }
    return preprocessing().fitRegression(rows, targets.toArray(String[]::new));
  }

  private Preprocessing preprocessing() {
    Preprocessing kind =
        switch (scaler) {
          case "standard" -> Preprocessing.standard();
          case "minmax" -> Preprocessing.minMax();
          case "robust" -> Preprocessing.robust();
          case "none" -> Preprocessing.unscaled();
          default -> throw new UsageException("--scaler is standard, minmax, robust or none, not " + scaler);
        };
    Preprocessing all = kind.scaleTargets(Scaler.STANDARD).ignoreUnknown(ignoreUnknown);
    return impute == null
        ? all
        : all.imputeNumbers(imputation()).imputeText(Imputation.MOST_FREQUENT);
  }

  private Imputation imputation() {
    return switch (impute) {
      case "mean" -> Imputation.MEAN;
      case "median" -> Imputation.MEDIAN;
      default -> throw new UsageException("--impute is mean or median, not " + impute);
    };
  }
}
