package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** eˣ, the library's own polynomial. */
public class ExpBenchmark extends FormulaBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.exp(length, x, offset, out, offset);
  }

  @Override
  float formula(float value) {
    return (float) Math.exp(value);
  }
}
