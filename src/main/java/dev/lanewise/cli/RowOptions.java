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
        paramLabel = "COLUMN",
        split = " *, *",
        splitSynopsisLabel = ",",
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
      paramLabel = "COLUMN",
      split = " *, *",
      splitSynopsisLabel = ",",
      description = "columns to leave out")
  private List<String> ignore = List.of();

  @Option(
      names = "--numeric",
      paramLabel = "COLUMN",
      split = " *, *",
      splitSynopsisLabel = ",",
      description = "columns that hold numbers: text in them is refused, instead of making them columns of text")
  private List<String> numeric = List.of();

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      split = " *, *",
      splitSynopsisLabel = ",",
      description = "columns that hold text even if all of it are numbers, such as codes of towns")
  private List<String> text = List.of();

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
    for (String column : numeric) {
      if (text.contains(column)) {
        throw new UsageException("--numeric and --text both name " + column);
      }
    }
    return csv.numericColumns(numeric.toArray(String[]::new)).textColumns(text.toArray(String[]::new));
  }

  /** Whether a column is text because somebody said so. */
  boolean isDeclaredText(String column) {
    return text.contains(column);
  }

  /** The columns to predict. */
  List<String> targets() {
    return target.targets == null ? List.of(target.label) : target.targets;
  }

  /** The rows without the columns to leave out. */
  Table chosen(Table rows) {
    Table chosen;
    try {
      chosen = ignore.isEmpty() ? rows : rows.without(ignore.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--ignore leaves no column: it names " + String.join(", ", ignore));
    }
    for (String column : targets()) {
      if (ignore.contains(column)) {
        throw new UsageException("--ignore leaves out " + column + ", which is to be predicted");
      }
    }
    return chosen;
  }

  /** The column by which shares of the rows are taken class by class, or null. */
  String label() {
    return target.label;
  }

  boolean isRegression() {
    return regression || target.targets != null;
  }

  Preprocessor fit(Table rows) {
    if (target.targets != null) {
      if (Set.copyOf(target.targets).size() < target.targets.size()) {
        throw new UsageException("--targets names a column twice: " + String.join(",", target.targets));
      }
      return preprocessing().fitRegression(rows, target.targets.toArray(String[]::new));
    }
    return regression ? preprocessing().fitRegression(rows, target.label) : preprocessing().fit(rows, target.label);
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
