package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/** Losses of probabilities, computed from z: the output's activation and the loss undo each other, and delta is a − y. */
final class CrossEntropies {

  /** By how much the targets of a row may miss 1 in sum. */
  private static final double SUM_TOLERANCE = 1e-3;

  private CrossEntropies() {}

  static Loss ofClasses() {
    return new CrossEntropy();
  }

  static Loss binary() {
    return new BinaryCrossEntropy();
  }

  private static final class CrossEntropy extends Loss {
    CrossEntropy() {
      super("cross_entropy");
    }

    @Override
    public String domain() {
      return "must not be negative, and those of a row add up to 1";
    }

    @Override
    public int outside(int cols, float[] y, int at) {
      double sum = 0;
      for (int j = 0; j < cols; j++) {
        if (!(y[at + j] >= 0)) {
          return j;
        }
        sum += y[at + j];
      }
      return Math.abs(sum - 1) <= SUM_TOLERANCE ? -1 : cols;
    }

    @Override
    public void checkOutput(Activation output) {
      requireOutput(output, Activation.SOFTMAX);
    }

    @Override
    protected double term(double predicted, double target) {
      return target == 0 ? 0 : -target * safeLog(predicted);
    }

    @Override
    public int outputsInMean(int outputs) {
      return 1;
    }

    private static Kernels softmaxKernels(int ld) {
      return kernels(ld <= Panels.NARROW ? Extra.CROSS_ENTROPY : Extra.WIDE_CROSS_ENTROPY);
    }

    @Override
    public void rowSums(
        int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      softmaxKernels(ld).softmaxCrossEntropy(rows, cols, ld, 1f, z, at, y, at, a, at, out, outAt);
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
      softmaxKernels(ld).softmaxCrossEntropy(
          rows, cols, ld, meanScale(cols, batchRows), z, at, y, at, delta, at, out, outAt);
    }
  }

  private static final class BinaryCrossEntropy extends Loss {
    BinaryCrossEntropy() {
      super("binary_cross_entropy");
    }

    @Override
    public String domain() {
      return "must be from 0 to 1";
    }

    @Override
    public int outside(int cols, float[] y, int at) {
      for (int j = 0; j < cols; j++) {
        if (!(y[at + j] >= 0 && y[at + j] <= 1)) {
          return j;
        }
      }
      return -1;
    }

    @Override
    public void checkOutput(Activation output) {
      requireOutput(output, Activation.SIGMOID);
    }

    @Override
    protected double term(double predicted, double target) {
      return -target * safeLog(predicted) - (1 - target) * safeLog(1 - predicted);
    }

    @Override
    public void rowSums(
        int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      Kernels kernels = kernels(Extra.BINARY_CROSS_ENTROPY);
      if (kernels.vectorBits() > Float.SIZE) {
        kernels.binaryCrossEntropy(rows * ld, z, at, y, at, a, at);
      } else { // lane by lane, of one output and what pads it that would take sixteen times as long
        for (int i = at; i < at + rows * ld; i += ld) {
          kernels.binaryCrossEntropy(cols, z, i, y, i, a, i);
        }
      }
      kernels.rowTotals(rows, cols, ld, a, at, out, outAt);
    }

    @Override
    public void backward(
        int rows, int cols, int ld, int batchRows, Activation output,
        float[] z, float[] a, float[] y, float[] delta, int at) {
      meanDifference(rows, cols, ld, batchRows, a, y, delta, at);
    }
  }
}
