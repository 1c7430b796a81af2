package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** eˣ, the library's own polynomial. */
public class ExpBenchmark extends ElementwiseBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.exp(length, x, offset, out, offset);
  }
}
