package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.LossKernels;

/** Losses by how far a prediction is from its target. */
final class Distances {

  private Distances() {}

  static Loss squared() {
    return new Squared();
  }

  static Loss absolute() {
    return new Absolute();
  }

  static Loss huber(double delta) {
    return new Huber(delta);
  }

  private static final class Squared extends Loss {
    Squared() {
      super("mse");
    }

    @Override
    protected double term(double predicted, double target) {
      return (predicted - target) * (predicted - target);
    }

    @Override
    public void rowSums(
        int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      kernels(Extra.SQUARED_ERRORS).squaredErrors(rows, cols, ld, a, at, y, at, out, outAt);
    }

    @Override
    public void backward(
        int rows, int cols, int ld, int batchRows, Activation output,
        float[] z, float[] a, float[] y, float[] delta, int at) {
      float scale = (float) (2.0 / ((double) batchRows * cols));
      kernels(Extra.ELEMENTWISE).scaledDifference(rows * ld, scale, a, at, y, at, delta, at);
      output.backward(rows, cols, ld, z, a, delta, at);
    }
  }

  private static final class Absolute extends ElementLoss {
    Absolute() {
      super("mae", Extra.ABSOLUTE_ERRORS);
    }

    @Override
    protected double term(double predicted, double target) {
      return Math.abs(predicted - target);
    }

    @Override
    void values(LossKernels kernels, int n, float[] a, float[] y, float[] out, int at) {
      kernels.absoluteError(n, a, at, y, at, out, at);
    }

    @Override
    void gradient(LossKernels kernels, int n, float scale, float[] a, float[] y, float[] out, int at) {
      kernels.absoluteErrorGradient(n, scale, a, at, y, at, out, at);
    }
  }

  private static final class Huber extends ElementLoss {
    private final float bound;

    Huber(double delta) {
      super(NumberedName.name("huber", delta, 1), Extra.HUBER);
      this.bound = (float) delta;
    }

    @Override
    protected double term(double predicted, double target) {
      double r = Math.abs(predicted - target);
      return r <= bound ? r * r / 2 : bound * (r - bound / 2.0);
    }

    @Override
    void values(LossKernels kernels, int n, float[] a, float[] y, float[] out, int at) {
      kernels.huber(n, bound, a, at, y, at, out, at);
    }

    @Override
    void gradient(LossKernels kernels, int n, float scale, float[] a, float[] y, float[] out, int at) {
      kernels.huberGradient(n, bound, scale, a, at, y, at, out, at);
    }
  }
}
