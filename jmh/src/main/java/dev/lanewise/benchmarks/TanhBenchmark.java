package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** tanh x, the library's own polynomials. */
public class TanhBenchmark extends FormulaBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.tanh(length, x, offset, out, offset);
  }

  @Override
  float formula(float value) {
    return (float) Math.tanh(value);
  }
}
