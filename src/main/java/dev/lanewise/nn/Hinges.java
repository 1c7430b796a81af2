package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.LossKernels;

/** Losses of a margin: nothing is lost where target · prediction is 1 or more. */
final class Hinges {

  private Hinges() {}

  static Loss hinge() {
    return new Hinge();
  }

  static Loss squared() {
    return new Squared();
  }

  private abstract static class Margin extends ElementLoss {
    Margin(String name) {
      super(name, Extra.HINGES);
    }

    @Override
    public final void checkOutput(Activation output) {
      requireOutput(output, Activation.IDENTITY, Activation.TANH);
    }

    @Override
    public final float targetOf(boolean isClass) {
      return isClass ? 1f : -1f;
    }

    @Override
    public final String domain() {
      return "must be -1 or 1";
    }

    @Override
    public final int outside(int cols, float[] y, int at) {
      for (int j = 0; j < cols; j++) {
        if (Math.abs(y[at + j]) != 1f) {
          return j;
        }
      }
      return -1;
    }
  }

  private static final class Hinge extends Margin {
    Hinge() {
      super("hinge");
    }

    @Override
    protected double term(double predicted, double target) {
      return Math.max(1 - target * predicted, 0);
    }

    @Override
    void values(LossKernels kernels, int n, float[] a, float[] y, float[] out, int at) {
      kernels.hinge(n, a, at, y, at, out, at);
    }

    @Override
    void gradient(LossKernels kernels, int n, float scale, float[] a, float[] y, float[] out, int at) {
      kernels.hingeGradient(n, scale, a, at, y, at, out, at);
    }
  }

  private static final class Squared extends Margin {
    Squared() {
      super("squared_hinge");
    }

    @Override
    protected double term(double predicted, double target) {
      double missing = Math.max(1 - target * predicted, 0);
      return missing * missing;
    }

    @Override
    void values(LossKernels kernels, int n, float[] a, float[] y, float[] out, int at) {
      kernels.hinge(n, a, at, y, at, out, at);
      kernels(Extra.ELEMENTWISE).hadamard(n, out, at, out, at, out, at);
    }

    @Override
    void gradient(LossKernels kernels, int n, float scale, float[] a, float[] y, float[] out, int at) {
      kernels.squaredHingeGradient(n, scale, a, at, y, at, out, at);
    }
  }
}
