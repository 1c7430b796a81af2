package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** 1 / (1 + e⁻ˣ): one exponential and one division. */
public class SigmoidBenchmark extends ElementwiseBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.sigmoid(length, x, offset, out, offset);
  }
}
