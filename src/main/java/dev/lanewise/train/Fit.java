package dev.lanewise.train;

import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.optim.Sgd;
import dev.lanewise.text.Require;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * How to train: an immutable value. Each method with an argument gives a new one and leaves this one as it is.
 *
 * <p>{@link #with} is gradient descent along the exact gradient of a loss. {@link #published} is the rule of the post
 * "vanilla neural nets", which differs from its own mathematics in two places and whose published results depend on
 * them: the output's delta is (a − y) ∘ f′(a), the prime taken at the activation instead of at z, and weights move by the
 * sum over the batch while biases move by the mean. Besides, rows that do not fill a last batch are left out. It takes no
 * other option than epochs, batch size, learning rate, shuffling, seed, threads and callbacks.
 */
@CheckReturnValue
public final class Fit {

  private static final Set<String> OPTIONS_OF_THE_POST = Set.of("shuffle", "threads", "callbacks");

  private final boolean published;
  private final Loss loss;
  private int epochs = 10;
  private int batchSize = 32;
  private double learningRate = Double.NaN;
  private boolean shuffle = true;
  private long seed;
  private int threads = 1;
  private List<Callback> callbacks = List.of();
  private Optimizer optimizer = Optimizer.sgd();
  private Schedule schedule;
  private ReduceOnPlateau reduceOnPlateau;
  private double l1;
  private double l2;
  private double clipValue = Double.POSITIVE_INFINITY;
  private double clipNorm = Double.POSITIVE_INFINITY;
  private double labelSmoothing;
  private Validation validation;
  private double validationSplit;
  private EarlyStopping earlyStopping;
  private ClassWeights classWeights;
  private Duration timeLimit;
  private Predicate<Epoch> condition;
  private Checkpoint checkpoint;

  private Fit(boolean published, Loss loss) {
    this.published = published;
    this.loss = loss;
  }

  /** What each option begins with: a lambda for what it changes would be shorter, but six of them take a program 9 ms as it starts. */
  private Fit(Fit from) {
    published = from.published;
    loss = from.loss;
    epochs = from.epochs;
    batchSize = from.batchSize;
    learningRate = from.learningRate;
    shuffle = from.shuffle;
    seed = from.seed;
    threads = from.threads;
    callbacks = from.callbacks;
    optimizer = from.optimizer;
    schedule = from.schedule;
    reduceOnPlateau = from.reduceOnPlateau;
    l1 = from.l1;
    l2 = from.l2;
    clipValue = from.clipValue;
    clipNorm = from.clipNorm;
    labelSmoothing = from.labelSmoothing;
    validation = from.validation;
    validationSplit = from.validationSplit;
    earlyStopping = from.earlyStopping;
    classWeights = from.classWeights;
    timeLimit = from.timeLimit;
    condition = from.condition;
    checkpoint = from.checkpoint;
  }

  /** The post's rule and its numbers: mean squared error, learning rate 0.001, 100 epochs, batches of 15, shuffled. */
  public static Fit published() {
    return new Fit(true, Loss.MSE).learningRate(1e-3).epochs(100).batchSize(15);
  }

  /**
   * Stochastic gradient descent on a loss: learning rate that of the optimizer, 0.01 for plain descent, 10 epochs, batches of
   * 32, shuffled, seed 0, 1 thread.
   */
  public static Fit with(Loss loss) {
    return new Fit(false, Objects.requireNonNull(loss, "loss"));
  }

  // ----------------------------------------------------------------------------------------------------------- the run

  /**
   * How many times to go over the rows; for a run that is resumed, in all.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit epochs(int epochs) {
    Require.positive("epochs", epochs);
    Fit changed = new Fit(this);
    changed.epochs = epochs;
    return changed;
  }

  /**
   * How many rows make one step. A last batch with fewer rows is trained on as it is, except under the post's rule.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit batchSize(int batchSize) {
    Require.positive("batchSize", batchSize);
    Fit changed = new Fit(this);
    changed.batchSize = batchSize;
    return changed;
  }

  /** Whether each epoch takes the rows in a random order, which depends on the seed and the epoch alone. */
  public Fit shuffle(boolean shuffle) {
    Fit changed = new Fit(this);
    changed.shuffle = shuffle;
    return changed;
  }

  /** What all random numbers of the fit derive from. The network's initial weights have their own seed. */
  public Fit seed(long seed) {
    Fit changed = new Fit(this);
    changed.seed = seed;
    return changed;
  }

  /**
   * How many threads may work, the calling one among them. Results have the same bits for any number.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit threads(int threads) {
    Require.positive("threads", threads);
    Fit changed = new Fit(this);
    changed.threads = threads;
    return changed;
  }

  /** Adds a callback; they run in the order they were added. */
  public Fit onEpoch(Callback callback) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.add(Objects.requireNonNull(callback, "callback"));
    Fit changed = new Fit(this);
    changed.callbacks = List.copyOf(all);
    return changed;
  }

  /**
   * Ends the fit after the step during which so much time is over; there is one step at least. What is trained so far stays, and
   * {@link History#stop} says why it ended. An interrupt of the thread does the same, and stays set.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit timeLimit(Duration limit) {
    Objects.requireNonNull(limit, "limit");
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("the time limit must be positive, but is " + limit);
    }
    Fit changed = new Fit(this);
    changed.timeLimit = limit;
    return changed;
  }

  /**
   * Ends the fit after an epoch of which this is true, such as {@code epoch -> epoch.validationAccuracy() > 0.99}, or when something
   * outside wants it to end; in place of another condition. What an epoch does not have, such as the accuracy where no rows with class
   * labels validate, is NaN, of which no comparison is true. It is asked after the callbacks, on the thread that called {@code fit}, and of
   * a run that is resumed for its last epoch first; {@link History#stop} says so. With {@link #earlyStopping} the network goes back to the
   * best epoch then, too.
   */
  public Fit stopWhen(Predicate<Epoch> condition) {
    Objects.requireNonNull(condition, "condition");
    Fit changed = new Fit(this);
    changed.condition = condition;
    return changed;
  }

  /**
   * Writes the network and the state of the run to a file after every {@code every} epochs and after the last, in place of what
   * is there; {@code Network.resume} goes on from it. After an epoch that is cut short nothing is written: a run that is resumed goes on
   * from the last file, and begins anew what came after it, up to {@code every} − 1 whole epochs and the one that was cut. A network that
   * is loaded or resumed from it predicts as after the last epoch in it; with {@link #earlyStopping} the best parameters are in the file
   * too, and it is the fit that goes back to them. A file has room for the history of 100,000 epochs beside a
   * megabyte of preprocessing. Each file has the history of all epochs of the run again, so that all files of a run together take time in
   * the square of their number: let {@code every} grow with it.
   *
   * @throws IllegalArgumentException if {@code every} is not positive
   */
  public Fit checkpoint(Path file, int every) {
    Checkpoint value = new Checkpoint(file, every);
    Fit changed = new Fit(this);
    changed.checkpoint = value;
    return changed;
  }

  // ---------------------------------------------------------------------------------------------------------- the step

  /** How steps move the parameters; plain gradient descent unless set. */
  public Fit optimizer(Optimizer optimizer) {
    Objects.requireNonNull(optimizer, "optimizer");
    Fit changed = new Fit(this);
    changed.optimizer = optimizer;
    return changed;
  }

  /**
   * The length of a step along the negative gradient; unless set, what is usual for the optimizer.
   *
   * @throws IllegalArgumentException if it is not finite and positive as a float
   */
  public Fit learningRate(double learningRate) {
    Require.positive("learningRate", learningRate);
    Fit changed = new Fit(this);
    changed.learningRate = learningRate;
    return changed;
  }

  /** What the learning rate is multiplied by as the fit goes on; 1 unless set. */
  public Fit schedule(Schedule schedule) {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(schedule.name(), "the schedule's name");
    Fit changed = new Fit(this);
    changed.schedule = schedule;
    return changed;
  }

  /**
   * Multiplies the learning rate by a factor whenever the {@linkplain Epoch#monitored loss} has not fallen for so many epochs.
   *
   * @throws IllegalArgumentException if the factor is not between 0 and 1 or the patience not positive
   */
  public Fit reduceOnPlateau(double factor, int patience) {
    ReduceOnPlateau value = new ReduceOnPlateau(factor, patience);
    Fit changed = new Fit(this);
    changed.reduceOnPlateau = value;
    return changed;
  }

  /**
   * Adds l1 · Σ |w| over all weights to what is minimised; biases go free. The losses that are reported are without it.
   *
   * @throws IllegalArgumentException if negative, or not finite as a float
   */
  public Fit l1(double l1) {
    Require.notNegative("l1", l1);
    Fit changed = new Fit(this);
    changed.l1 = l1;
    return changed;
  }

  /**
   * Adds l2 / 2 · Σ w² over all weights to what is minimised, so that the gradient of w has l2 · w more; biases go free. The
   * losses that are reported are without it. For decay that is not part of the gradient, see {@link Optimizer#decay}.
   *
   * @throws IllegalArgumentException if negative, or not finite as a float
   */
  public Fit l2(double l2) {
    Require.notNegative("l2", l2);
    Fit changed = new Fit(this);
    changed.l2 = l2;
    return changed;
  }

  /**
   * Brings each element of the gradient, penalties included, into −limit … limit.
   *
   * @param limit infinite for none
   * @throws IllegalArgumentException if it is neither infinite nor finite and positive as a float
   */
  public Fit clipValue(double limit) {
    requireLimit("clipValue", limit);
    Fit changed = new Fit(this);
    changed.clipValue = limit;
    return changed;
  }

  /**
   * Shortens the gradient of all parameters together, penalties included, to this length where it is longer; after clipping
   * by value, if both are asked for.
   *
   * @param limit infinite for none
   * @throws IllegalArgumentException if it is neither infinite nor finite and positive as a float
   */
  public Fit clipNorm(double limit) {
    requireLimit("clipNorm", limit);
    Fit changed = new Fit(this);
    changed.clipNorm = limit;
    return changed;
  }

  /** Takes what the getters give where there is no limit. */
  private static void requireLimit(String name, double limit) {
    if (limit != Double.POSITIVE_INFINITY) {
      Require.positive(name, limit);
    }
  }

  // ---------------------------------------------------------------------------------------------------------- the rows

  /**
   * Trains on (1 − s) y + s / k for k outputs (k = 2 with one output) in place of y. Validation is on y itself.
   *
   * @throws IllegalArgumentException if s is not in 0..1, 1 excluded, as a float, or the loss is no cross-entropy
   */
  public Fit labelSmoothing(double s) {
    Require.fraction("labelSmoothing", s);
    if (!loss.equals(Loss.CROSS_ENTROPY) && !loss.equals(Loss.BINARY_CROSS_ENTROPY)) {
      throw new IllegalArgumentException("label smoothing is for cross-entropies, but the loss is " + loss);
    }
    Fit changed = new Fit(this);
    changed.labelSmoothing = s;
    return changed;
  }

  /**
   * How much the rows of each class count, times a weight of their own if they have one. The loss of a batch is Σ wᵢ lᵢ / Σ wᵢ.
   *
   * @param weights one for each class
   * @throws IllegalArgumentException if one is negative or not finite, or all are zero
   */
  public Fit classWeights(double... weights) {
    ClassWeights value = ClassWeights.of(Objects.requireNonNull(weights, "weights"));
    Fit changed = new Fit(this);
    changed.classWeights = value;
    return changed;
  }

  /**
   * {@link #classWeights} of n / (k · n_c) for n rows to train on and k classes, n_c rows being of class c; they must be in memory,
   * with labels.
   */
  public Fit balancedClassWeights() {
    Fit changed = new Fit(this);
    changed.classWeights = ClassWeights.BALANCED;
    return changed;
  }

  /**
   * Evaluates these rows, each counting once, at the end of each epoch, in place of other ones or of a share kept back; see {@link
   * Epoch#validationLoss}. Matrices are not copied.
   *
   * @param x rows × inputs
   * @param y rows × outputs
   * @throws IllegalArgumentException if there are none, or x and y have not as many
   */
  public Fit validation(Matrix x, Matrix y) {
    return validation(Validation.of(x, y));
  }

  /**
   * {@link #validation(Matrix, Matrix)} of rows with class labels; {@link Epoch#validationAccuracy} then is there too.
   *
   * @param x rows × inputs
   * @param labels the class of each row, from 0
   * @throws IllegalArgumentException if there are none, or not as many labels
   */
  public Fit validation(Matrix x, int[] labels) {
    return validation(Validation.of(x, labels));
  }

  private Fit validation(Validation rows) {
    Fit changed = new Fit(this);
    changed.validation = rows;
    changed.validationSplit = 0;
    return changed;
  }

  /**
   * Keeps this share of the rows back from training and evaluates them at the end of each epoch. They are those that {@code
   * Dataset.split} of this share and the fit's seed would test on: with class labels, the same share of each class. Only for rows
   * given as matrices; in place of validation rows that were given.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public Fit validationSplit(double share) {
    Require.between0And1("validationSplit", share);
    Fit changed = new Fit(this);
    changed.validationSplit = share;
    changed.validation = null;
    return changed;
  }

  /**
   * Ends the fit once the {@linkplain Epoch#monitored loss} has not fallen below its lowest for so many epochs, and goes back to
   * the parameters of that lowest; also when the fit ends otherwise, by a loss that is not finite too. Where a callback, a
   * condition, the source, the schedule or a checkpoint throws, the network keeps what it has learnt until then. An epoch that is
   * cut short counts only with validation rows, or if it is the first.
   *
   * @throws IllegalArgumentException if the patience is not positive
   */
  public Fit earlyStopping(int patience) {
    return earlyStopping(patience, 0);
  }

  /**
   * {@link #earlyStopping(int)} that only counts a loss which is lower by more than this.
   *
   * @throws IllegalArgumentException if the patience is not positive, or the difference is negative or not finite as a float
   */
  public Fit earlyStopping(int patience, double minDelta) {
    EarlyStopping value = new EarlyStopping(patience, minDelta);
    Fit changed = new Fit(this);
    changed.earlyStopping = value;
    return changed;
  }

  // ----------------------------------------------------------------------------------------------------- what was asked

  /** Whether this is the post's rule rather than the exact gradient. */
  public boolean isPublished() {
    return published;
  }

  /** The loss. */
  public Loss loss() {
    return loss;
  }

  /** The number of epochs. */
  public int epochs() {
    return epochs;
  }

  /** The number of rows of a batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The learning rate, be it that of the optimizer. */
  public double learningRate() {
    return Double.isNaN(learningRate) ? optimizer.defaultLearningRate() : learningRate;
  }

  /** Whether rows are taken in a random order. */
  public boolean shuffle() {
    return shuffle;
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** The number of threads. */
  public int threads() {
    return threads;
  }

  /** The callbacks, in order. */
  public List<Callback> callbacks() {
    return callbacks;
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** The schedule. */
  public Schedule schedule() {
    return schedule == null ? Schedule.constant() : schedule;
  }

  /** What to do on a plateau, if anything. */
  public Optional<ReduceOnPlateau> reduceOnPlateau() {
    return Optional.ofNullable(reduceOnPlateau);
  }

  /** The factor of Σ |w|. */
  public double l1() {
    return l1;
  }

  /** The factor of ½ Σ w². */
  public double l2() {
    return l2;
  }

  /** The largest element of a gradient; infinite for none. */
  public double clipValue() {
    return clipValue;
  }

  /** The largest length of a gradient; infinite for none. */
  public double clipNorm() {
    return clipNorm;
  }

  /** By how much targets are smoothed. */
  public double labelSmoothing() {
    return labelSmoothing;
  }

  /** The weights of the classes, if any. */
  public Optional<ClassWeights> classWeights() {
    return Optional.ofNullable(classWeights);
  }

  /** The rows to evaluate, if any are given. */
  public Optional<Validation> validation() {
    return Optional.ofNullable(validation);
  }

  /** The share of the rows to keep back; 0 for none. */
  public double validationSplit() {
    return validationSplit;
  }

  /** When to stop early, if at all. */
  public Optional<EarlyStopping> earlyStopping() {
    return Optional.ofNullable(earlyStopping);
  }

  /** How long the fit may last, if there is a limit. */
  public Optional<Duration> timeLimit() {
    return Optional.ofNullable(timeLimit);
  }

  /** After which epochs the fit ends, if there is such a condition. */
  public Optional<Predicate<Epoch>> condition() {
    return Optional.ofNullable(condition);
  }

  /** Where the run is saved, if anywhere. */
  public Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /**
   * Refuses what the post's rule does not have, if that is asked for.
   *
   * @throws IllegalArgumentException if an option is set that the post's rule does not have
   */
  public void check() {
    if (!published) {
      return;
    }
    List<String> others = new ArrayList<>(changed().keySet());
    others.removeAll(OPTIONS_OF_THE_POST);
    if (!(optimizer instanceof Sgd sgd && sgd.isPlainDescent())) {
      others.add("optimizer");
    }
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "the post's rule has epochs, batch size, learning rate, shuffling, seed, threads and callbacks alone, and no "
              + String.join(" or ", others) + ": use Fit.with(loss) for all other options");
    }
  }

  /** The loss, epochs, batch size, learning rate, optimizer and seed, and by name what else differs from its default. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "Fit[", "]");
    text.add(published ? "published" : "loss=" + loss).add("epochs=" + epochs).add("batchSize=" + batchSize);
    text.add("learningRate=" + learningRate()).add("optimizer=" + optimizer).add("seed=" + seed);
    changed().forEach((name, value) -> text.add(name + "=" + value));
    return text.toString();
  }

  /** What is not as it is unless asked for, by name, without what each fit has. */
  private Map<String, Object> changed() {
    Map<String, Object> options = new LinkedHashMap<>();
    putIf(!shuffle, options, "shuffle", false);
    putIf(schedule != null, options, "schedule", schedule().name());
    putIf(reduceOnPlateau != null, options, "reduceOnPlateau", reduceOnPlateau);
    putIf(l1 != 0, options, "l1", l1);
    putIf(l2 != 0, options, "l2", l2);
    putIf(clipValue < Double.POSITIVE_INFINITY, options, "clipValue", clipValue);
    putIf(clipNorm < Double.POSITIVE_INFINITY, options, "clipNorm", clipNorm);
    putIf(labelSmoothing != 0, options, "labelSmoothing", labelSmoothing);
    putIf(classWeights != null, options, "classWeights", classWeights);
    putIf(validationSplit != 0, options, "validationSplit", validationSplit);
    putIf(validation != null, options, "validation", validation == null ? "" : validation.x().rows() + " rows");
    putIf(earlyStopping != null, options, "earlyStopping", earlyStopping);
    putIf(timeLimit != null, options, "timeLimit", timeLimit);
    putIf(condition != null, options, "stopWhen", "a condition");
    putIf(checkpoint != null, options, "checkpoint", checkpoint);
    putIf(!callbacks.isEmpty(), options, "callbacks", callbacks.size());
    putIf(threads != 1, options, "threads", threads);
    return options;
  }

  private static void putIf(boolean isChanged, Map<String, Object> options, String name, Object value) {
    if (isChanged) {
      options.put(name, value);
    }
  }
}
