package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One step of the post's rule for every pair of activations it takes, against its formulas in double: the output's
 * prime at a, hidden primes at z, weights by the sum over the batch, biases by its mean.
 */
class PublishedRuleTest {

  private static final int ROWS = 6;

  record Case(Activation hidden, Activation output) {}

  static List<Case> cases() {
    List<Activation> elementwise = List.of(
        Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.IDENTITY, Activation.LEAKY_RELU, Activation.ELU, Activation.GELU,
        Activation.GELU_TANH, Activation.SILU, Activation.SOFTPLUS);
    List<Case> cases = new ArrayList<>();
    for (Activation hidden : elementwise) {
      for (Activation output : elementwise) {
        cases.add(new Case(hidden, output));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneStep(Case c) {
    Network network = Network.of(3, new int[] {5, 4, 3}, c.hidden, c.output);
    network.layers().get(0).setBias(TestData.normal(4, 1, 4));
    network.layers().get(1).setBias(TestData.normal(5, 1, 3));
    Matrix x = TestData.normal(6, ROWS, 5);
    Matrix y = TestData.unit(7, ROWS, 3);
    DoubleNetwork oracle = new DoubleNetwork(network);
    List<double[]> expected = step(oracle, c, x, y);

    double before = network.evaluate(x, y);
    Fit oneStep = Fit.published().learningRate(1).batchSize(ROWS).epochs(1);
    assertEquals(before, network.fit(x, y, oneStep).last().loss(), 1e-6 * before);

    List<Matrix> after = TestData.parameters(network);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), DoubleNetwork.doubles(after.get(i).data()), 1e-5, "parameters " + i);
    }
  }

  /** The parameters after one step at learning rate 1. */
  private static List<double[]> step(DoubleNetwork network, Case c, Matrix x, Matrix y) {
    List<double[]> updated = new ArrayList<>();
    network.parameters.forEach(p -> updated.add(p.clone()));
    for (int i = 0; i < x.rows(); i++) {
      double[] row = DoubleNetwork.doubles(x.row(i));
      double[] z = network.sums(row).getFirst();
      double[] a = DoubleNetwork.apply(c.hidden, z);
      double[] output = network.predict(row);
      double[] delta = output.clone();
      for (int j = 0; j < delta.length; j++) {
        delta[j] = (output[j] - y.get(i, j)) * DoubleNetwork.prime(c.output, output[j]);
      }
      double[] hiddenDelta = new double[a.length];
      for (int p = 0; p < a.length; p++) {
        for (int j = 0; j < delta.length; j++) {
          hiddenDelta[p] += delta[j] * network.parameters.get(2)[p * delta.length + j];
        }
        hiddenDelta[p] *= DoubleNetwork.prime(c.hidden, z[p]);
      }
      descend(updated.get(0), updated.get(1), row, hiddenDelta);
      descend(updated.get(2), updated.get(3), a, delta);
    }
    return updated;
  }

  private static void descend(double[] weights, double[] bias, double[] input, double[] delta) {
    for (int j = 0; j < delta.length; j++) {
      for (int p = 0; p < input.length; p++) {
        weights[p * delta.length + j] -= input[p] * delta[j];
      }
      bias[j] -= delta[j] / ROWS;
    }
  }
}
