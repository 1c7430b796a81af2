package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PeakBenchmarkTest {

  private static final List<Consumer<PeakBenchmark>> BODIES = List.of(
      PeakBenchmark::widest, PeakBenchmark::at256Bits, PeakBenchmark::at128Bits, PeakBenchmark::twoThreads);

  @Test
  void bodiesRunAndAreChecked() {
    for (Consumer<PeakBenchmark> body : BODIES) {
      PeakBenchmark benchmark = new PeakBenchmark();
      assertThrows(IllegalStateException.class, benchmark::check, "nothing has run");
      body.accept(benchmark);
      benchmark.check();
      benchmark.result += 1;
      assertThrows(IllegalStateException.class, benchmark::check);
    }
  }

  @Test
  void shortCallsAreNoResult() {
    PeakBenchmark benchmark = new PeakBenchmark();
    benchmark.setUp();
    assertThrows(IllegalStateException.class, benchmark::check);
  }
}
