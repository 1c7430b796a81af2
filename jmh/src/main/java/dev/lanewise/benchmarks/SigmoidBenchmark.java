package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;

/** 1 / (1 + e⁻ˣ): one exponential and one division. */
public class SigmoidBenchmark extends FormulaBenchmark {

  @Override
  void apply(Kernels kernels, int length) {
    kernels.sigmoid(length, x, offset, out, offset);
  }

  @Override
  float formula(float value) {
    return (float) (1 / (1 + Math.exp(-value)));
  }
}
