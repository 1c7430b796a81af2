package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BandwidthBenchmarkTest {

  @Test
  void bodyRunsAndIsChecked() {
    BandwidthBenchmark benchmark = new BandwidthBenchmark();
    benchmark.setUp();
    benchmark.triad();
    benchmark.check();
    benchmark.out[benchmark.out.length - 1]++;
    assertThrows(IllegalStateException.class, benchmark::check);
  }
}
