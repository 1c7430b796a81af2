package dev.lanewise;

import dev.lanewise.engine.Run;
import dev.lanewise.engine.SavedArray;
import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.nn.Dense;
import dev.lanewise.optim.Schedule;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run is, in a checkpoint: what the optimizer remembers as tensors, the epochs and the options of the fit as JSON.
 * Random numbers need nothing: they are functions of the seed, the epoch and the batch.
 *
 * <p>{@link #read} looks into a checkpoint without its numbers; {@link Network#resume} is what goes on with the run.
 */
public final class RunFile {

  private static final String KEY = "training";

  /** The most that a header has of an array: its name, its type, its shape and its place. */
  private static final int ARRAY_BYTES = 160;

  /** The steps that a run can have taken, as the epochs of a network. */
  private static final long MOST_STEPS = NetworkFile.MOST_EPOCHS;

  /** What messages call it. */
  private final String file;
  private final RunOptions options;
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
    this.options = new RunOptions(training.object("fit"));
    this.order = training.has("order") ? Optional.of(training.text("order")) : Optional.empty();
    this.rows = training.integer("rows");
    this.steps = training.integer("steps");
    if (rows < -1) {
      throw training.refuse("rows", "-1 or more");
    }
    if (steps < 0 || steps > MOST_STEPS) {
      throw training.refuse("steps", "from 0 to " + MOST_STEPS);
    }
    this.epochs = RunHistory.read(header, training.integer("epochs", 1, Integer.MAX_VALUE), training.object("history"));
    boolean keeps = options.earlyStopping().isPresent();
    this.best = training.integer("best", keeps ? 1 : 0, keeps ? epochs.size() : 0);
  }

  /** Whether a file has a run to go on with. */
  public static boolean isIn(ModelHeader header) {
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

  /** The epochs that it has had. */
  public int epochs() {
    return epochs.size();
  }

  /** The seed of its fit. */
  public long seed() {
    return options.seed();
  }

  /** When its fit stops early, if it does. */
  public Optional<EarlyStopping> earlyStopping() {
    return options.earlyStopping();
  }

  /** The rows of an epoch, or −1 where that is not known. */
  public long rows() {
    return rows;
  }

  /** What the file has to have of the run of a network with these layers as tensors. */
  List<SavedArray> arrays(List<Dense> layers) {
    return Run.arrays(options.optimizer(), layers, best > 0);
  }

  /**
   * Refuses a checkpoint that could not be written now, or not once a fit has had so many epochs.
   *
   * @param file what it has of the network
   * @throws ModelFileException if it is so
   */
  static void requireWritable(ModelFile.Builder file, Path path, List<Dense> layers, int epochs, Fit fit) {
    file.json(KEY, Map.of("fit", RunOptions.of(fit)));
    int arrays = Run.arrays(fit.optimizer(), layers, fit.earlyStopping().isPresent()).size();
    int sure = FitCheck.mayEndSooner(fit) ? 0 : Math.min(epochs, Run.LONGEST_HISTORY);
    file.requireWritable(path, arrays * ARRAY_BYTES + sure * RunHistory.EPOCH_BYTES);
  }

  /** @throws ModelFileException if the run has had more epochs than a file takes */
  static void write(ModelFile.Builder file, Run run, Source source, Fit fit) {
    if (run.count() > Run.LONGEST_HISTORY) {
      throw ModelFileException.writing(
          fit.checkpoint().orElseThrow().file(),
          Message.of("it has room for the history of %d epochs, but the run has had %d", Run.LONGEST_HISTORY, run.count()));
    }
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("fit", RunOptions.of(fit));
    training.put("rows", source.rows());
    training.put("order", source.order());
    training.put("epochs", run.epochs().size());
    training.put("steps", run.steps());
    training.put("best", run.bestEpoch());
    training.put("history", RunHistory.of(run.epochs()));
    file.json(KEY, training);
    run.write(file::tensor);
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
    options.requireSame(file, fit);
    if (rows >= 0 && source.rows() >= 0) {
      RunOptions.requireSame(file, "training rows", rows, source.rows());
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
