package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FashionEpochBenchmarkTest {

  @Test
  void lossesOfAnotherTrainingAreRefused() {
    FashionEpoch.requireCloseLosses(0.3, 0.3);
    assertThrows(IllegalStateException.class, () -> FashionEpoch.requireCloseLosses(0.4, 0.3));
    assertThrows(IllegalStateException.class, () -> FashionEpoch.requireCloseLosses(Double.NaN, 0.3));
  }
}
