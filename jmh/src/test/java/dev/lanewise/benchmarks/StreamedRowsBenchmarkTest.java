package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamedRowsBenchmarkTest {

  @Test
  void bothSpeedsAreInItsLine() {
    String line = StreamedRows.measure(10, 300, 64);
    assertTrue(
        line.matches("3180 rows streamed, a heap of at most \\d+ MB: \\d+ samples a second in memory, \\d+ streamed, [\\d.]+ of it"),
        line);
  }
}
