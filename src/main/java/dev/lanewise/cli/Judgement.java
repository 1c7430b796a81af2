package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.data.Column;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.metrics.Classification;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.metrics.Regression;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good a model is on rows whose answers are known: a report to read, and figures by name. */
final class Judgement {

  private final String report;
  private final Map<String, Object> figures;

  private Judgement(String report, Map<String, Object> figures) {
    this.report = report;
    this.figures = figures;
  }

  static Judgement of(Model model, Table rows) {
    return model.preprocessor().isClassification() ? ofClasses(model, rows) : ofNumbers(model, rows);
  }

  private static Judgement ofClasses(Model model, Table rows) {
    int[] labels = model.preprocessor().labels(rows);
    ClassificationReport classes = ClassificationReport.of(labels, classified(model, rows), model.preprocessor().classNames());
    Map<String, Object> figures = figures(rows);
    figures.put("accuracy", classes.accuracy());
    figures.put("macro_f1", classes.macroF1());
    figures.put("weighted_f1", classes.weightedF1());
    if (model.predictsProbabilities()) {
      figures.put("log_loss", Classification.logLoss(labels, model.predict(rows)));
    }
    return new Judgement(classes.toString(), figures);
  }

  private static Judgement ofNumbers(Model model, Table rows) {
    Matrix y = targets(model.preprocessor(), rows);
    Matrix predicted = model.predict(rows);
    Map<String, Map<String, Object>> targets = new LinkedHashMap<>();
    for (int j = 0; y.cols() > 1 && j < y.cols(); j++) {
      targets.put(model.preprocessor().targetColumns().get(j), numbers(column(y, j), column(predicted, j)));
    }
    Map<String, Object> figures = figures(rows);
    figures.putAll(numbers(y, predicted));
    if (!targets.isEmpty()) {
      figures.put("targets", targets);
    }
    return new Judgement(report(rows, figures, targets), figures);
  }

  /** As they are in the file: scaled and back they would be rounded. */
  private static Matrix targets(Preprocessor preprocessor, Table rows) {
    Matrix y = preprocessor.targets(rows); // which refuses what is missing or infinite
    for (int j = 0; j < y.cols(); j++) {
      Column.Numeric target = rows.numeric(preprocessor.targetColumns().get(j));
      for (int i = 0; i < y.rows(); i++) {
        y.set(i, j, target.get(i));
      }
    }
    return y;
  }

  private static Map<String, Object> figures(Table rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rows", (long) rows.rows());
    return figures;
  }

  /** A line about all targets and, if there are several, one about each of those. */
  private static String report(Table rows, Map<String, Object> figures, Map<String, Map<String, Object>> targets) {
    StringBuilder report = new StringBuilder(targets.isEmpty() ? "" : "mean of the targets: ")
        .append(sentence(figures))
        .append(Message.of(" over %d %s\n", rows.rows(), rows.rows() == 1 ? "row" : "rows"));
    targets.forEach((name, one) -> report.append(Quoted.plain(name)).append(": ").append(sentence(one)).append('\n'));
    return report.toString();
  }

  private static Map<String, Object> numbers(Matrix y, Matrix predicted) {
    Map<String, Object> figures = new LinkedHashMap<>();
    if (y.rows() > 1) { // of one row there is no variance to explain
      figures.put("r2", Regression.r2(y, predicted));
    }
    figures.put("rmse", Regression.rootMeanSquaredError(y, predicted));
    figures.put("mae", Regression.meanAbsoluteError(y, predicted));
    figures.put("median_error", Regression.medianAbsoluteError(y, predicted));
    return figures;
  }

  private static String sentence(Map<String, Object> figures) {
    return (figures.containsKey("r2") ? Message.of("R2 %.4f, ", figures.get("r2")) : "")
        + Message.of(
            "root of the mean squared error %.6g, mean absolute error %.6g, median %.6g",
            figures.get("rmse"), figures.get("mae"), figures.get("median_error"));
  }

  private static Matrix column(Matrix matrix, int j) {
    Matrix column = Matrix.zeros(matrix.rows(), 1);
    for (int i = 0; i < matrix.rows(); i++) {
      column.set(i, 0, matrix.get(i, j));
    }
    return column;
  }

  private static int[] classified(Model model, Table rows) {
    List<String> names = model.preprocessor().classNames();
    Map<String, Integer> numbers = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      numbers.put(names.get(c), c);
    }
    return model.classify(rows).stream().mapToInt(numbers::get).toArray();
  }

  /** To read. */
  String report() {
    return report;
  }

  /** By name, for programs; what the model or the rows have no such figure of is not there. */
  Map<String, Object> figures() {
    return figures;
  }
}
