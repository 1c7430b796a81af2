package dev.lanewise;

import dev.lanewise.engine.Run;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelFile;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Dense;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How far a run is, in a checkpoint: what the optimizer remembers as tensors, the epochs and the options of the fit as JSON.
 * Random numbers need nothing: they are functions of the seed, the epoch and the batch.
 */
final class RunFile {

  private static final String KEY = "training";

  /** The columns of the history, by name. */
  private static final Map<String, ToDoubleFunction<Epoch>> COLUMNS = columns();

  private RunFile() {}

  private static Map<String, ToDoubleFunction<Epoch>> columns() {
    Map<String, ToDoubleFunction<Epoch>> columns = new LinkedHashMap<>();
    columns.put("loss", Epoch::loss);
    columns.put("seconds", Epoch::seconds);
    columns.put("samples_per_second", Epoch::samplesPerSecond);
    columns.put("learning_rate", Epoch::learningRate);
    columns.put("validation_loss", Epoch::validationLoss);
    columns.put("validation_accuracy", Epoch::validationAccuracy);
    return columns;
  }

  static boolean isIn(ModelFile file) {
    return file.hasJson(KEY);
  }

  static void write(ModelFile.Builder file, Run run, Source source, Fit fit) {
    Map<String, Object> history = new LinkedHashMap<>();
    COLUMNS.forEach((name, column) -> {
      history.put(name, JsonObject.list(run.epochs().stream().mapToDouble(column).toArray()));
    });
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("fit", options(fit));
    training.put("rows", source.rows());
    training.put("epochs", run.epochs().size());
    training.put("steps", run.steps());
    training.put("best", run.bestEpoch());
    training.put("history", history);
    file.json(KEY, training);
    run.write(file::tensor);
  }

  /** What decides about the bits of a run, as text; of a schedule, its name. */
  private static Map<String, Object> options(Fit fit) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("rule", fit.isPublished() ? "published" : "exact");
    options.put("loss", fit.loss().name());
    options.put("optimizer", fit.optimizer().toString());
    options.put("learning rate", Double.toString(fit.learningRate()));
    options.put("schedule", fit.schedule().name());
    options.put("batch size", Integer.toString(fit.batchSize()));
    options.put("seed", Long.toString(fit.seed()));
    options.put("shuffling", Boolean.toString(fit.shuffle()));
    options.put("l1", Double.toString(fit.l1()));
    options.put("l2", Double.toString(fit.l2()));
    options.put("clipping by value", Double.toString(fit.clipValue()));
    options.put("clipping by norm", Double.toString(fit.clipNorm()));
    options.put("label smoothing", Double.toString(fit.labelSmoothing()));
    options.put("class weights", text(fit.classWeights()));
    options.put("validation rows", Integer.toString(fit.validation().map(rows -> rows.x().rows()).orElse(0)));
    options.put("early stopping", text(fit.earlyStopping()));
    options.put("reduction on a plateau", text(fit.reduceOnPlateau()));
    return options;
  }

  private static void requireSame(ModelFile file, String name, Object saved, Object now) {
    if (!saved.equals(now)) {
      throw new IllegalArgumentException(
          Message.of(
              "%s was saved by a fit with %s %s, but this one has %s: a run goes on as it began",
              file.file(), name, saved, now));
    }
  }

  private static String text(Optional<?> option) {
    return option.map(Object::toString).orElse("none");
  }

  /**
   * The run in a checkpoint, to go on with under a fit.
   *
   * @throws IllegalArgumentException if an option of the fit is another than that of the run, or the source is known to have
   *     another number of rows
   */
  static Run read(ModelFile file, List<Dense> layers, Source source, Fit fit) {
    JsonObject training = file.json(KEY);
    JsonObject saved = training.object("fit");
    options(fit).forEach((name, value) -> requireSame(file, name, saved.text(name), value));
    long rows = training.integer("rows");
    if (rows >= 0 && source.rows() >= 0) {
      requireSame(file, "training rows", rows, source.rows());
    }
    int count = training.integer("epochs", 0, Integer.MAX_VALUE);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : COLUMNS.keySet()) {
      double[] values = training.object("history").numbers(name);
      if (values.length != count) {
        throw training.object("history").refuse(name, Message.of("a list of %d numbers", count));
      }
      columns.put(name, values);
    }
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      epochs.add(
          new Epoch(
              i + 1, columns.get("loss")[i], columns.get("seconds")[i], columns.get("samples_per_second")[i],
              columns.get("learning_rate")[i], columns.get("validation_loss")[i],
              columns.get("validation_accuracy")[i]));
    }
    int best = training.integer("best", 0, count);
    long steps = training.integer("steps");
    if (steps < 0) {
      throw training.refuse("steps", "0 or more");
    }
    return Run.read(fit.optimizer(), layers, steps, epochs, best, file::tensor);
  }
}
