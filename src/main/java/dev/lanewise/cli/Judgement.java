package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.kernel.Message;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.metrics.Classification;
import dev.lanewise.metrics.Regression;
import dev.lanewise.nn.Matrix;
import java.util.LinkedHashMap;
import java.util.Map;

/** How good a model is on rows whose answers are known: a report to read, and figures by name. */
final class Judgement {

  private final String report;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private Judgement(Model model, Table rows) {
    Preprocessor raw = model.preprocessor();
    figures.put("rows", (long) rows.rows());
    if (raw.isClassification()) {
      int[] labels = raw.labels(rows);
      Matrix shares = model.predict(rows);
      ClassificationReport classes = ClassificationReport.of(labels, shares.argmaxRows(), raw.classNames());
      figures.put("accuracy", classes.accuracy());
      figures.put("macro_f1", classes.macroF1());
      figures.put("weighted_f1", classes.weightedF1());
      figures.put("log_loss", Classification.logLoss(labels, shares));
      report = classes.toString();
    } else {
      Matrix y = raw.inverseTargets(raw.targets(rows));
      Matrix predicted = model.predict(rows);
      figures.put("r2", Regression.r2(y, predicted));
      figures.put("rmse", Regression.rootMeanSquaredError(y, predicted));
      figures.put("mae", Regression.meanAbsoluteError(y, predicted));
      figures.put("median_error", Regression.medianAbsoluteError(y, predicted));
      report =
          Message.of(
              "R2 %.4f, root of the mean squared error %.6g, mean absolute error %.6g, median %.6g over %d rows\n",
              figures.get("r2"), figures.get("rmse"), figures.get("mae"), figures.get("median_error"), rows.rows());
    }
  }

  static Judgement of(Model model, Table rows) {
    return new Judgement(model, rows);
  }

  /** To read. */
  String report() {
    return report;
  }

  /** By name, for programs. */
  Map<String, Object> figures() {
    return figures;
  }
}
