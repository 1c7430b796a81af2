package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingStepBenchmarkTest {

  @ParameterizedTest
  @CsvSource({"A, 1", "A, 2", "B, 2"})
  void bodyRunsAndIsChecked(Workload workload, int threads) {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.workload = workload;
    benchmark.threads = threads;
    benchmark.setUp();
    benchmark.newNetwork();
    TrainingStepBenchmark.Steps steps = new TrainingStepBenchmark.Steps();
    benchmark.fit(steps);
    benchmark.check();
    assertEquals(2 * 20_000, steps.samples);
    assertEquals(workload == Workload.A ? 2 * 1_334 : 2 * 157, steps.steps);
    assertTrue(steps.nanos > 0);
  }
}
