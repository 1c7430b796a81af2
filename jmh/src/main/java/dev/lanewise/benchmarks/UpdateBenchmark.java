package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Param;

/** One step of plain gradient descent, in place, on usual numbers and on weights and gradients that are denormal. */
public class UpdateBenchmark extends ElementwiseBenchmark {

  /** So small that weights stay what they are, and denormal, however often it is taken. */
  private static final float STEP = 1e-9f;

  /** For the one step that is compared. */
  private static final float LONG_STEP = 1e-3f;

  @Param({"normal", "denormal"})
  String state;

  private float step = STEP;

  @Override
  float bound() {
    return state.equals("denormal") ? 1e-39f : 8;
  }

  @Override
  float[] outputs() {
    return y.clone();
  }

  @Override
  void apply(Kernels kernels, int length) {
    kernels.scaledUpdate(length, step, x, offset, out, offset);
  }

  /** Nobody counts the timed steps, so that a longer one, from the start, has to answer for them. */
  @Override
  void check(Kernels kernels) {
    step = LONG_STEP;
    out = outputs();
    apply(kernels, n);
    super.check(kernels);
  }
}
