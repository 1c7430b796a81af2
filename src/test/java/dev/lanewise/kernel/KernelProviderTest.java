package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelProviderTest {

  /** The thread that calls the kernels and C2 need a processor each, and a short computation is over before they are done. */
  @ParameterizedTest
  @CsvSource({
    "1e11, 1, 1, true", "1e11, 1, 2, true", "1e11, 1, 3, false", "1e11, 2, 3, true", "1e11, 2, 4, false",
    "9e10, 1, 2, false", "0, 8, 2, false"
  })
  void onlyALongComputationThatCompetesWithTheCompilerWaits(
      double multiplyAdds, int threads, int processors, boolean waits) {
    assertEquals(waits, KernelProvider.isWorthWaiting(multiplyAdds, threads, processors));
  }
}
