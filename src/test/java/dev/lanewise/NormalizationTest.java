package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What batch normalisation remembers of the batches and what predictions make of it, against the formulas in double. */
class NormalizationTest {

  private static final int ROWS = 30;
  private static final int BATCH = 10;
  private final Matrix x = TestData.normal(1, ROWS, 5);
  private final Matrix y = TestData.normal(2, ROWS, 3);

  @Test
  void runningMoments() {
    Network network = Network.input(5).dense(3, Activation.IDENTITY, Dense::batchNorm).seed(1).build();
    Map<String, Matrix> before = network.layers().getFirst().parameters();
    // Steps so short that the weights stay as they are.
    network.fit(x, y, Fit.with(Loss.MSE).learningRate(1e-30).batchSize(BATCH).epochs(2).shuffle(false));
    Map<String, Matrix> after = network.layers().getFirst().parameters();
    assertEquals(before.get("weight"), after.get("weight"));
    double[][] sums = sums(before.get("weight"));
    for (int j = 0; j < 3; j++) {
      double mean = 0;
      double variance = 1;
      for (int batch = 0; batch < 2 * ROWS / BATCH; batch++) {
        int from = batch * BATCH % ROWS;
        double m = 0;
        double v = 0;
        for (int i = from; i < from + BATCH; i++) {
          m += sums[i][j] / BATCH;
        }
        for (int i = from; i < from + BATCH; i++) {
          v += (sums[i][j] - m) * (sums[i][j] - m) / BATCH;
        }
        mean = 0.9 * mean + 0.1 * m;
        variance = 0.9 * variance + 0.1 * v;
      }
      assertEquals(mean, after.get("running_mean").get(0, j), 1e-6);
      assertEquals(variance, after.get("running_variance").get(0, j), 1e-6);
    }
  }

  /** A last batch of one row has no variance, and one whose rows do not count takes no step. */
  @Test
  void batchesThatSayNothing() {
    Fit fit = Fit.with(Loss.MSE).learningRate(0.1).shuffle(false).epochs(1);
    Map<String, Matrix> two = momentsAfter(fit.batchSize(BATCH), 2 * BATCH, null);
    assertEquals(two, momentsAfter(fit.batchSize(BATCH), 2 * BATCH + 1, null));
    float[] weights = new float[ROWS];
    Arrays.fill(weights, 0, 2 * BATCH, 1f);
    assertEquals(two, momentsAfter(fit.batchSize(BATCH), ROWS, weights));
  }

  private Map<String, Matrix> momentsAfter(Fit fit, int rows, float[] weights) {
    Network network = Network.input(5).dense(3, Activation.IDENTITY, Dense::batchNorm).seed(1).build();
    Matrix some = Matrix.of(rows, 5, Arrays.copyOf(x.data(), rows * 5));
    Matrix targets = Matrix.of(rows, 3, Arrays.copyOf(y.data(), rows * 3));
    if (weights == null) {
      network.fit(some, targets, fit);
    } else {
      network.fit(some, targets, weights, fit);
    }
    Map<String, Matrix> parameters = network.layers().getFirst().parameters();
    return Map.of("mean", parameters.get("running_mean"), "variance", parameters.get("running_variance"));
  }

  /** A mean that is off by some bits of values of a thousand is off by more than ε: the normalised would be ±1, and a loss of nothing 1. */
  @ParameterizedTest
  @ValueSource(ints = {2, 32, 256, 5000})
  void equalValuesAreNormalisedToZero(int rows) {
    Matrix inputs = Matrix.zeros(rows, 1);
    Arrays.fill(inputs.data(), 1000.1f);
    Network byColumns = Network.input(1).dense(3, Activation.IDENTITY, Dense::batchNorm).seed(1).build();
    assertEquals(0, byColumns.fit(inputs, Matrix.zeros(rows, 3), Fit.with(Loss.MSE).batchSize(rows).epochs(1)).epochs().getFirst().loss());
    Network byRows = Network.input(1).dense(rows, Activation.IDENTITY, Dense::layerNorm).build();
    Matrix weights = Matrix.zeros(1, rows);
    Arrays.fill(weights.data(), 0.3f);
    byRows.layers().getFirst().setWeights(weights);
    assertEquals(Matrix.zeros(1, rows), byRows.predict(Matrix.of(1, 1, 1000.1f)));
  }

  @Test
  void batchesOfOneRowAreRefused() {
    Network network = Network.input(5).dense(3, Activation.IDENTITY, Dense::batchNorm).seed(1).build();
    Matrix one = Matrix.of(1, 5, Arrays.copyOf(x.data(), 5));
    Matrix target = Matrix.of(1, 3, Arrays.copyOf(y.data(), 3));
    String message = "batch normalisation learns nothing from batches of one row, whose variance is 0: it needs two rows and more";
    Fit fit = Fit.with(Loss.MSE);
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> network.fit(x, y, fit.batchSize(1))).getMessage());
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> network.partialFit(one, target, fit)).getMessage());
    OrderedSource unknown = new OrderedSource(x, y, -1, epoch -> new int[x.rows()]);
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> network.fit(unknown, fit.batchSize(1))).getMessage(),
        "also where nobody knows how many rows come");
    Network other = Network.input(5).dense(3, Activation.IDENTITY, Dense::layerNorm).seed(1).build();
    assertEquals(1, other.fit(one, target, fit.epochs(1)).epochs().size());
  }

  @Test
  void layersOfOneOutputAreNotNormalisedByRow() {
    Network last = Network.input(5).dense(1, Activation.IDENTITY, Dense::layerNorm).seed(1).build();
    Network hidden = Network.input(5).dense(1, Activation.TANH, Dense::layerNorm).dense(1, Activation.IDENTITY).seed(1).build();
    Matrix y = Matrix.zeros(x.rows(), 1);
    for (Network network : List.of(last, hidden)) {
      String message = assertThrows(IllegalArgumentException.class, () -> network.fit(x, y, Fit.with(Loss.MSE))).getMessage();
      assertEquals(
          "layer normalisation of one output, whose variance is 0, is the same for all rows and cannot learn: it needs two outputs and "
              + "more",
          message);
    }
  }

  @Test
  void runningMomentsAreStateAndAllElseIsTrained() {
    Layer layer = Network.input(5).dense(3, Activation.IDENTITY, Dense::batchNorm).build().layers().getFirst();
    assertEquals(
        List.of("weight", "bias", "scale"), layer.parameters().keySet().stream().filter(layer::isTrainable).toList());
    String message = assertThrows(IllegalArgumentException.class, () -> layer.isTrainable("gain")).getMessage();
    assertEquals(
        "layer 0 has no parameter \"gain\": it has [weight, bias, scale, running_mean, running_variance]", message);
  }

  /** What other layers have is none of a layer's. */
  @Test
  void parametersOfALayerAreItsOwn() {
    Layer plain = Network.input(5).dense(3, Activation.IDENTITY).build().layers().getFirst();
    Layer byRows = Network.input(5).dense(3, Activation.IDENTITY, Dense::layerNorm).build().layers().getFirst();
    assertEquals(
        "layer 0 has no parameter \"scale\": it has [weight, bias]",
        assertThrows(IllegalArgumentException.class, () -> plain.setParameter("scale", Matrix.zeros(1, 3))).getMessage());
    assertEquals(
        "layer 0 has no parameter \"running_mean\": it has [weight, bias, scale]",
        assertThrows(IllegalArgumentException.class, () -> byRows.isTrainable("running_mean")).getMessage());
  }

  @Test
  void predictionsUseThem() {
    Network network = Network.input(5).dense(3, Activation.IDENTITY, Dense::batchNorm).seed(1).build();
    network.fit(x, y, Fit.with(Loss.MSE).learningRate(0.1).batchSize(BATCH).epochs(4));
    Layer layer = network.layers().getFirst();
    assertPredictsBy(layer, network);

    layer.setParameter("running_variance", Matrix.of(1, 3, 4f, 9f, 0.25f));
    layer.setParameter("running_mean", Matrix.of(1, 3, 1f, -1f, 0.5f));
    assertPredictsBy(layer, network);
  }

  @Test
  void varianceThatIsNegative() {
    Layer layer = Network.input(5).dense(3, Activation.IDENTITY, Dense::batchNorm).build().layers().getFirst();
    Matrix variance = Matrix.of(1, 3, 4f, -9f, 0.25f);
    assertEquals(
        "the running_variance of layer 0 has -9.0 in row 0, column 1; parameters must be finite and a variance not negative",
        assertThrows(IllegalArgumentException.class, () -> layer.setParameter("running_variance", variance)).getMessage());
  }

  private void assertPredictsBy(Layer layer, Network network) {
    Map<String, Matrix> p = layer.parameters();
    double[][] sums = sums(p.get("weight"));
    Matrix predicted = network.predict(x);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 3; j++) {
        double hat =
            (sums[i][j] - p.get("running_mean").get(0, j)) / Math.sqrt(p.get("running_variance").get(0, j) + 1e-5);
        assertEquals(hat * p.get("scale").get(0, j) + p.get("bias").get(0, j), predicted.get(i, j), 1e-5);
      }
    }
    assertEquals(predicted.get(7, 1), network.predict(x.row(7), new float[3])[1], "one row alone");
  }

  private double[][] sums(Matrix weights) {
    double[][] sums = new double[ROWS][3];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 3; j++) {
        for (int p = 0; p < 5; p++) {
          sums[i][j] += (double) x.get(i, p) * weights.get(p, j);
        }
      }
    }
    return sums;
  }

  /** Each batch is a step of its own, also the last one, which is shorter: nothing of a longer one may be left in it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e30, Double.POSITIVE_INFINITY}) // gradients are stored, or not
  void shortLastBatch(double clipNorm) {
    Network whole = normalized();
    Network batchByBatch = normalized();
    Fit fit = Fit.with(Loss.MSE).learningRate(0.1).batchSize(8).epochs(1).shuffle(false);
    Fit clipped = clipNorm < Double.POSITIVE_INFINITY ? fit.clipNorm(clipNorm) : fit;
    whole.fit(x.rows(0, 21), y.rows(0, 21), clipped);
    for (int from = 0; from < 21; from += 8) {
      int to = Math.min(21, from + 8);
      batchByBatch.fit(x.rows(from, to), y.rows(from, to), clipped);
    }
    assertEquals(TestData.state(batchByBatch), TestData.state(whole));
  }

  private static Network normalized() {
    return Network.input(5)
        .dense(19, Activation.TANH, Dense::batchNorm)
        .dense(7, Activation.TANH, Dense::layerNorm)
        .dense(3, Activation.IDENTITY)
        .seed(1)
        .build();
  }

  /** With nothing but dropout between them, what a step sees is noise about what predictions say: on average the same. */
  @Test
  void predictionsDropNothing() {
    Network dropping =
        Network.input(5).dense(64, Activation.RELU, l -> l.dropout(0.5)).dense(3, Activation.IDENTITY).seed(1).build();
    Network plain = Network.input(5).dense(64, Activation.RELU).dense(3, Activation.IDENTITY).seed(1).build();
    assertEquals(plain.predict(x), dropping.predict(x));
    Fit still = Fit.with(Loss.MSE).learningRate(1e-30).batchSize(BATCH);
    double without = plain.fit(x, y, still.epochs(1)).last().loss();
    double with = dropping.fit(x, y, still.epochs(1)).last().loss();
    assertTrue(Math.abs(without - with) > 1e-3, "dropout does nothing: " + with);
  }
}
