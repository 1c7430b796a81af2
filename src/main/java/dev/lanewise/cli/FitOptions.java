package dev.lanewise.cli;

import dev.lanewise.engine.Run;
import dev.lanewise.nn.Loss;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Fit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How {@code train} trains. */
final class FitOptions {

  /** Digits of a time. */
  private static final int LONGEST_NUMBER = 9;

  private static final Pattern TIME = Pattern.compile("(\\d+)([smh])");
  private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3600);

  @Option(names = "--epochs", paramLabel = "N", defaultValue = "100", description = "how often to go over the rows (100)")
  private int epochs;

  @Option(names = "--batch-size", paramLabel = "N", defaultValue = "32", description = "rows of a step (32)")
  private int batchSize;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adam",
      description = "sgd, momentum, nesterov, rmsprop, adagrad, adam or adamw (adam)")
  private String optimizer;

  @Option(names = "--learning-rate", paramLabel = "X", description = "the length of a step (what is usual for the optimizer)")
  private Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      defaultValue = "constant",
      description = "of the learning rate: constant, cosine or one-cycle (constant)")
  private String schedule;

  @Option(names = "--l2", paramLabel = "X", description = "penalty on the squares of the weights (none)")
  private Double l2;

  @Option(names = "--clip-norm", paramLabel = "X", description = "the longest gradient (any)")
  private Double clipNorm;

  @Option(
      names = "--balanced",
      description = "have all classes count the same, however many rows they have")
  private boolean balanced;

  @Option(
      names = "--early-stop",
      paramLabel = "N",
      description = "end when the validation loss has not fallen for N epochs, and go back to its lowest")
  private Integer earlyStop;

  @Option(names = "--time-limit", paramLabel = "TIME", description = "end after so long, as 90s, 10m or 2h")
  private String timeLimit;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "threads to train on (1); any number gives the same bits")
  private int threads;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "save the run after each epoch, for --resume; no other run is replaced")
  private Path checkpoint;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "save it after every N epochs, and after the last (1); more for runs of thousands of epochs")
  private Integer checkpointEvery;

  int epochs() {
    return epochs;
  }

  boolean stopsEarly() {
    return earlyStop != null;
  }

  /** When the fit ends early, if it may. */
  Optional<EarlyStopping> earlyStopping() {
    return Optional.ofNullable(earlyStop).map(patience -> new EarlyStopping(Require.positive("--early-stop", patience), 0));
  }

  /** Where the run is saved, or null. */
  Path checkpoint() {
    return checkpoint;
  }

  /** After how many epochs the run is saved. */
  int checkpointEvery() {
    return checkpointEvery == null ? 1 : checkpointEvery;
  }

  /** Refuses, before rows are read, what makes no fit of any rows. */
  void check() {
    fit(true, 0);
    if (checkpointEvery != null && checkpoint == null) {
      throw new UsageException("--checkpoint-every says how often --checkpoint FILE saves the run, but there is none");
    }
    if (checkpoint != null && epochs > Run.LONGEST_HISTORY && earlyStop == null && timeLimit == null) {
      throw new UsageException(
          Message.of("--checkpoint has room for the history of %d epochs, but --epochs says %d", Run.LONGEST_HISTORY, epochs));
    }
  }

  /** The fit, without what it validates on, or a UsageException where there is no such fit. */
  Fit fit(boolean isClassification, long seed) {
    if (balanced && !isClassification) {
      throw new UsageException("--balanced is for classes, but numbers are predicted");
    }
    try {
      return built(isClassification ? Loss.CROSS_ENTROPY : Loss.MSE, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private Fit built(Loss loss, long seed) {
    Fit fit = Fit.with(loss).epochs(Require.positive("--epochs", epochs))
        .batchSize(Require.positive("--batch-size", batchSize))
        .threads(Require.positive("--threads", threads))
        .seed(seed)
        .optimizer(optimizer())
        .schedule(schedule());
    fit = learningRate == null ? fit : fit.learningRate(Require.positive("--learning-rate", learningRate));
    fit = l2 == null ? fit : fit.l2(Require.notNegative("--l2", l2));
    fit = clipNorm == null ? fit : fit.clipNorm(Require.positive("--clip-norm", clipNorm));
    fit = balanced ? fit.balancedClassWeights() : fit;
    fit = earlyStop == null ? fit : fit.earlyStopping(earlyStopping().orElseThrow().patience());
    fit = timeLimit == null ? fit : fit.timeLimit(time(timeLimit));
    int every = Require.positive("--checkpoint-every", checkpointEvery());
    return checkpoint == null ? fit : fit.checkpoint(checkpoint, every);
  }

  private Optimizer optimizer() {
    return switch (optimizer) {
      case "sgd" -> Optimizer.sgd();
      case "momentum" -> Optimizer.momentum(0.9);
      case "nesterov" -> Optimizer.nesterov(0.9);
      case "rmsprop" -> Optimizer.rmsProp();
      case "adagrad" -> Optimizer.adagrad();
      case "adam" -> Optimizer.adam();
      case "adamw" -> Optimizer.adamW();
      default ->
          throw new UsageException(
              "--optimizer is sgd, momentum, nesterov, rmsprop, adagrad, adam or adamw, not " + optimizer);
    };
  }

  private Schedule schedule() {
    return switch (schedule) {
      case "constant" -> Schedule.constant();
      case "cosine" -> Schedule.cosine();
      case "one-cycle" -> Schedule.oneCycle();
      default -> throw new UsageException("--schedule is constant, cosine or one-cycle, not " + schedule);
    };
  }

  private static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException("--time-limit is a number of seconds, minutes or hours, as 90s, 10m or 2h, not " + text);
    }
    if (matcher.group(1).length() > LONGEST_NUMBER) {
      throw new UsageException("--time-limit is a number of at most " + LONGEST_NUMBER + " digits, and its unit, not " + text);
    }
    long seconds = Long.parseLong(matcher.group(1)) * SECONDS.get(matcher.group(2));
    if (seconds == 0) {
      throw new UsageException("--time-limit must be positive, but is " + text);
    }
    return Duration.ofSeconds(seconds);
  }
}
