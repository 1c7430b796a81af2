package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** The product element by element: 12 bytes of memory for one multiplication. */
public class HadamardBenchmark extends ElementwiseBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.hadamard(length, x, offset, y, offset, out, offset);
  }
}
