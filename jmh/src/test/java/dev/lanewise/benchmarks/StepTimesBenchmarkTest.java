package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.benchmarks.StepTimes.Clock;
import dev.lanewise.benchmarks.StepTimes.Spread;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.nn.Loss;
import dev.lanewise.train.Fit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTimesBenchmarkTest {

  /** An epoch of 20,000 rows in batches of 15 has 1,334 steps, of which each is timed and nothing between epochs. */
  @Test
  void eachStepOfAFitIsTimed() {
    Clock clock = new Clock(1 << 12);
    var _ = Workload.A.network().fit(
        MeasuredSource.of(Workload.A.source(), clock),
        Fit.with(Loss.CROSS_ENTROPY).epochs(2).batchSize(Workload.A.batchSize()).threads(1));
    assertEquals(2 * 1334, clock.count);
    assertTrue(Arrays.stream(clock.nanos, 0, clock.count).allMatch(nanos -> nanos > 0));
  }

  @Test
  void whatLiesBetweenEpochsDoesNotCount() {
    Clock clock = new Clock(3);
    clock.tick(10);
    clock.tick(15);
    clock.pause();
    clock.tick(100);
    clock.tick(107);
    clock.tick(109);
    clock.tick(200); // for which there is no room
    assertArrayEquals(new double[] {5, 7, 2}, clock.nanos);
    assertEquals(3, clock.count);
  }

  @Test
  void theFastestTenthHalfAndMean() {
    assertEquals(new Spread(2, 6, 85 / 11.0), Spread.of(new double[] {30, 9, 8, 7, 6, 5, 4, 3, 2, 1, 10, 0}, 11));
    assertThrows(IllegalArgumentException.class, () -> Spread.of(new double[1], 0));
  }

  @Test
  void eachStepIsARow() {
    List<String> lines = StepTimes.table(0.01, Workload.A).lines().toList();
    assertEquals(3 + 3, lines.size(), lines.toString());
    assertTrue(lines.get(2).startsWith("| A | 1 | "), lines.get(2));
    assertEquals(12, lines.get(2).chars().filter(c -> c == '|').count());
  }
}
