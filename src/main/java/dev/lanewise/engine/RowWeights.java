package dev.lanewise.engine;

import dev.lanewise.kernel.Gather;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source.Batch;
import dev.lanewise.train.Source;
import java.util.Arrays;

/** How much each row of a batch counts: its own weight, times that of its class. The loss of a batch is Σ wᵢ lᵢ / Σ wᵢ. */
final class RowWeights {

  /** How far the shares of classes, which are floats, may be from 1 together. */
  private static final double ROUNDING = 1e-3;

  private final Fit fit;
  private final int outputs;

  /** The targets that the loss has for a class and for none. */
  private final float isClass;

  private final float isNone;

  /** The source, where its rows are in memory. */
  private final Gather gather;

  /** Of each class; null where the class does not matter. */
  private final double[] classWeights;

  /** The classes of a batch, where they matter and the source knows them. */
  private final int[] labels;

  private final float[] weights;
  private boolean used;
  private double sum;

  /** What the gradient of each row is multiplied by, that of a batch being a mean over its rows. */
  final float[] factors;

  RowWeights(Source source, Fit fit, int capacity) {
    this.fit = fit;
    this.outputs = source.outputs();
    this.isClass = fit.loss().targetOf(true);
    this.isNone = fit.loss().targetOf(false);
    this.gather = source instanceof Gather inMemory ? inMemory : null;
    this.classWeights = fit.classWeights().isPresent() ? fit.classWeights().get().forRows(source) : null;
    labels = new int[capacity];
    weights = new float[capacity];
    factors = new float[capacity];
  }

  /** Whether rows count for anything but once. */
  boolean isUsed() {
    return used;
  }

  /** What all rows of the batch count together. */
  double sum() {
    return sum;
  }

  double of(int row) {
    return used ? weights[row] : 1;
  }

  /**
   * Takes those of the next batch of so many rows.
   *
   * @param batch where the rows are, unless they are in memory
   * @param number that of the batch in its epoch, for messages
   * @throws IllegalArgumentException under the post's rule if there are any, if one that a source wrote is negative or not finite, or if a
   *     row's class has none
   */
  void next(int rows, Batch batch, int epoch, long number) {
    boolean own = gather == null ? batch.weights() != null : gather.isWeighted();
    used = own || classWeights != null;
    sum = rows;
    if (!used) {
      return;
    }
    if (fit.isPublished()) {
      throw new IllegalArgumentException("the post's rule counts each row once, but rows have weights: use Fit.with(loss)");
    }
    if (!own) {
      Arrays.fill(weights, 0, rows, 1f);
    } else if (gather == null) {
      System.arraycopy(batch.weights(), 0, weights, 0, rows);
      requireWeights(rows, epoch, number); // a source may write into the array itself
    } else {
      gather.copyWeights(rows, weights);
    }
    if (classWeights != null) {
      weighClasses(rows, batch);
    }
    sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += weights[i];
    }
    double scale = sum > 0 ? rows / sum : 0;
    for (int i = 0; i < rows; i++) {
      factors[i] = (float) (weights[i] * scale);
    }
  }

  private void requireWeights(int rows, int epoch, long number) {
    for (int i = 0; i < rows; i++) {
      if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
        Require.notNegative(Message.of("the weight in epoch %d, batch %d, row %d of the batch", epoch, number, i), weights[i]);
      }
    }
  }

  private void weighClasses(int rows, Batch batch) {
    if (gather != null) {
      gather.copyLabels(rows, labels);
    }
    for (int i = 0; i < rows; i++) {
      if (gather != null) {
        weigh(i, classWeights[labels[i]]);
      } else if (hasFiniteTargets(batch.y(), i * outputs)) { // others are refused with the batch, by their row and column
        requireClass(batch.y(), i);
        weigh(i, ofTargets(batch.y(), i * outputs));
      }
    }
  }

  private void weigh(int row, double ofClass) {
    float own = weights[row];
    weights[row] = own * (float) ofClass;
    boolean isLost = weights[row] == 0 && own > 0 && ofClass > 0;
    if (isLost || weights[row] == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          Message.of(
              "class weights make row %d of a batch count %s times: the weights of rows and classes must be %s",
              row, weights[row], isLost ? "larger" : "smaller"));
    }
  }

  /** Refuses targets that are neither those of a class nor a mixture of such: they would have any weight, also none. */
  private void requireClass(float[] y, int row) {
    double sum = 0;
    boolean isBetween = true;
    for (int j = 0; j < outputs; j++) {
      double share = share(y[row * outputs + j]);
      isBetween &= share >= -ROUNDING && share <= 1 + ROUNDING;
      sum += share;
    }
    if (!isBetween || (outputs > 1 && Math.abs(sum - 1) > ROUNDING)) {
      throw new IllegalArgumentException(
          Message.of("with class weights the targets of a row must be those of a class, but those of row %d of a batch are %s",
              row, Arrays.toString(Arrays.copyOfRange(y, row * outputs, (row + 1) * outputs))));
    }
  }

  private boolean hasFiniteTargets(float[] y, int at) {
    for (int j = at; j < at + outputs; j++) {
      if (!Float.isFinite(y[j])) {
        return false;
      }
    }
    return true;
  }

  /** The weight of the class that a row's targets stand for; a mixture of classes has a mixture of weights. */
  private double ofTargets(float[] y, int at) {
    if (outputs == 1) {
      double share = Math.clamp(share(y[at]), 0.0, 1.0); // rounding may have it outside, and a weight is never negative
      return (1 - share) * classWeights[0] + share * classWeights[1];
    }
    double weight = 0;
    for (int j = 0; j < outputs; j++) {
      weight += Math.max(0, share(y[at + j])) * classWeights[j];
    }
    return weight;
  }

  /** How much of a row is of a class, by where its target lies between that of none and that of one. */
  private double share(float target) {
    return ((double) target - isNone) / ((double) isClass - isNone);
  }
}
