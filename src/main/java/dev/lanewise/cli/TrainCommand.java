package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.data.Csv;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Split;
import dev.lanewise.data.Table;
import dev.lanewise.io.ModelFile;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Activation;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.ProgressLine;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains on a file of rows and saves the model. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Trains a network on the rows of a CSV file and saves it, with what it makes of the columns.",
    footer = "%nExample: train iris.csv --label species --hidden 64,32 --epochs 50 --early-stop 5 --out iris.lanewise")
final class TrainCommand implements Callable<Integer> {

  /** What is kept back for early stopping unless something else is said. */
  private static final double VALIDATION = 0.2;

  @Parameters(index = "0", paramLabel = "data.csv", description = "the rows, with a header; gzip is seen")
  private Path data;

  @Mixin private RowOptions rows;
  @Mixin private NetworkOptions networks;
  @Mixin private FitOptions fits;

  @Option(
      names = "--validation",
      paramLabel = "FILE|SHARE",
      description = "rows to validate on: a file, or a share of the rows (0.2 with --early-stop, else none)")
  private String validation;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of all random numbers (1)")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to save the model, before it is reported on; no file but a model is replaced")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "go on with the run of a --checkpoint, with the same rows and options")
  private Path resume;

  @Option(names = "--quiet", description = "show no progress")
  private boolean quiet;

  @Mixin private CsvOptions csv;

  private final PrintStream standardOut;

  TrainCommand(PrintStream standardOut) {
    this.standardOut = standardOut;
  }

  @Override
  public Integer call() throws IOException {
    requireReplaceable("--out", out);
    requireReplaceable("--checkpoint", fits.checkpoint());
    requireNoRun("--checkpoint", fits.checkpoint());
    requireNoRun("--resume", resume);
    Table table = rows.chosen(csv.read(data, System.in, file -> rows.declared(file).read()));
    Split<Table> split = split(table);
    Preprocessor asked = prepared(split.train());
    Fit fit = fits.fit(asked.isClassification(), seed); // before a run that is resumed is compared with its options
    Model model = model(asked, split.train());
    TakenColumns.of(table, rows).forEach(standardOut::println); // by which one sees why inputs may be too many
    standardOut.flush();
    Network network = model.network();
    Preprocessor raw = model.preprocessor();
    if (isValidationFile()) { // which holds what the rows to train on do, whatever it looks like by itself
      split = new Split<>(split.train(), csv.read(Path.of(validation), System.in, raw::readWithTargets));
    }
    if (split.test() != null) {
      fit = raw.isClassification()
          ? fit.validation(raw.transform(split.test()), raw.labels(split.test()))
          : fit.validation(raw.transform(split.test()), raw.targets(split.test()));
    }
    Dataset dataset = raw.dataset(split.train());
    standardOut.print(network.summary());
    standardOut.flush();
    ProgressLine progress = progress();
    AtomicInteger trained = new AtomicInteger();
    fit = (quiet ? fit : fit.onEpoch(progress)).onEpoch(epoch -> {
      trained.incrementAndGet();
      standardOut.flush();
    });
    History history = network.fit(dataset, fit);
    progress.end();
    standardOut.println();
    standardOut.println(ending(history, trained.get()));
    if (out != null) {
      model.save(out); // before the report, which may fail on rows that the network cannot answer
      standardOut.println("saved " + out);
    }
    report(model, split);
    if (out == null) {
      standardOut.println();
      standardOut.println("not saved: --out FILE does that");
    }
    return Main.DONE;
  }

  private boolean isValidationFile() {
    return validation != null && Files.exists(Path.of(validation));
  }

  /** The rows to train on and, unless null, those to validate on; null also where a file has them. */
  private Split<Table> split(Table table) {
    if (validation == null) {
      return fits.stopsEarly() ? part(table, VALIDATION) : new Split<>(table, null);
    }
    if (isValidationFile()) {
      return new Split<>(table, null);
    }
    double share;
    try {
      share = Double.parseDouble(validation);
    } catch (NumberFormatException e) {
      throw new UsageException("--validation is a share of the rows or a file, but there is no file " + validation);
    }
    if (!(share > 0 && share < 1)) {
      throw new UsageException("--validation is a share of the rows between 0 and 1, not " + validation);
    }
    return part(table, share);
  }

  private Split<Table> part(Table table, double share) {
    long kept = Math.round(share * table.rows());
    if (kept < 1 || kept >= table.rows()) {
      throw new IllegalArgumentException(
          Message.of(
              "%s: %s keeps a share of %s of the rows for validation, and of %d %s that is %s (--validation FILE, or more rows)",
              table.source(), validation == null ? "--early-stop" : "--validation", share, table.rows(),
              table.rows() == 1 ? "row" : "rows", kept < 1 ? "none" : "all"));
    }
    boolean byClass = !rows.isRegression() && table.holdsClasses(rows.label());
    return byClass ? ClassSplit.of(table, rows.label(), share, seed) : table.split(share, seed);
  }

  private Preprocessor prepared(Table trained) {
    Preprocessor raw = rows.fit(trained);
    if (raw.isClassification() && raw.classNames().size() == 1) {
      throw new IllegalArgumentException(
          Message.of(
              "%s, column \"%s\": one class, \"%s\": two are needed", trained.source(), rows.label(), raw.classNames().getFirst()));
    }
    return raw;
  }

  private Model model(Preprocessor raw, Table trained) {
    if (resume == null) {
      return fresh(raw);
    }
    Model resumed = Model.resume(resume);
    ResumeCheck.seed(resume, seed);
    ResumeCheck.columns(resume, resumed.preprocessor(), raw);
    ResumeCheck.rows(resume, fits.earlyStopping(), trained.rows()); // of which the next is a consequence
    ResumeCheck.preparation(resume, resumed.preprocessor(), raw);
    ResumeCheck.network(resume, resumed, fresh(resumed.preprocessor()));
    return resumed;
  }

  private Model fresh(Preprocessor raw) {
    int inputs = raw.featureNames().size();
    Network network = raw.isClassification()
        ? networks.network(inputs, raw.classNames().size(), Activation.SOFTMAX, seed)
        : networks.network(inputs, raw.targetColumns().size(), Activation.IDENTITY, seed);
    return Model.of(raw, network);
  }

  private ProgressLine progress() {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? ProgressLine.inPlace(standardOut, fits.epochs())
        : ProgressLine.to(standardOut, fits.epochs());
  }

  /** {@code 1 epoch}, {@code 2 epochs}. */
  static String counted(long epochs) {
    return epochs + (epochs == 1 ? " epoch" : " epochs");
  }

  /**
   * How the fit ended.
   *
   * @param trained its epochs, without those that a run had been trained for when it was resumed
   */
  private static String ending(History history, int trained) {
    int epochs = history.epochs().size();
    if (trained == 0 && history.stop() == History.Stop.COMPLETED) {
      return "already at epoch " + epochs + ": nothing to train (--epochs is the total)";
    }
    String end =
        switch (history.stop()) {
          case COMPLETED -> counted(epochs) + " trained";
          case EARLY -> "stopped early, after " + counted(epochs);
          case CONDITION -> "stopped after epoch " + epochs;
          case TIME_LIMIT -> "stopped by the time limit in epoch " + epochs;
          case INTERRUPTED -> "interrupted in epoch " + epochs;
        };
    return history.best() < epochs ? end + "; the network is that of epoch " + history.best() : end;
  }

  private void report(Model model, Split<Table> split) {
    boolean validated = split.test() != null;
    Judgement judgement = Judgement.of(model, validated ? split.test() : split.train());
    standardOut.println();
    standardOut.println(validated ? "On the validation rows:" : "On the training rows:");
    standardOut.println();
    standardOut.print(judgement.report());
  }

  /** Before hours of training, not after them; and nothing but a model is written over. */
  private void requireReplaceable(String option, Path file) throws IOException {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(option + " " + file + ": there is no folder " + folder);
    }
    if (isSame(file, data)) {
      throw new UsageException(option + " " + file + " is the file of the rows: the model would replace it");
    }
    if (validation != null && isSame(file, Path.of(validation))) {
      throw new UsageException(option + " " + file + " is the file of the validation rows: the model would replace it");
    }
    ModelFile.requireWritable(file);
    if (Files.exists(file) && Files.size(file) > 0 && !ModelFile.isModel(file)) {
      throw new UsageException(option + " " + file + " is there already and is not a Lanewise model, so it is not replaced");
    }
  }

  /** The model is saved last, and holds no run to go on with. */
  private void requireNoRun(String option, Path run) throws IOException {
    if (out != null && run != null && isSame(out, run)) {
      throw new UsageException("--out " + out + " is the file of " + option + ": the model would replace the run");
    }
  }

  /** Whether two names are those of one file, also of one that is not there yet. */
  private static boolean isSame(Path one, Path other) throws IOException {
    boolean areThere = Files.exists(one) && Files.exists(other);
    return areThere ? Files.isSameFile(one, other) : located(one).equals(located(other));
  }

  private static Path located(Path file) throws IOException {
    Path whole = file.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return folder != null && Files.isDirectory(folder) ? folder.toRealPath().resolve(whole.getFileName()) : whole;
  }
}
