package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingStepBenchmarkTest {

  @ParameterizedTest
  @CsvSource({"A, 1, 20000, 1334", "A, 2, 20000, 1334", "B, 2, 60000, 469", "B_RESIDENT, 1, 60032, 469", "B_EVERYTHING, 2, 60000, 469"})
  void bodyRunsAndIsChecked(Workload workload, int threads, int samples, int stepsOfEpoch) {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.workload = workload;
    benchmark.threads = threads;
    benchmark.setUp();
    benchmark.newNetwork();
    benchmark.measurePeak();
    TrainingStepBenchmark.Steps steps = new TrainingStepBenchmark.Steps();
    benchmark.fit(steps);
    benchmark.check();
    assertEquals(2L * samples, steps.samples);
    assertEquals(2L * stepsOfEpoch, steps.steps);
    assertTrue(steps.nanos > 0);
    assertEquals(1, steps.fits);
    assertEquals(threads == 2, steps.lineNanos > 0, "a line goes from one thread to another where there are two");
  }

  @Test
  void fitOnOtherThreadsThanTheTableSaysIsRefused() {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.workload = Workload.B;
    benchmark.threads = 2;
    benchmark.setUp();
    benchmark.newNetwork();
    benchmark.fit(new TrainingStepBenchmark.Steps());
    benchmark.threads = 1;
    assertThrows(IllegalStateException.class, benchmark::check);
  }

  @ParameterizedTest
  @CsvSource({"A, 4740", "B, 1007104", "B_RESIDENT, 1007104", "B_EVERYTHING, 1007104", "C, 33677312"})
  void operationsAreThoseOfThreeProductsALayer(Workload workload, long flop) {
    assertEquals(flop, workload.flopPerRow());
  }

  @Test
  void residentBatchIsWrittenOnce() {
    Matrix x = Matrix.of(2, 1, 3, 4);
    ResidentBatch source = new ResidentBatch(Source.of(x, Matrix.zeros(2, 1)), 2);
    Source.Batch batch = new Source.Batch(2, 1, 1);
    assertEquals(4, source.rows());
    source.begin(0, true, 1);
    assertEquals(2, source.fill(batch));
    assertArrayEquals(x.data(), batch.x());
    batch.x()[0] = 5;
    assertEquals(2, source.fill(batch));
    assertEquals(5, batch.x()[0]);
    assertEquals(0, source.fill(batch));
    source.begin(1, true, 1);
    Source.Batch other = new Source.Batch(2, 1, 1);
    assertEquals(2, source.fill(other));
    assertArrayEquals(x.data(), other.x());
  }
}
