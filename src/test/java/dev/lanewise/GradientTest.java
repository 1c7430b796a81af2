package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient that a fit descends, against finite differences of the whole network in double, for every hidden
 * activation, every loss with every output it takes, and one to three layers.
 */
class GradientTest {

  private static final int ROWS = 9;
  private static final int[] DIMENSIONS = {6, 7, 5, 4};

  /** ‖g − ĝ‖ over ‖g‖ + ‖ĝ‖, for each array of parameters. */
  private static final double TOLERANCE = 1e-3;

  /** Nearer than this to a kink of an activation, a difference would reach over it. */
  private static final double KINK = 1e-3;

  /** The step; a power of two, and so long that rounding the new parameters hides nothing of the gradient. */
  private static final double STEP = 1024;

  record Case(Loss loss, Activation hidden, Activation output, int depth) {
    int[] dimensions() {
      int[] dimensions = Arrays.copyOf(DIMENSIONS, depth + 1);
      dimensions[depth] = DIMENSIONS[DIMENSIONS.length - 1];
      return dimensions;
    }

    Activation[] activations() {
      Activation[] activations = new Activation[depth];
      Arrays.fill(activations, hidden);
      activations[depth - 1] = output;
      return activations;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    List<Activation> hidden =
        List.of(
            Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.IDENTITY, Activation.LEAKY_RELU,
            Activation.leakyRelu(0.3), Activation.ELU, Activation.elu(0.5), Activation.GELU, Activation.GELU_TANH,
            Activation.SILU, Activation.SOFTPLUS);
    List<Activation> outputs = new ArrayList<>(hidden);
    outputs.add(Activation.SOFTMAX);
    for (int depth = 1; depth <= 3; depth++) {
      for (Activation inside : depth == 1 ? List.of(Activation.RELU) : hidden) {
        for (Activation output : outputs) {
          for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER, Loss.huber(0.25))) {
            cases.add(new Case(loss, inside, output, depth));
          }
        }
        for (Activation output : List.of(Activation.IDENTITY, Activation.TANH)) {
          cases.add(new Case(Loss.HINGE, inside, output, depth));
          cases.add(new Case(Loss.SQUARED_HINGE, inside, output, depth));
        }
        cases.add(new Case(Loss.CROSS_ENTROPY, inside, Activation.SOFTMAX, depth));
        cases.add(new Case(Loss.BINARY_CROSS_ENTROPY, inside, Activation.SIGMOID, depth));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepIsAlongTheGradient(Case c) {
    Network network = networkAwayFromKinks(c);
    Matrix x = TestData.normal(1, ROWS, network.inputs());
    Matrix y = targets(c);
    DoubleNetwork oracle = new DoubleNetwork(network);
    List<double[]> expected = oracle.numericGradient(x, y, c.loss);
    double lossBefore = oracle.loss(x, y, c.loss);

    Fit oneStep = Fit.with(c.loss).learningRate(STEP).batchSize(ROWS).epochs(1);
    double seen = network.fit(x, y, oneStep).last().loss();

    assertEquals(lossBefore, seen, 1e-5 * lossBefore, "the loss of the batch");
    List<Matrix> after = TestData.parameters(network);
    for (int i = 0; i < expected.size(); i++) {
      double[] moved = DoubleNetwork.doubles(after.get(i).data());
      double[] before = oracle.parameters.get(i);
      Arrays.setAll(moved, j -> (before[j] - moved[j]) / STEP);
      assertClose((i % 2 == 0 ? "weights" : "bias") + " of layer " + i / 2, expected.get(i), moved);
    }
  }

  /** Between 0 and 1; for cross-entropy probabilities, each row of which sums to 1. */
  private static Matrix targets(Case c) {
    Matrix y = TestData.unit(2, ROWS, c.dimensions()[c.depth]);
    for (int i = 0; i < y.data().length && c.loss.targetOf(false) == -1; i++) {
      y.data()[i] = y.data()[i] < 0.5f ? -1 : 1;
    }
    for (int i = 0; i < ROWS && c.loss.equals(Loss.CROSS_ENTROPY); i++) {
      double sum = Arrays.stream(DoubleNetwork.doubles(y.row(i))).sum();
      for (int j = 0; j < y.cols(); j++) {
        y.set(i, j, (float) (y.get(i, j) / sum));
      }
    }
    return y;
  }

  private static void assertClose(String what, double[] expected, double[] actual) {
    double[] difference = new double[expected.length];
    Arrays.setAll(difference, i -> expected[i] - actual[i]);
    double norm = norm(expected);
    assertTrue(norm > 1e-5, () -> "the gradient of the " + what + " is next to nothing: " + norm);
    double error = norm(difference) / (norm + norm(actual));
    assertTrue(error <= TOLERANCE, () -> "the gradient of the " + what + " is off by " + error);
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  /** The first seed for which no weighted sum of any row is near zero where a ReLU follows. */
  private static Network networkAwayFromKinks(Case c) {
    for (long seed = 0; ; seed++) {
      Network network = Network.of(seed, c.dimensions(), c.activations());
      for (int l = 0; l < c.depth; l++) {
        network.layers().get(l).setBias(TestData.normal(seed + l, 1, network.layers().get(l).outputs()));
      }
      if (isAwayFromKinks(network)) {
        return network;
      }
    }
  }

  private static boolean isAwayFromKinks(Network network) {
    Matrix x = TestData.normal(1, ROWS, network.inputs());
    DoubleNetwork oracle = new DoubleNetwork(network);
    for (int i = 0; i < ROWS; i++) {
      List<double[]> sums = oracle.sums(DoubleNetwork.doubles(x.row(i)));
      for (int l = 0; l < sums.size(); l++) {
        String name = network.layers().get(l).activation().name();
        boolean kinked = name.contains("relu") || name.contains("elu(");
        if (kinked && Arrays.stream(sums.get(l)).anyMatch(z -> Math.abs(z) < KINK)) {
          return false;
        }
      }
    }
    return true;
  }
}
