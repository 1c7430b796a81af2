package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {

  private static final int INPUTS = 400;
  private static final int OUTPUTS = 250;

  /** The variance of 100,000 weights times the number of inputs, or of inputs and outputs, is what the papers say. */
  @ParameterizedTest
  @CsvSource({
    "scaled_normal, 1, 400", "glorot_uniform, 2, 650", "glorot_normal, 2, 650", "he_uniform, 2, 400", "he_normal, 2, 400",
    "lecun_uniform, 1, 400", "lecun_normal, 1, 400"
  })
  void variance(String name, double gain, int units) {
    Initializer initializer = Initializer.named(name).orElseThrow();
    assertEquals(name, initializer.name());
    float[] weights = initializer.weights(7, 2, INPUTS, OUTPUTS);
    double mean = 0;
    double squares = 0;
    float largest = 0;
    for (float w : weights) {
      mean += w;
      squares += (double) w * w;
      largest = Math.max(largest, Math.abs(w));
    }
    double deviation = Math.sqrt(gain / units);
    assertEquals(0, mean / weights.length, 5 * deviation / Math.sqrt(weights.length));
    assertEquals(1, squares / weights.length / (deviation * deviation), 0.03);
    if (name.endsWith("uniform")) {
      assertTrue(largest <= deviation * Math.sqrt(3) && largest > 0.999 * deviation * Math.sqrt(3));
    } else {
      assertTrue(largest > 3.5 * deviation, "a normal is not cut off: " + largest / deviation);
    }
    assertArrayEquals(weights, initializer.weights(7, 2, INPUTS, OUTPUTS));
    assertTrue(weights[0] != initializer.weights(7, 3, INPUTS, OUTPUTS)[0]);
    assertTrue(weights[0] != initializer.weights(8, 2, INPUTS, OUTPUTS)[0]);
  }
}
