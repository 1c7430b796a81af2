package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Loss;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults of a fit, that it never changes, and the numbers it refuses. */
class FitTest {

  @Test
  void publishedIsThePostsNumbers() {
    Fit fit = Fit.published();
    assertTrue(fit.isPublished());
    assertEquals(Loss.MSE, fit.loss());
    assertEquals(1e-3, fit.learningRate());
    assertEquals(100, fit.epochs());
    assertEquals(15, fit.batchSize());
    assertTrue(fit.shuffle());
    assertEquals(0, fit.seed());
    assertEquals(1, fit.threads());
    assertEquals(List.of(), fit.callbacks());
  }

  @Test
  void withALossIsPlainDescent() {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY);
    assertFalse(fit.isPublished());
    assertEquals(Loss.CROSS_ENTROPY, fit.loss());
    assertEquals(0.01, fit.learningRate());
    assertEquals(10, fit.epochs());
    assertEquals(32, fit.batchSize());
    assertTrue(fit.shuffle());
    assertEquals(0, fit.seed());
    assertEquals(1, fit.threads());
    assertEquals(List.of(), fit.callbacks());
  }

  @Test
  void witherChangesOneThingInACopy() {
    Callback first = epoch -> {};
    Callback second = epoch -> {};
    Fit plain = Fit.with(Loss.MSE);
    Fit fit = plain.epochs(3).batchSize(4).learningRate(0.5).shuffle(false).seed(6).threads(7).onEpoch(first);
    Fit both = fit.onEpoch(second);
    assertEquals(3, both.epochs());
    assertEquals(4, both.batchSize());
    assertEquals(0.5, both.learningRate());
    assertFalse(both.shuffle());
    assertEquals(6, both.seed());
    assertEquals(7, both.threads());
    assertEquals(List.of(first, second), both.callbacks());
    assertEquals(List.of(first), fit.callbacks());
    assertThrows(UnsupportedOperationException.class, () -> fit.callbacks().add(second));

    assertEquals(10, plain.epochs());
    assertEquals(32, plain.batchSize());
    assertEquals(0.01, plain.learningRate());
    assertTrue(plain.shuffle());
    assertEquals(0, plain.seed());
    assertEquals(1, plain.threads());
    assertEquals(List.of(), plain.callbacks());
    assertTrue(Fit.published().epochs(5).isPublished());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesCountsThatAreNotPositive(int count) {
    Fit fit = Fit.published();
    assertRefused("epochs must be positive, but is " + count, () -> fit.epochs(count));
    assertRefused("batchSize must be positive, but is " + count, () -> fit.batchSize(count));
    assertRefused("threads must be positive, but is " + count, () -> fit.threads(count));
  }

  /** 1e-46 is zero and 1e39 infinite as the float that training multiplies by. */
  @ParameterizedTest
  @ValueSource(doubles = {0, -0.01, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-46, 1e39})
  void refusesLearningRatesThatAreNotFiniteAndPositive(double rate) {
    String message = "learningRate must be finite and positive as a float, but is " + rate;
    assertRefused(message, () -> Fit.published().learningRate(rate));
    assertRefused(message, () -> Fit.with(Loss.MSE).learningRate(rate));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void historyKeepsItsEpochs() {
    Epoch first = new Epoch(1, 0.5, 0.1, 100, 0.01, Double.NaN, Double.NaN);
    Epoch second = new Epoch(2, 0.25, 0.1, 100, 0.01, Double.NaN, Double.NaN);
    List<Epoch> epochs = new ArrayList<>(List.of(first, second));
    History history = new History(epochs, 1, History.Stop.COMPLETED, 2);
    epochs.clear();
    assertEquals(List.of(first, second), history.epochs());
    assertEquals(second, history.last());
    assertThrows(UnsupportedOperationException.class, () -> history.epochs().add(first));
  }
}
