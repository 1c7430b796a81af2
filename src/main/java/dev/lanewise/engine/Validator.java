package dev.lanewise.engine;

import dev.lanewise.kernel.Team;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Validation;

/**
 * The loss of the rows that a fit does not train on and, where they have labels, the share of them that is in its class: in one pass,
 * divided among the threads of the fit.
 */
final class Validator {

  private final ParameterStore store;
  private final Inference inference;
  private final Validation validation;
  private final Matrix targets;
  private final Loss loss;

  private final float[] rowLoss;

  /** Null without labels. */
  private final int[] classes;

  private final Team.Task task = this::part;

  /** What {@link #part} reads, for as long as {@link #run} lasts. */
  private Parameters parameters;

  /**
   * What came out.
   *
   * @param loss the mean of the rows; infinite where that is NaN, which stands for no rows
   * @param accuracy NaN without labels, or where an output is NaN, which is in no class
   */
  record Result(double loss, double accuracy) {

    /** Of a fit that has no such rows. */
    static final Result NONE = new Result(Double.NaN, Double.NaN);
  }

  /** For a network of so many outputs. */
  Validator(ParameterStore store, Inference inference, Validation validation, int outputs, Loss loss) {
    this.store = store;
    this.inference = inference;
    this.validation = validation;
    this.loss = loss;
    this.targets = validation.targets(outputs, loss);
    this.rowLoss = new float[validation.x().rows()];
    this.classes = validation.isLabelled() ? new int[rowLoss.length] : null;
  }

  /** Evaluates the published parameters. */
  Result run(Team team) {
    parameters = store.acquire();
    try {
      team.run(task);
    } finally {
      store.release(parameters);
      parameters = null;
    }
    store.wasRead(Math.ceilDiv(rowLoss.length, inference.blockRows()));
    double mean = inference.mean(loss, rowLoss);
    if (Double.isNaN(mean)) {
      return new Result(Double.POSITIVE_INFINITY, Double.NaN);
    }
    boolean areClasses = classes != null && Inference.rowWithoutClass(classes) < 0;
    return new Result(mean, areClasses ? validation.accuracy(classes) : Double.NaN);
  }

  private void part(int index, int parts) {
    int from = Share.bound(rowLoss.length, index, parts);
    int to = Share.bound(rowLoss.length, index + 1, parts);
    inference.rows(parameters, from, to, validation.x(), targets, loss, rowLoss, classes);
  }
}
