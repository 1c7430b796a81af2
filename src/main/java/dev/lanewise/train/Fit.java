package dev.lanewise.train;

import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How to train: an immutable value. Each method with an argument gives a new one and leaves this one as it is.
 *
 * <p>{@link #with} is gradient descent along the exact gradient of a loss. {@link #published} is the rule of the post
 * "vanilla neural nets", which differs from its own mathematics in two places and whose published results depend on
 * them: the output's delta is (a − y) ∘ f′(a), the prime taken at the activation instead of at z, and weights move by the
 * sum over the batch while biases move by the mean. Besides, rows that do not fill a last batch are left out.
 */
@CheckReturnValue
public final class Fit {

  private final boolean published;
  private final Loss loss;
  private int epochs;
  private int batchSize;
  private double learningRate;
  private boolean shuffle = true;
  private long seed;
  private int threads = 1;
  private List<Callback> callbacks = List.of();

  private Fit(boolean published, Loss loss) {
    this.published = published;
    this.loss = loss;
  }

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
  }

  /** The post's rule and its numbers: mean squared error, learning rate 0.001, 100 epochs, batches of 15, shuffled. */
  public static Fit published() {
    Fit fit = new Fit(true, Loss.MSE);
    fit.learningRate = 1e-3;
    fit.epochs = 100;
    fit.batchSize = 15;
    return fit;
  }

  /** Stochastic gradient descent on a loss: learning rate 0.01, 10 epochs, batches of 32, shuffled, seed 0, 1 thread. */
  public static Fit with(Loss loss) {
    Fit fit = new Fit(false, Objects.requireNonNull(loss, "loss"));
    fit.learningRate = 0.01;
    fit.epochs = 10;
    fit.batchSize = 32;
    return fit;
  }

  /**
   * How many times to go over the rows.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit epochs(int epochs) {
    requirePositive("epochs", epochs);
    Fit fit = new Fit(this);
    fit.epochs = epochs;
    return fit;
  }

  /**
   * How many rows make one step. A last batch with fewer rows is trained on as it is, except under the post's rule.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit batchSize(int batchSize) {
    requirePositive("batchSize", batchSize);
    Fit fit = new Fit(this);
    fit.batchSize = batchSize;
    return fit;
  }

  /**
   * The step along the negative gradient.
   *
   * @throws IllegalArgumentException if it is not finite and positive as a float
   */
  public Fit learningRate(double learningRate) {
    if (!((float) learningRate > 0) || !Float.isFinite((float) learningRate)) {
      throw new IllegalArgumentException("learningRate must be finite and positive as a float, but is " + learningRate);
    }
    Fit fit = new Fit(this);
    fit.learningRate = learningRate;
    return fit;
  }

  /** Whether each epoch takes the rows in a random order, which depends on the seed and the epoch alone. */
  public Fit shuffle(boolean shuffle) {
    Fit fit = new Fit(this);
    fit.shuffle = shuffle;
    return fit;
  }

  /** What all random numbers of the fit derive from. The network's initial weights have their own seed. */
  public Fit seed(long seed) {
    Fit fit = new Fit(this);
    fit.seed = seed;
    return fit;
  }

  /**
   * How many threads may work, the calling one among them. Results have the same bits for any number.
   *
   * @throws IllegalArgumentException if not positive
   */
  public Fit threads(int threads) {
    requirePositive("threads", threads);
    Fit fit = new Fit(this);
    fit.threads = threads;
    return fit;
  }

  /** Adds a callback; they run in the order they were added. */
  public Fit onEpoch(Callback callback) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.add(Objects.requireNonNull(callback, "callback"));
    Fit fit = new Fit(this);
    fit.callbacks = List.copyOf(all);
    return fit;
  }

  private static void requirePositive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(Message.of("%s must be positive, but is %d", name, value));
    }
  }

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

  /** The learning rate. */
  public double learningRate() {
    return learningRate;
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
}
