package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.nn.Normalization;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fit on two, three and four threads ends in the bits of one on one thread, wherever its rows come from: two threads copy a batch each
 * where the first layer's columns are divided, four share one copy of it, and three divide rows. So does what it says of validation.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // see TeamTest
class ThreadsTest {

  private static final int ROWS = 75;
  private static final int INPUTS = 132;
  private static final int OUTPUTS = 5;
  private static final Matrix X = TestData.normal(1, ROWS, INPUTS);
  private static final Matrix Y = TestData.unit(2, ROWS, OUTPUTS);
  private static final int[] LABELS = labels();
  private static final float[] WEIGHTS = weights();

  private static int[] labels() {
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = i * 7 % OUTPUTS;
    }
    return labels;
  }

  private static float[] weights() {
    float[] weights = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = i % 4;
    }
    return weights;
  }

  private static Network network(Normalization first, Activation last) {
    return Network.input(INPUTS)
        .dense(512, Activation.RELU, layer -> normalize(layer, first))
        .dense(64, Activation.TANH, layer -> layer.dropout(0.25))
        .dense(OUTPUTS, last)
        .seed(3)
        .build();
  }

  private static Dense normalize(Dense layer, Normalization by) {
    return switch (by) {
      case NONE -> layer;
      case BATCH -> layer.batchNorm();
      case LAYER -> layer.layerNorm();
    };
  }

  private static Stream<Arguments> fits() {
    Fit labelled = Fit.with(Loss.CROSS_ENTROPY);
    Supplier<Source> labels = () -> Source.of(X, LABELS, OUTPUTS);
    Supplier<Source> targets = () -> Source.of(X, Y);
    return Stream.of(
        arguments("labels", labels, labelled, Normalization.NONE),
        arguments("two rows at a time", labels, labelled.batchSize(2), Normalization.NONE),
        arguments("labels, batch normalisation", labels, labelled, Normalization.BATCH),
        arguments("smoothed labels", labels, labelled.labelSmoothing(0.1), Normalization.NONE),
        arguments("weighted classes", labels, labelled.classWeights(1, 2, 0, 0.5, 3), Normalization.NONE),
        arguments("weighted labels", (Supplier<Source>) () -> Source.of(X, LABELS, OUTPUTS, WEIGHTS), labelled, Normalization.NONE),
        arguments("hinge", labels, Fit.with(Loss.HINGE), Normalization.NONE),
        arguments("targets", targets, Fit.with(Loss.MSE), Normalization.LAYER),
        arguments("weighted targets", (Supplier<Source>) () -> Source.of(X, Y, WEIGHTS), Fit.with(Loss.MAE), Normalization.NONE),
        arguments("the post's rule", targets, Fit.published(), Normalization.NONE),
        arguments("rows of one's own", (Supplier<Source>) () -> inOrder(), Fit.with(Loss.MSE), Normalization.NONE));
  }

  /** Rows that a source fills itself. */
  private static Source inOrder() {
    int[] order = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      order[i] = i;
    }
    return new OrderedSource(X, Y, ROWS, epoch -> order);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fits")
  void endInTheBitsOfOne(String name, Supplier<Source> rows, Fit fit, Normalization first) {
    boolean isOfClasses = fit.loss().equals(Loss.CROSS_ENTROPY);
    boolean isHinge = fit.loss().equals(Loss.HINGE);
    Activation last = isOfClasses ? Activation.SOFTMAX : isHinge ? Activation.IDENTITY : Activation.SIGMOID;
    List<Map<String, Matrix>> expected = null;
    for (int threads = 1; threads <= 4; threads++) {
      Network network = fit.isPublished() ? plain(last) : network(first, last);
      // 75 rows in batches of 32: the last has eleven.
      History history = network.fit(rows.get(), fit.epochs(2).batchSize(32).learningRate(0.01).threads(threads));
      assertEquals(threads, history.threads(), "the network should be large enough for as many");
      List<Map<String, Matrix>> state = TestData.state(network);
      expected = threads == 1 ? state : expected;
      for (int l = 0; l < state.size(); l++) {
        assertTrue(state.get(l).equals(expected.get(l)), name + " on " + threads + " threads, layer " + l);
      }
    }
  }

  /** Rows that a source fills where they are used, as they need no padding; targets among them, or not. */
  @ParameterizedTest
  @CsvSource({"16, false", "16, true", "5, true", "80, true"})
  void rowsThatNeedNoPaddingDoToo(int outputs, boolean weighted) {
    Matrix x = TestData.normal(5, ROWS, 144);
    Matrix y = TestData.unit(6, ROWS, outputs);
    int[] order = IntStream.range(0, ROWS).toArray();
    Fit fit = Fit.with(Loss.MSE).epochs(2).batchSize(32).learningRate(0.01).shuffle(false);
    Network memory = unpadded(outputs);
    memory.fit(weighted ? Source.of(x, y, WEIGHTS) : Source.of(x, y), fit);
    for (int threads = 1; threads <= 4; threads++) {
      Network network = unpadded(outputs);
      Source filled = new OrderedSource(x, y, ROWS, epoch -> order, weighted ? WEIGHTS : null);
      History history = network.fit(filled, fit.threads(threads));
      assertEquals(threads, history.threads(), "the network should be large enough for as many");
      assertEquals(TestData.state(memory), TestData.state(network), "on " + threads + " threads");
    }
  }

  private static Network unpadded(int outputs) {
    return Network.input(144)
        .dense(512, Activation.RELU)
        .dense(64, Activation.TANH, Dense::batchNorm)
        .dense(outputs, Activation.SIGMOID)
        .seed(3)
        .build();
  }

  private static Stream<Arguments> losses() {
    return Stream.of(
        arguments(Loss.CROSS_ENTROPY, Activation.SOFTMAX, OUTPUTS), arguments(Loss.HINGE, Activation.IDENTITY, OUTPUTS),
        arguments(Loss.HINGE, Activation.IDENTITY, 1), arguments(Loss.MAE, Activation.SIGMOID, OUTPUTS),
        arguments(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, 1), arguments(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, OUTPUTS));
  }

  /** Three blocks of rows on one thread; some losses compute what the rows lose where their outputs were. */
  @ParameterizedTest
  @MethodSource("losses")
  void validateAsTheNetworkDoes(Loss loss, Activation last, int outputs) {
    Matrix x = TestData.normal(5, 333, INPUTS);
    int[] labels = TestData.labels(6, 333, Math.max(2, outputs));
    int[] trained = TestData.labels(7, ROWS, Math.max(2, outputs));
    Matrix targets = loss.targets(labels, outputs);
    for (int threads = 1; threads <= 4; threads++) {
      Network network = Network.of(3, new int[] {INPUTS, 512, 64, outputs}, Activation.RELU, Activation.TANH, last);
      List<Double> expected = new ArrayList<>();
      Fit fit = Fit.with(loss).epochs(2).threads(threads).validation(x, labels).onEpoch(epoch -> {
        int[] classes = network.classify(x);
        expected.add(network.evaluate(x, targets, loss));
        expected.add(IntStream.range(0, 333).filter(i -> classes[i] == labels[i]).count() / 333.0);
      });
      History history = network.fit(X, trained, fit);
      assertEquals(threads, history.threads(), "the network should be large enough for as many");
      assertEquals(
          expected,
          history.epochs().stream().flatMap(e -> Stream.of(e.validationLoss(), e.validationAccuracy())).toList(),
          () -> loss.name() + " on " + history.threads() + " threads");
    }
  }

  private static Network plain(Activation last) {
    return Network.of(3, new int[] {INPUTS, 512, 64, OUTPUTS}, Activation.RELU, Activation.TANH, last);
  }
}
