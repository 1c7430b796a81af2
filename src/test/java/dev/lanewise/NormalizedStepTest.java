package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What clipping and decay make of a step where layers are normalised, or where squares of the gradient are no floats, against the
 * formulas in double of central differences.
 */
class NormalizedStepTest {

  private static final int ROWS = 7;

  /** A power of two, and so long that rounding the new parameters hides nothing of the gradient. */
  private static final double RATE = 1024;

  private static final double TOLERANCE = 1e-3;

  /** Less than rounding the parameters hides. */
  private static final double NOTHING = 1e-6;

  enum Layers {
    PLAIN,
    BATCH,
    LAYER;

    UnaryOperator<Dense> options() {
      return switch (this) {
        case PLAIN -> UnaryOperator.identity();
        case BATCH -> Dense::batchNorm;
        case LAYER -> Dense::layerNorm;
      };
    }
  }

  /** A step over a hidden layer, whose gradient is that of the loss times a factor in the weights behind it. */
  record Case(Layers hidden, int width, float factor, Fit fit) {}

  static List<Case> cases() {
    Fit fit = Fit.with(Loss.MAE).learningRate(RATE).batchSize(ROWS).epochs(1).shuffle(false);
    List<Case> cases = new ArrayList<>();
    for (Layers hidden : Layers.values()) {
      cases.add(new Case(hidden, 19, 1f, fit.clipNorm(0.01)));
      cases.add(new Case(hidden, 19, 1e21f, fit.clipNorm(0.01)));
      cases.add(new Case(hidden, 19, 1f, fit.clipValue(0.01)));
      cases.add(new Case(hidden, 19, 1f, fit.clipValue(0.02).clipNorm(0.03)));
      cases.add(new Case(hidden, 19, 1f, fit.optimizer(Optimizer.sgd().decay(1e-3))));
    }
    for (int width : new int[] {17, 70, 130}) { // a panel of medium width; more than one; more than a group of 64 columns, and another
      cases.add(new Case(Layers.PLAIN, width, 1f, fit.clipNorm(0.01)));
      cases.add(new Case(Layers.PLAIN, width, 1e21f, fit.clipNorm(0.01)));
      cases.add(new Case(Layers.PLAIN, width, 1f, fit.clipValue(0.01)));
      cases.add(new Case(Layers.PLAIN, width, 1f, fit.l1(0.01).l2(0.02)));
      cases.add(new Case(Layers.PLAIN, width, 1f, fit.l1(0.01).l2(0.02).clipValue(0.02).clipNorm(0.03)));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepIsThatOfTheFormulas(Case c) {
    Network network =
        Network.input(4).dense(c.width, Activation.TANH, c.hidden.options()).dense(3, Activation.IDENTITY).seed(5).build();
    Matrix behind = TestData.normal(6, c.width, 3);
    for (int i = 0; i < behind.data().length; i++) {
      behind.data()[i] *= c.factor;
    }
    network.layers().getLast().setWeights(behind);
    for (String name : List.of("bias", "scale")) {
      if (network.layers().getFirst().parameters().containsKey(name)) {
        network.layers().getFirst().setParameter(name, TestData.normal(name.length(), 1, c.width));
      }
    }
    Matrix x = TestData.normal(1, ROWS, 4);
    Matrix y = TestData.normal(2, ROWS, 3);
    List<Map<String, double[]>> expected = steps(new BatchOracle(network, 0), x, y, c.fit);
    List<Map<String, Matrix>> before = TestData.state(network);
    network.fit(x, y, c.fit);
    List<Map<String, Matrix>> after = TestData.state(network);
    for (int l = 0; l < expected.size(); l++) {
      for (String name : expected.get(l).keySet()) {
        float[] from = before.get(l).get(name).data();
        float[] to = after.get(l).get(name).data();
        double[] moved = new double[from.length];
        Arrays.setAll(moved, i -> from[i] - (double) to[i]);
        assertClose(name + " of layer " + l, expected.get(l).get(name), moved);
      }
    }
  }

  /**
   * Each array remembers its own gradient: of a step after one that went from p to q, momentum μ makes μ (q − p) more than plain descent
   * does, which has no memory.
   */
  @ParameterizedTest
  @EnumSource(Layers.class)
  void secondStepGoesOnWithTheFirst(Layers hidden) {
    Matrix x = TestData.normal(1, ROWS, 4);
    Matrix y = TestData.normal(2, ROWS, 3);
    Fit plain = Fit.with(Loss.MSE).learningRate(0.125).batchSize(ROWS).shuffle(false);
    List<List<Map<String, Matrix>>> states = new ArrayList<>();
    for (Fit fit : List.of(plain.epochs(1), plain.epochs(2), plain.epochs(2).optimizer(Optimizer.momentum(0.5)))) {
      Network network =
          Network.input(4).dense(19, Activation.TANH, hidden.options()).dense(3, Activation.IDENTITY).seed(5).build();
      states.add(TestData.state(network));
      network.fit(x, y, fit);
      states.add(TestData.state(network));
    }
    for (int l = 0; l < 2; l++) {
      for (String name : states.getFirst().get(l).keySet()) {
        float[] start = states.getFirst().get(l).get(name).data();
        float[] first = states.get(1).get(l).get(name).data();
        float[] without = states.get(3).get(l).get(name).data();
        float[] with = states.get(5).get(l).get(name).data();
        boolean isMoved = !name.startsWith("running_"); // those moments are of the batches, whatever the optimizer
        for (int i = 0; i < with.length; i++) {
          assertEquals(without[i] + (isMoved ? 0.5f * (first[i] - start[i]) : 0), with[i], 1e-6, name + " of layer " + l);
        }
      }
    }
  }

  /** What each parameter loses. */
  private static List<Map<String, double[]>> steps(BatchOracle oracle, Matrix x, Matrix y, Fit fit) {
    double[][] targets = new double[ROWS][];
    Arrays.setAll(targets, i -> DoubleNetwork.doubles(y.row(i)));
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    List<Map<String, double[]>> steps = new ArrayList<>();
    double squares = 0;
    for (int l = 0; l < oracle.parameters.size(); l++) {
      steps.add(new LinkedHashMap<>());
      for (String name : oracle.parameters.get(l).keySet()) {
        double[] gradient = oracle.numericGradient(l, name, x, targets, ones, fit.loss());
        double[] values = oracle.parameters.get(l).get(name);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += name.equals("weight") ? fit.l1() * Math.signum(values[i]) + fit.l2() * values[i] : 0;
          gradient[i] = Math.clamp(gradient[i], -fit.clipValue(), fit.clipValue());
          squares += gradient[i] * gradient[i];
        }
        steps.get(l).put(name, gradient);
      }
    }
    double factor = Math.min(1, fit.clipNorm() / Math.sqrt(squares));
    for (int l = 0; l < steps.size(); l++) {
      Map<String, double[]> parameters = oracle.parameters.get(l);
      steps.get(l).forEach((name, step) -> {
        double decay = name.equals("weight") ? fit.optimizer().decay() : 0;
        Arrays.setAll(step, i -> RATE * (step[i] * factor + decay * parameters.get(name)[i]));
      });
    }
    return steps;
  }

  private static void assertClose(String what, double[] expected, double[] actual) {
    double[] difference = new double[expected.length];
    Arrays.setAll(difference, i -> expected[i] - actual[i]);
    double error = norm(difference);
    assertTrue(
        error <= NOTHING + TOLERANCE * norm(expected),
        () -> "the step of the " + what + " is off by " + error + " of " + norm(expected));
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }
}
