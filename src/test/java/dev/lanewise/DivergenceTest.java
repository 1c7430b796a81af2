package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit that cannot go on ends in one sentence, and the network is back at the start of that epoch, bit for bit. */
class DivergenceTest {

  private static final int ROWS = 20;
  private static final Matrix X = TestData.normal(1, ROWS, 4);
  private static final Matrix Y = TestData.unit(2, ROWS, 3);
  private static final Fit FIT = Fit.with(Loss.MSE).learningRate(0.1).batchSize(8).epochs(5);

  /** The rows of X and Y in order, but for one value of x in the second batch of the network's third epoch. */
  private static Source withOneValue(float value) {
    Source plain = Source.of(X, Y);
    return new Source() {
      private long epoch;
      private int batches;

      @Override
      public int inputs() {
        return 4;
      }

      @Override
      public int outputs() {
        return 3;
      }

      @Override
      public long rows() {
        return -1;
      }

      @Override
      public void begin(long epoch, boolean shuffle, long seed) {
        this.epoch = epoch;
        batches = 0;
        plain.begin(epoch, shuffle, seed);
      }

      @Override
      public int fill(Batch batch) {
        int rows = plain.fill(batch);
        batches++;
        if (epoch == 2 && batches == 2) {
          batch.x()[5 * 4 + 3] = value;
        }
        return rows;
      }
    };
  }

  private static Network network(Activation output) {
    return Network.of(1, new int[] {4, 5, 3}, Activation.RELU, output);
  }

  /** Positive weights, so that one enormous value reaches the output. */
  private static Network withPositiveWeights() {
    Network network = network(Activation.IDENTITY);
    network.layers().get(0).setWeights(TestData.unit(3, 4, 5));
    network.layers().get(1).setWeights(TestData.unit(4, 5, 3));
    return network;
  }

  private static void assertIsAsAfterTwoEpochs(Network expected, Network actual) {
    expected.fit(X, Y, FIT.epochs(2));
    assertEquals(TestData.parameters(expected), TestData.parameters(actual));
    assertEquals(expected.predict(X), actual.predict(X));
    expected.fit(X, Y, FIT.epochs(3));
    actual.fit(X, Y, FIT.epochs(3));
    assertEquals(TestData.parameters(expected), TestData.parameters(actual), "and it can be trained on");
  }

  @Test
  void lossThatBecomesInfinite() {
    Network network = withPositiveWeights();
    List<Integer> epochs = new ArrayList<>();
    Fit fit = FIT.onEpoch(epoch -> epochs.add(epoch.number()));
    String message =
        assertThrows(ArithmeticException.class, () -> network.fit(withOneValue(1e30f), fit)).getMessage();
    assertEquals(
        "the loss became infinite in epoch 3, batch 2 (learning rate 0.1): "
            + "the network is as it was at the start of that epoch",
        message);
    assertEquals(List.of(1, 2), epochs);
    assertIsAsAfterTwoEpochs(withPositiveWeights(), network);
  }

  @Test
  void lossThatBecomesNaN() {
    Network network = Network.of(1, new int[] {4, 5, 3}, Activation.IDENTITY, Activation.IDENTITY);
    network.layers().get(0).setWeights(TestData.normal(3, 4, 5));
    String message =
        assertThrows(ArithmeticException.class, () -> network.fit(X, Y, FIT.learningRate(1e30).batchSize(5)))
            .getMessage();
    assertTrue(
        message.matches("the loss became (NaN|infinite) in epoch 1, batch 2 \\(learning rate 1.0E30\\): .*"), message);
    Network fresh = Network.of(1, new int[] {4, 5, 3}, Activation.IDENTITY, Activation.IDENTITY);
    fresh.layers().get(0).setWeights(TestData.normal(3, 4, 5));
    assertEquals(TestData.parameters(fresh), TestData.parameters(network));
  }

  /** No batch has had a rate yet. */
  @Test
  void lossOfTheFirstBatchOfAll() {
    Matrix far = Matrix.of(1, 4, 1e30f, 1e30f, 1e30f, 1e30f);
    String message =
        assertThrows(ArithmeticException.class, () -> withPositiveWeights().fit(far, Y.take(0), FIT)).getMessage();
    assertEquals(
        "the loss became infinite in epoch 1, batch 1 (learning rate 0.1): "
            + "the network is as it was at the start of that epoch",
        message);
  }

  @Test
  void postsRuleDivergesAlike() {
    Network network = withPositiveWeights();
    List<Matrix> before = TestData.parameters(network);
    Fit fit = Fit.published().learningRate(1e10).batchSize(5);
    String message = assertThrows(ArithmeticException.class, () -> network.fit(X, Y, fit)).getMessage();
    assertTrue(message.startsWith("the loss became ") && message.contains(" in epoch 1, batch "), message);
    assertEquals(before, TestData.parameters(network));
  }

  /** One batch an epoch: its loss is finite, its step is not, and no later batch of the epoch would show it. */
  @Test
  void parameterThatBecomesInfinite() {
    Network network = Network.of(1, new int[] {1, 1}, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(1, 1, 1));
    Matrix x = Matrix.of(1, 1, 1e15f);
    Fit fit = Fit.with(Loss.MSE).learningRate(1e30).epochs(3);
    String message =
        assertThrows(ArithmeticException.class, () -> network.fit(x, Matrix.zeros(1, 1), fit)).getMessage();
    assertEquals(
        "a parameter of layer 0 became NaN or infinite in epoch 1, in one of its batches (learning rate 1.0E30): "
            + "the network is as it was at the start of that epoch",
        message);
    assertEquals(Matrix.of(1, 1, 1), network.layers().getFirst().weights());
    assertEquals(Matrix.zeros(1, 1), network.layers().getFirst().bias());
  }

  /** The square of a sum may be no float where the sum is one. */
  @Test
  void varianceThatBecomesInfinite() {
    Network network = Network.input(4).dense(3, Activation.IDENTITY, Dense::batchNorm).seed(1).build();
    List<Map<String, Matrix>> before = TestData.state(network);
    Matrix far = X.copy();
    for (int i = 0; i < far.data().length; i++) {
      far.data()[i] *= 1e25f;
    }
    String message = assertThrows(ArithmeticException.class, () -> network.fit(far, Y, FIT)).getMessage();
    assertEquals(
        "the loss became NaN in epoch 1, batch 1 (learning rate 0.1): the network is as it was at the start of that epoch", message);
    assertEquals(before, TestData.state(network));
  }

  /** Under Adam a step is about as long as the rate, whatever the gradient: the rate alone has it diverge, in the third epoch. */
  @Test
  void adamDiverges() {
    Fit adam = FIT.optimizer(Optimizer.adam()).learningRate(0.01);
    Schedule schedule = (epoch, epochs) -> epoch < 2 ? 1 : 1e30;
    Network network = network(Activation.IDENTITY);
    String message =
        assertThrows(ArithmeticException.class, () -> network.fit(X, Y, adam.schedule(schedule))).getMessage();
    assertTrue(message.matches("the loss became (NaN|infinite) in epoch 3, batch 2 .*"), message);
    Network expected = network(Activation.IDENTITY);
    expected.fit(X, Y, adam.epochs(2));
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
    expected.fit(X, Y, adam.epochs(3));
    network.fit(X, Y, adam.epochs(3));
    assertEquals(TestData.parameters(expected), TestData.parameters(network), "and it can be trained on");
  }

  @Test
  void valueThatStreamsInAndIsNotFinite() {
    Network network = withPositiveWeights();
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.fit(withOneValue(Float.NaN), FIT)).getMessage();
    assertEquals("x has NaN in epoch 3, batch 2, row 5 of the batch, column 3; values must be finite", message);
    assertIsAsAfterTwoEpochs(withPositiveWeights(), network);
  }

  /** In the share of rows of each thread. */
  @ParameterizedTest
  @CsvSource({"1, x, 3", "1, y, 3", "2, x, 3", "2, x, 60", "2, y, 3", "2, y, 60"})
  void valueThatStreamsInToAnyThread(int threads, String which, int row) {
    int[] order = IntStream.range(0, 64).toArray();
    Fit fit = Fit.with(Loss.MSE).batchSize(64).epochs(1).threads(threads);
    Matrix x = TestData.normal(1, 64, 64);
    Matrix y = TestData.unit(2, 64, 3);
    Network network = Network.of(1, new int[] {64, 128, 3}, Activation.RELU, Activation.IDENTITY);
    assertEquals(threads, network.fit(new OrderedSource(x, y, -1, epoch -> order), fit).threads());
    List<Matrix> before = TestData.parameters(network);
    Matrix bad = which.equals("x") ? x : y;
    bad.data()[row * bad.cols() + 2] = Float.POSITIVE_INFINITY;
    Source source = new OrderedSource(x, y, -1, epoch -> order);
    String message = assertThrows(IllegalArgumentException.class, () -> network.fit(source, fit)).getMessage();
    assertEquals(
        which + " has Infinity in epoch 1, batch 1, row " + row + " of the batch, column 2; values must be finite", message);
    assertEquals(before, TestData.parameters(network));
  }

  @Test
  void sourceThatThrows() {
    IllegalStateException broken = new IllegalStateException("the disk is gone");
    Network network = withPositiveWeights();
    OrderedSource source = new OrderedSource(X, Y, -1, epoch -> {
      if (epoch == 2) {
        throw broken;
      }
      int[] order = new int[ROWS];
      for (int i = 0; i < ROWS; i++) {
        order[i] = i;
      }
      return order;
    });
    assertSame(broken, assertThrows(IllegalStateException.class, () -> network.fit(source, FIT)));
    Network expected = withPositiveWeights();
    expected.fit(X, Y, FIT.epochs(2).shuffle(false));
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
    network.fit(X, Y, FIT);
  }

  @Test
  void sourceThatFillsMoreThanFits() {
    Source wrong = new OrderedSource(X, Y, ROWS, epoch -> new int[ROWS]) {
      @Override
      public int fill(Batch batch) {
        return super.fill(batch) + 1;
      }
    };
    Network network = withPositiveWeights();
    List<Matrix> before = TestData.parameters(network);
    String message = assertThrows(IllegalArgumentException.class, () -> network.fit(wrong, FIT)).getMessage();
    assertEquals("the source filled 9 rows of a batch of 8", message);
    assertEquals(before, TestData.parameters(network));
    for (Fit fit : List.of(Fit.with(Loss.HINGE), FIT)) { // a hinge writes to its targets, and a batch has no more rows than there are
      assertEquals(
          "the source filled " + (ROWS + 1) + " rows of a batch of " + ROWS,
          assertThrows(IllegalArgumentException.class, () -> network.fit(wrong, fit.batchSize(ROWS + 5))).getMessage());
    }
    network.fit(X, Y, FIT);
    assertNotEquals(before, TestData.parameters(network));
  }

  /** Cross-entropies are computed from the weighted sums, so an output that saturates does not end a healthy run. */
  @Test
  void saturatedOutputsDoNotDiverge() {
    int[] labels = TestData.labels(5, ROWS, 3);
    Network softmax = network(Activation.SOFTMAX);
    Matrix large = TestData.normal(6, 5, 3);
    for (int i = 0; i < large.data().length; i++) {
      large.data()[i] *= 1000;
    }
    softmax.layers().get(1).setWeights(large);
    double loss = softmax.fit(X, labels, Fit.with(Loss.CROSS_ENTROPY).learningRate(1)).last().loss();
    assertTrue(Double.isFinite(loss), () -> "loss " + loss);
    Network sigmoid = network(Activation.SIGMOID);
    sigmoid.layers().get(1).setWeights(large);
    double binary = sigmoid.fit(X, labels, Fit.with(Loss.BINARY_CROSS_ENTROPY).learningRate(1)).last().loss();
    assertTrue(Double.isFinite(binary), () -> "loss " + binary);
  }

  /** Squares of these are no floats, and the step is as long as it may be all the same. */
  @Test
  void clipsGradientsWhoseSquaresOverflow() {
    Network network = Network.of(1, new int[] {1, 1}, Activation.IDENTITY);
    Matrix before = network.layers().getFirst().weights();
    network.fit(Matrix.of(1, 1, 1e21f), Matrix.of(1, 1, 0f), Fit.with(Loss.MAE).clipNorm(1).learningRate(0.25).epochs(1));
    float moved = network.layers().getFirst().weights().get(0, 0) - before.get(0, 0);
    assertEquals(0.25, Math.abs(moved), 1e-6);
  }

  /** Nor are squares of these. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-18, 1e-22, 1e-30})
  void clipsGradientsWhoseSquaresUnderflow(double length) {
    Network network = Network.of(1, new int[] {1, 1}, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.zeros(1, 1));
    Fit fit = Fit.with(Loss.MSE).clipNorm(length / 100).learningRate(1).epochs(1);
    network.fit(Matrix.of(1, 1, 1f), Matrix.of(1, 1, (float) length), fit);
    double limit = length / 100 / Math.sqrt(2);
    assertEquals(1, network.layers().getFirst().bias().get(0, 0) / limit, 1e-6);
    assertEquals(1, network.layers().getFirst().weights().get(0, 0) / limit, 1e-6);
  }

  /** No number at all is worse than any loss: not the sign of a fit without such rows, which goes by the training loss. */
  @Test
  void validationThatIsNoNumber() {
    Matrix x = Matrix.of(2, 2, 1, 2, 3, 4);
    Network network = Network.of(1, new int[] {2, 2, 1}, Activation.IDENTITY, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(2, 2, 3, 3, 0, 0));
    network.layers().getLast().setWeights(Matrix.of(2, 1, 1, -1));
    Matrix far = Matrix.of(1, 2, 3e38f, 3e38f); // their products are infinite, and the output is ∞ − ∞
    assertTrue(Float.isNaN(network.predict(far).get(0, 0)));
    var history = network.fit(
        x, Matrix.of(2, 1, 0, 0),
        Fit.with(Loss.MSE).learningRate(1e-6).epochs(5).validation(far, Matrix.of(1, 1, 0f)).earlyStopping(2));
    assertEquals(Double.POSITIVE_INFINITY, history.last().validationLoss());
    assertEquals(1, history.best());
    assertEquals(3, history.epochs().size());
  }

  static List<Arguments> losses() {
    return List.of(
        Arguments.of(Loss.CROSS_ENTROPY, Activation.SOFTMAX),
        Arguments.of(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID),
        Arguments.of(Loss.HINGE, Activation.IDENTITY),
        Arguments.of(Loss.HUBER, Activation.TANH));
  }

  /** What has no number has no class either, and the fit goes on. */
  @ParameterizedTest
  @MethodSource("losses")
  void validationThatHasNoClass(Loss loss, Activation output) {
    Network network = Network.of(1, new int[] {2, 2, 2}, Activation.IDENTITY, output);
    network.layers().getFirst().setWeights(Matrix.of(2, 2, 3, 3, 0, 0));
    network.layers().getLast().setWeights(Matrix.of(2, 2, 1, 1, -1, -1));
    Matrix far = Matrix.of(3, 2, 1, 2, 3.4e38f, 3.4e38f, -3.4e38f, 3.4e38f);
    assertTrue(Float.isNaN(network.predict(far).get(1, 0)) && Float.isNaN(network.predict(far).get(2, 1)));
    Fit fit = Fit.with(loss).learningRate(1e-6).epochs(2).validation(far, new int[] {0, 1, 1});
    for (Epoch epoch : network.fit(Matrix.of(2, 2, 1, 2, 3, 4), new int[] {0, 1}, fit).epochs()) {
      assertEquals(Double.POSITIVE_INFINITY, epoch.validationLoss());
      assertEquals(Double.NaN, epoch.validationAccuracy());
    }
  }
}
