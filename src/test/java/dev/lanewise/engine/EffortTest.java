package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffortTest {

  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final long FIVE_SECONDS = 5_000_000_000L;

  private static List<Dense> layers(int... dimensions) {
    List<Dense> layers = new ArrayList<>();
    for (int l = 1; l < dimensions.length; l++) {
      layers.add(Dense.of(dimensions[l - 1], dimensions[l], Activation.IDENTITY));
    }
    return layers;
  }

  /** Of more than 10¹⁰ multiply-adds, three for each weight and row; here 3 · 100 · 10,000 a step. */
  @Test
  void fitsOfMuchWorkWait() {
    List<Dense> layers = layers(100, 80, 25);
    assertFalse(Effort.isWorthWaiting(layers, 100, 3_333, NO_LIMIT));
    assertTrue(Effort.isWorthWaiting(layers, 100, 3_334, NO_LIMIT));
    assertFalse(Effort.isWorthWaiting(layers, 10, 33_333, NO_LIMIT));
    assertTrue(Effort.isWorthWaiting(layers, 10, 33_334, NO_LIMIT));
    assertTrue(Effort.isWorthWaiting(layers(1, 1), 1, Long.MAX_VALUE, NO_LIMIT), "nobody knows how many rows come");
  }

  @Test
  void fitsThatAreSoonOverDoNot() {
    List<Dense> layers = layers(100, 80, 25);
    assertTrue(Effort.isWorthWaiting(layers, 100, 1_000_000, FIVE_SECONDS));
    assertFalse(Effort.isWorthWaiting(layers, 100, 1_000_000, FIVE_SECONDS - 1));
  }

  @Test
  void stepsAreThoseOfAllEpochs() {
    assertEquals(20, Effort.steps(100, 25, 5));
    assertEquals(25, Effort.steps(101, 25, 5));
    assertEquals(Long.MAX_VALUE, Effort.steps(-1, 25, 5));
    assertEquals(Long.MAX_VALUE, Effort.steps(1L << 31, 25, 5));
  }

  @ParameterizedTest
  @CsvSource({
      // inputs, hidden, outputs, batch, threads asked for, threads
      "4, 6, 3, 32, 8, 1", // too small for two
      "64, 128, 42, 25, 8, 1", // 1,017,600 multiply-adds
      "64, 128, 43, 26, 8, 8", // 1,068,288
      "70, 130, 20, 64, 4, 4",
      "70, 130, 20, 64, 16, 9", // a sixteen of the second layer's 130 rows of weights each, and two rows for the last
      "70, 130, 20, 64, 1000, 9",
      "70, 130, 20, 200, 1000, 13", // rows of the batch
      "16, 6400, 16, 64, 1000, 400"
  })
  void threadsHaveAShareEach(int inputs, int hidden, int outputs, int batch, int asked, int expected) {
    Source source = Source.of(Matrix.zeros(300, inputs), Matrix.zeros(300, outputs));
    Fit fit = Fit.with(Loss.MSE).batchSize(batch).threads(asked);
    assertEquals(expected, Effort.threads(layers(inputs, hidden, outputs), source, fit));
  }
}
