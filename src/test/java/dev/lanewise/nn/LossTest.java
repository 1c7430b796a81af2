package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.TestData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The value of each loss by its formula, alone and through {@code Network.evaluate}, and what cannot be computed. */
class LossTest {

  private static final Matrix P = Matrix.of(2, 3, 0.2f, 0.3f, 0.5f, 0.7f, 0.2f, 0.1f);
  private static final Matrix Y = Matrix.of(2, 3, 0, 0, 1, 0.5f, 0.25f, 0.25f);

  @Test
  void targetsOfLabelsAreThoseOfTheLoss() {
    assertEquals(Matrix.of(2, 3, 0, 0, 1, 1, 0, 0), Loss.CROSS_ENTROPY.targets(new int[] {2, 0}, 3));
    assertEquals(Matrix.of(2, 3, -1, -1, 1, 1, -1, -1), Loss.HINGE.targets(new int[] {2, 0}, 3));
    assertEquals(Matrix.of(2, 1, 1, -1), Loss.HINGE.targets(new int[] {1, 0}, 1));
    for (int wrong : new int[] {-1, 3}) {
      assertEquals(
          "label " + wrong + " in row 1 is outside 0..2",
          assertThrows(IllegalArgumentException.class, () -> Loss.MSE.targets(new int[] {0, wrong}, 3)).getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> Loss.MSE.targets(new int[] {2}, 1));
  }

  @Test
  void meanSquaredErrorIsTheMeanOverRowsAndOutputs() {
    double sum = 0.04 + 0.09 + 0.25 + 0.04 + 0.0025 + 0.0225;
    assertEquals(sum / 6, Loss.MSE.value(P, Y), 1e-7);
  }

  @Test
  void crossEntropyIsTheSumOverOutputsAndTheMeanOverRows() {
    double first = -Math.log(0.5);
    double second = -0.5 * Math.log(0.7) - 0.25 * Math.log(0.2) - 0.25 * Math.log(0.1);
    assertEquals((first + second) / 2, Loss.CROSS_ENTROPY.value(P, Y), 1e-7);
  }

  @Test
  void binaryCrossEntropyIsTheMeanOverRowsAndOutputs() {
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      double p = P.data()[i];
      double y = Y.data()[i];
      sum += -y * Math.log(p) - (1 - y) * Math.log(1 - p);
    }
    assertEquals(sum / 6, Loss.BINARY_CROSS_ENTROPY.value(P, Y), 1e-12);
  }

  /** r = 0.2, 0.3, −0.5, 0.2, −0.05, −0.15. */
  @Test
  void distancesAreMeansOverRowsAndOutputs() {
    assertEquals((0.2 + 0.3 + 0.5 + 0.2 + 0.05 + 0.15) / 6, Loss.MAE.value(P, Y), 1e-7);
    double squares = 0.04 + 0.09 + 0.25 + 0.04 + 0.0025 + 0.0225;
    assertEquals(squares / 2 / 6, Loss.HUBER.value(P, Y), 1e-7, "all inside");
    double inside = (0.04 + 0.04 + 0.0025 + 0.0225) / 2;
    double outside = 0.25 * (0.3 - 0.125) + 0.25 * (0.5 - 0.125);
    assertEquals((inside + outside) / 6, Loss.huber(0.25).value(P, Y), 1e-7);
    Matrix far = Matrix.of(1, 2, 3, -2);
    assertEquals((2.5 + 1.5) / 2, Loss.HUBER.value(far, Matrix.zeros(1, 2)), "|r| − ½");
  }

  @Test
  void huberLossesDifferByTheirDistance() {
    assertEquals(Loss.huber(0.5), Loss.huber(0.5));
    assertEquals(Loss.huber(0.5).hashCode(), Loss.huber(0.5).hashCode());
    assertNotEquals(Loss.huber(0.5), Loss.huber(2));
    assertNotEquals(Loss.HUBER, Loss.huber(2));
  }

  @Test
  void hingesAreMeansOverRowsAndOutputs() {
    Matrix p = Matrix.of(2, 2, 0.5f, -3, 2, 0.25f);
    Matrix y = Matrix.of(2, 2, 1, 1, 1, -1);
    assertEquals((0.5 + 4 + 0 + 1.25) / 4, Loss.HINGE.value(p, y));
    assertEquals((0.25 + 16 + 0 + 1.5625) / 4, Loss.SQUARED_HINGE.value(p, y));
  }

  @Test
  void probabilitiesOfZeroCostMuchButNotInfinity() {
    Matrix wrong = Matrix.of(1, 2, 0, 1);
    Matrix truth = Matrix.of(1, 2, 1, 0);
    double most = -Math.log(Float.MIN_VALUE);
    assertEquals(most, Loss.CROSS_ENTROPY.value(wrong, truth), 1e-9);
    assertEquals(most, Loss.BINARY_CROSS_ENTROPY.value(wrong, truth), 1e-9);
    assertEquals(0.0, Loss.CROSS_ENTROPY.value(truth, truth), 0);
    assertEquals(0.0, Loss.BINARY_CROSS_ENTROPY.value(truth, truth), 0);
  }

  /** More rows than a block, so that blocks are added up. */
  @Test
  void evaluateIsTheValueOfThePredictions() {
    Matrix x = TestData.normal(1, 300, 5);
    Matrix y = TestData.oneHot(TestData.labels(2, 300, 4), 4);
    Network softmax = Network.of(1, new int[] {5, 6, 4}, Activation.RELU, Activation.SOFTMAX);
    Network sigmoid = Network.of(1, new int[] {5, 6, 4}, Activation.RELU, Activation.SIGMOID);
    assertSameLoss(softmax, x, y, Loss.MSE);
    assertSameLoss(softmax, x, y, Loss.CROSS_ENTROPY);
    assertSameLoss(sigmoid, x, y, Loss.MSE);
    assertSameLoss(sigmoid, x, y, Loss.BINARY_CROSS_ENTROPY);
    assertSameLoss(sigmoid, x, y, Loss.MAE);
    assertSameLoss(softmax, x, y, Loss.huber(0.1));
    Network tanh = Network.of(1, new int[] {5, 6, 4}, Activation.GELU, Activation.TANH);
    Matrix margins = y.copy();
    for (int i = 0; i < y.data().length; i++) {
      margins.data()[i] = 2 * y.data()[i] - 1;
    }
    assertSameLoss(tanh, x, margins, Loss.HINGE);
    assertSameLoss(tanh, x, margins, Loss.SQUARED_HINGE);
    assertEquals(sigmoid.evaluate(x, y, Loss.MSE), sigmoid.evaluate(x, y), "mean squared error before the first fit");
  }

  private static void assertSameLoss(Network network, Matrix x, Matrix y, Loss loss) {
    double expected = loss.value(network.predict(x), y);
    assertEquals(expected, network.evaluate(x, y, loss), 1e-6 * expected, loss.name());
  }

  /** A step of training has loss and gradient in one; a loss of one's own that hands on to this one asks for them alone. */
  @Test
  void crossEntropyGoesBackByTheDifference() {
    float[] delta = new float[6];
    Loss.CROSS_ENTROPY.backward(2, 3, 3, 4, Activation.SOFTMAX, new float[6], P.data(), Y.data(), delta, 0);
    assertArrayEquals(new float[] {0.05f, 0.075f, -0.125f, 0.05f, -0.0125f, -0.0375f}, delta, 1e-7f);
  }

  /** An output so saturated that its float probability is 0 or 1 still has the loss of its weighted sum. */
  @Test
  void saturatedOutputsCostWhatTheirSumsSay() {
    Matrix x = Matrix.of(1, 1, 1);
    Network sigmoid = Network.of(new int[] {1, 1}, Activation.SIGMOID);
    sigmoid.layers().getFirst().setWeights(Matrix.of(1, 1, 500));
    assertEquals(500, sigmoid.evaluate(x, Matrix.of(1, 1, 0), Loss.BINARY_CROSS_ENTROPY), 1e-3);
    assertEquals(0, sigmoid.evaluate(x, Matrix.of(1, 1, 1), Loss.BINARY_CROSS_ENTROPY), 1e-30);
    Network softmax = Network.of(new int[] {1, 2}, Activation.SOFTMAX);
    softmax.layers().getFirst().setWeights(Matrix.of(1, 2, 500, -500));
    assertEquals(1000, softmax.evaluate(x, Matrix.of(1, 2, 0, 1), Loss.CROSS_ENTROPY), 1e-3);
    assertEquals(0, softmax.evaluate(x, Matrix.of(1, 2, 1, 0), Loss.CROSS_ENTROPY), 1e-30);
  }

  @Test
  void shapesHaveToAgree() {
    Matrix one = Matrix.zeros(1, 3);
    Matrix wider = Matrix.zeros(2, 4);
    Matrix none = Matrix.zeros(0, 3);
    for (Loss loss : List.of(Loss.MSE, Loss.CROSS_ENTROPY, Loss.BINARY_CROSS_ENTROPY)) {
      assertEquals(
          "the predictions are 2 x 3, but the targets are 1 x 3",
          assertThrows(IllegalArgumentException.class, () -> loss.value(P, one)).getMessage());
      assertEquals(
          "the predictions are 2 x 3, but the targets are 2 x 4",
          assertThrows(IllegalArgumentException.class, () -> loss.value(P, wider)).getMessage());
      String noRows = assertThrows(IllegalArgumentException.class, () -> loss.value(none, none)).getMessage();
      assertTrue(noRows.contains("0 x 3"), noRows);
    }
  }
}
