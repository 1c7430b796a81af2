package dev.lanewise.kernel;

import java.util.List;

/** The kernels of losses that go element by element: x is a prediction, y its target. */
record LossOp(String name, Call call, Formula formula, double ulps) implements ElementCall {

  private static final float BOUND = 0.7f;

  static final List<LossOp> ALL = List.of(
      new LossOp(
          "ABSOLUTE_ERROR",
          (k, n, scale, x, xAt, y, yAt, out, outAt) -> k.absoluteError(n, x, xAt, y, yAt, out, outAt),
          (scale, x, y) -> Math.abs(x - y)),
      new LossOp(
          "ABSOLUTE_ERROR_GRADIENT",
          LossKernels::absoluteErrorGradient,
          (scale, x, y) -> (float) (x - y) == 0 ? (float) (x - y) * scale : Math.signum(x - y) * scale),
      new LossOp(
          "HUBER",
          LossKernels::huber,
          (bound, x, y) -> {
            double r = Math.abs((float) (x - y));
            return r <= bound ? (float) (r / 2) * r : bound * (float) (r - bound / 2);
          }),
      new LossOp(
          "HUBER_GRADIENT",
          (k, n, scale, x, xAt, y, yAt, out, outAt) -> k.huberGradient(n, BOUND, scale, x, xAt, y, yAt, out, outAt),
          (scale, x, y) -> Math.clamp((float) (x - y), -BOUND, BOUND) * (double) scale),
      new LossOp(
          "HINGE",
          (k, n, scale, x, xAt, y, yAt, out, outAt) -> k.hinge(n, x, xAt, y, yAt, out, outAt),
          (scale, x, y) -> Math.max(1 - (float) (x * y), 0)),
      new LossOp(
          "HINGE_GRADIENT",
          LossKernels::hingeGradient,
          (scale, x, y) -> (float) (x * y) < 1 ? -y * scale : 0),
      new LossOp(
          "SQUARED_HINGE_GRADIENT",
          LossKernels::squaredHingeGradient,
          (scale, x, y) -> (float) (Math.max(1 - (float) (x * y), 0) * y) * (-2.0 * scale)),
      // Of two parts, which for a y beyond 0 and 1 may be of either sign.
      new LossOp(
          "BINARY_CROSS_ENTROPY",
          (k, n, scale, x, xAt, y, yAt, out, outAt) -> k.binaryCrossEntropy(n, x, xAt, y, yAt, out, outAt),
          (scale, x, y) -> Math.max(x, 0) - x * y + Formulas.softplus(-Math.abs(x)),
          2));

  private LossOp(String name, Call call, Formula formula) {
    this(name, call, formula, 0);
  }

  @FunctionalInterface
  private interface Call {
    void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt);
  }

  @FunctionalInterface
  private interface Formula {
    double of(float scale, double x, double y);
  }

  @Override
  public void run(
      Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    call.run(kernels, n, scale, x, xAt, y, yAt, out, outAt);
  }

  @Override
  public double formula(float scale, double x, double y, double out) {
    return formula.of(scale, x, y);
  }

  @Override
  public double tolerance(double x, double out, double wanted) {
    return ulps * Math.ulp((float) (Math.abs(wanted) + Math.log(2)));
  }

  @Override
  public boolean readsY() {
    return true;
  }

  @Override
  public String toString() {
    return name;
  }
}
