package dev.lanewise;

import dev.lanewise.engine.Run;
import dev.lanewise.engine.SavedArray;
import dev.lanewise.file.Quoted;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Dense;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a run is, in a checkpoint: what the optimizer remembers as tensors, the epochs and the options of the fit as JSON.
 * Random numbers need nothing: they are functions of the seed, the epoch and the batch.
 *
 * <p>{@link #read} looks into a checkpoint without its numbers; {@link Network#resume} is what goes on with the run.
 */
public final class RunFile {

  private static final String KEY = "training";

  /** The columns of the history, by name. */
  private static final Map<String, ToDoubleFunction<Epoch>> COLUMNS = columns();

  /** What decides about the bits of a run, by name and as text; of a schedule, its name. */
  private static final Map<String, Function<Fit, String>> OPTIONS = options();

  private static final String OPTIMIZER = "optimizer";
  private static final String SEED = "seed";
  private static final String EARLY_STOPPING = "early stopping";
  private static final Pattern EARLY_STOPPING_TEXT = Pattern.compile("EarlyStopping\\[patience=(\\d{1,10}), minDelta=([0-9.E-]+)]");
  private static final String NONE = "none";

  /** The steps that a run can have taken, as the epochs of a network. */
  private static final long MOST_STEPS = NetworkFile.MOST_EPOCHS;

  /** What messages call it. */
  private final String file;
  private final JsonObject options;
  private final Optimizer optimizer;
  private final long seed;
  private final Optional<EarlyStopping> earlyStopping;
  private final long rows;

  /** How the source shuffled; none in checkpoints of before that was asked. */
  private final Optional<String> order;

  private final List<Epoch> epochs;
  private final int best;
  private final long steps;

  /** All of it is checked here, but for the numbers of the {@link #arrays}. */
  private RunFile(ModelHeader header) {
    JsonObject training = header.json(KEY);
    this.file = header.name();
    this.options = training.object("fit");
    OPTIONS.keySet().forEach(options::text);
    this.optimizer =
        OptimizerText.read(options.text(OPTIMIZER)).orElseThrow(() -> options.refuse(OPTIMIZER, "an optimizer as a fit writes it"));
    this.seed = seed(options);
    this.earlyStopping = earlyStopping(options);
    this.order = training.has("order") ? Optional.of(training.text("order")) : Optional.empty();
    this.rows = training.integer("rows");
    this.steps = training.integer("steps");
    if (rows < -1) {
      throw training.refuse("rows", "-1 or more");
    }
    if (steps < 0 || steps > MOST_STEPS) {
      throw training.refuse("steps", "from 0 to " + MOST_STEPS);
    }
    this.epochs = epochs(header, training.integer("epochs", 1, Integer.MAX_VALUE), training.object("history"));
    boolean keeps = earlyStopping.isPresent();
    this.best = training.integer("best", keeps ? 1 : 0, keeps ? epochs.size() : 0);
  }

  private static long seed(JsonObject options) {
    try {
      return Long.parseLong(options.text(SEED));
    } catch (NumberFormatException e) {
      throw options.refuse(SEED, "a whole number as text");
    }
  }

  private static Optional<EarlyStopping> earlyStopping(JsonObject options) {
    String text = options.text(EARLY_STOPPING);
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    Matcher matcher = EARLY_STOPPING_TEXT.matcher(text);
    try {
      if (matcher.matches()) {
        return Optional.of(new EarlyStopping(Integer.parseInt(matcher.group(1)), Double.parseDouble(matcher.group(2))));
      }
    } catch (IllegalArgumentException e) {
      // a number is none, or out of range
    }
    throw options.refuse(EARLY_STOPPING, "none, or an early stopping as a fit writes it");
  }

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

  static boolean isIn(ModelHeader header) {
    return header.hasJson(KEY);
  }

  /** Refuses a file that is no checkpoint. */
  static void requireIn(ModelHeader header) {
    if (!isIn(header)) {
      throw header.refuse("it is a model and no checkpoint: load it, and fit it anew");
    }
  }

  /** How far the run of a checkpoint is. */
  static RunFile of(ModelHeader header) {
    return new RunFile(header);
  }

  /**
   * What a checkpoint says of its run, by its header alone: its numbers are not read.
   *
   * @throws ModelFileException as {@link ModelHeader#read} does, or if the file is no checkpoint or its run cannot be
   */
  public static RunFile read(Path checkpoint) {
    ModelHeader header = ModelHeader.read(checkpoint);
    requireIn(header);
    return of(header);
  }

  /** The seed of its fit. */
  public long seed() {
    return seed;
  }

  /** When its fit stops early, if it does. */
  public Optional<EarlyStopping> earlyStopping() {
    return earlyStopping;
  }

  /** The rows of an epoch, or −1 where that is not known. */
  public long rows() {
    return rows;
  }

  private static List<Epoch> epochs(ModelHeader header, int count, JsonObject history) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : COLUMNS.keySet()) {
      double[] values = history.numbers(name);
      if (values.length != count) {
        throw history.refuse(name, Message.of("a list of %d numbers", count));
      }
      columns.put(name, values);
    }
    require(header, columns, "loss", "finite", Double::isFinite);
    require(header, columns, "seconds", "finite and not negative", value -> value >= 0 && Double.isFinite(value));
    require(header, columns, "samples_per_second", "not negative", value -> value >= 0); // ∞ where a clock is coarse
    require(header, columns, "learning_rate", "finite and not negative", value -> value >= 0 && Double.isFinite(value));
    require(header, columns, "validation_accuracy", "from 0 to 1", value -> Double.isNaN(value) || (value >= 0 && value <= 1));
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      epochs.add(
          new Epoch(
              i + 1, columns.get("loss")[i], columns.get("seconds")[i], columns.get("samples_per_second")[i],
              columns.get("learning_rate")[i], columns.get("validation_loss")[i],
              columns.get("validation_accuracy")[i]));
    }
    return Collections.unmodifiableList(epochs);
  }

  private static void require(
      ModelHeader header, Map<String, double[]> columns, String name, String what, DoublePredicate condition) {
    for (double value : columns.get(name)) {
      if (!condition.test(value)) {
        throw header.refuse(Message.of("training.history.%s has a value of %s, but must be %s", name, value, what));
      }
    }
  }

  /** What the file has to have of the run of a network with these layers as tensors. */
  List<SavedArray> arrays(List<Dense> layers) {
    return Run.arrays(optimizer, layers, best > 0);
  }

  /** @throws ModelFileException if the run has had more epochs than a file takes */
  static void write(ModelFile.Builder file, Run run, Source source, Fit fit) {
    if (run.count() > Run.LONGEST_HISTORY) {
      throw ModelFileException.writing(
          fit.checkpoint().orElseThrow().file(),
          Message.of("it has room for the history of %d epochs, but the run has had %d", Run.LONGEST_HISTORY, run.count()));
    }
    Map<String, Object> history = new LinkedHashMap<>();
    COLUMNS.forEach((name, column) -> {
      history.put(name, JsonObject.list(run.epochs().stream().mapToDouble(column).toArray()));
    });
    Map<String, Object> training = new LinkedHashMap<>();
    Map<String, Object> options = new LinkedHashMap<>();
    OPTIONS.forEach((name, option) -> options.put(name, option.apply(fit)));
    training.put("fit", options);
    training.put("rows", source.rows());
    training.put("order", source.order());
    training.put("epochs", run.epochs().size());
    training.put("steps", run.steps());
    training.put("best", run.bestEpoch());
    training.put("history", history);
    file.json(KEY, training);
    run.write(file::tensor);
  }

  private static Map<String, Function<Fit, String>> options() {
    Map<String, Function<Fit, String>> options = new LinkedHashMap<>();
    options.put("rule", fit -> fit.isPublished() ? "published" : "exact");
    options.put("loss", fit -> fit.loss().name());
    options.put(OPTIMIZER, fit -> fit.optimizer().toString());
    options.put("learning rate", fit -> Double.toString(fit.learningRate()));
    options.put("schedule", fit -> fit.schedule().name());
    options.put("batch size", fit -> Integer.toString(fit.batchSize()));
    options.put(SEED, fit -> Long.toString(fit.seed()));
    options.put("shuffling", fit -> Boolean.toString(fit.shuffle()));
    options.put("l1", fit -> Double.toString(fit.l1()));
    options.put("l2", fit -> Double.toString(fit.l2()));
    options.put("clipping by value", fit -> Double.toString(fit.clipValue()));
    options.put("clipping by norm", fit -> Double.toString(fit.clipNorm()));
    options.put("label smoothing", fit -> Double.toString(fit.labelSmoothing()));
    options.put("class weights", fit -> text(fit.classWeights()));
    options.put(
        "validation rows", fit -> Integer.toString(fit.validation().map(rows -> rows.x().rows()).orElse(0)));
    options.put(EARLY_STOPPING, fit -> text(fit.earlyStopping()));
    options.put("reduction on a plateau", fit -> text(fit.reduceOnPlateau()));
    return options;
  }

  private void requireSame(String name, Object saved, Object now) {
    if (!saved.equals(now)) {
      throw new IllegalArgumentException(
          Message.of(
              "%s was saved by a fit with %s %s, but this one has %s: a run goes on as it began",
              file, name, Quoted.brief(saved.toString()), now));
    }
  }

  private static String text(Optional<?> option) {
    return option.map(Object::toString).orElse(NONE);
  }

  /**
   * The run, to go on with under a fit.
   *
   * @param content the file whole, with the {@link #arrays}
   * @param layers those of the network
   * @throws IllegalArgumentException if an option of the fit is another than that of the run, the source is known to have another number of
   *     rows or to shuffle them in another way, or only one of the two knows its rows, and there is a schedule, which counts on them
   */
  Run resume(ModelFile content, List<Dense> layers, Source source, Fit fit) {
    OPTIONS.forEach((name, option) -> requireSame(name, options.text(name), option.apply(fit)));
    if (rows >= 0 && source.rows() >= 0) {
      requireSame("training rows", rows, source.rows());
    }
    boolean oneCounts = (rows < 0) != (source.rows() < 0);
    if (oneCounts && !fit.schedule().name().equals(Schedule.constant().name())) {
      throw new IllegalArgumentException(
          Message.of(
              "%s was saved by a fit that %s how many rows there are, and this one does%s: the schedule would go another way; a run goes on"
                  + " as it began",
              file, rows < 0 ? "did not know" : "knew", rows < 0 ? "" : " not"));
    }
    if (fit.shuffle() && order.isPresent() && !order.get().equals(source.order())) {
      throw new IllegalArgumentException(
          Message.of(
              "%s was saved by a fit whose rows were shuffled %s, but those of this one are %s: a run goes on as it began",
              file, Quoted.brief(order.get()), source.order()));
    }
    return Run.read(fit.optimizer(), layers, steps, epochs, best, content::tensor);
  }
}
