package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit that smooths its targets is a fit on targets smoothed by hand: (1 − s) y + s / k. */
class LabelSmoothingTest {

  private static final int ROWS = 30;
  private static final Matrix X = TestData.normal(1, ROWS, 6);
  private static final int[] LABELS = TestData.labels(2, ROWS, 5);

  private static Matrix smoothed(Matrix y, double s, int classes) {
    Matrix smoothed = y.copy();
    for (int i = 0; i < y.data().length; i++) {
      smoothed.data()[i] = (float) ((1 - s) * y.data()[i] + s / classes);
    }
    return smoothed;
  }

  private static Network network(int outputs, Activation output) {
    return Network.of(3, new int[] {6, 7, outputs}, Activation.TANH, output);
  }

  private static void assertClose(Network expected, Network actual) {
    List<Matrix> from = TestData.parameters(expected);
    List<Matrix> to = TestData.parameters(actual);
    for (int i = 0; i < from.size(); i++) {
      assertArrayEquals(from.get(i).data(), to.get(i).data(), 1e-5f);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void ofClasses(double s) {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.2).batchSize(8).epochs(3);
    Matrix y = TestData.oneHot(LABELS, 5);
    Network byHand = network(5, Activation.SOFTMAX);
    double loss = byHand.fit(X, smoothed(y, s, 5), fit).last().loss();
    Network labels = network(5, Activation.SOFTMAX);
    Network targets = network(5, Activation.SOFTMAX);
    assertEquals(loss, labels.fit(X, LABELS, fit.labelSmoothing(s)).last().loss(), 1e-5);
    assertEquals(loss, targets.fit(X, y, fit.labelSmoothing(s)).last().loss(), 1e-5);
    assertClose(byHand, labels);
    assertClose(byHand, targets);
    assertEquals(TestData.oneHot(LABELS, 5), y, "the caller's targets stay");
  }

  /** With one output there are two classes: 0 becomes s / 2 and 1 becomes 1 − s / 2. */
  @Test
  void ofOneOutput() {
    int[] labels = TestData.labels(4, ROWS, 2);
    Matrix y = Matrix.zeros(ROWS, 1);
    for (int i = 0; i < ROWS; i++) {
      y.set(i, 0, labels[i] == 1 ? 0.85f : 0.15f);
    }
    Fit fit = Fit.with(Loss.BINARY_CROSS_ENTROPY).learningRate(0.2).batchSize(8);
    Network byHand = network(1, Activation.SIGMOID);
    Network smoothing = network(1, Activation.SIGMOID);
    byHand.fit(X, y, fit);
    smoothing.fit(X, labels, fit.labelSmoothing(0.3));
    assertClose(byHand, smoothing);
  }

  @Test
  void validatesOnTheTargetsThemselves() {
    Network network = network(5, Activation.SOFTMAX);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).labelSmoothing(0.4).validation(X, LABELS);
    Epoch last = network.fit(X, LABELS, fit).last();
    assertEquals(network.evaluate(X, TestData.oneHot(LABELS, 5)), last.validationLoss());
  }

  /**
   * A stream may keep what it has filled: its rows are as it left them when it fills the next. Sixteen outputs need no padding,
   * so its buffers could be trained on as they are.
   */
  @Test
  void leavesTheBuffersOfAStreamAlone() {
    Matrix y = TestData.oneHot(LABELS, 16);
    int[] order = new int[ROWS];
    Arrays.setAll(order, i -> i);
    OrderedSource source = new OrderedSource(X, y, ROWS, epoch -> order) {
      private float[] left;

      @Override
      public int fill(Batch batch) {
        if (left != null) {
          assertArrayEquals(left, batch.y());
        }
        int rows = super.fill(batch);
        left = batch.y().clone();
        return rows;
      }
    };
    Network streamed = network(16, Activation.SOFTMAX);
    Network inMemory = network(16, Activation.SOFTMAX);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).labelSmoothing(0.2).batchSize(10).shuffle(false);
    streamed.fit(source, fit);
    inMemory.fit(X, y, fit);
    assertEquals(TestData.parameters(inMemory), TestData.parameters(streamed));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusals(double s) {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY);
    String message = assertThrows(IllegalArgumentException.class, () -> fit.labelSmoothing(s)).getMessage();
    assertEquals("labelSmoothing must be in 0..1, 1 excluded, but is " + s, message);
    message =
        assertThrows(IllegalArgumentException.class, () -> Fit.with(Loss.MSE).labelSmoothing(0.1)).getMessage();
    assertEquals("label smoothing is for cross-entropies, but the loss is mse", message);
  }
}
