package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.benchmarks.FreshFits.Steps;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshFitsBenchmarkTest {

  @Test
  void aStepTakesItsShareOfAnEpoch() {
    double micros = FreshFits.microsOfAStep(Steps.of(Workload.A), 1);
    assertTrue(micros > 0.5 && micros < 5e5, () -> micros + " us");
  }

  @Test
  void withoutAWholeEpochThereIsNoFigure() {
    assertThrows(IllegalStateException.class, () -> FreshFits.microsOfAStep(Steps.of(Workload.A), 0.001));
  }

  @Test
  void oneSlowJvmIsNamed() {
    Map<Steps, List<Double>> micros = new LinkedHashMap<>();
    micros.put(Steps.of(Workload.B), List.of(890.0, 900.0, 1_015.0));
    micros.put(new Steps(Workload.B, 64), List.of(450.0, 450.0, 450.0));
    micros.put(Steps.of(Workload.C), List.of(60_000.0, 59_000.0, 75_000.0));
    assertEquals(
        """
        | fit in fresh JVMs | JVMs | median µs/step | GFLOP/s | slowest / fastest |
        | -- | --: | --: | --: | --: |
        | B | 3 | 900.0 | 143.2 | 1.14 |
        | B in batches of 64 | 3 | 450.0 | 143.2 | 1.00 |
        | C | 3 | 60000.0 | 143.7 | 1.27 |

        None is slower than 1.15 times the fastest: not so C.
        """,
        FreshFits.table(micros));
  }
}
