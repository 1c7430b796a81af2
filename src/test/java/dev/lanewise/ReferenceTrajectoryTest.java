package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.data.Digits;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.LayerOutput;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Both rules follow NumPy's trajectories step by step: see {@link Reference}. */
class ReferenceTrajectoryTest {

  private static final int BATCH = 15;
  private static final int TRAINED_ROWS = 1785;
  private static final Matrix X = Digits.load().x();
  private static final Matrix Y = Digits.load().y();

  static final List<Rule> RULES =
      List.of(new Rule("post", Fit.published(), 1), new Rule("right_raw", Fit.with(Loss.MSE), BATCH * 10 / 2.0));

  /**
   * One folder of the reference.
   *
   * @param scale the gradient in its files over the gradient of our loss, which is a mean over rows and outputs
   */
  record Rule(String folder, Fit fit, double scale) {
    String file(String name) {
      return folder + "/" + name;
    }
  }

  private final Network network = Network.of(new int[] {64, 15, 10}, Activation.RELU, Activation.SIGMOID);

  ReferenceTrajectoryTest() {
    Reference.setInitialParameters(network);
  }

  private static Source orderedRows(int rows) {
    int[][] orders = Reference.orders();
    return new OrderedSource(X, Y, rows, epoch -> Arrays.copyOf(orders[(int) epoch], rows));
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void fiveEpochs(Rule rule) {
    List<Double> losses = new ArrayList<>();
    Fit fit = rule.fit.learningRate(1e-3 * rule.scale).batchSize(BATCH).epochs(5);
    network.fit(orderedRows(TRAINED_ROWS), fit.onEpoch(epoch -> losses.add(network.evaluate(X, Y))));

    for (int l = 0; l < 2; l++) {
      Reference.assertClose(rule.file("w" + (l + 1)), network.layers().get(l).weights());
      Reference.assertClose(rule.file("b" + (l + 1)), network.layers().get(l).bias());
    }
    Reference.assertClose(rule.file("pred20"), network.predict(X.rows(0, 20)));
    double[][] expected = Reference.read(rule.file("loss"));
    assertEquals(5, expected.length);
    assertEquals(5, losses.size());
    for (int epoch = 0; epoch < 5; epoch++) {
      Reference.assertClose("loss after epoch " + (epoch + 1), expected[epoch][1], losses.get(epoch));
    }
  }

  /** At learning rate 1 the parameters move by the gradient, and the subtraction loses less than the tolerance. */
  @ParameterizedTest
  @FieldSource("RULES")
  void gradientsOfTheFirstBatch(Rule rule) {
    List<Matrix> before = TestData.parameters(network);
    network.fit(orderedRows(BATCH), rule.fit.learningRate(rule.scale).batchSize(BATCH).epochs(1));
    List<Matrix> after = TestData.parameters(network);

    List<String> names = List.of("b0_gw1", "b0_gb1", "b0_gw2", "b0_gb2");
    for (int i = 0; i < names.size(); i++) {
      Matrix gradient = before.get(i).copy();
      for (int j = 0; j < gradient.data().length; j++) {
        gradient.data()[j] -= after.get(i).data()[j];
      }
      Reference.assertClose(rule.file(names.get(i)), gradient);
    }
  }

  @Test
  void activationsOfTheFirstBatch() {
    int[] first = Arrays.copyOf(Reference.orders()[0], BATCH);
    Matrix x = Matrix.of(Arrays.stream(first).mapToObj(X::row).toArray(float[][]::new));
    List<LayerOutput> layers = network.forward(x);
    for (Rule rule : RULES) {
      Reference.assertClose(rule.file("b0_a2"), layers.get(0).a());
      Reference.assertClose(rule.file("b0_a3"), layers.get(1).a());
      Reference.assertClose(rule.file("b0_a3"), network.predict(x));
    }
  }
}
