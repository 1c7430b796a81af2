package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient that a step descends where layers are normalised and drop outputs, targets are smoothed and rows weighted, against
 * central differences in double of the loss of that very batch. Differences are so short that kinks are not met.
 */
class TrainingGradientTest {

  private static final int ROWS = 7;
  private static final int[] WIDTHS = {5, 17, 3};
  private static final long SEED = 31;
  private static final double TOLERANCE = 1e-3;

  /** A power of two, and so long that rounding the new parameters hides nothing of the gradient. */
  private static final double STEP = 1024;

  private static final List<Activation> HIDDEN =
      List.of(
          Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.IDENTITY, Activation.LEAKY_RELU,
          Activation.ELU, Activation.GELU, Activation.GELU_TANH, Activation.SILU, Activation.SOFTPLUS);

  enum Option {
    PLAIN,
    BATCH,
    LAYER
  }

  record Case(
      Loss loss, Activation hidden, Activation output, Option normalization, boolean normalizesLast, double dropout,
      boolean weighted, double smoothing) {

    UnaryOperator<Dense> options(boolean last) {
      UnaryOperator<Dense> normalized = switch (last && !normalizesLast ? Option.PLAIN : normalization) {
        case PLAIN -> UnaryOperator.identity();
        case BATCH -> Dense::batchNorm;
        case LAYER -> Dense::layerNorm;
      };
      return layer -> last ? normalized.apply(layer) : normalized.apply(layer).dropout(dropout);
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Option normalization : Option.values()) {
      for (double dropout : new double[] {0, 0.4}) {
        for (boolean last : normalization == Option.PLAIN ? new boolean[] {false} : new boolean[] {false, true}) {
          for (Activation hidden : HIDDEN) {
            for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER)) {
              cases.add(new Case(loss, hidden, Activation.IDENTITY, normalization, last, dropout, false, 0));
            }
            for (Loss loss : List.of(Loss.HINGE, Loss.SQUARED_HINGE)) {
              cases.add(new Case(loss, hidden, Activation.TANH, normalization, last, dropout, false, 0));
            }
            cases.add(new Case(Loss.CROSS_ENTROPY, hidden, Activation.SOFTMAX, normalization, last, dropout, true, 0.1));
            cases.add(
                new Case(Loss.BINARY_CROSS_ENTROPY, hidden, Activation.SIGMOID, normalization, last, dropout, true, 0));
          }
          cases.add(new Case(Loss.MSE, Activation.TANH, Activation.SOFTMAX, normalization, last, dropout, true, 0));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepIsAlongTheGradient(Case c) {
    NetworkBuilder builder = Network.input(6);
    for (int l = 0; l < WIDTHS.length; l++) {
      boolean last = l == WIDTHS.length - 1;
      builder.dense(WIDTHS[l], last ? c.output : c.hidden, c.options(last));
    }
    Network network = builder.seed(5).build();
    for (int l = 0; l < WIDTHS.length; l++) {
      Layer layer = network.layers().get(l);
      for (String name : List.of("bias", "scale")) {
        if (layer.parameters().containsKey(name)) {
          layer.setParameter(name, TestData.normal(7 + l + name.length(), 1, layer.outputs()));
        }
      }
    }
    Matrix x = TestData.normal(1, ROWS, 6);
    int[] labels = TestData.labels(2, ROWS, 3);
    Matrix y = TestData.oneHot(labels, 3);
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] = c.loss.targetOf(y.data()[i] == 1);
    }
    float[] rowWeights = new float[ROWS];
    double[] weights = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      rowWeights[i] = c.weighted ? i * 0.5f : 1f;
      weights[i] = rowWeights[i];
    }
    double[][] targets = new double[ROWS][];
    Arrays.setAll(
        targets, i -> Arrays.stream(DoubleNetwork.doubles(y.row(i))).map(v -> (1 - c.smoothing) * v + c.smoothing / 3).toArray());

    BatchOracle oracle = new BatchOracle(network, SEED);
    List<Map<String, Matrix>> before = TestData.state(network);
    Fit fit = Fit.with(c.loss).learningRate(STEP).batchSize(ROWS).epochs(1).shuffle(false).seed(SEED);
    Fit smoothed = c.smoothing == 0 ? fit : fit.labelSmoothing(c.smoothing);
    double seen =
        (c.weighted ? network.fit(x, y, rowWeights, smoothed) : network.fit(x, y, smoothed)).last().loss();

    double loss = oracle.loss(x, targets, weights, c.loss);
    assertEquals(loss, seen, 1e-5 * loss, "the loss of the batch");
    List<Map<String, Matrix>> after = TestData.state(network);
    for (int l = 0; l < before.size(); l++) {
      for (String name : oracle.parameters.get(l).keySet()) {
        float[] from = before.get(l).get(name).data();
        float[] to = after.get(l).get(name).data();
        double[] moved = new double[from.length];
        Arrays.setAll(moved, i -> (from[i] - (double) to[i]) / STEP);
        assertClose(name + " of layer " + l, oracle.numericGradient(l, name, x, targets, weights, c.loss), moved);
      }
    }
  }

  private static void assertClose(String what, double[] expected, double[] actual) {
    double[] difference = new double[expected.length];
    Arrays.setAll(difference, i -> expected[i] - actual[i]);
    double norm = norm(expected);
    if (norm < 1e-8) { // what shifts all rows alike is normalised away by the next layer
      assertTrue(norm(actual) < 1e-6, () -> "the gradient of the " + what + " is nothing, but " + norm(actual) + " was seen");
      return;
    }
    assertTrue(norm > 1e-5, () -> "the gradient of the " + what + " is next to nothing: " + norm);
    double error = norm(difference) / (norm + norm(actual));
    assertTrue(error <= TOLERANCE, () -> "the gradient of the " + what + " is off by " + error);
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }
}
