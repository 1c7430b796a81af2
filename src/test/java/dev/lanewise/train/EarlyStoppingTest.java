package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that early stopping and plateaus refuse, and the loss that they go by. */
class EarlyStoppingTest {

  @Test
  void refusals() {
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(1, -1e-9));
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(1, Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void refusesFactorsThatDoNotReduce(double factor) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(factor, 1)).getMessage();
    assertEquals("the factor on a plateau must be between 0 and 1, but is " + factor, message);
    assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(0.5, 0));
  }

  @Test
  void monitoredIsTheValidationLossWhereThereIsOne() {
    assertEquals(3, new Epoch(1, 2, 1, 1, 1, 3, Double.NaN).monitored());
    assertEquals(2, new Epoch(1, 2, 1, 1, 1, Double.NaN, Double.NaN).monitored());
  }
}
