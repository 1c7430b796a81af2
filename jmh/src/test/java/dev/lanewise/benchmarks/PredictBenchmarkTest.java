package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PredictBenchmarkTest {

  @Test
  void bodiesRunAndAreChecked() {
    PredictBenchmark benchmark = new PredictBenchmark();
    benchmark.setUp();
    benchmark.row();
    benchmark.checkRow();
    benchmark.batch();
    benchmark.checkBatch();
    benchmark.rowOut[3] = Math.nextUp(benchmark.rowOut[3]);
    assertThrows(IllegalStateException.class, benchmark::checkRow);
    float[] out = benchmark.out.data();
    out[out.length - 1] = Math.nextUp(out[out.length - 1]);
    assertThrows(IllegalStateException.class, benchmark::checkBatch);
  }

  /** Once C2 has compiled what only they call. */
  @Test
  void predictionsComeToAllocateNothing() {
    PredictBenchmark benchmark = new PredictBenchmark();
    benchmark.setUp();
    PredictBenchmark.Allocated allocated = new PredictBenchmark.Allocated();
    int rounds = 0;
    do {
      allocated.begin();
      benchmark.batchBytes(allocated);
      for (int i = 0; i < 99; i++) {
        benchmark.rowBytes(allocated);
      }
      allocated.end();
      assertEquals(100, allocated.calls);
    } while (allocated.bytes >= 1_000 && ++rounds < 500);
    assertTrue(allocated.bytes < 1_000, () -> allocated.bytes + " bytes");
    benchmark.checkRow();
    benchmark.checkBatch();
  }

  @Test
  void operationsAreThoseOfTheProducts() {
    assertEquals(469_504, PredictBenchmark.FLOP_PER_ROW);
  }
}
