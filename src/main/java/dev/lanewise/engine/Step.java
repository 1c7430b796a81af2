package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Team;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Normalization;
import java.util.ArrayList;
import java.util.List;

/**
 * The first half of a step of training: forwards, loss, backwards, until every layer has its δ.
 *
 * <p>It is a list of phases at whose ends the threads meet. In a phase of rows each has rows of its own, through as many layers
 * as there are. Phases of columns come in between where batch normalisation sums over the whole batch, and for products that {@link
 * Share#isByColumns} divides so.
 */
final class Step {

  /** Something that a thread does with rows {@code from} to {@code to} of the batch, or with such columns. */
  @FunctionalInterface
  private interface Piece {
    void run(int from, int to, int thread);
  }

  private final Workspace work;
  private final Batches batches;
  private final Rule rule;
  private final Loss loss;
  private final Dropout dropout;
  private final UncountedRows uncounted;
  private final List<Team.Task> phases = new ArrayList<>();
  private List<Piece> rows = new ArrayList<>();

  Step(Workspace work, Batches batches, Rule rule, Loss loss) {
    this.work = work;
    this.batches = batches;
    this.rule = rule;
    this.loss = loss;
    this.dropout = new Dropout(work.layers.length);
    this.uncounted = new UncountedRows(work, batches.weights);
    for (int l = 0; l < work.layers.length; l++) {
      forward(l);
    }
    rows.add(this::output);
    for (int l = work.layers.length - 1; l >= 0; l--) {
      backward(l);
    }
    meet();
  }

  // -------------------------------------------------------------------------------------------------------- the phases

  private void forward(int l) {
    LayerWork w = work.layers[l];
    LayerParameters p = work.parameters[l];
    int n = w.layer.outputs();
    int inputAt = inputAt(l);
    int lda = inputStride(l);
    if (isByColumns(n, w.layer.inputs())) {
      columns(n, Panels.GROUP, (from, to, thread) ->
          Forward.sums(
              p, 0, batches.rows(), from, to, input(l, thread), inputAt, lda, w.sums(), w.at(0), w.ld, work.scratch[thread]));
    } else {
      rows.add((from, to, thread) ->
          Forward.sums(p, from, to, 0, n, input(l, thread), inputAt, lda, w.sums(), w.at(0), w.ld, work.scratch[thread]));
    }
    if (w.layer.normalization() == Normalization.BATCH) {
      columns(Panels.columns(n), Share.UNIT, (from, to, thread) -> Normalize.moments(w, p, batches, from, to));
    }
    if (w.layer.isNormalized()) {
      rows.add((from, to, thread) -> Normalize.forward(w, p, from, to));
    }
    if (w != work.last()) {
      rows.add((from, to, thread) -> Forward.activation(w.layer, from, to, w.z, w.a, w.at(0), w.ld));
      if (w.layer.dropout() > 0) {
        rows.add((from, to, thread) -> dropout.apply(l, w, from, to, w.a, w.out));
      }
    }
  }

  private void backward(int l) {
    LayerWork w = work.layers[l];
    LayerParameters p = work.parameters[l];
    if (w != work.last()) {
      LayerWork next = work.layers[l + 1];
      LayerParameters nextP = work.parameters[l + 1];
      int n = w.layer.outputs();
      if (isByColumns(n, next.layer.outputs())) {
        columns(
            n,
            Panels.GROUP,
            (from, to, thread) ->
                Backward.delta(next, nextP, batches.rows(), 0, batches.rows(), from, to, w, work.scratch[thread]));
      } else {
        rows.add((from, to, thread) ->
            Backward.delta(next, nextP, batches.rows(), from, to, 0, n, w, work.scratch[thread]));
      }
      if (w.layer.dropout() > 0) {
        rows.add((from, to, thread) -> dropout.apply(l, w, from, to, w.deltaZ, w.deltaZ));
      }
      rows.add((from, to, thread) -> Backward.activation(w, from, to));
      if (w.layer.activation().isOwn()) {
        rows.add((from, to, thread) -> uncounted.clearError(w, from, to));
      }
    }
    if (w.layer.normalization() == Normalization.BATCH) {
      int columns = Panels.columns(w.layer.outputs());
      columns(columns, Share.UNIT, (from, to, thread) -> Normalize.gradients(w, batches.rows(), from, to));
    }
    if (w.layer.isNormalized()) {
      rows.add((from, to, thread) -> Normalize.backward(w, p, from, to));
    }
  }

  private void output(int from, int to, int thread) {
    LayerWork w = work.last();
    int at = w.at(from);
    rule.output(
        loss, w.layer.activation(), to - from, w.layer.outputs(), batches.ldy, batches.rows(), w.z, w.a, batches.y(thread),
        w.deltaZ, at, work.rowLoss, from);
    if (batches.weights.isUsed()) {
      kernels(Extra.ROW_WEIGHTS).scaleRows(to - from, batches.ldy, batches.weights.factors, from, w.deltaZ, at);
      uncounted.clear(from, to);
    }
  }

  private boolean isByColumns(int columns, int terms) {
    return Share.isByColumns(batches.capacity(), columns, terms, work.threads());
  }

  /** The input of a layer, for this thread: the batch, or what dropout leaves of the activations before. */
  float[] input(int l, int thread) {
    return l == 0 ? batches.x(thread) : work.layers[l - 1].out;
  }

  /** Where that begins. */
  int inputAt(int l) {
    return l == 0 ? batches.xAt : work.layers[l - 1].at(0);
  }

  /** From one row of that to the next. */
  int inputStride(int l) {
    return l == 0 ? batches.ldx : work.layers[l - 1].ld;
  }

  /** Ends a phase of rows. The first of all begins with the batch, of which each thread copies its rows. */
  private void meet() {
    List<Piece> all = rows;
    boolean copies = phases.isEmpty();
    if (all.isEmpty() && !copies) {
      return;
    }
    rows = new ArrayList<>();
    phases.add((index, parts) -> {
      int from = Share.bound(batches.rows(), index, parts);
      int to = Share.bound(batches.rows(), index + 1, parts);
      if (from < to && !(copies && !batches.copy(from, to, index))) {
        for (int i = 0; i < all.size(); i++) {
          all.get(i).run(from, to, index);
        }
      }
    });
  }

  /**
   * A phase of columns, in multiples of so many. If it is the first of all, it begins with the batch, where each thread may copy that for
   * itself.
   */
  private void columns(int length, int unit, Piece piece) {
    boolean copies = phases.isEmpty() && rows.isEmpty() && batches.copyForEach();
    if (!copies) {
      meet();
    }
    phases.add((index, parts) -> {
      int from = Share.bound(length, unit, index, parts);
      int to = Share.bound(length, unit, index + 1, parts);
      if (copies) {
        batches.copyAll(index, parts);
      }
      if (from < to) {
        piece.run(from, to, index);
      }
    });
  }

  // ------------------------------------------------------------------------------------------------------------ running

  /** Draws anew what the steps of an epoch leave out. */
  void beginEpoch(long seed, long epoch) {
    dropout.beginEpoch(seed, epoch);
  }

  /** The sum of the losses of the first rows of the batch, each as often as the row counts. */
  double lossSum(int rows) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double weight = batches.weights.of(i);
      sum += weight == 0 ? 0 : work.rowLoss[i] * weight; // ∞ · 0 is NaN, but such a row does not count
    }
    return sum;
  }

  /**
   * The same of the first rows with the parameters as they are by now, predicted as for anybody who asks. Only their losses are computed by
   * a step's kernel: softmax by itself, asked for once an epoch, would have its own compiled in the end, by a thread more than there may be
   * processors.
   */
  double lossNow(int rows) {
    LayerWork last = work.last();
    int at = last.at(0);
    // rowLoss is where layer normalisation leaves its factors here: the losses come after it.
    Forward.rows(
        work.parameters, rows, batches.x(0), batches.xAt, batches.ldx, work.z, work.a, at, work.rowLoss, work.scratch[0]);
    rule.output(
        loss, last.layer.activation(), rows, last.layer.outputs(), batches.ldy, rows, last.z, last.a, batches.y(0), last.deltaZ, at,
        work.rowLoss, 0);
    return lossSum(rows);
  }

  /**
   * One batch; returns the sum of its rows' losses, each as often as the row counts.
   *
   * @throws IllegalArgumentException if a value of the batch is not finite
   */
  double run(Team team, int epoch, long number) {
    dropout.nextBatch();
    team.run(phases.getFirst());
    batches.requireFinite(epoch, number);
    for (int i = 1; i < phases.size(); i++) {
      team.run(phases.get(i));
    }
    return lossSum(batches.rows());
  }
}
