package dev.lanewise.kernel;

import java.util.List;

/** The kernels of the activations that few networks have. A scale is their slope or α. */
record ActivationOp(String name, Call call, Formula formula, Result result) implements ElementCall {

  static final List<ActivationOp> ALL = List.of(
      new ActivationOp(
          "LEAKY_RELU",
          (k, n, slope, x, xAt, out, outAt) -> k.leakyRelu(n, slope, x, xAt, out, outAt),
          (slope, x) -> x > 0 ? x : slope * x, Result.within(0)),
      new ActivationOp(
          "LEAKY_RELU_BACKWARD",
          (k, n, slope, z, zAt, delta, deltaAt) -> k.leakyReluBackward(n, slope, z, zAt, delta, deltaAt),
          (slope, z) -> z > 0 ? 1 : slope, Result.timesFactorWithin(0)),
      // What e^x − 1 is wrong by may be twice as many units of its product with α; that is rounded again.
      new ActivationOp(
          "ELU",
          (k, n, alpha, x, xAt, out, outAt) -> k.elu(n, alpha, x, xAt, out, outAt),
          (alpha, x) -> x >= 0 ? x : alpha * StrictMath.expm1(x), Result.within(2 * 0.95 + 0.5)),
      new ActivationOp(
          "ELU_PRIME",
          (k, n, alpha, x, xAt, out, outAt) -> k.eluPrime(n, alpha, x, xAt, out, outAt),
          (alpha, x) -> x > 0 ? 1 : alpha * StrictMath.exp(x), Result.within(2 * 1.01 + 0.5)),
      new ActivationOp(
          "ELU_BACKWARD",
          (k, n, alpha, a, aAt, delta, deltaAt) -> k.eluBackward(n, alpha, a, aAt, delta, deltaAt),
          (alpha, a) -> a > 0 ? 1 : a + alpha, Result.timesFactorWithin(0)),
      new ActivationOp(
          "SOFTPLUS",
          (k, n, scale, x, xAt, out, outAt) -> k.softplus(n, x, xAt, out, outAt),
          (scale, x) -> Formulas.softplus(x), Result.within(1.95)),
      new ActivationOp(
          "SOFTPLUS_BACKWARD",
          (k, n, scale, a, aAt, delta, deltaAt) -> k.softplusBackward(n, a, aAt, delta, deltaAt),
          (scale, a) -> -StrictMath.expm1(-a), Result.timesFactorWithin(0x1p-23).from(0)),
      new ActivationOp(
          "SILU",
          (k, n, scale, x, xAt, out, outAt) -> k.silu(n, x, xAt, out, outAt),
          (scale, x) -> Formulas.silu(x), Result.within(3.3)),
      new ActivationOp(
          "SILU_BACKWARD",
          (k, n, scale, z, zAt, delta, deltaAt) -> k.siluBackward(n, z, zAt, delta, deltaAt),
          (scale, z) -> Formulas.siluPrime(z), Result.timesFactorWithin(0x1p-23)),
      new ActivationOp(
          "GELU",
          (k, n, scale, x, xAt, out, outAt) -> k.gelu(n, x, xAt, out, outAt),
          (scale, x) -> Formulas.gelu(x), Result.within(3.5)),
      new ActivationOp(
          "GELU_BACKWARD",
          (k, n, scale, z, zAt, delta, deltaAt) -> k.geluBackward(n, z, zAt, delta, deltaAt),
          (scale, z) -> Formulas.geluPrime(z), Result.timesFactorWithin(0x1p-22)),
      new ActivationOp(
          "GELU_TANH",
          (k, n, scale, x, xAt, out, outAt) -> k.geluTanh(n, x, xAt, out, outAt),
          (scale, x) -> Formulas.geluTanh(x), Result.within(3.41)),
      new ActivationOp(
          "GELU_TANH_BACKWARD",
          (k, n, scale, z, zAt, delta, deltaAt) -> k.geluTanhBackward(n, z, zAt, delta, deltaAt),
          (scale, z) -> Formulas.geluTanhPrime(z), Result.timesFactorWithin(1.25 * 0x1p-23)));

  @FunctionalInterface
  private interface Call {
    void run(Kernels kernels, int n, float scale, float[] x, int xAt, float[] out, int outAt);
  }

  @FunctionalInterface
  private interface Formula {
    double of(float scale, double x);
  }

  /**
   * What a formula says of the result.
   *
   * @param isFactor whether it is what the output is multiplied by
   * @param error what may be wrong: so many ulp, or of the factor that much
   * @param least the least x it is for
   */
  private record Result(boolean isFactor, double error, double least) {

    static Result within(double ulps) {
      return new Result(false, ulps, Double.NEGATIVE_INFINITY);
    }

    static Result timesFactorWithin(double error) {
      return new Result(true, error, Double.NEGATIVE_INFINITY);
    }

    Result from(double x) {
      return new Result(isFactor, error, x);
    }
  }

  @Override
  public void run(
      Kernels kernels, int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    call.run(kernels, n, scale, x, xAt, out, outAt);
  }

  @Override
  public double formula(float scale, double x, double y, double out) {
    double value = formula.of(scale, x);
    return result.isFactor ? out * (float) value : value;
  }

  @Override
  public double tolerance(double x, double out, double wanted) {
    double ulp = Math.ulp((float) wanted);
    if (!result.isFactor) {
      return result.error * ulp;
    }
    return result.error == 0 ? 0 : Math.abs(out) * result.error + ulp;
  }

  @Override
  public boolean isFor(double x) {
    return !(x < result.least);
  }

  @Override
  public boolean readsOut() {
    return result.isFactor;
  }

  @Override
  public String toString() {
    return name;
  }
}
