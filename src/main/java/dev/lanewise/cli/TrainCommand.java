package dev.lanewise.cli;

import dev.lanewise.Model;
import dev.lanewise.Network;
import dev.lanewise.data.Column;
import dev.lanewise.data.Csv;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Split;
import dev.lanewise.data.Table;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.nn.Activation;
import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.ProgressLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final PrintStream standardError;

  TrainCommand(PrintStream standardOut, PrintStream standardError) {
    this.standardOut = standardOut;
    this.standardError = standardError;
  }

  /**
   * What there is before the first epoch.
   *
   * @param rows to train on and, unless null, to validate on
   * @param fit with the rows to validate on
   */
  private record Prepared(Model model, Split<Table> rows, Fit fit) {}

  /**
   * What there is after the last.
   *
   * @param epochs how many were trained, without those that a run had been trained for when it was resumed
   */
  private record Trained(History history, int epochs) {}

  @Override
  public Integer call() throws IOException {
    OutputFiles files = new OutputFiles(out, fits.checkpoint(), resume);
    networks.check();
    fits.check();
    files.check(data, validation);
    if (resume != null) {
      ResumeCheck.epochs(resume, fits.epochs());
    }
    Prepared prepared = prepare();
    Trained trained = train(prepared, files);
    conclude(prepared, trained);
    return Main.DONE;
  }

  private Prepared prepare() throws IOException {
    Table table = csv.read(data, System.in, file -> rows.declared(warning(file)).read());
    boolean isClassification = rows.isClassification(table); // of all rows: a share of them may look otherwise
    Split<Table> split = split(table, isClassification);
    Preprocessor asked = prepared(split.train(), isClassification);
    Fit fit = fits.fit(isClassification, seed); // before a run that is resumed is compared with its options
    Model model = model(asked, split.train());
    Preprocessor raw = model.preprocessor();
    TakenColumns.of(table, rows, raw).forEach(standardOut::println); // by which one sees why inputs may be too many
    standardOut.flush();
    if (isValidationFile()) { // which holds what the rows to train on do, whatever it looks like by itself
      Path file = Arguments.file("--validation", validation);
      split = new Split<>(split.train(), csv.read(file, System.in, csv -> raw.readWithTargets(warning(csv))));
    }
    return new Prepared(model, split, split.test() == null ? fit : validated(fit, raw, split.test()));
  }

  private Csv warning(Csv file) {
    return file.onRounding(sentence -> Main.warn(standardError, sentence));
  }

  private static Fit validated(Fit fit, Preprocessor raw, Table rows) {
    return raw.isClassification()
        ? fit.validation(raw.transform(rows), raw.labels(rows))
        : fit.validation(raw.transform(rows), raw.targets(rows));
  }

  private Trained train(Prepared prepared, OutputFiles files) throws IOException {
    Network network = prepared.model().network();
    Dataset dataset = prepared.model().preprocessor().dataset(prepared.rows().train());
    standardOut.print(network.summary());
    standardOut.flush();
    if (out != null) {
      prepared.model().requireWritable(out);
    }
    ProgressLine progress = progress();
    long before = network.epochsTrained();
    AtomicInteger epochs = new AtomicInteger();
    AtomicBoolean hasSaved = new AtomicBoolean();
    Fit fit = (quiet ? prepared.fit() : prepared.fit().onEpoch(progress)).onEpoch(epoch -> {
      epochs.incrementAndGet();
      hasSaved.set(hasSaved.get() || epoch.number() % fits.checkpointEvery() == 0); // after it was done
      standardOut.flush();
    });
    try {
      return new Trained(fitted(network, dataset, fit, progress, standardOut), epochs.get());
    } catch (ModelFileException e) { // the checkpoint cannot be written: what was learnt until then is not lost with it
      if (out == null || network.epochsTrained() == before) {
        throw e;
      }
      save(prepared.model());
      throw new IOException(e.getMessage() + ": " + Quoted.plain(out.toString()) + " has the network as it was then", e);
    } catch (ArithmeticException e) {
      throw new ArithmeticException(Hints.diverged(e.getMessage(), files.left(hasSaved.get())));
    } catch (IllegalArgumentException e) {
      if (resume != null) { // whose run may be another
        throw e;
      }
      throw new UsageException(e.getMessage()); // the rows are known to be good, so that the options make no sense
    }
  }

  /** What the fit gives; however it ends, so does the line of its progress. */
  static History fitted(Network network, Dataset dataset, Fit fit, ProgressLine progress, PrintStream out) {
    try {
      return network.fit(dataset, fit);
    } finally {
      progress.end();
      out.flush(); // before what went wrong is said on standard error
    }
  }

  private void conclude(Prepared prepared, Trained trained) {
    standardOut.println();
    standardOut.println(ending(trained));
    if (out != null) {
      save(prepared.model()); // before the report, which may fail on rows that the network cannot answer
    }
    report(prepared.model(), prepared.rows());
    if (out == null) {
      standardOut.println();
      standardOut.println("not saved: --out FILE does that");
    }
  }

  private void save(Model model) {
    model.save(out);
    standardOut.println("saved " + Quoted.plain(out.toString()));
  }

  private boolean isValidationFile() {
    return validation != null && Files.exists(Arguments.file("--validation", validation));
  }

  /** The rows to train on and, unless null, those to validate on; null also where a file has them. */
  private Split<Table> split(Table table, boolean isClassification) {
    if (validation == null) {
      return fits.stopsEarly() ? part(table, isClassification, VALIDATION) : new Split<>(table, null);
    }
    if (isValidationFile()) {
      return new Split<>(table, null);
    }
    if (!DecimalNumber.isIn(validation)) {
      throw new UsageException("--validation is a share of the rows or a file, but there is no file " + validation);
    }
    double share = Double.parseDouble(validation);
    if (!(share > 0 && share < 1)) {
      throw new UsageException("--validation is a share of the rows between 0 and 1, not " + validation);
    }
    return part(table, isClassification, share);
  }

  private Split<Table> part(Table table, boolean isClassification, double share) {
    long kept = Math.round(share * table.rows());
    if (kept < 1 || kept >= table.rows()) {
      throw new IllegalArgumentException(
          Message.of(
              "%s: %s keeps a share of %s of the rows for validation, and of %d %s that is %s (--validation FILE, or more rows)",
              table.source(), validation == null ? "--early-stop" : "--validation", share, table.rows(),
              table.rows() == 1 ? "row" : "rows", kept < 1 ? "none" : "all"));
    }
    return isClassification ? ClassSplit.of(table, rows.label(), share, seed) : table.split(share, seed);
  }

  private Preprocessor prepared(Table trained, boolean isClassification) {
    Preprocessor raw = rows.fit(trained, isClassification);
    if (isClassification && raw.classNames().size() == 1) {
      String label = rows.label();
      throw new IllegalArgumentException(
          Message.of(
              "%s, column \"%s\": one class, \"%s\": two are needed%s", trained.source(), label, raw.classNames().getFirst(),
              trained.column(label) instanceof Column.Numeric
                  ? Message.of(" (labels were read as numbers, of which 01 and 1 are one: --text %s takes them for text)", label)
                  : ""));
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
    return Progress.isTerminal()
        ? ProgressLine.inPlace(standardOut, fits.epochs())
        : ProgressLine.to(standardOut, fits.epochs());
  }

  /** {@code 1 epoch}, {@code 2 epochs}. */
  static String counted(long epochs) {
    return epochs + (epochs == 1 ? " epoch" : " epochs");
  }

  /** How the fit ended. */
  private static String ending(Trained trained) {
    History history = trained.history();
    int epochs = history.epochs().size();
    if (trained.epochs() == 0 && history.stop() == History.Stop.COMPLETED) {
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
}
