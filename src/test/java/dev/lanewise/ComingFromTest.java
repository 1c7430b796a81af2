package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.data.Split;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs of the pages "coming from", which have to compile and to learn; fewer epochs will do. And what the pages say equals
 * scikit-learn: the numbers are those of its version 1.4.2, from the same weights, with {@code activation="tanh"}, {@code batch_size=2} and
 * {@code shuffle=False}.
 */
class ComingFromTest {

  private static final Matrix X = Matrix.of(4, 2, 0, 0, 0, 1, 1, 0, 1, 1);
  private static final Matrix NUMBERS = Matrix.of(4, 3, 0, 1, -1, 1, 0, 0.5f, 1, -0.5f, 0, 0, 0.5f, 1);
  private static final Matrix LABELS = Matrix.of(4, 3, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1);
  private static final int[] CLASSES = {0, 1, 2, 0};
  private static final int K = 3;

  private static Network ofThreeOutputs(Activation output) {
    Network network = Network.of(1, new int[] {2, 2, K}, Activation.TANH, output);
    network.layers().get(0).setWeights(Matrix.of(2, 2, 0.5f, -0.25f, -0.75f, 1));
    network.layers().get(0).setBias(Matrix.of(1, 2, 0.125f, -0.125f));
    network.layers().get(1).setWeights(Matrix.of(2, K, 0.5f, -1, 0.25f, 0.75f, 0.5f, -0.5f));
    network.layers().get(1).setBias(Matrix.of(1, K, 0, 0.25f, -0.25f));
    return network;
  }

  @Test
  void scikitLearn() {
    Split<Dataset> digits = Digits.load().split(0.2, 1);
    Network mlp = Network.of(1, new int[] {64, 64, 32, 10}, Activation.RELU, Activation.RELU, Activation.SOFTMAX);
    mlp.fit(digits.train(), Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).epochs(20).batchSize(32).l2(1e-4 / 32)
        .validationSplit(0.1).earlyStopping(11));
    ClassificationReport report = ClassificationReport.of(
        digits.test().labels(), mlp.classify(digits.test().x()), digits.test().classNames());
    assertTrue(report.accuracy() > 0.9, report::toString);
  }

  /** After 20 epochs with {@code alpha=0.05}: MLPRegressor and MLPClassifier, the predictions of the four rows. */
  @ParameterizedTest
  @MethodSource("severalOutputs")
  void sumsOverOutputs(Activation output, Matrix y, Fit fit, float[] predicted) {
    Network network = ofThreeOutputs(output);
    network.fit(X, y, fit.batchSize(2).shuffle(false).epochs(20));
    assertArrayEquals(predicted, network.predict(X).data(), 2e-5f);
  }

  static List<Arguments> severalOutputs() {
    Fit regressor = Fit.with(Loss.MSE).l2(2 * 0.05 / (K * 2));
    Fit classifier = Fit.with(Loss.BINARY_CROSS_ENTROPY).l2(0.05 / (K * 2));
    return List.of(
        Arguments.of(
            Activation.IDENTITY, NUMBERS, regressor.optimizer(Optimizer.nesterov(0.9)).learningRate(K * 0.05 / 2),
            new float[] {
              0.346613f, 0.449937f, -0.912667f, 0.457946f, 0.307253f, 0.388984f,
              0.501416f, 0.151228f, 0.056134f, 0.579764f, 0.051045f, 0.974060f
            }),
        Arguments.of(
            Activation.IDENTITY, NUMBERS, regressor.optimizer(Optimizer.adam()).learningRate(0.05),
            new float[] {
              0.443569f, 0.172994f, -0.091900f, 0.439077f, 0.306379f, 0.323442f,
              0.597069f, 0.164577f, 0.113605f, 0.561753f, 0.300999f, 0.491942f
            }),
        Arguments.of(
            Activation.SIGMOID, LABELS, classifier.optimizer(Optimizer.nesterov(0.9)).learningRate(K * 0.1),
            new float[] {
              0.512203f, 0.507382f, 0.061081f, 0.465059f, 0.521650f, 0.951666f,
              0.533789f, 0.493507f, 0.039789f, 0.474736f, 0.515411f, 0.941756f
            }),
        Arguments.of(
            Activation.SIGMOID, LABELS, classifier.optimizer(Optimizer.adam()).learningRate(0.1),
            new float[] {
              0.483916f, 0.500289f, 0.051507f, 0.490885f, 0.509230f, 0.947423f,
              0.539148f, 0.469039f, 0.082719f, 0.515521f, 0.494916f, 0.950245f
            }));
  }

  /** Without {@code early_stopping} and {@code alpha}: the epochs until its loss no longer falls by {@code tol=1e-4}. */
  @Test
  void endsByTheLossOfTraining() {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.nesterov(0.9)).learningRate(0.1);
    assertEquals(91, epochs(ofThreeOutputs(Activation.SOFTMAX), Loss.CROSS_ENTROPY.targets(CLASSES, K), fit, 1e-4));
    fit = Fit.with(Loss.MSE).optimizer(Optimizer.nesterov(0.9)).learningRate(K * 0.02 / 2);
    assertEquals(149, epochs(ofThreeOutputs(Activation.IDENTITY), NUMBERS, fit, 2 * 1e-4));
    fit = Fit.with(Loss.BINARY_CROSS_ENTROPY).optimizer(Optimizer.nesterov(0.9)).learningRate(K * 0.05);
    assertEquals(438, epochs(ofThreeOutputs(Activation.SIGMOID), LABELS, fit, 1e-4 / K));
  }

  private static int epochs(Network network, Matrix y, Fit fit, double tol) {
    double[] lowest = {Double.POSITIVE_INFINITY};
    int[] since = {0};
    fit = fit.stopWhen(epoch -> {
      since[0] = epoch.loss() > lowest[0] - tol ? since[0] + 1 : 0;
      lowest[0] = Math.min(lowest[0], epoch.loss());
      return since[0] > 10;
    });
    return network.fit(X, y, fit.batchSize(2).shuffle(false).epochs(1000)).epochs().size();
  }

  /** A loss that never falls: {@code n_iter_no_change=10} ends it after 12 epochs, and "adaptive" lowers the rate for the 13th and 24th. */
  @Test
  void waitsForMoreThanTenEpochs() {
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(1e-30).batchSize(4).shuffle(false).epochs(24);
    assertEquals(12, ofThreeOutputs(Activation.SOFTMAX).fit(X, CLASSES, fit.earlyStopping(11)).epochs().size());
    List<Epoch> epochs = ofThreeOutputs(Activation.SOFTMAX).fit(X, CLASSES, fit.reduceOnPlateau(0.2, 11)).epochs();
    for (Epoch epoch : epochs) {
      int reductions = epoch.number() < 13 ? 0 : epoch.number() < 24 ? 1 : 2;
      assertEquals(1e-30 * Math.pow(0.2, reductions), epoch.learningRate(), 1e-36);
    }
  }

  /** By the formula of scikit-learn and Keras, m η √(1 − β₂ᵗ) / (1 − β₁ᵗ) / (√v + ε), along a gradient as small as ε. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void addsEpsilonBeforeTheCorrection(int t) {
    float g = 1e-7f;
    double m = 0.1 * g;
    double v = 0.001 * g * g;
    double theirs = m * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t)) / (Math.sqrt(v) + 1e-7);
    float[] w = {0};
    Optimizer ours = Optimizer.adam().epsilon(1e-7 * (t == 1 ? 31.6 : 1.26));
    ours.apply(1, 1, t, false, 1, new float[] {g}, w, new float[2][1], 0);
    assertEquals(theirs, -w[0], 5e-3 * theirs);
  }

  @Test
  void keras(@TempDir Path folder) {
    Dataset digits = Digits.load();
    Network model = Network.input(64)
        .dense(256, Activation.RELU, l -> l.batchNorm().dropout(0.2).initializer(Initializer.GLOROT_UNIFORM))
        .dense(10, Activation.SOFTMAX, l -> l.initializer(Initializer.GLOROT_UNIFORM)).build();
    double accuracy = model.fit(digits.x(), digits.labels(), Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam())
        .batchSize(128).epochs(5).validationSplit(0.1).earlyStopping(3)).last().validationAccuracy();
    model.save(folder.resolve("model.lanewise"));
    assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
  }
}
