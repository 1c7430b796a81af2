package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Param;

/**
 * Steps of optimizers that remember something, in place: usual gradients and remembered values, or gradients whose squares are denormal,
 * beginning with remembered values that are.
 */
public abstract class OptimizerBenchmark extends ElementwiseBenchmark {

  /** So small that weights hardly move. */
  static final float STEP = 1e-9f;

  @Param({"normal", "denormal"})
  String state;

  float[] mean;
  float[] square;

  /** Velocities or means, and squares, of what came before. */
  private void remember() {
    float bound = state.equals("denormal") ? 1e-39f : 1;
    mean = Floats.random(3, x.length, bound);
    square = Floats.random(4, x.length, bound);
    for (int i = 0; i < square.length; i++) {
      square[i] = Math.abs(square[i]);
    }
  }

  @Override
  float bound() {
    return state.equals("denormal") ? 1e-20f : 8;
  }

  /** The weights, and with them what is remembered: a step goes on from both. */
  @Override
  float[] outputs() {
    remember();
    return y.clone();
  }

  /** Nobody counts the timed steps, so that one more, from the start, answers for them. */
  @Override
  void check(Kernels kernels) {
    out = outputs();
    apply(kernels, n);
    float[] actualMean = mean;
    float[] actualSquare = square;
    super.check(kernels);
    Floats.requireSameBits(n, mean, offset, actualMean, offset);
    Floats.requireSameBits(n, square, offset, actualSquare, offset);
  }

  /** Velocity. */
  public static class Momentum extends OptimizerBenchmark {
    @Override
    void apply(Kernels kernels, int length) {
      kernels.momentum(length, STEP, 1, 1, 0.9f, false, x, out, mean, offset);
    }
  }

  /** Squares. */
  public static class RmsProp extends OptimizerBenchmark {
    @Override
    void apply(Kernels kernels, int length) {
      kernels.rmsProp(length, STEP, 1, 1, 0.9f, 1e-8f, x, out, square, offset);
    }
  }

  /** Squares that are never forgotten. */
  public static class Adagrad extends OptimizerBenchmark {
    @Override
    void apply(Kernels kernels, int length) {
      kernels.adagrad(length, STEP, 1, 1, 1e-8f, x, out, square, offset);
    }
  }

  /** Means and squares. */
  public static class Adam extends OptimizerBenchmark {
    @Override
    void apply(Kernels kernels, int length) {
      kernels.adam(length, STEP, 1, 1, 0.9f, 0.999f, 1, 1e-8f, x, out, mean, square, offset);
    }
  }
}
