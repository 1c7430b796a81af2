package dev.lanewise.engine;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Team;
import dev.lanewise.nn.Dense;
import dev.lanewise.text.Message;
import dev.lanewise.train.Callback;
import dev.lanewise.train.Checkpoint;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History.Stop;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import dev.lanewise.train.Validation;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * One fit: epochs of batches of
 *
 * <pre>
 *   forwards, loss, δ of the output, backwards     {@link Step}: rows of the batch, divided among threads
 *   gradients and the optimizer's step             {@link Update}: rows of the weights, divided among threads
 * </pre>
 *
 * <p>Where weights are larger than what a batch brings to them, columns are divided instead: see {@link Share#isByColumns}.
 *
 * <p>What a thread computes does not depend on how many there are: each element of each array has one thread and one order of
 * operations.
 */
public final class Trainer {

  /** What the fit's owner does when there is something to see. */
  public interface Listener {
    /** New parameters are published. */
    void published();

    /** The run is to be saved. */
    void checkpoint(Run run);
  }

  /** The most rows that are predicted once more at the end of an epoch. */
  private static final int CHECKED_ROWS = 16;

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  /** What a fit that does not end yet would be, if that were all of it. */
  private static final Stop GOES_ON = Stop.COMPLETED;

  private final ParameterStore store;
  private final Fit fit;
  private final LastLoss loss;
  private final Run run;
  private final Listener listener;
  private final Batches batches;
  private final Workspace work;
  private final Step step;
  private final Update update;
  private final Team team;
  private final LossWatch watch;
  private final Checkpoint checkpoint;
  private final Predicate<Epoch> condition;

  /** Null where no rows are kept for it. */
  private final Validator validator;

  private final long begin = System.nanoTime();

  /** In nanoseconds; the largest number for none. */
  private final long timeLimit;

  /** Whether it has so much to do that it waits for kernels, and has not yet. */
  private boolean waits;

  private double rate;

  /**
   * @param epochs how many there may be, which decides whether faster arrays are worth their price
   */
  private Trainer(ParameterStore store, Source source, Fit fit, Run run, Team team, Listener listener, int epochs) {
    this.store = store;
    this.fit = fit;
    this.loss = LastLoss.of(fit.loss());
    this.run = run;
    this.team = team;
    this.listener = listener;
    int batchRows = Batches.capacity(source, fit);
    long steps = Effort.steps(source.rows(), batchRows, epochs);
    LineArrays arrays = new LineArrays(steps);
    this.batches = new Batches(source, fit, batchRows, team.size(), arrays);
    Parameters start = store.acquire();
    try {
      this.work = new Workspace(start, batchRows, batches.yAt, team.size(), !Update.isFused(fit), arrays);
    } finally {
      store.release(start);
    }
    this.step = new Step(work, batches, Rule.of(fit), fit.loss());
    this.update = new Update(work, batches, step, fit, run.optimizer);
    this.watch = run.watch(fit.earlyStopping().orElse(null), fit.reduceOnPlateau().orElse(null));
    this.checkpoint = fit.checkpoint().orElse(null);
    this.condition = fit.condition().orElse(null);
    Validation validation = fit.validation().orElse(null);
    this.validator =
        validation == null ? null : new Validator(store, new Inference(store), validation, source.outputs(), fit.loss());
    Duration limit = fit.timeLimit().orElse(LONGEST);
    this.timeLimit = (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
    this.waits = source.rows() > 0 && Effort.isWorthWaiting(store.layers(), batches.capacity(), steps, timeLimit);
  }

  /**
   * Trains from the current parameters and publishes new ones at the end of each epoch. If an epoch fails, the parameters stay
   * those of its start, or become the best ones if it diverges and they are kept; if it is cut short, they are those of its last step.
   *
   * @param run how far the fit is: new, or that of an earlier one to go on with
   * @throws IllegalArgumentException if the source's rows do not suit, before or while they come
   * @throws ArithmeticException if the loss or a parameter stops being finite
   */
  public static History run(ParameterStore store, Source source, Fit fit, Run run, Listener listener) {
    try (Team team = new Team(Effort.threads(store.layers(), source, fit))) {
      return new Trainer(store, source, fit, run, team, listener, fit.epochs()).epochs();
    }
  }

  /** One more epoch of a run; see {@link #run}. What ends a fit early does not matter here. */
  public static Epoch runEpoch(ParameterStore store, Source source, Fit fit, Run run, Listener listener) {
    try (Team team = new Team(Effort.threads(store.layers(), source, fit))) {
      long trained = store.epochs();
      Stop _ = new Trainer(store, source, fit, run, team, listener, 1).epoch(run.count() + 1);
      Epoch epoch = run.epochs().getLast();
      boolean wasCut = store.epochs() == trained;
      if (wasCut) { // its rows come again, and then it counts
        run.forgetLast();
      } else {
        run.forgetMany();
      }
      return epoch;
    }
  }

  private History epochs() {
    run.expect(fit.epochs());
    // A run that is resumed may be over.
    Stop stop = run.epochs().isEmpty() ? GOES_ON : asked(run.epochs().getLast());
    while (stop == GOES_ON && run.epochs().size() < fit.epochs()) {
      stop = epoch(run.epochs().size() + 1);
    }
    goBack();
    int last = run.epochs().size();
    return new History(run.epochs(), team.size(), stop, run.best() == null ? last : run.bestEpoch());
  }

  /** To the parameters of the best epoch, if any are kept. */
  private void goBack() {
    if (run.best() != null && run.bestEpoch() < run.epochs().size()) {
      store.publish(run.best(), store.epochs(), loss);
      listener.published();
    }
  }

  /** One epoch; returns why the fit ends with it, if it does. */
  private Stop epoch(int number) {
    long start = System.nanoTime();
    double lossSum = 0;
    double weightSum = 0;
    long rows = 0;
    Stop stop = GOES_ON;
    step.beginEpoch(fit.seed(), store.epochs());
    batches.beginEpoch(store.epochs());
    for (long batch = 1; stop == GOES_ON && batches.next(number, batch); batch++) {
      if (waits) { // not before rows in memory are known to be good
        awaitKernels();
      }
      // Asked only where rows are left, as an epoch that has had them all is not cut short, and once one has counted.
      stop = weightSum == 0 ? GOES_ON : interruption();
      if (stop == GOES_ON) {
        lossSum += step(number, batch);
        weightSum += batches.weights.sum();
        rows += batches.rows();
      }
    }
    if (rows == 0) {
      throw new IllegalArgumentException(
          Message.of("the source gave no rows to train on in epoch %d (batches of %d)", number, fit.batchSize()));
    }
    boolean whole = stop == GOES_ON;
    if (whole) {
      batches.given().requireAll();
    }
    if (weightSum == 0) {
      throw new IllegalArgumentException(Message.of("all rows of epoch %d have a weight of zero: none counts", number));
    }
    finish(number, whole);
    // An epoch that was cut short does not count as trained: its rows come again.
    store.publish(work.parameters, store.epochs() + (whole ? 1 : 0), loss);
    listener.published();
    double seconds = (System.nanoTime() - start) * 1e-9;
    return ended(evaluated(number, lossSum / weightSum, seconds, rows / seconds), stop);
  }

  private void awaitKernels() {
    waits = false;
    List<Dense> layers = store.layers();
    long deadline = System.nanoTime() + KernelProvider.LONGEST_WAIT_NANOS;
    for (int l = 0; l < layers.size(); l++) { // without an iterator: the first epoch has begun, and allocates nothing
      KernelProvider.awaitProducts(layers.get(l).outputs(), deadline);
    }
  }

  private Stop interruption() {
    if (Thread.currentThread().isInterrupted()) {
      return Stop.INTERRUPTED;
    }
    return timeLimit < Long.MAX_VALUE && System.nanoTime() - begin >= timeLimit ? Stop.TIME_LIMIT : GOES_ON;
  }

  private Epoch evaluated(int number, double loss, double seconds, double perSecond) {
    Validator.Result validated = validator == null ? Validator.Result.NONE : validator.run(team);
    return new Epoch(number, loss, seconds, perSecond, rate, validated.loss(), validated.accuracy());
  }

  /** Remembers, saves and tells; returns why the fit ends, if it does. */
  private Stop ended(Epoch epoch, Stop cut) {
    boolean whole = cut == GOES_ON;
    run.add(epoch);
    // The loss of the first rows of an epoch that was cut short says little beside that of all.
    if (whole || validator != null || watch.best() == 0) {
      watch.add(epoch);
      if (watch.best() == epoch.number()) {
        run.keep(epoch.number(), work.parameters);
      }
    }
    boolean saves = checkpoint != null && whole;
    boolean due = saves && epoch.number() % checkpoint.every() == 0;
    if (due) {
      listener.checkpoint(run);
    }
    List<Callback> callbacks = fit.callbacks();
    for (int i = 0; i < callbacks.size(); i++) {
      callbacks.get(i).onEpoch(epoch);
    }
    boolean last = epoch.number() == fit.epochs();
    Stop stop = whole ? afterEpoch(epoch, last) : cut;
    if (saves && !due && (last || stop != GOES_ON)) {
      listener.checkpoint(run);
    }
    return stop;
  }

  private Stop afterEpoch(Epoch epoch, boolean last) {
    Stop stop = asked(epoch);
    return stop != GOES_ON || last ? stop : interruption();
  }

  /** Whether early stopping, or the condition, ends the fit with this epoch. */
  private Stop asked(Epoch epoch) {
    if (watch.isOver()) {
      return Stop.EARLY;
    }
    return condition != null && condition.test(epoch) ? Stop.CONDITION : GOES_ON;
  }

  /** One batch; returns the weighted sum of its rows' losses. */
  private double step(int epoch, long number) {
    double sum = step.run(team, epoch, number);
    if (!Double.isFinite(sum)) {
      throw diverged(loss(sum), epoch, ", batch " + number);
    }
    rate = fit.learningRate() * watch.factor() * fit.schedule().factor(middle(epoch, number), fit.epochs());
    if (!(rate >= 0 && rate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          Message.of("the schedule makes the learning rate %s in epoch %d, batch %d", rate, epoch, number));
    }
    if (batches.weights.sum() > 0) {
      update.run(team, rate);
    }
    return sum / fit.loss().outputsInMean(work.last().layer.outputs());
  }

  private static String loss(double sum) {
    return "the loss became " + (Double.isNaN(sum) ? "NaN" : "infinite");
  }

  /** The epochs done at the middle of a step. */
  private double middle(int epoch, long number) {
    long perEpoch = batches.given().batches();
    return epoch - 1 + (perEpoch < 0 ? 0.5 : (number - 0.5) / perEpoch);
  }

  /** What is published is as at the start of the epoch, or goes back further now. */
  private ArithmeticException diverged(String what, int epoch, String where) {
    goBack();
    String left = run.best() == null || run.bestEpoch() == epoch - 1
        ? "as it was at the start of that epoch"
        : Message.of("that of epoch %d, the best", run.bestEpoch());
    return new ArithmeticException(
        Message.of(
            "%s in epoch %d%s (learning rate %s): the network is %s",
            what, epoch, where, rate == 0 ? fit.learningRate() : rate, left));
  }

  /** Makes parameters that others may see of what the steps have left, unless they are not finite. */
  private void finish(int epoch, boolean whole) {
    for (int l = 0; l < work.parameters.length; l++) {
      work.parameters[l].refresh();
      if (!work.parameters[l].isFinite()) {
        throw diverged("a parameter of layer " + l + " became NaN or infinite", epoch, ", in one of its batches");
      }
    }
    if (whole && batches.isThere()) {
      requireFiniteLoss(epoch);
    }
  }

  /** A last step may leave finite parameters whose predictions are not: some rows of its batch tell. */
  private void requireFiniteLoss(int epoch) {
    double sum = step.lossNow(Math.min(batches.rows(), CHECKED_ROWS));
    if (!Double.isFinite(sum)) {
      throw diverged(loss(sum), epoch, ", after its last batch");
    }
  }
}
