package dev.lanewise.benchmarks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescendBenchmarkTest {

  @ParameterizedTest
  @ValueSource(strings = {"15x10x15", "64x15x15", "70x150x30", "20x130x1100"})
  void bodyRunsAndIsChecked(String shape) {
    Bodies.runAndCheck(() -> {
      DescendBenchmark prepared = new DescendBenchmark();
      prepared.shape = shape;
      prepared.prepare();
      return prepared;
    });
  }
}
