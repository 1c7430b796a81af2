package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** max(x, 0), over values whose sign no branch predictor knows. */
public class ReluBenchmark extends ElementwiseBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.relu(length, x, offset, out, offset);
  }
}
