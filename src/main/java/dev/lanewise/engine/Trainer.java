package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Gather;
import dev.lanewise.kernel.Message;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Team;
import dev.lanewise.nn.Loss;
import dev.lanewise.train.Callback;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import dev.lanewise.train.Source.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * One fit: epochs of batches of
 *
 * <pre>
 *   forwards, loss, δ of the output, backwards     rows of the batch, divided among threads
 *   gradients and their step                       rows of the weights, divided among threads
 * </pre>
 *
 * <p>The threads meet twice a step. What one of them computes does not depend on how many there are: each element of
 * each array has one thread and one order of operations.
 */
public final class Trainer {

  /** Threads get multiples of so many rows. */
  private static final int SHARE = 16;

  /** The most rows that are predicted once more at the end of an epoch. */
  private static final int CHECKED_ROWS = 64;

  /** Below so many multiply-adds a step, meeting costs more than a second thread brings. */
  private static final long WORTH_THREADS = 1L << 20;

  private final ParameterStore store;
  private final Source source;

  /** The source, where its rows can be copied by the threads that work on them. */
  private final Gather gather;

  /** What the source fills where they cannot; its values are checked as they are copied. */
  private final Batch batch;

  private final Fit fit;
  private final Runnable published;
  private final Rule rule;
  private final Loss loss;
  private final List<Dense> layers;
  private final Workspace work;
  private final Team.Task rowsTask = this::rowsPart;
  private final Team.Task weightsTask = this::weightsPart;
  private final float weightStep;
  private float biasStep;
  private int batchRows;

  /** Whether the buffers still hold the last batch that was trained on. */
  private boolean batchIsThere;

  private Trainer(ParameterStore store, Source source, Fit fit, int threads, Runnable published) {
    this.published = published;
    this.store = store;
    this.source = source;
    this.gather = source instanceof Gather rows ? rows : null;
    this.batch = gather == null ? new Batch(capacity(source, fit), source.inputs(), source.outputs()) : null;
    this.fit = fit;
    this.rule = fit.isPublished() ? Rule.PUBLISHED : Rule.EXACT;
    this.loss = fit.loss();
    this.layers = store.layers();
    this.weightStep = (float) fit.learningRate();
    Parameters start = store.acquire();
    try {
      this.work = new Workspace(layers, start, batch, capacity(source, fit), threads);
    } finally {
      store.release(start);
    }
  }

  /**
   * Trains from the current parameters and publishes new ones at the end of each epoch. If an epoch does not end, the
   * parameters stay those of its start.
   *
   * @param published run after each epoch's parameters are published and before its callbacks
   * @throws IllegalArgumentException if the source's rows do not suit, before or while they come
   * @throws ArithmeticException if the loss or a parameter stops being finite
   */
  public static History run(ParameterStore store, Source source, Fit fit, Runnable published) {
    int threads = threads(store.layers(), source, fit);
    Trainer trainer = new Trainer(store, source, fit, threads, published);
    try (Team team = new Team(threads)) {
      return trainer.epochs(team);
    }
  }

  private static int capacity(Source source, Fit fit) {
    return source.rows() < 0 ? fit.batchSize() : (int) Math.min(fit.batchSize(), source.rows());
  }

  private static int threads(List<Dense> layers, Source source, Fit fit) {
    long multiplyAdds = 0;
    for (Dense layer : layers) {
      multiplyAdds += 3L * capacity(source, fit) * layer.inputs() * layer.outputs();
    }
    return multiplyAdds < WORTH_THREADS ? 1 : Math.min(fit.threads(), mostShares(layers, capacity(source, fit)));
  }

  /** How many threads can have a share of their own, of the rows of a batch or of a layer's weights. */
  private static int mostShares(List<Dense> layers, int batchRows) {
    int most = batchRows;
    for (Dense layer : layers) {
      most = Math.max(most, layer.inputs());
    }
    return Math.ceilDiv(most, SHARE);
  }

  private History epochs(Team team) {
    List<Epoch> epochs = new ArrayList<>(Math.min(fit.epochs(), 1 << 16));
    for (int number = 1; number <= fit.epochs(); number++) {
      Epoch epoch = epoch(number, team);
      epochs.add(epoch);
      for (Callback callback : fit.callbacks()) {
        callback.onEpoch(epoch);
      }
    }
    return new History(epochs, team.size());
  }

  private Epoch epoch(int number, Team team) {
    long begin = System.nanoTime();
    double lossSum = 0;
    long rowSum = 0;
    source.begin(store.epochs(), fit.shuffle(), fit.seed());
    for (int batch = 1; fillBatch(); batch++) {
      lossSum += step(number, batch, team);
      rowSum += batchRows;
    }
    if (rowSum == 0) {
      throw new IllegalArgumentException(
          Message.of("the source gave no rows to train on in epoch %d (batches of %d)", number, fit.batchSize()));
    }
    requireFiniteParameters(number);
    requireFiniteLoss(number);
    store.publish(work.packed, work.biases, store.epochs() + 1);
    published.run();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    return new Epoch(number, lossSum / rowSum, seconds, rowSum / seconds);
  }

  /** Reads the next batch, or where it will be copied from; false at the end of the epoch. */
  private boolean fillBatch() {
    int capacity = work.rowLoss.length;
    int rows = gather == null ? source.fill(batch) : gather.advance(capacity);
    if (rows < 0 || rows > capacity) {
      throw new IllegalArgumentException(Message.of("the source filled %d rows of a batch of %d", rows, capacity));
    }
    if (rows == 0 || (rule == Rule.PUBLISHED && rows < fit.batchSize())) {
      batchIsThere = rows == 0 || gather != null;
      return false;
    }
    batchRows = rows;
    biasStep = rule.biasStep(fit.learningRate(), rows);
    return true;
  }

  private void requireFiniteBatch(int epoch, int number) {
    for (boolean finite : work.finite) {
      if (!finite) {
        requireFinite("x", batch.x(), batchRows, source.inputs(), epoch, number);
        requireFinite("y", batch.y(), batchRows, source.outputs(), epoch, number);
      }
    }
  }

  private static void requireFinite(String name, float[] values, int rows, int cols, int epoch, int batch) {
    int at = kernels().firstNonFinite(rows * cols, values, 0);
    if (at >= 0) {
      throw new IllegalArgumentException(
          Message.of(
              "%s has %s in epoch %d, batch %d, row %d of the batch, column %d; values must be finite",
              name, values[at], epoch, batch, at / cols, at % cols));
    }
  }

  /** One batch; returns the sum of its rows' losses. */
  private double step(int epoch, int number, Team team) {
    team.run(rowsTask);
    requireFiniteBatch(epoch, number);
    double sum = 0;
    for (int i = 0; i < batchRows; i++) {
      sum += work.rowLoss[i];
    }
    if (!Double.isFinite(sum)) {
      throw diverged("the loss became " + (Double.isNaN(sum) ? "NaN" : "infinite"), epoch, ", batch " + number);
    }
    team.run(weightsTask);
    return sum / loss.outputsInMean(source.outputs());
  }

  private ArithmeticException diverged(String what, int epoch, String where) {
    return new ArithmeticException(
        Message.of(
            "%s in epoch %d%s (learning rate %s): the network is as it was at the start of that epoch",
            what, epoch, where, fit.learningRate()));
  }

  private void requireFiniteParameters(int epoch) {
    for (int l = 0; l < layers.size(); l++) {
      float[] w = work.packed[l];
      float[] b = work.biases[l];
      if (kernels().firstNonFinite(w.length, w, 0) >= 0 || kernels().firstNonFinite(b.length, b, 0) >= 0) {
        throw diverged("a parameter of layer " + l + " became NaN or infinite", epoch, "");
      }
    }
  }

  /** A last step may leave finite parameters whose predictions are not: some rows of its batch tell. */
  private void requireFiniteLoss(int epoch) {
    if (!batchIsThere) {
      return;
    }
    int rows = Math.min(batchRows, CHECKED_ROWS);
    int last = layers.size() - 1;
    Forward.rows(
        layers, work.packed, work.biases, 0, rows, work.x, 0, Panels.columns(source.inputs()), work.z, work.a);
    Forward.output(layers, 0, rows, work.z, work.a);
    loss.rowSums(
        rows, source.outputs(), Panels.columns(source.outputs()), work.z[last], work.a[last], work.y, 0,
        work.rowLoss, 0);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += work.rowLoss[i];
    }
    if (!Double.isFinite(sum)) {
      throw diverged("the loss became " + (Double.isNaN(sum) ? "NaN" : "infinite"), epoch, ", after its last batch");
    }
  }

  /** Forwards and backwards for a share of the batch's rows, unless one is not finite. */
  private void rowsPart(int index, int parts) {
    int from = bound(batchRows, index, parts);
    int to = bound(batchRows, index + 1, parts);
    if (from == to) {
      return;
    }
    int ldx = Panels.columns(source.inputs());
    int ldy = Panels.columns(source.outputs());
    if (gather != null) { // its values are checked already
      gather.copyRows(from, to, work.x, ldx, work.y, ldy);
    } else {
      work.finite[index] =
          copyFinite(from, to, source.inputs(), batch.x(), work.x, ldx)
              && copyFinite(from, to, source.outputs(), batch.y(), work.y, ldy);
      if (!work.finite[index]) {
        return;
      }
    }
    Forward.rows(layers, work.packed, work.biases, from, to, work.x, 0, ldx, work.z, work.a);
    int last = layers.size() - 1;
    rule.output(
        loss, layers.get(last).activation(), to - from, source.outputs(), ldy, batchRows, work.z[last], work.a[last],
        work.y, work.delta[last], from * ldy, work.rowLoss, from);
    Backward.rows(layers, work.packed, from, to, work.z, work.a, work.delta, work.scratch[index]);
  }

  /** Copies rows to where they are ld apart, if they are not yet; whether all of their values are finite. */
  private static boolean copyFinite(int from, int to, int cols, float[] values, float[] into, int ld) {
    for (int i = from; i < to && ld != cols; i++) {
      System.arraycopy(values, i * cols, into, i * ld, cols);
    }
    return kernels().firstNonFinite((to - from) * cols, values, from * cols) < 0;
  }

  /** A step of descent for a share of each layer's weights and biases. */
  private void weightsPart(int index, int parts) {
    for (int l = 0; l < layers.size(); l++) {
      Dense layer = layers.get(l);
      int from = bound(layer.inputs(), index, parts);
      int to = bound(layer.inputs(), index + 1, parts);
      if (from < to) {
        Backward.descend(
            layer, from, to, weightStep, batchRows, work.input(l), work.delta[l], work.packed[l], work.scratch[index]);
      }
      int biases = work.biases[l].length;
      int fromBias = bound(biases, index, parts);
      int toBias = bound(biases, index + 1, parts);
      if (fromBias < toBias) {
        float[] gradient = work.biasGradients[l];
        Backward.biasGradient(layer, fromBias, toBias, batchRows, work.delta[l], gradient);
        kernels().scaledUpdate(toBias - fromBias, biasStep, gradient, fromBias, work.biases[l], fromBias);
      }
    }
  }

  /** Where part {@code index} of {@code parts} begins, in multiples of {@link #SHARE}. */
  private static int bound(int length, int index, int parts) {
    int share = Math.ceilDiv(Math.ceilDiv(length, parts), SHARE) * SHARE;
    return (int) Math.min(length, (long) share * index);
  }
}
