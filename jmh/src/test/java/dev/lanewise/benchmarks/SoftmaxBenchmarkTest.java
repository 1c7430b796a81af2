package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
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

  @Test
  void formulaOverMathComesClose() {
    SoftmaxBenchmark benchmark = new SoftmaxBenchmark();
    benchmark.size = "15x10";
    benchmark.prepare();
    benchmark.jdk();
    benchmark.checkJdk();
    benchmark.out[149] *= 1.0001f;
    assertThrows(IllegalStateException.class, benchmark::checkJdk);
  }
}
