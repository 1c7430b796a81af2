package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.train.Epoch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationBenchmarkTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bodyRunsAndIsChecked(int threads) {
    ValidationBenchmark benchmark = new ValidationBenchmark();
    benchmark.threads = threads;
    benchmark.setUp();
    Epoch first = benchmark.fit();
    benchmark.check();
    benchmark.fit();
    Epoch last = benchmark.last;
    benchmark.last = first;
    assertThrows(IllegalStateException.class, benchmark::check);
    benchmark.last = last;
    benchmark.threads = 3 - threads;
    assertThrows(IllegalStateException.class, benchmark::check);
  }

  @Test
  void withoutSuchRows() {
    ValidationBenchmark benchmark = new ValidationBenchmark();
    benchmark.rows = 0;
    benchmark.setUp();
    assertTrue(Double.isNaN(benchmark.fit().validationLoss()));
    benchmark.check();
    assertEquals(4, benchmark.last.number());
  }
}
