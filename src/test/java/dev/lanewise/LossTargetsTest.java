package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets that a loss takes, what class labels become for it, and the outputs it goes with. */
class LossTargetsTest {

  private static final int ROWS = 50;
  private static final Matrix X = TestData.normal(1, ROWS, 4);
  private static final int[] ORDER = IntStream.range(0, ROWS).toArray();

  private static Network network(int outputs, Activation last) {
    return Network.of(3, new int[] {4, 6, outputs}, Activation.SILU, last);
  }

  /** −1 and 1: one column for each class, or one column for two. */
  private static Matrix margins(int[] labels, int outputs) {
    Matrix y = Matrix.zeros(labels.length, outputs);
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < outputs; j++) {
        y.set(i, j, labels[i] == (outputs == 1 ? 1 : j) ? 1 : -1);
      }
    }
    return y;
  }

  /** Labels become targets of the loss that is asked for, and not of that of the last fit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void labelsAreEvaluatedUnderAnyLoss(int outputs) {
    int[] labels = TestData.labels(2, ROWS, outputs == 1 ? 2 : outputs);
    Matrix margins = margins(labels, outputs);
    Matrix marks = margins.copy();
    for (int i = 0; i < marks.data().length; i++) {
      marks.data()[i] = Math.max(0, marks.data()[i]);
    }
    Network network = network(outputs, Activation.IDENTITY);
    network.fit(X, marks, Fit.with(Loss.MSE).epochs(1));
    Dataset dataset = Dataset.of(X, labels, List.of("a", "b", "c").subList(0, outputs == 1 ? 2 : outputs));
    for (Loss loss : List.of(Loss.HINGE, Loss.SQUARED_HINGE, Loss.MSE, Loss.MAE)) {
      Matrix targets = loss.name().contains("hinge") ? margins : marks;
      double expected = network.evaluate(X, targets, loss);
      assertEquals(expected, network.evaluate(X, labels, loss), loss.name());
      assertEquals(expected, network.evaluate(dataset, loss), loss.name());
      assertEquals(expected, network.evaluate(Dataset.of(X, targets), loss), loss.name());
    }
    Dataset more = Dataset.of(X, labels, List.of("a", "b", "c", "d"));
    String message = assertThrows(IllegalArgumentException.class, () -> network.evaluate(more, Loss.HINGE)).getMessage();
    assertTrue(message.contains("4 classes"), message);
  }

  /** As labels, as margins, and as labels that stream in, where rows have to be padded and where not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void labelsAreOneAgainstTheRestUnderHinges(int outputs) {
    int[] labels = TestData.labels(2, ROWS, outputs == 1 ? 2 : outputs);
    Matrix margins = margins(labels, outputs);
    Matrix marks = margins.copy();
    for (int i = 0; i < marks.data().length; i++) {
      marks.data()[i] = Math.max(0, marks.data()[i]);
    }
    for (Loss loss : List.of(Loss.HINGE, Loss.SQUARED_HINGE)) {
      Fit fit = Fit.with(loss).learningRate(0.2).epochs(4).batchSize(16).shuffle(false);
      Network labelled = network(outputs, Activation.IDENTITY);
      Network given = network(outputs, Activation.IDENTITY);
      Network streamed = network(outputs, Activation.IDENTITY);
      double first = labelled.evaluate(X, margins, loss);
      labelled.fit(X, labels, fit);
      given.fit(X, margins, fit);
      streamed.fit(new OrderedSource(X, marks, ROWS, epoch -> ORDER), fit);
      assertTrue(labelled.evaluate(X, margins) < first);
      assertEquals(TestData.parameters(given), TestData.parameters(labelled));
      assertEquals(TestData.parameters(given), TestData.parameters(streamed));
    }
  }

  /** A class is where the output is above 0, not 0.5. */
  @Test
  void oneOutputUnderAHingeIsDividedAtZero() {
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = X.get(i, 0) + X.get(i, 2) > 0 ? 1 : 0;
    }
    Network network = network(1, Activation.TANH);
    Fit fit = Fit.with(Loss.HINGE).learningRate(0.3).epochs(200).batchSize(10).validation(X, labels);
    Epoch last = network.fit(X, labels, fit).last();
    double accuracy = last.validationAccuracy();
    assertEquals(network.evaluate(X, margins(labels, 1), Loss.HINGE), last.validationLoss());
    Matrix predicted = network.predict(X);
    int[] expected = new int[ROWS];
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      expected[i] = predicted.get(i, 0) >= 0 ? 1 : 0;
      right += expected[i] == labels[i] ? 1 : 0;
    }
    assertArrayEquals(expected, network.classify(X));
    assertEquals(right / (double) ROWS, accuracy);
    assertTrue(accuracy > 0.95, () -> "accuracy " + accuracy);
  }

  @Test
  void targetsOutsideTheDomain() {
    Matrix first = TestData.oneHot(new int[ROWS], 3);
    String sum = "; targets of cross_entropy must not be negative, and those of a row add up to 1";
    assertRefused(Loss.CROSS_ENTROPY, Activation.SOFTMAX, with(first, 7, 2, -0.1f), "has -0.1 in row 7, column 2" + sum);
    assertRefused(Loss.CROSS_ENTROPY, Activation.SOFTMAX, with(first, 7, 0, 0.998f), "adds up to 0.998 in row 7" + sum);
    assertRefused(Loss.CROSS_ENTROPY, Activation.SOFTMAX, with(first, 7, 2, 1), "adds up to 2.0 in row 7" + sum);
    String between = "; targets of binary_cross_entropy must be from 0 to 1";
    assertRefused(
        Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, with(first, 0, 1, 1.5f), "has 1.5 in row 0, column 1" + between);
    Matrix margins = margins(new int[ROWS], 3);
    String margin = "has 0.5 in row 49, column 2; targets of %s must be -1 or 1";
    assertRefused(Loss.HINGE, Activation.TANH, with(margins, 49, 2, 0.5f), margin.formatted("hinge"));
    assertRefused(
        Loss.SQUARED_HINGE, Activation.IDENTITY, with(margins, 49, 2, 0.5f), margin.formatted("squared_hinge"));
  }

  /** Of any loss, also where it has no domain; predictions may be what they are. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void targetsThatAreNotFinite(float value) {
    Matrix y = with(Matrix.zeros(4, 3), 2, 1, value);
    for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER, OwnLoss.halfSquares("own", 1, 0))) {
      Refusals.assertRefused(
          "the target has " + value + " in row 2, column 1; values must be finite", () -> loss.value(Matrix.zeros(4, 3), y));
      assertFalse(Double.isFinite(loss.value(y, Matrix.zeros(4, 3))), loss.name());
    }
  }

  /** Near enough is taken, and other losses take any targets. */
  @Test
  void targetsInsideTheDomain() {
    Matrix first = TestData.oneHot(new int[ROWS], 3);
    network(3, Activation.SOFTMAX).fit(X, with(first, 7, 0, 0.9991f), Fit.with(Loss.CROSS_ENTROPY).epochs(1));
    for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER)) {
      network(3, Activation.SOFTMAX).fit(X, with(first, 3, 1, -1e6f), Fit.with(loss).learningRate(1e-9).epochs(1));
    }
  }

  private static Matrix with(Matrix y, int row, int col, float value) {
    Matrix changed = y.copy();
    changed.set(row, col, value);
    return changed;
  }

  /** By a fit, in memory, in validation and streaming, by evaluating and by the loss alone; nothing is changed. */
  private static void assertRefused(Loss loss, Activation last, Matrix y, String message) {
    Network network = network(3, last);
    List<Matrix> before = TestData.parameters(network);
    Fit fit = Fit.with(loss).epochs(1).batchSize(ROWS);
    Refusals.assertRefused("y " + message, () -> network.fit(X, y, fit));
    Refusals.assertRefused("y " + message, () -> network.evaluate(X, y, loss));
    Refusals.assertRefused("the target " + message, () -> loss.value(network.predict(X), y));
    Refusals.assertRefused("the validation's y " + message, () -> network.fit(X, new int[ROWS], fit.validation(X, y)));
    String streamed = message.replaceFirst("in row (\\d+)", "in epoch 1, batch 1, row $1 of the batch");
    Refusals.assertRefused("y " + streamed, () -> network.fit(new OrderedSource(X, y, ROWS, epoch -> ORDER), fit));
    assertEquals(before, TestData.parameters(network));
  }

  @Test
  void outputsThatALossDoesNotGoWith() {
    Matrix y = TestData.oneHot(new int[ROWS], 3);
    for (Loss loss : List.of(Loss.HINGE, Loss.SQUARED_HINGE)) {
      Refusals.assertRefused(
          loss + " needs identity or tanh as the last activation, but the network ends in sigmoid",
          () -> network(3, Activation.SIGMOID).fit(X, y, Fit.with(loss)));
    }
    Refusals.assertRefused(
        "cross_entropy needs softmax as the last activation, but the network ends in gelu",
        () -> network(3, Activation.GELU).fit(X, y, Fit.with(Loss.CROSS_ENTROPY)));
    Refusals.assertRefused(
        "binary_cross_entropy needs sigmoid as the last activation, but the network ends in softmax",
        () -> network(3, Activation.SOFTMAX).evaluate(X, y, Loss.BINARY_CROSS_ENTROPY));
  }
}
