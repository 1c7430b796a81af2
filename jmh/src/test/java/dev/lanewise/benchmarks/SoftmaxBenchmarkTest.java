package dev.lanewise.benchmarks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxBenchmarkTest {

  @ParameterizedTest
  @ValueSource(strings = {"15x10", "128x256"})
  void bodiesRunAndAreChecked(String size) {
    Bodies.runAndCheck(() -> {
      SoftmaxBenchmark prepared = new SoftmaxBenchmark();
      prepared.size = size;
      prepared.prepare();
      return prepared;
    });
  }
}
