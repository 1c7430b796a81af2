package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Adagrad;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.RmsProp;
import dev.lanewise.optim.Schedule;
import dev.lanewise.optim.Sgd;
import dev.lanewise.train.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten steps of every optimizer on a layer of two inputs, three outputs and squared error, against the formulas in double: of
 * the gradient too, which for x·W + b is 2 xᵀ(x·W + b − y) over rows and outputs.
 */
class OptimizerTest {

  private static final int ROWS = 5;
  private static final int INPUTS = 2;
  private static final int OUTPUTS = 3;
  private static final int STEPS = 10;

  private final Matrix x = TestData.normal(1, ROWS, INPUTS);
  private final Matrix y = TestData.normal(2, ROWS, OUTPUTS);

  static List<Fit> fits() {
    Fit fit = Fit.with(Loss.MSE).batchSize(ROWS).epochs(STEPS).shuffle(false);
    return List.of(
        fit,
        fit.optimizer(Optimizer.sgd().decay(0.1)).learningRate(0.1),
        fit.optimizer(Optimizer.momentum(0.9)).learningRate(0.05),
        fit.optimizer(Optimizer.nesterov(0.9).decay(0.01)).learningRate(0.05),
        fit.optimizer(Optimizer.rmsProp()),
        fit.optimizer(Optimizer.rmsProp().rho(0.8).epsilon(1e-3).decay(0.2)).learningRate(0.02),
        fit.optimizer(Optimizer.adagrad()),
        fit.optimizer(Optimizer.adagrad().epsilon(0.1).decay(0.2)).learningRate(0.3),
        fit.optimizer(Optimizer.adam()),
        fit.optimizer(Optimizer.adam().beta1(0.7).beta2(0.9).epsilon(1e-4)).learningRate(0.1),
        fit.optimizer(Optimizer.adam().beta2(0.9999999)).learningRate(0.1), // 1 − β₂ is a fifth more as a float
        fit.optimizer(Optimizer.adam().beta1(0.9999999)).learningRate(0.1), // and so is 1 − β₁
        fit.optimizer(Optimizer.adamW()).learningRate(0.1),
        fit.optimizer(Optimizer.adam()).learningRate(0.1).l1(0.05).l2(0.2),
        fit.l1(0.1).l2(0.3).learningRate(0.1),
        fit.l1(0.1).learningRate(0.1),
        fit.l2(0.3).learningRate(0.1),
        fit.optimizer(Optimizer.adam()).l1(0.05).learningRate(0.1),
        fit.clipValue(0.05).learningRate(0.1),
        fit.clipNorm(0.2).learningRate(0.1),
        fit.l2(0.5).clipValue(0.3).clipNorm(0.4).optimizer(Optimizer.momentum(0.5)).learningRate(0.1),
        fit.clipNorm(0.2).optimizer(Optimizer.nesterov(0.9)).learningRate(0.1),
        fit.clipNorm(0.2).optimizer(Optimizer.adam().epsilon(0.1)).learningRate(0.1), // else its size does not matter to a step
        fit.clipNorm(0.2).optimizer(Optimizer.rmsProp().epsilon(0.1)).learningRate(0.1),
        fit.clipNorm(0.2).optimizer(Optimizer.adagrad().epsilon(0.1)).learningRate(0.1),
        fit.schedule(Schedule.cosine()).learningRate(0.1),
        fit.schedule(Schedule.step(3, 0.5)).optimizer(Optimizer.adam()).learningRate(0.1));
  }

  @ParameterizedTest
  @MethodSource("fits")
  void tenSteps(Fit fit) {
    Network network = Network.of(3, new int[] {INPUTS, OUTPUTS}, Activation.IDENTITY);
    double[] w = DoubleNetwork.doubles(network.layers().getFirst().weights().data());
    double[] b = new double[OUTPUTS];
    Memory ofW = new Memory(w.length);
    Memory ofB = new Memory(b.length);
    for (int t = 1; t <= STEPS; t++) {
      double[] gw = new double[w.length];
      double[] gb = new double[b.length];
      gradient(w, b, gw, gb);
      prepare(fit, w, gw, gb);
      double rate = fit.learningRate() * fit.schedule().factor(t - 0.5, STEPS);
      step(fit.optimizer(), rate, t, true, gw, w, ofW);
      step(fit.optimizer(), rate, t, false, gb, b, ofB);
    }
    network.fit(x, y, fit);
    assertClose(w, network.layers().getFirst().weights());
    assertClose(b, network.layers().getFirst().bias());
  }

  /** The arrays that a step needs and a checkpoint has for each of the parameters: where nothing is remembered, none. */
  @Test
  void rememberNoMoreThanTheirFormulas() {
    assertEquals(0, Optimizer.sgd().decay(0.1).memories());
    assertEquals(1, Optimizer.momentum(0.9).memories());
    assertEquals(1, Optimizer.rmsProp().memories());
    assertEquals(1, Optimizer.adagrad().memories());
    assertEquals(2, Optimizer.adamW().memories());
  }

  /** Gradients whose squares are far below what a velocity is flushed at, and an epsilon below their size: 2 · 1e-14 and 1e-15. */
  @ParameterizedTest
  @MethodSource("withSmallEpsilon")
  void smallGradientsUnderASmallEpsilon(Optimizer optimizer) {
    Network network = Network.of(3, new int[] {1, 1}, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(1, 1, 0));
    double[] w = {0};
    double[] b = {0};
    Memory ofW = new Memory(1);
    Memory ofB = new Memory(1);
    for (int t = 1; t <= STEPS; t++) {
      double delta = 2 * (1e-14 * w[0] + b[0] + 1);
      step(optimizer, 1e-3, t, true, new double[] {1e-14 * delta}, w, ofW);
      step(optimizer, 1e-3, t, false, new double[] {delta}, b, ofB);
    }
    Fit fit = Fit.with(Loss.MSE).optimizer(optimizer).learningRate(1e-3).epochs(STEPS);
    network.fit(Matrix.of(1, 1, 1e-14f), Matrix.of(1, 1, -1), fit);
    double actual = network.layers().getFirst().weights().get(0, 0);
    assertEquals(w[0], actual, 1e-4 * Math.abs(w[0]));
  }

  static List<Optimizer> withSmallEpsilon() {
    return List.of(
        Optimizer.adam().epsilon(1e-15), Optimizer.rmsProp().epsilon(1e-15), Optimizer.adagrad().epsilon(1e-15));
  }

  /** What the optimizers say of epsilon: how much longer steps are along the largest gradients whose squares count as zero. */
  @ParameterizedTest
  @MethodSource("withEpsilonOfNoSquares")
  void stepsAlongGradientsWhoseSquaresAreZero(Optimizer optimizer, float gradient, int steps, double longer, double tolerance) {
    double[] expected = {0};
    Memory ofW = new Memory(1);
    float[] w = new float[1];
    float[][] memory = new float[optimizer.memories()][1];
    for (int t = 1; t <= steps; t++) {
      expected[0] = 0;
      w[0] = 0;
      step(optimizer, 1, t, false, new double[] {gradient}, expected, ofW);
      optimizer.apply(1, 1, t, false, 1, new float[] {gradient}, w, memory, 0);
    }
    assertEquals(longer, w[0] / expected[0], tolerance);
  }

  static List<Arguments> withEpsilonOfNoSquares() {
    double near1 = Math.nextDown(1f);
    float least = Math.nextDown(0x1p-63f);
    float adam = Math.nextDown((float) Math.sqrt(Float.MIN_NORMAL / (1f - 0.999f)));
    float rms = Math.nextDown((float) Math.sqrt(Float.MIN_NORMAL / (1f - 0.9f)));
    float most = Math.nextDown((float) Math.sqrt(Float.MIN_NORMAL / (1f - near1)));
    return List.of(
        Arguments.of(Optimizer.adam().epsilon(1e-20), adam, 1000, 344, 0.5),
        Arguments.of(Optimizer.adam().epsilon(1e-15), adam, 1000, 1.0034, 5e-5),
        Arguments.of(Optimizer.adam().epsilon(1e-10), adam, 1000, 1, 1e-6),
        Arguments.of(Optimizer.adam().beta2(near1).epsilon(1e-8), most, 1000, 1, 1e-6),
        Arguments.of(Optimizer.rmsProp().epsilon(1e-20), rms, 1000, 35, 0.5),
        Arguments.of(Optimizer.rmsProp().epsilon(1e-15), rms, 1000, 1.0003, 5e-5),
        Arguments.of(Optimizer.rmsProp().epsilon(1e-11), rms, 1000, 1, 1e-7),
        Arguments.of(Optimizer.rmsProp().rho(near1).epsilon(1e-8), most, 1000, 1, 1e-7),
        Arguments.of(Optimizer.adagrad().epsilon(1e-15), least, 1_000_000, 1.11, 5e-3),
        Arguments.of(Optimizer.adagrad().epsilon(1e-8), least, 1_000_000, 1, 1e-7));
  }

  private static void assertClose(double[] expected, Matrix actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual.data()[i], 1e-5 * Math.max(1, Math.abs(expected[i])));
    }
  }

  private void gradient(double[] w, double[] b, double[] gw, double[] gb) {
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        double z = b[j];
        for (int p = 0; p < INPUTS; p++) {
          z += x.get(i, p) * w[p * OUTPUTS + j];
        }
        double delta = 2 * (z - y.get(i, j)) / (ROWS * OUTPUTS);
        gb[j] += delta;
        for (int p = 0; p < INPUTS; p++) {
          gw[p * OUTPUTS + j] += x.get(i, p) * delta;
        }
      }
    }
  }

  private static void prepare(Fit fit, double[] w, double[] gw, double[] gb) {
    double squares = 0;
    for (int i = 0; i < gw.length; i++) {
      gw[i] += fit.l2() * w[i] + fit.l1() * Math.signum(w[i]);
      gw[i] = Math.clamp(gw[i], -fit.clipValue(), fit.clipValue());
      squares += gw[i] * gw[i];
    }
    for (int i = 0; i < gb.length; i++) {
      gb[i] = Math.clamp(gb[i], -fit.clipValue(), fit.clipValue());
      squares += gb[i] * gb[i];
    }
    double factor = Math.min(1, fit.clipNorm() / Math.sqrt(squares));
    for (int i = 0; i < gw.length; i++) {
      gw[i] *= factor;
    }
    for (int i = 0; i < gb.length; i++) {
      gb[i] *= factor;
    }
  }

  private static final class Memory {
    final double[] first;
    final double[] second;

    Memory(int n) {
      first = new double[n];
      second = new double[n];
    }
  }

  private static void step(Optimizer optimizer, double rate, int t, boolean decays, double[] g, double[] w, Memory m) {
    for (int i = 0; i < g.length; i++) {
      w[i] *= decays ? 1 - rate * optimizer.decay() : 1;
      switch (optimizer) {
        case Sgd sgd -> {
          m.first[i] = sgd.momentum() * m.first[i] - rate * g[i];
          w[i] += sgd.nesterov() ? sgd.momentum() * m.first[i] - rate * g[i] : m.first[i];
        }
        case RmsProp rms -> {
          m.first[i] = rms.rho() * m.first[i] + (1 - rms.rho()) * g[i] * g[i];
          w[i] -= rate * g[i] / (Math.sqrt(m.first[i]) + rms.epsilon());
        }
        case Adagrad ada -> {
          m.first[i] += g[i] * g[i];
          w[i] -= rate * g[i] / (Math.sqrt(m.first[i]) + ada.epsilon());
        }
        case Adam adam -> {
          m.first[i] = adam.beta1() * m.first[i] + (1 - adam.beta1()) * g[i];
          m.second[i] = adam.beta2() * m.second[i] + (1 - adam.beta2()) * g[i] * g[i];
          double mean = m.first[i] / (1 - Math.pow(adam.beta1(), t));
          double square = m.second[i] / (1 - Math.pow(adam.beta2(), t));
          w[i] -= rate * mean / (Math.sqrt(square) + adam.epsilon());
        }
      }
    }
  }

  /** A step that need not be clipped is as long as its gradient, also after one that was. */
  @Test
  void clipsEachStepByItself() {
    Matrix inputs = TestData.normal(4, 2 * ROWS, INPUTS);
    Matrix targets = TestData.normal(5, 2 * ROWS, OUTPUTS);
    for (int i = 0; i < ROWS * OUTPUTS; i++) {
      targets.data()[i] *= 1000;
    }
    Fit fit = Fit.with(Loss.MSE).batchSize(ROWS).epochs(1).shuffle(false);
    Network whole = Network.of(3, new int[] {INPUTS, OUTPUTS}, Activation.IDENTITY);
    Network stepByStep = Network.of(3, new int[] {INPUTS, OUTPUTS}, Activation.IDENTITY);
    whole.fit(inputs, targets, fit.clipNorm(10));
    stepByStep.fit(inputs.rows(0, ROWS), targets.rows(0, ROWS), fit.clipNorm(10));
    stepByStep.fit(inputs.rows(ROWS, 2 * ROWS), targets.rows(ROWS, 2 * ROWS), fit);
    assertEquals(TestData.parameters(stepByStep), TestData.parameters(whole));
  }

  /** What does nothing keeps the bits of the path that stores no gradient; limits that are both infinite are on that path. */
  @ParameterizedTest
  @MethodSource("idle")
  void storedGradientsHaveTheSameBits(Fit idle) {
    Matrix inputs = TestData.normal(4, 200, 90);
    int[] labels = TestData.labels(5, 200, 7);
    Network plain = Network.of(6, new int[] {90, 70, 7}, Activation.RELU, Activation.SOFTMAX);
    Network stored = Network.of(6, new int[] {90, 70, 7}, Activation.RELU, Activation.SOFTMAX);
    plain.fit(inputs, labels, Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).epochs(3));
    stored.fit(inputs, labels, idle.learningRate(0.1).epochs(3));
    assertEquals(TestData.parameters(plain), TestData.parameters(stored));
    Matrix y = TestData.oneHot(labels, 7);
    double before =
        Network.of(6, new int[] {90, 70, 7}, Activation.RELU, Activation.SOFTMAX).evaluate(inputs, y, Loss.CROSS_ENTROPY);
    assertTrue(plain.evaluate(inputs, y, Loss.CROSS_ENTROPY) < before, "it has learnt something");
  }

  static List<Fit> idle() {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY);
    double none = Double.POSITIVE_INFINITY;
    return List.of(
        fit.clipValue(1e30), fit.clipNorm(1e30), fit.clipValue(none).clipNorm(none), fit.clipValue(none).clipNorm(1e30),
        fit.clipValue(1e30).clipNorm(none), fit.optimizer(Optimizer.sgd().decay(1e-30)));
  }
}
