package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** σ(x) (1 − σ(x)), from x. */
public class SigmoidPrimeBenchmark extends ElementwiseBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.sigmoidPrime(length, x, offset, out, offset);
  }
}
