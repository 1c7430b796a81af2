package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Panels;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far predictions are from their targets, as one number, and its gradient.
 *
 * <p>{@link #value(Matrix, Matrix)} is for looking; the methods over arrays are what training calls. They take rows of cols
 * floats, the first at index {@code at} of every array and the next ld further; every array has room for rows of ld, and what
 * a and delta have between the columns of one row and the next may be overwritten.
 */
public abstract class Loss {

  /** The mean of (prediction − target)² over rows and outputs. Takes any output activation. */
  public static final Loss MSE = Distances.squared();

  /**
   * −Σ target · ln(prediction) over outputs, mean over rows, in nats. The output activation must be softmax, and the
   * targets of a row must add up to 1: the gradient taken, prediction − target, is that of this loss only then.
   */
  public static final Loss CROSS_ENTROPY = CrossEntropies.ofClasses();

  /**
   * The mean over rows and outputs of −target · ln(prediction) − (1 − target) · ln(1 − prediction), in nats. The output
   * activation must be sigmoid.
   */
  public static final Loss BINARY_CROSS_ENTROPY = CrossEntropies.binary();

  /** The mean of |prediction − target| over rows and outputs. Takes any output activation. */
  public static final Loss MAE = Distances.absolute();

  /** {@link #huber} with δ = 1. */
  public static final Loss HUBER = huber(1);

  /**
   * The mean over rows and outputs of max(1 − target · prediction, 0), for targets of −1 and 1: class labels are one against the
   * rest. The output activation must be identity or tanh (Cortes, Vapnik: Support-Vector Networks, 1995).
   */
  public static final Loss HINGE = Hinges.hinge();

  /** The mean over rows and outputs of max(1 − target · prediction, 0)², with targets and outputs as {@link #HINGE}. */
  public static final Loss SQUARED_HINGE = Hinges.squared();

  private static final List<Loss> BUILT_IN =
      List.of(MSE, CROSS_ENTROPY, BINARY_CROSS_ENTROPY, MAE, HUBER, HINGE, SQUARED_HINGE);

  private final String name;

  /**
   * A loss of one's own, to be checked by {@link GradientCheck}. Files know it by its name only.
   *
   * @param name as files and messages shall have it, in lower case
   * @throws IllegalArgumentException if the name is blank or has control characters, or a built-in one has it, which a file would be read
   *     as
   */
  protected Loss(String name) {
    this.name = Require.name("a loss", Objects.requireNonNull(name, "name"));
    boolean isOwn = !getClass().getPackageName().equals(Loss.class.getPackageName());
    if (isOwn && named(name).isPresent()) {
      throw new IllegalArgumentException(Message.of("there is a built-in loss \"%s\": one of your own needs another name", name));
    }
  }

  /**
   * The mean over rows and outputs of ½ r² for r = prediction − target where |r| ≤ δ, else δ (|r| − ½ δ) (Huber, 1964). Takes any
   * output activation.
   *
   * @throws IllegalArgumentException if δ is not finite and positive as a float
   */
  public static Loss huber(double delta) {
    return Distances.huber(Require.positive("delta", delta));
  }

  /** The built-in loss of this name, as {@link #name} gives it; none where its number is one that {@link #huber} refuses. */
  public static Optional<Loss> named(String name) {
    Objects.requireNonNull(name, "name");
    Optional<Loss> plain = BUILT_IN.stream().filter(loss -> loss.name.equals(name)).findFirst();
    return plain.isPresent()
        ? plain
        : NumberedName.of(name).filter(number -> number.kind().equals("huber")).flatMap(number -> number.make(Loss::huber));
  }

  /** The name that files and messages use, in lower case. */
  public final String name() {
    return name;
  }

  /**
   * The loss of predictions, rows × outputs, against targets of the same shape. A probability of zero counts as the
   * smallest float, so that the value is finite; while training, cross-entropies are computed from z instead.
   *
   * @throws IllegalArgumentException if the shapes differ, there are no rows, or a target is outside the {@link #domain} or not finite
   */
  public final double value(Matrix predicted, Matrix target) {
    if (predicted.rows() != target.rows() || predicted.cols() != target.cols()) {
      throw new IllegalArgumentException(
          Message.of("the predictions are %s, but the targets are %s", predicted.shape(), target.shape()));
    }
    if (predicted.rows() == 0) {
      throw new IllegalArgumentException("the loss of no rows is undefined: the predictions are " + predicted.shape());
    }
    checkTargets("the target", target);
    target.requireFinite("the target"); // which no domain says that is none
    double sum = 0;
    float[] p = predicted.data();
    float[] y = target.data();
    for (int i = 0; i < p.length; i++) {
      sum += term(p[i], y[i]);
    }
    return sum / predicted.rows() / outputsInMean(predicted.cols());
  }

  /**
   * Refuses an output activation that this loss does not fit.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void checkOutput(Activation output) {}

  /**
   * The target of an output for rows that are of its class, and for rows that are not: 1 and 0 unless a loss wants others. The first has to
   * be the larger, as the largest output is the class, and both and their sum finite: a fit refuses others.
   */
  public float targetOf(boolean isClass) {
    return isClass ? 1f : 0f;
  }

  /**
   * The targets of rows with class labels, rows × outputs: of a label c {@link #targetOf} true in column c and false elsewhere; with one
   * output, that of whether the label is 1.
   *
   * @param labels for each row 0..outputs − 1, or 0 and 1 for one output
   * @throws IllegalArgumentException if one is another
   */
  public final Matrix targets(int[] labels, int outputs) {
    Matrix targets = Matrix.zeros(labels.length, outputs);
    int classes = Math.max(2, outputs);
    for (int i = 0; i < labels.length; i++) {
      Require.label("label", labels[i], i, classes);
      for (int j = 0; j < outputs; j++) {
        targets.data()[i * outputs + j] = targetOf(labels[i] == (outputs == 1 ? 1 : j));
      }
    }
    return targets;
  }

  /** From which activation on a single output says that a row is of the class: midway between the two targets. */
  public final float threshold() {
    return (targetOf(true) + targetOf(false)) / 2;
  }

  /** What targets may be, as in {@code "must be -1 or 1"}; null where they may be any finite number. */
  public String domain() {
    return null;
  }

  /**
   * The column of a value of a row outside the {@link #domain}, or −1. It is {@code cols} where each value may be there, but not
   * what they add up to.
   */
  public int outside(int cols, float[] y, int at) {
    return -1;
  }

  /**
   * Refuses targets outside the domain of this loss.
   *
   * @param title what to call them
   * @param y rows × outputs
   * @throws IllegalArgumentException naming the first row and column, or the first row and what it adds up to
   */
  public final void checkTargets(String title, Matrix y) {
    for (int i = 0; domain() != null && i < y.rows(); i++) {
      int column = outside(y.cols(), y.data(), i * y.cols());
      if (column >= 0) {
        String what =
            column == y.cols()
                ? Message.of("adds up to %s in row %d", sum(y.row(i)), i)
                : Message.of("has %s in row %d, column %d", y.get(i, column), i, column);
        throw new IllegalArgumentException(Message.of("%s %s; targets of %s %s", title, what, name, domain()));
      }
    }
  }

  /** What a row adds up to, rounded once. */
  private static float sum(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += value;
    }
    return (float) sum;
  }

  /**
   * out[outAt + i] = the loss of row i times what the mean over outputs divides by; see {@link #outputsInMean}. May
   * overwrite a.
   */
  public abstract void rowSums(
      int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt);

  /** By what a row's sum is divided: the number of outputs, or 1 where a row's loss is a sum. */
  public int outputsInMean(int outputs) {
    return outputs;
  }

  /**
   * delta = the gradient by z of this loss over a batch of {@code batchRows} rows, of which these are some. Between the
   * columns of one row and the next, it may leave anything. Most losses put the gradient by a there, of the mean over the batch, and have
   * {@code output.backward(rows, cols, ld, z, a, delta, at)} make that by z of it.
   *
   * @param output the output activation; a = output(z)
   */
  public abstract void backward(
      int rows, int cols, int ld, int batchRows, Activation output,
      float[] z, float[] a, float[] y, float[] delta, int at);

  /**
   * All that a step of training needs of the output, given z: the activation, {@link #rowSums} and {@link #backward}, and
   * zero between the columns of one row of delta and the next. A loss that can do that in one go overrides this, and need
   * not leave anything in a.
   *
   * @param batchRows the rows of the batch, of which these are some
   * @param a where the outputs go; another array than z
   * @param out where the rows' losses go, from index {@code outAt} on
   */
  public void output(
      int rows, int cols, int ld, int batchRows, Activation output,
      float[] z, float[] a, float[] y, float[] delta, int at, float[] out, int outAt) {
    output.apply(rows, cols, ld, z, a, at);
    backward(rows, cols, ld, batchRows, output, z, a, y, delta, at);
    Panels.clearPadding(rows, cols, ld, delta, at);
    rowSums(rows, cols, ld, z, a, y, at, out, outAt);
  }

  /** One element of {@link #value}, before any division. */
  protected abstract double term(double predicted, double target);

  final void requireOutput(Activation output, Activation... allowed) {
    if (!List.of(allowed).contains(output)) {
      String names = Arrays.stream(allowed).map(Activation::name).collect(Collectors.joining(" or "));
      throw new IllegalArgumentException(
          Message.of("%s needs %s as the last activation, but the network ends in %s", name, names, output));
    }
  }

  /** For a loss whose gradient by z is (a − y) over a number: softmax with cross-entropy, sigmoid with its own. */
  final void meanDifference(int rows, int cols, int ld, int batchRows, float[] a, float[] y, float[] delta, int at) {
    kernels(Extra.ELEMENTWISE).scaledDifference(rows * ld, meanScale(cols, batchRows), a, at, y, at, delta, at);
  }

  final float meanScale(int cols, int batchRows) {
    return (float) (1.0 / ((double) batchRows * outputsInMean(cols)));
  }

  static double safeLog(double probability) {
    return StrictMath.log(Math.max(probability, Float.MIN_VALUE));
  }

  /** Equal when it is of the same kind with the same numbers. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Loss that && getClass() == that.getClass() && name.equals(that.name);
  }

  @Override
  public final int hashCode() {
    return name.hashCode();
  }

  @Override
  public final String toString() {
    return name;
  }
}
