package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** The product element by element onto one of its factors, as training does with an error and a prime. */
public class HadamardInPlaceBenchmark extends ElementwiseBenchmark {

  /** Factors of ±1, so that the numbers stay what they are however often they are multiplied. */
  private float[] signs;

  @Override
  float[] outputs() {
    signs = x.clone();
    for (int i = 0; i < signs.length; i++) {
      signs[i] = Math.copySign(1f, signs[i]);
    }
    return y.clone();
  }

  @Override
  void apply(Kernels kernels, int length) {
    kernels.hadamard(length, out, offset, signs, offset, out, offset);
  }

  /** Nobody counts the timed calls, so that one more, from the start, has to answer for them. */
  @Override
  void check(Kernels kernels) {
    out = outputs();
    apply(kernels, n);
    super.check(kernels);
  }
}
