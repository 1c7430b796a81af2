package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

  @Test
  void operationsAreThoseOfTheProducts() {
    assertEquals(469_504, PredictBenchmark.FLOP_PER_ROW);
  }
}
