package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.LayerOutput;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a network is made, what its layers show, and every way to ask it for an answer. */
class NetworkTest {

  private final Network network = Network.of(1, new int[] {5, 7, 3}, Activation.RELU, Activation.SOFTMAX);

  @Test
  void layersAreWhatWasAskedFor() {
    Network built = Network.input(5).dense(7, Activation.RELU).dense(3, Activation.SOFTMAX).seed(1).build();
    assertEquals(TestData.parameters(network), TestData.parameters(built));
    assertEquals("5-7-3", network.toString());
    assertEquals(5, network.inputs());
    assertEquals(3, network.outputs());
    assertEquals(2, network.layers().size());
    Layer hidden = network.layers().getFirst();
    assertEquals(5, hidden.inputs());
    assertEquals(7, hidden.outputs());
    assertSame(Activation.RELU, hidden.activation());
    assertSame(Activation.SOFTMAX, network.layers().getLast().activation());
    assertEquals("5 x 7", hidden.weights().shape());
    assertEquals("1 x 7", hidden.bias().shape());
    assertEquals("dense 5 -> 7, relu", hidden.toString());
    assertThrows(UnsupportedOperationException.class, () -> network.layers().clear());
  }

  @Test
  void initialWeightsDependOnTheSeedAlone() {
    List<Matrix> once = TestData.parameters(Network.of(7, new int[] {4, 4, 4}, Activation.RELU, Activation.RELU));
    List<Matrix> again = TestData.parameters(Network.of(7, new int[] {4, 4, 4}, Activation.RELU, Activation.SIGMOID));
    List<Matrix> other = TestData.parameters(Network.of(8, new int[] {4, 4, 4}, Activation.RELU, Activation.RELU));
    assertEquals(once, again);
    assertNotEquals(once.get(0), other.get(0));
    assertNotEquals(once.get(0), once.get(2), "layers of one shape begin differently");
    assertEquals(Matrix.zeros(1, 4), once.get(1));
    int[] dimensions = {2, 2};
    assertEquals(
        TestData.parameters(Network.of(0, dimensions, Activation.RELU)),
        TestData.parameters(Network.of(dimensions, Activation.RELU)),
        "seed 0 unless given");
  }

  /** These never change: a program that trained with a seed must find its results again. */
  @Test
  void seedOneBeginsForeverWithTheseWeights() {
    Network small = Network.of(1, new int[] {2, 3, 1}, Activation.RELU, Activation.SIGMOID);
    float[] first = {-0.30514577f, 0.080745704f, -0.717483f, 1.4472301f, 0.11056362f, -0.40174776f};
    float[] second = {-0.26038507f, 0.47759342f, 0.34767658f};
    assertArrayEquals(first, small.layers().get(0).weights().data());
    assertArrayEquals(second, small.layers().get(1).weights().data());
  }

  /** N(0, 1) / √inputs: mean, variance and the share within one deviation, each within five standard errors. */
  @Test
  void initialWeightsAreNormalOverTheRootOfTheInputs() {
    float[] weights =
        Network.of(3, new int[] {400, 250}, Activation.RELU).layers().getFirst().weights().data();
    double sum = 0;
    double squares = 0;
    int within = 0;
    for (float w : weights) {
      double normal = w * Math.sqrt(400);
      sum += normal;
      squares += normal * normal;
      within += Math.abs(normal) < 1 ? 1 : 0;
    }
    double n = weights.length;
    assertEquals(0, sum / n, 5 / Math.sqrt(n));
    assertEquals(1, squares / n, 5 * Math.sqrt(2 / n));
    assertEquals(0.6827, within / n, 5 * Math.sqrt(0.6827 * 0.3173 / n));
  }

  @Test
  void parametersAreCopiesThatCanBeReplaced() {
    Layer layer = network.layers().getFirst();
    Matrix before = layer.weights();
    layer.weights().set(0, 0, 99);
    layer.bias().set(0, 0, 99);
    assertEquals(before, layer.weights());
    assertEquals(Matrix.zeros(1, 7), layer.bias());

    Matrix weights = TestData.normal(2, 5, 7);
    Matrix bias = TestData.normal(3, 1, 7);
    Matrix lastWeights = network.layers().getLast().weights();
    layer.setWeights(weights);
    layer.setBias(bias);
    assertEquals(weights, layer.weights());
    assertEquals(bias, layer.bias());
    assertEquals(lastWeights, network.layers().getLast().weights());
    weights.set(0, 0, 99);
    assertNotEquals(weights, layer.weights(), "a copy was set");
  }

  @Test
  void predictsByTheFormulas() {
    network.layers().getFirst().setBias(TestData.normal(4, 1, 7));
    network.layers().getLast().setBias(TestData.normal(5, 1, 3));
    Matrix x = TestData.normal(6, 20, 5);
    Matrix predicted = network.predict(x);
    List<LayerOutput> layers = network.forward(x);
    assertEquals(2, layers.size());
    DoubleNetwork oracle = new DoubleNetwork(network);
    for (int i = 0; i < 20; i++) {
      double[] row = DoubleNetwork.doubles(x.row(i));
      assertArrayEquals(oracle.predict(row), DoubleNetwork.doubles(predicted.row(i)), 1e-6);
      for (int l = 0; l < 2; l++) {
        assertArrayEquals(oracle.sums(row).get(l), DoubleNetwork.doubles(layers.get(l).z().row(i)), 1e-5);
      }
    }
    assertEquals(Activation.RELU.apply(layers.getFirst().z()), layers.getFirst().a());
    assertEquals(predicted, layers.getLast().a());
  }

  /** Rows go through in blocks; where a row stands changes nothing. */
  @Test
  void everyWayToPredictGivesTheSameBits() {
    Matrix x = TestData.normal(7, 300, 5);
    Matrix all = network.predict(x);
    Matrix out = Matrix.zeros(300, 3);
    assertSame(out, network.predict(x, out));
    assertEquals(all, out);
    float[] row = new float[3];
    for (int i = 0; i < 300; i++) {
      assertSame(row, network.predict(x.row(i), row));
      assertArrayEquals(all.row(i), row, "row " + i);
    }
    assertEquals(all, network.forward(x).getLast().a());
    assertEquals(all.rows(100, 271), network.predict(x.rows(100, 271)));
    assertArrayEquals(all.argmaxRows(), network.classify(x));
  }

  /** Predictions overwrite hidden sums, which {@code forward} has beside their activations. */
  @Test
  void soDoLayersThatGoForwardsOverTheirSums() {
    Network deep = Network.input(5)
        .dense(20, Activation.GELU)
        .dense(33, Activation.SILU, l -> l.batchNorm())
        .dense(70, Activation.SIGMOID, l -> l.layerNorm().dropout(0.5))
        .dense(9, Activation.TANH)
        .dense(3, Activation.SOFTMAX)
        .seed(5)
        .build();
    Matrix x = TestData.normal(9, 70, 5);
    int[] labels = TestData.labels(10, 70, 3);
    deep.fit(x, labels, Fit.with(Loss.CROSS_ENTROPY).epochs(2));
    List<LayerOutput> layers = deep.forward(x);
    assertEquals(deep.predict(x), layers.getLast().a());
    double loss = 0;
    for (int i = 0; i < 70; i++) {
      loss -= Math.log(layers.getLast().a().get(i, labels[i])) / 70;
    }
    assertEquals(loss, deep.evaluate(x, labels), 1e-6);
    for (int l = 0; l < 4; l++) {
      LayerOutput layer = layers.get(l);
      assertEquals(deep.layers().get(l).activation().apply(layer.z()), layer.a(), "layer " + l);
    }
  }

  /** In blocks of fewer rows. */
  @Test
  void soDoRowsOfWideLayers() {
    Network wide = Network.of(5, new int[] {2, 20_000, 3}, Activation.RELU, Activation.SOFTMAX);
    Matrix x = TestData.normal(8, 60, 2);
    Matrix all = wide.predict(x);
    float[] row = new float[3];
    for (int i = 0; i < 60; i++) {
      assertArrayEquals(all.row(i), wide.predict(x.row(i), row), "row " + i);
    }
  }

  @Test
  void noRowsHaveNoPredictions() {
    Matrix none = Matrix.zeros(0, 5);
    assertEquals("0 x 3", network.predict(none).shape());
    assertEquals(0, network.classify(none).length);
    assertEquals("0 x 7", network.forward(none).getFirst().a().shape());
    assertEquals("2 x 3", network.predict(Matrix.zeros(2, 5)).shape(), "nor do they leave anything behind");
  }

  @Test
  void oneOutputIsClassOneFromOneHalf() {
    Network one = Network.of(new int[] {1, 1}, Activation.IDENTITY);
    one.layers().getFirst().setWeights(Matrix.of(1, 1, 1));
    Matrix x = Matrix.of(5, 1, -3, Math.nextDown(0.5f), 0.5f, 0.75f, 2);
    assertArrayEquals(new int[] {0, 0, 1, 1, 1}, one.classify(x));
  }
}
