package dev.lanewise.benchmarks;

import org.junit.jupiter.api.Test;

class PeakBenchmarkTest {

  @Test
  void bodiesRunAndAreChecked() {
    PeakBenchmark benchmark = new PeakBenchmark();
    benchmark.setUp();
    benchmark.widest();
    benchmark.check();
    benchmark.at256Bits();
    benchmark.check();
    benchmark.at128Bits();
    benchmark.check();
    benchmark.twoThreads();
    benchmark.check();
  }
}
