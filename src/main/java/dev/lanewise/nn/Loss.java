package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Message;
import dev.lanewise.kernel.Panels;

/**
 * How far predictions are from their targets, as one number, and its gradient.
 *
 * <p>{@link #value(Matrix, Matrix)} is for looking; the methods over arrays are what training calls. They take rows of cols
 * floats, the first at index {@code at} of every array and the next ld further; every array has room for rows of ld, and what
 * a and delta have between the columns of one row and the next may be overwritten.
 */
public abstract class Loss {

  /** The mean of (prediction − target)² over rows and outputs. Takes any output activation. */
  public static final Loss MSE = new MeanSquaredError();

  /**
   * −Σ target · ln(prediction) over outputs, mean over rows, in nats. The output activation must be softmax, and the
   * targets of a row must add up to 1: the gradient taken, prediction − target, is that of this loss only then.
   */
  public static final Loss CROSS_ENTROPY = new CrossEntropy();

  /**
   * The mean over rows and outputs of −target · ln(prediction) − (1 − target) · ln(1 − prediction), in nats. The output
   * activation must be sigmoid.
   */
  public static final Loss BINARY_CROSS_ENTROPY = new BinaryCrossEntropy();

  private final String name;

  Loss(String name) {
    this.name = name;
  }

  /** The name that files and messages use, in lower case. */
  public final String name() {
    return name;
  }

  /** The built-in loss of this name. */
  public static java.util.Optional<Loss> named(String name) {
    return java.util.stream.Stream.of(MSE, CROSS_ENTROPY, BINARY_CROSS_ENTROPY).filter(a -> a.name.equals(name)).findAny();
  }

  /**
   * The loss of predictions, rows × outputs, against targets of the same shape. A probability of zero counts as the
   * smallest float, so that the value is finite; while training, cross-entropies are computed from z instead.
   *
   * @throws IllegalArgumentException if the shapes differ or there are no rows
   */
  public final double value(Matrix predicted, Matrix target) {
    if (predicted.rows() != target.rows() || predicted.cols() != target.cols()) {
      throw new IllegalArgumentException(
          Message.of("the predictions are %s, but the targets are %s", predicted.shape(), target.shape()));
    }
    if (predicted.rows() == 0) {
      throw new IllegalArgumentException("the loss of no rows is undefined: the predictions are " + predicted.shape());
    }
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
   * columns of one row and the next, it may leave anything.
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
  abstract double term(double predicted, double target);

  final void requireOutput(Activation required, Activation output) {
    if (!output.equals(required)) {
      throw new IllegalArgumentException(
          Message.of("%s needs %s as the last activation, but the network ends in %s", name, required, output));
    }
  }

  /** For a loss whose gradient by z is (a − y) over a number: softmax with cross-entropy, sigmoid with its own. */
  final void meanDifference(int rows, int cols, int ld, int batchRows, float[] a, float[] y, float[] delta, int at) {
    kernels().scaledDifference(rows * ld, meanScale(cols, batchRows), a, at, y, at, delta, at);
  }

  final float meanScale(int cols, int batchRows) {
    return (float) (1.0 / ((double) batchRows * outputsInMean(cols)));
  }

  static double safeLog(double probability) {
    return StrictMath.log(Math.max(probability, Float.MIN_VALUE));
  }

  @Override
  public final String toString() {
    return name;
  }

  private static final class MeanSquaredError extends Loss {
    MeanSquaredError() {
      super("mse");
    }

    @Override
    double term(double predicted, double target) {
      return (predicted - target) * (predicted - target);
    }

    @Override
    public void rowSums(
        int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      kernels().squaredErrors(rows, cols, ld, a, at, y, at, out, outAt);
    }

    @Override
    public void backward(
        int rows, int cols, int ld, int batchRows, Activation output,
        float[] z, float[] a, float[] y, float[] delta, int at) {
      float scale = (float) (2.0 / ((double) batchRows * cols));
      kernels().scaledDifference(rows * ld, scale, a, at, y, at, delta, at);
      output.backward(rows, cols, ld, z, a, delta, at);
    }
  }

  private static final class CrossEntropy extends Loss {
    CrossEntropy() {
      super("cross_entropy");
    }

    @Override
    public void checkOutput(Activation output) {
      requireOutput(Activation.SOFTMAX, output);
    }

    @Override
    double term(double predicted, double target) {
      return target == 0 ? 0 : -target * safeLog(predicted);
    }

    @Override
    public int outputsInMean(int outputs) {
      return 1;
    }

    @Override
    public void rowSums(
        int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      kernels().softmaxCrossEntropy(rows, cols, ld, 1f, z, at, y, at, a, at, out, outAt);
    }

    @Override
    public void backward(
        int rows, int cols, int ld, int batchRows, Activation output,
        float[] z, float[] a, float[] y, float[] delta, int at) {
      meanDifference(rows, cols, ld, batchRows, a, y, delta, at);
    }

    @Override
    public void output(
        int rows, int cols, int ld, int batchRows, Activation output,
        float[] z, float[] a, float[] y, float[] delta, int at, float[] out, int outAt) {
      kernels().softmaxCrossEntropy(
          rows, cols, ld, meanScale(cols, batchRows), z, at, y, at, delta, at, out, outAt);
    }
  }

  private static final class BinaryCrossEntropy extends Loss {
    BinaryCrossEntropy() {
      super("binary_cross_entropy");
    }

    @Override
    public void checkOutput(Activation output) {
      requireOutput(Activation.SIGMOID, output);
    }

    @Override
    double term(double predicted, double target) {
      return -target * safeLog(predicted) - (1 - target) * safeLog(1 - predicted);
    }

    @Override
    public void rowSums(
        int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      kernels().binaryCrossEntropies(rows, cols, ld, z, at, y, at, out, outAt);
    }

    @Override
    public void backward(
        int rows, int cols, int ld, int batchRows, Activation output,
        float[] z, float[] a, float[] y, float[] delta, int at) {
      meanDifference(rows, cols, ld, batchRows, a, y, delta, at);
    }
  }
}
