package dev.lanewise;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it means that a row, or each row of a class, counts for more or less than once. */
class RowWeightsTest {

  private static final int ROWS = 14;
  private static final Matrix X = TestData.normal(1, ROWS, 5);
  private static final Matrix Y = TestData.unit(2, ROWS, 4);

  /** 7, 2, 4 and 1 of the classes. */
  private static final int[] LABELS = {0, 2, 0, 1, 0, 2, 3, 0, 0, 2, 1, 0, 2, 0};

  private static final Fit FIT =
      Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.momentum(0.9)).learningRate(0.1).batchSize(4).epochs(3).seed(5);

  private static Network classifier() {
    return Network.of(3, new int[] {5, 6, 4}, Activation.TANH, Activation.SOFTMAX);
  }

  private static Network regression() {
    return Network.of(3, new int[] {5, 6, 4}, Activation.TANH, Activation.SIGMOID);
  }

  private static List<Matrix> after(Network network, Source source, Fit fit) {
    network.fit(source, fit);
    return TestData.parameters(network);
  }

  private static float[] ofLabels(float... weights) {
    float[] ofRows = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      ofRows[i] = weights[LABELS[i]];
    }
    return ofRows;
  }

  // ------------------------------------------------------------------------------------------------------------ classes

  /** Ways in which rows with labels come to a network. */
  enum Way {
    ARRAYS,
    SOURCE,
    STREAM;

    List<Matrix> train(Fit fit) {
      Network network = classifier();
      switch (this) {
        case ARRAYS -> network.fit(X, LABELS, fit);
        case SOURCE -> network.fit(Source.of(X, LABELS, 4), fit);
        case STREAM -> network.fit(Streamed.inOrder(X, TestData.oneHot(LABELS, 4), null), fit);
      }
      return TestData.parameters(network);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void classWeightsAreThoseOfTheirRows(Way way) {
    Fit fit = FIT.shuffle(false);
    Network byHand = classifier();
    double loss = byHand.fit(X, LABELS, ofLabels(0.5f, 3, 0, 1.7f), fit).last().loss();
    assertEquals(TestData.parameters(byHand), way.train(fit.classWeights(0.5, 3, 0, 1.7f)));
    assertNotEquals(TestData.parameters(byHand), way.train(fit));
    Network network = classifier();
    assertEquals(loss, network.fit(X, LABELS, fit.classWeights(0.5, 3, 0, 1.7f)).last().loss());
  }

  /** compute_class_weight("balanced", classes=range(4), y=[0] * 7 + [1] * 2 + [2] * 4 + [3]) of scikit-learn 1.4.2. */
  @ParameterizedTest
  @EnumSource(value = Way.class, names = "STREAM", mode = EnumSource.Mode.EXCLUDE)
  void balancedWeightsAreScikitLearns(Way way) {
    Network byHand = classifier();
    byHand.fit(X, LABELS, ofLabels(0.5f, 1.75f, 0.875f, 3.5f), FIT);
    assertEquals(TestData.parameters(byHand), way.train(FIT.balancedClassWeights()));
  }

  /** Of five classes, one without rows: n / (k · n_c) has k = 5. */
  @Test
  void balancedWeightsWithAClassThatHasNoRows() {
    Network balanced = Network.of(3, new int[] {5, 5}, Activation.SOFTMAX);
    Network byHand = Network.of(3, new int[] {5, 5}, Activation.SOFTMAX);
    balanced.fit(X, LABELS, FIT.balancedClassWeights());
    byHand.fit(X, LABELS, ofLabels(14 / 35f, 14 / 10f, 14 / 20f, 14 / 5f), FIT);
    assertEquals(TestData.parameters(byHand), TestData.parameters(balanced));
  }

  static List<Arguments> losses() {
    return List.of(
        Arguments.of(Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID), Arguments.of(Loss.HINGE, Activation.IDENTITY));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void classWeightsOfOneOutput(Loss loss, Activation output) {
    int[] labels = Arrays.stream(LABELS).map(label -> label % 2).toArray();
    float[] ofRows = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      ofRows[i] = labels[i] == 1 ? 2.5f : 0.5f;
    }
    Fit fit = Fit.with(loss).learningRate(0.3).batchSize(5).shuffle(false);
    Matrix y = Matrix.zeros(ROWS, 1);
    for (int i = 0; i < ROWS; i++) {
      y.set(i, 0, labels[i]);
    }
    Network byHand = Network.of(3, new int[] {5, 1}, output);
    Network byClass = Network.of(3, new int[] {5, 1}, output);
    Network streamed = Network.of(3, new int[] {5, 1}, output);
    byHand.fit(X, labels, ofRows, fit);
    byClass.fit(X, labels, fit.classWeights(0.5, 2.5));
    streamed.fit(Streamed.inOrder(X, y, null), fit.classWeights(0.5, 2.5));
    assertEquals(TestData.parameters(byHand), TestData.parameters(byClass));
    assertEquals(TestData.parameters(byHand), TestData.parameters(streamed));
  }

  /** Targets may miss those of their classes by rounding: no row counts for less than nothing then. */
  @Test
  void classWeightsUnderTargetsPastTheirClass() {
    Matrix y = Matrix.zeros(ROWS, 1);
    float[] weights = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      boolean second = LABELS[i] % 2 == 1;
      y.set(i, 0, second ? 1.0005f : -0.0005f);
      weights[i] = second ? 0.125f : 1000;
    }
    Fit fit = Fit.with(Loss.MSE).learningRate(0.1).batchSize(4).shuffle(false).epochs(2);
    Network byHand = Network.of(3, new int[] {5, 1}, Activation.IDENTITY);
    Network byClass = Network.of(3, new int[] {5, 1}, Activation.IDENTITY);
    byHand.fit(Streamed.inOrder(X, y, weights), fit);
    byClass.fit(Streamed.inOrder(X, y, null), fit.classWeights(1000, 0.125));
    assertEquals(TestData.parameters(byHand), TestData.parameters(byClass));
  }

  /** A loss of one's own may have any two numbers for a class and for none. */
  @Test
  void classWeightsUnderTargetsOfOnesOwn() {
    for (int outputs : new int[] {1, 4}) {
      int[] labels = Arrays.stream(LABELS).map(label -> outputs == 1 ? label % 2 : label).toArray();
      double[] ofClasses = outputs == 1 ? new double[] {0.5, 3} : new double[] {0.5, 3, 0, 1.75};
      Fit fit = Fit.with(OwnLoss.halfSquares("marked", 0.9f, -2)).learningRate(0.3).batchSize(5).shuffle(false).classWeights(ofClasses);
      Network memory = Network.of(3, new int[] {5, outputs}, Activation.IDENTITY);
      Network streamed = Network.of(3, new int[] {5, outputs}, Activation.IDENTITY);
      Matrix y = Matrix.zeros(ROWS, outputs);
      for (int i = 0; i < ROWS; i++) {
        y.set(i, outputs == 1 ? 0 : labels[i], outputs == 1 ? labels[i] : 1);
      }
      memory.fit(X, labels, fit);
      streamed.fit(Streamed.inOrder(X, y, null), fit);
      assertEquals(TestData.parameters(memory), TestData.parameters(streamed));
    }
  }

  /** A hinge wants −1 of what is not of a class. */
  @Test
  void classWeightsUnderAHinge() {
    Fit fit = Fit.with(Loss.HINGE).learningRate(0.3).batchSize(5).shuffle(false);
    Network byHand = Network.of(3, new int[] {5, 4}, Activation.IDENTITY);
    Network byClass = Network.of(3, new int[] {5, 4}, Activation.IDENTITY);
    Network streamed = Network.of(3, new int[] {5, 4}, Activation.IDENTITY);
    byHand.fit(X, LABELS, ofLabels(0.5f, 3, 0, 1.7f), fit);
    byClass.fit(X, LABELS, fit.classWeights(0.5, 3, 0, 1.7f));
    streamed.fit(Streamed.inOrder(X, TestData.oneHot(LABELS, 4), null), fit.classWeights(0.5, 3, 0, 1.7f));
    assertEquals(TestData.parameters(byHand), TestData.parameters(byClass));
    assertEquals(TestData.parameters(byHand), TestData.parameters(streamed));
  }

  /** A row's own weight, times that of its class: powers of two, so that no product is rounded. */
  @Test
  void classWeightsTimesRowWeights() {
    float[] own = new float[ROWS];
    float[] product = new float[ROWS];
    float[] ofClass = {0.5f, 4, 1, 8};
    for (int i = 0; i < ROWS; i++) {
      own[i] = 1 + i;
      product[i] = own[i] * ofClass[LABELS[i]];
    }
    Network byHand = classifier();
    Network both = classifier();
    byHand.fit(X, LABELS, product, FIT);
    both.fit(X, LABELS, own, FIT.classWeights(0.5, 4, 1, 8));
    assertEquals(TestData.parameters(byHand), TestData.parameters(both));
    Network streamed = classifier();
    Network inMemory = classifier();
    streamed.fit(Streamed.inOrder(X, TestData.oneHot(LABELS, 4), own), FIT.classWeights(0.5, 4, 1, 8));
    inMemory.fit(X, LABELS, product, FIT.shuffle(false));
    assertEquals(TestData.parameters(inMemory), TestData.parameters(streamed));
  }

  // --------------------------------------------------------------------------------------------------------------- rows

  private static final Fit ONE_STEP = Fit.with(Loss.MSE).learningRate(0.5).batchSize(2 * ROWS).epochs(1).shuffle(false);

  private static void assertClose(Network expected, Network actual) {
    List<Matrix> from = TestData.parameters(expected);
    List<Matrix> to = TestData.parameters(actual);
    for (int i = 0; i < from.size(); i++) {
      assertArrayEquals(from.get(i).data(), to.get(i).data(), 1e-6f);
    }
  }

  /** In one batch: the same loss, and the same step along its gradient. */
  @Test
  void weightOfTwoIsTheRowTwice() {
    float[] weights = new float[ROWS];
    int[] twice = new int[ROWS + ROWS / 2];
    int next = 0;
    for (int i = 0; i < ROWS; i++) {
      weights[i] = i % 2 + 1;
      for (int j = 0; j < weights[i]; j++) {
        twice[next++] = i;
      }
    }
    Network weighted = regression();
    Network repeated = regression();
    double loss = weighted.fit(X, Y, weights, ONE_STEP).last().loss();
    assertEquals(repeated.fit(X.take(twice), Y.take(twice), ONE_STEP).last().loss(), loss, 1e-6);
    assertClose(repeated, weighted);
    Network plain = regression();
    assertTrue(Math.abs(plain.fit(X, Y, ONE_STEP).last().loss() - loss) > 1e-4, "the weights change nothing");
  }

  @Test
  void weightOfZeroIsNoRow() {
    float[] weights = new float[ROWS];
    int[] present = new int[ROWS / 2];
    for (int i = 0; i < ROWS / 2; i++) {
      weights[2 * i + 1] = 3;
      present[i] = 2 * i + 1;
    }
    Network weighted = regression();
    Network without = regression();
    double loss = weighted.fit(X, Y, weights, ONE_STEP).last().loss();
    assertEquals(without.fit(X.take(present), Y.take(present), ONE_STEP).last().loss(), loss, 1e-6);
    assertClose(without, weighted);
  }

  @Test
  void weightsOfOneAreNone() {
    float[] ones = new float[ROWS];
    Arrays.fill(ones, 1f);
    Network weighted = classifier();
    Network plain = classifier();
    double loss = weighted.fit(X, LABELS, ones, FIT).last().loss();
    assertEquals(plain.fit(X, LABELS, FIT).last().loss(), loss);
    assertEquals(TestData.parameters(plain), TestData.parameters(weighted));
  }

  /** The loss of an epoch is Σ wᵢ lᵢ / Σ wᵢ over all its batches; at a rate near zero nothing moves meanwhile. */
  @Test
  void lossOfAnEpochIsWeighted() {
    float[] weights = TestData.unit(6, ROWS, 1).data();
    Network network = regression();
    double loss = network.fit(X, Y, weights, ONE_STEP.learningRate(1e-30).batchSize(4)).last().loss();
    DoubleNetwork oracle = new DoubleNetwork(regression());
    double sum = 0;
    double weightSum = 0;
    for (int i = 0; i < ROWS; i++) {
      double[] predicted = oracle.predict(DoubleNetwork.doubles(X.row(i)));
      sum += weights[i] * DoubleNetwork.rowLoss(Loss.MSE, predicted, DoubleNetwork.doubles(Y.row(i)));
      weightSum += weights[i];
    }
    assertEquals(sum / weightSum, loss, 1e-6);
  }

  /** No step is taken, nor counted: Adam would notice. */
  @Test
  void batchWhoseRowsAllWeighNothing() {
    float[] weights = new float[ROWS];
    Arrays.fill(weights, 4, ROWS, 1f);
    Fit fit = FIT.optimizer(Optimizer.adam()).shuffle(false);
    Network weighted = classifier();
    Network without = classifier();
    weighted.fit(X, LABELS, weights, fit);
    without.fit(X.rows(4, ROWS), Arrays.copyOfRange(LABELS, 4, ROWS), fit);
    assertEquals(TestData.parameters(without), TestData.parameters(weighted));
  }

  /** ∞ · 0 is NaN, but a row that does not count may lose as much as it likes. */
  @Test
  void rowOfNoWeightWhoseLossIsInfinite() {
    float[] weights = allButRow6();
    Matrix far = Y.copy();
    far.set(6, 1, 1e30f); // its square is no float
    for (Optimizer optimizer : List.of(Optimizer.sgd(), Optimizer.adam())) {
      Fit fit = Fit.with(Loss.MSE).optimizer(optimizer).learningRate(0.1).batchSize(5).epochs(3);
      Network network = linear();
      Network expected = linear();
      double loss = expected.fit(X, Y, weights, fit).last().loss();
      assertEquals(loss, network.fit(X, far, weights, fit).last().loss());
      assertEquals(TestData.parameters(expected), TestData.parameters(network));
    }
  }

  /** Not only the loss is infinite but the error itself: the row has no part in the gradient. */
  @Test
  void rowOfNoWeightWhoseErrorIsInfinite() {
    float[] weights = allButRow6();
    Matrix y = Y.copy();
    for (int i = 0; i < ROWS; i++) {
      y.set(i, 1, i == 6 ? 3e38f : -3e38f);
    }
    Network network = linear();
    network.layers().getLast().setBias(Matrix.of(1, 4, 0, -3e38f, 0, 0));
    double loss = network.fit(X, y, weights, Fit.with(Loss.MSE).batchSize(5).epochs(2)).last().loss();
    assertTrue(loss > 0 && loss < 1, () -> "the others lose " + loss);
  }

  /** What overflows in a hidden layer has no part in the gradient either, nor in what normalisation hands back. */
  @Test
  void rowOfNoWeightThatOverflowsInAHiddenLayer() {
    float[] weights = allButRow6();
    Matrix far = withFarRow(3e38f);
    for (Activation hidden : List.of(
        Activation.RELU, Activation.IDENTITY, Activation.SILU, Activation.GELU, Activation.GELU_TANH, Activation.SOFTPLUS,
        Activation.ELU, Activation.LEAKY_RELU, Activation.TANH)) {
      for (boolean normalized : new boolean[] {false, true}) {
        Fit fit = FIT.batchSize(normalized ? 5 : ROWS).shuffle(false);
        Network expected = deep(hidden, normalized);
        double loss = expected.fit(X, LABELS, weights, fit).last().loss();
        Network network = deep(hidden, normalized);
        assertEquals(loss, network.fit(far, LABELS, weights, fit).last().loss(), hidden.name());
        assertEquals(TestData.parameters(expected), TestData.parameters(network), hidden.name());
      }
    }
  }

  /** Wherever it overflows: the first of a row, its last, or a neighbour of the next row's. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 15, 16, 18})
  void rowOfNoWeightThatOverflowsInOneColumn(int column) {
    Matrix far = withFarRow(3e38f);
    Matrix weights = Matrix.zeros(5, 19);
    for (int j = 0; j < 5; j++) {
      weights.set(j, column, j % 2 == 0 ? 10 : -10);
    }
    List<Network> networks = new ArrayList<>();
    for (Matrix x : List.of(X, far)) {
      Network network = Network.of(2, new int[] {5, 19, 7, 4}, Activation.IDENTITY, Activation.TANH, Activation.SOFTMAX);
      network.layers().getFirst().setWeights(weights);
      network.fit(x, LABELS, allButRow6(), FIT.batchSize(5).shuffle(false));
      networks.add(network);
    }
    assertEquals(TestData.parameters(networks.getFirst()), TestData.parameters(networks.getLast()));
  }

  /** What dropout leaves is longer than what it was given, and may be infinite where that is not. */
  @Test
  void rowOfNoWeightThatOverflowsInDropout() {
    Matrix ones = Matrix.zeros(5, 8);
    Arrays.fill(ones.data(), 1f);
    Matrix far = X.copy();
    System.arraycopy(new float[] {3e38f, 0, 0, 0, 0}, 0, far.data(), 6 * 5, 5);
    List<Network> networks = new ArrayList<>();
    for (Matrix x : List.of(X, far)) {
      Network network = Network.input(5).dense(8, Activation.RELU, layer -> layer.dropout(0.2)).dense(4, Activation.SOFTMAX).build();
      network.layers().getFirst().setWeights(ones);
      network.fit(x, LABELS, allButRow6(), FIT.batchSize(5).shuffle(false));
      networks.add(network);
    }
    assertEquals(TestData.parameters(networks.getFirst()), TestData.parameters(networks.getLast()));
  }

  private static float[] allButRow6() {
    float[] weights = new float[ROWS];
    Arrays.fill(weights, 1f);
    weights[6] = 0;
    return weights;
  }

  private static Matrix withFarRow(float size) {
    Matrix far = X.copy();
    for (int j = 0; j < 5; j++) {
      far.set(6, j, j % 2 == 0 ? size : -size);
    }
    return far;
  }

  /** Where z is a number still, an error of 0 that is handed back to it is none of a row that counts. */
  @Test
  void rowOfNoWeightThatOverflowsInAnActivation() {
    float[] weights = allButRow6();
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.01).batchSize(5).epochs(3);
    Network expected = Network.of(3, new int[] {5, 8, 4}, new Exponential(), Activation.SOFTMAX);
    Network network = Network.of(3, new int[] {5, 8, 4}, new Exponential(), Activation.SOFTMAX);
    double loss = expected.fit(X, LABELS, weights, fit).last().loss();
    assertEquals(loss, network.fit(withFarRow(300), LABELS, weights, fit).last().loss());
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
  }

  /** eᶻ, going back from z, which may be finite where eᶻ is not. */
  private static final class Exponential extends Activation {
    Exponential() {
      super("exponential");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        a[i] = (float) Math.exp(z[i]);
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] *= (float) Math.exp(z[i]);
      }
    }
  }

  /** What is cleared of such a row may have an infinite prime. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowOfNoWeightWhosePrimeIsInfiniteOnceItIsCleared(boolean normalized) {
    List<Network> networks = new ArrayList<>();
    for (Matrix x : List.of(X, withFarRow(3e38f))) {
      Network network = deep(new Root(), normalized);
      network.fit(x, LABELS, allButRow6(), FIT.batchSize(5).shuffle(false));
      networks.add(network);
    }
    assertEquals(TestData.parameters(networks.getFirst()), TestData.parameters(networks.getLast()));
  }

  /** It is none of a row that counts: there the fit has diverged, as without weights. */
  @Test
  void rowOfSomeWeightWhosePrimeIsInfinite() {
    Matrix x = X.copy();
    Arrays.fill(x.data(), 3 * 5, 4 * 5, 0f);
    for (float[] weights : List.of(ofLabels(1, 1, 1, 1), allButRow6())) {
      Network network = deep(new Root(), false);
      List<Matrix> before = TestData.parameters(network);
      assertThrows(ArithmeticException.class, () -> network.fit(x, LABELS, weights, FIT.batchSize(5).shuffle(false)));
      assertEquals(before, TestData.parameters(network));
    }
  }

  /** √|z|, whose prime at 0 is infinite. */
  private static final class Root extends Activation {
    Root() {
      super("root");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        a[i] = (float) Math.sqrt(Math.abs(z[i]));
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] *= (float) (Math.copySign(1, z[i]) / (2 * Math.sqrt(Math.abs(z[i]))));
      }
    }
  }

  /** A row that weighs nothing still counts in the moments of a normalised batch, whatever lies behind its columns. */
  @Test
  void rowOfNoWeightAndAnActivationThatWritesBehindItsColumns() {
    float[] weights = allButRow6();
    weights[1] = 0;
    List<Network> networks = new ArrayList<>();
    for (boolean behind : new boolean[] {false, true}) {
      Network network = Network.input(5)
          .dense(7, new Sinc(behind)).dense(6, Activation.TANH, Dense::batchNorm).dense(4, Activation.SOFTMAX)
          .seed(3).build();
      network.fit(X, LABELS, weights, FIT.batchSize(5));
      networks.add(network);
    }
    assertEquals(TestData.parameters(networks.getFirst()), TestData.parameters(networks.getLast()));
  }

  /** sin z / z, which is no number where z is 0, as it is behind the columns of a row. */
  private static final class Sinc extends Activation {
    private final boolean behind;

    Sinc(boolean behind) {
      super("sinc");
      this.behind = behind;
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        if (behind || (i - at) % ld < cols) {
          a[i] = (float) (Math.sin(z[i]) / z[i]);
        }
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        if (behind || (i - at) % ld < cols) {
          delta[i] *= (float) ((Math.cos(z[i]) - Math.sin(z[i]) / z[i]) / z[i]);
        }
      }
    }
  }

  private static Network deep(Activation hidden, boolean normalized) {
    UnaryOperator<Dense> with = layer -> normalized ? layer.layerNorm().dropout(0.2) : layer;
    return Network.input(5).dense(8, hidden, with).dense(6, hidden, with).dense(4, Activation.SOFTMAX).seed(3).build();
  }

  private static Network linear() {
    return Network.of(3, new int[] {5, 6, 4}, Activation.TANH, Activation.IDENTITY);
  }

  @Test
  void epochWhoseRowsAllWeighNothing() {
    Network network = classifier();
    assertRefused(
        "all rows of epoch 1 have a weight of zero: none counts",
        () -> network.fit(X, LABELS, new float[ROWS], FIT));
    int[] first = new int[ROWS];
    assertRefused(
        "all rows of epoch 1 have a weight of zero: none counts",
        () -> network.fit(X, first, FIT.classWeights(0, 1, 1, 1)));
    assertEquals(TestData.parameters(classifier()), TestData.parameters(network));
  }

  // ------------------------------------------------------------------------------------------------------------ streams

  /** Rows in the same order each epoch, whose weights it sets row by row. */
  private static class Streamed extends OrderedSource {
    private final float[] weights;
    private int next;

    private Streamed(Matrix x, Matrix y, int[] order, float[] weights) {
      super(x, y, -1, epoch -> order);
      this.weights = weights;
    }

    static Streamed inOrder(Matrix x, Matrix y, float[] weights) {
      return new Streamed(x, y, rowNumbers(), weights);
    }

    @Override
    public void begin(long epoch, boolean shuffle, long seed) {
      super.begin(epoch, shuffle, seed);
      next = 0;
    }

    @Override
    public int fill(Batch batch) {
      int filled = super.fill(batch);
      for (int i = 0; i < filled; i++, next++) {
        if (weights != null && weights[next] != 1) { // a weight of 1 goes without saying
          batch.setWeight(i, weights[next]);
        }
      }
      return filled;
    }
  }

  /** Most rows have no weight of their own: none is left over from the batch before. */
  @Test
  void streamSetsWeights() {
    float[] weights = new float[ROWS];
    Arrays.fill(weights, 1f);
    weights[1] = 0;
    weights[2] = 5;
    weights[8] = 0.25f;
    Fit fit = Fit.with(Loss.MSE).batchSize(4).learningRate(0.5).shuffle(false);
    List<Matrix> expected = after(regression(), Source.of(X, Y, weights), fit);
    assertEquals(expected, after(regression(), Streamed.inOrder(X, Y, weights), fit));
    assertNotEquals(expected, after(regression(), Source.of(X, Y), fit));
  }

  /** A source of one's own may ask one of rows in memory for its batches; with another order, each row keeps its weight. */
  @Test
  void weightsGoWithTheRowsOfAShuffledSource() {
    float[] weights = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = i / 2f;
    }
    Matrix numbers = Matrix.zeros(ROWS, 1);
    for (int i = 0; i < ROWS; i++) {
      numbers.set(i, 0, i);
    }
    Source source = Source.of(numbers, Y, weights);
    source.begin(0, true, 7);
    Source.Batch batch = new Source.Batch(4, 1, 4);
    boolean isShuffled = false;
    for (int first = 0, count; (count = source.fill(batch)) > 0; first += count) {
      for (int i = 0; i < count; i++) {
        int row = (int) batch.x()[i];
        assertEquals(weights[row], batch.weights()[i]);
        isShuffled |= row != first + i;
      }
    }
    assertTrue(isShuffled);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void weightThatIsNone(double weight) {
    Source.Batch batch = new Source.Batch(3, 5, 4);
    String refusal = " must be finite and not negative, but is " + weight + (weight == 1e39 ? ", which is Infinity as a float" : "");
    assertRefused("the weight of row 1 of the batch" + refusal, () -> batch.setWeight(1, weight));
    assertRefused("row 3 is outside the batch, whose rows are 0..2", () -> batch.setWeight(3, 1));
    assertRefused("row -1 is outside the batch, whose rows are 0..2", () -> batch.setWeight(-1, 1));
    assertRefused("the weight of class 2" + refusal, () -> FIT.classWeights(1, 1, weight, 1));
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      float[] weights = new float[ROWS];
      weights[9] = (float) weight;
      assertRefused(
          "weights must be finite and not negative, but that of row 9 is " + weights[9],
          () -> classifier().fit(X, LABELS, weights, FIT));
    }
  }

  /** Past {@code setWeight}: a source may write into the array. The epoch before is what is left. */
  @ParameterizedTest
  @ValueSource(floats = {-0.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightThatIsNoneInTheArrayOfABatch(float weight) {
    for (Fit fit : List.of(FIT.shuffle(false), FIT.shuffle(false).classWeights(1, 2, 3, 4))) {
      Network network = classifier();
      network.fit(Streamed.inOrder(X, TestData.oneHot(LABELS, 4), null), fit.epochs(1));
      List<Matrix> before = TestData.parameters(network);
      Source source = new Streamed(X, TestData.oneHot(LABELS, 4), rowNumbers(), null) {
        private int batches;

        @Override
        public int fill(Batch batch) {
          int filled = super.fill(batch);
          batch.setWeight(0, 1);
          batch.weights()[1] = ++batches == 2 ? weight : 1;
          return filled;
        }
      };
      assertRefused(
          "the weight in epoch 1, batch 2, row 1 of the batch must be finite and not negative, but is " + weight,
          () -> network.fit(source, fit));
      assertEquals(before, TestData.parameters(network));
    }
  }

  private static int[] rowNumbers() {
    int[] order = new int[ROWS];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Test
  void weightThatIsNoneAsAFloat() {
    Source.Batch batch = new Source.Batch(3, 5, 4);
    assertRefused(
        "the weight of row 1 of the batch is 1.0E-46, which as a float is 0: it would not count", () -> batch.setWeight(1, 1e-46));
    assertNull(batch.weights());
    batch.setWeight(1, 0);
    assertArrayEquals(new float[] {1, 0, 1}, batch.weights());
  }

  /** While a fit runs, another may be put together from the same arrays. */
  @Test
  void labelsAndWeightsOfASourceAreItsOwn() {
    int[] labels = {0, 1};
    float[] weights = {1, 2};
    Source source = Source.of(Matrix.zeros(2, 1), labels, 2, weights);
    labels[1] = 0;
    weights[0] = 9;
    Source.Batch batch = new Source.Batch(2, 1, 2);
    source.begin(0, false, 0);
    assertEquals(2, source.fill(batch));
    assertArrayEquals(new float[] {1, 2}, batch.weights());
    assertArrayEquals(new float[] {1, 0, 0, 1}, batch.y());
  }

  // ---------------------------------------------------------------------------------------------------------- refusals

  @Test
  void notAsManyWeights() {
    String rows = "x is 14 x 5, but there are 13 weights: each row needs one";
    assertRefused(rows, () -> classifier().fit(X, LABELS, new float[13], FIT));
    assertRefused(rows, () -> classifier().fit(X, Y, new float[13], Fit.with(Loss.MSE)));
    assertThrows(NullPointerException.class, () -> classifier().fit(X, Y, null, FIT));
    for (double[] wrong : new double[][] {{1, 2, 3}, {1, 2, 3, 4, 5}}) {
      String classes = "there are " + wrong.length + " class weights, but the network tells 4 classes apart";
      for (Way way : Way.values()) {
        assertRefused(classes, () -> way.train(FIT.classWeights(wrong)));
      }
    }
    Source.Batch batch = new Source.Batch(3, 5, 4);
    assertThrows(IllegalArgumentException.class, () -> batch.setWeight(3, 1));
    assertThrows(IllegalArgumentException.class, () -> batch.setWeight(-1, 1));
  }

  /** Both are floats above 0, and their product is 0: the row would not count. */
  @Test
  void weightsWhoseProductIsZero() {
    float[] own = new float[ROWS];
    Arrays.fill(own, 1f);
    own[3] = 1e-30f;
    Fit fit = FIT.shuffle(false).classWeights(1, 1e-20, 1, 1);
    String message = "class weights make row 3 of a batch count 0.0 times: the weights of rows and classes must be larger";
    assertRefused(message, () -> classifier().fit(X, LABELS, own, fit));
    assertRefused(message, () -> classifier().fit(Streamed.inOrder(X, TestData.oneHot(LABELS, 4), own), fit));
  }

  @Test
  void classWeightsThatCannotBe() {
    assertRefused("all class weights are zero: no row would count", () -> FIT.classWeights(0, 0, 0, 0));
    String targets = "class weights need class labels, but targets are given: give the rows weights";
    Matrix oneHot = TestData.oneHot(LABELS, 4);
    assertRefused(targets, () -> classifier().fit(X, oneHot, FIT.classWeights(1, 2, 3, 4)));
    assertRefused(targets, () -> classifier().fit(Source.of(X, oneHot), FIT.balancedClassWeights()));
    assertRefused(
        "balanced class weights need rows with labels in memory: give the weights",
        () -> Way.STREAM.train(FIT.balancedClassWeights()));
    for (float wrong : new float[] {2, -7.25f}) {
      Matrix y = Matrix.zeros(ROWS, 1);
      y.set(6, 0, wrong);
      Network one = Network.of(new int[] {5, 1}, Activation.IDENTITY);
      assertRefused(
          "with class weights the targets of a row must be those of a class, but those of row 2 of a batch are [" + wrong + "]",
          () -> one.fit(Streamed.inOrder(X, y, null), Fit.with(Loss.MSE).batchSize(4).classWeights(3, 1)));
    }
    assertRefused("class weights must be one for each class, but there is none", () -> FIT.classWeights(new double[0]));
    assertRefused(
        "the weight of class 1 is 1.0E-46, which as a float is 0: it would not count", () -> FIT.classWeights(1, 1e-46, 1, 1));
  }

  /** A row of no class, or of several, would count for nothing, or for more than one. */
  @Test
  void classWeightsUnderTargetsOfNoClass() {
    for (float[] wrong : new float[][] {{0, 0, 0, 0}, {1, 1, 0, 0}, {0.5f, 0.25f, 0, 0}, {1, -5, 5, 0}, {1, -5, 0, 0}}) {
      Matrix y = TestData.oneHot(LABELS, 4);
      System.arraycopy(wrong, 0, y.data(), 6 * 4, 4);
      assertRefused(
          "with class weights the targets of a row must be those of a class, but those of row 2 of a batch are "
              + Arrays.toString(wrong),
          () -> linear().fit(Streamed.inOrder(X, y, null), Fit.with(Loss.MSE).batchSize(4).classWeights(1, 1, 1, 1)));
    }
  }

  /** It is the target that is wrong, and not what a row counts by it. */
  @ParameterizedTest
  @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
  void targetThatIsNotFiniteUnderClassWeights(float target) {
    Matrix y = TestData.oneHot(LABELS, 4);
    y.set(6, 1, target);
    assertRefused(
        "y has " + target + " in epoch 1, batch 2, row 2 of the batch, column 1; values must be finite",
        () -> linear().fit(Streamed.inOrder(X, y, null), Fit.with(Loss.MSE).batchSize(4).classWeights(3, 1, 1, 1)));
  }

  /** Both are floats, and their product is none. */
  @Test
  void weightsWhoseProductIsInfinite() {
    float[] own = new float[ROWS];
    Arrays.fill(own, 1f);
    own[3] = 10;
    Fit fit = FIT.shuffle(false).classWeights(1, 3e38, 1, 1);
    String message = "class weights make row 3 of a batch count Infinity times: the weights of rows and classes must be smaller";
    Network network = classifier();
    assertRefused(message, () -> network.fit(X, LABELS, own, fit));
    assertRefused(message, () -> network.fit(Streamed.inOrder(X, TestData.oneHot(LABELS, 4), own), fit));
    assertEquals(TestData.parameters(classifier()), TestData.parameters(network));
  }

  @Test
  void postsRuleCountsEachRowOnce() {
    String message = "the post's rule counts each row once, but rows have weights: use Fit.with(loss)";
    Network network = regression();
    float[] weights = new float[ROWS];
    weights[0] = 1;
    Fit post = Fit.published().batchSize(4);
    assertRefused(message, () -> network.fit(X, Y, weights, post));
    assertRefused(message, () -> network.fit(Streamed.inOrder(X, Y, weights), post));
    assertEquals(TestData.parameters(regression()), TestData.parameters(network));
  }
}
