package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** 1 where x &gt; 0, else 0. */
public class ReluPrimeBenchmark extends ElementwiseBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.reluPrime(length, x, offset, out, offset);
  }
}
