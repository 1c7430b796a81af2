package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** One step of plain gradient descent, in place. */
public class UpdateBenchmark extends ElementwiseBenchmark {

  @Override
  float[] outputs() {
    return y.clone();
  }

  @Override
  void apply(Kernels kernels, int length) {
    kernels.scaledUpdate(length, 1e-3f, x, offset, out, offset);
  }

  /** Nobody counts the timed steps, so that one more, from the start, has to answer for them. */
  @Override
  void check(Kernels kernels) {
    out = outputs();
    apply(kernels, n);
    super.check(kernels);
  }
}
