package dev.lanewise;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bad input is refused in one sentence that says where, in every locale, and leaves the network as it was. */
class BadInputTest {

  private static final Matrix X = TestData.normal(1, 20, 4);
  private static final Matrix Y = TestData.unit(2, 20, 3);
  private static final Fit FIT = Fit.with(Loss.MSE);
  private static final Locale USUAL = Locale.getDefault();

  private final Network network = Network.of(1, new int[] {4, 5, 3}, Activation.RELU, Activation.SIGMOID);
  private final List<Matrix> before = TestData.parameters(network);
  private final double lossBefore = network.evaluate(X, Y);

  /** One whose own digits are not ours. */
  @BeforeAll
  static void useAnotherLocale() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
  }

  @AfterAll
  static void useTheUsualLocale() {
    Locale.setDefault(USUAL);
  }

  @AfterEach
  void networkIsAsItWas() {
    assertEquals(before, TestData.parameters(network));
    assertEquals(lossBefore, network.evaluate(X, Y));
    Network untouched = Network.of(1, new int[] {4, 5, 3}, Activation.RELU, Activation.SIGMOID);
    untouched.fit(X, Y, FIT.epochs(1));
    network.fit(X, Y, FIT.epochs(1));
    assertEquals(TestData.parameters(untouched), TestData.parameters(network), "nor does it count an epoch");
  }

  @Test
  void outputsAndBatchesThatCannotBe() {
    assertRefused("outputs must be positive, but is 0", () -> Source.of(X, new int[20], 0));
    assertRefused("outputs must be positive, but is -2", () -> Source.of(X, new int[20], -2, new float[20]));
    assertRefused("a batch cannot have -1 rows of 2 inputs and 3 outputs", () -> new Source.Batch(-1, 2, 3));
    assertRefused("a batch cannot have 1 rows of -2 inputs and 3 outputs", () -> new Source.Batch(1, -2, 3));
    assertRefused("a batch cannot have 1 rows of 2 inputs and -3 outputs", () -> new Source.Batch(1, 2, -3));
  }

  /** What is missing has a name. */
  @Test
  void nulls() {
    assertMissing("schedule", () -> FIT.schedule(null));
    assertMissing("limit", () -> FIT.timeLimit(null));
    assertMissing("weights", () -> FIT.classWeights((double[]) null));
    assertMissing("fit", () -> network.fit(X, Y, null));
    assertMissing("fit", () -> network.fit(X, new int[20], null));
    assertMissing("fit", () -> network.fit(Dataset.of(X, Y), null));
    assertMissing("row 0", () -> Matrix.of(new float[][] {null, {1}}));
    assertMissing("row 1", () -> Matrix.of(new double[][] {{1}, null}));
    assertMissing("classNames", () -> Dataset.of(X, new int[20], null));
    assertMissing("epochs", () -> new History(null, 1, History.Stop.COMPLETED, 1));
    assertMissing("name", () -> Loss.named(null));
    assertMissing("name", () -> Activation.named(null));
  }

  private static void assertMissing(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void rowsThatDiffer() {
    String message = "x is 20 x 4, but y is 19 x 3: they must have as many rows";
    assertRefused(message, () -> network.fit(X, Y.rows(0, 19), FIT));
    assertRefused(message, () -> Source.of(X, Y.rows(0, 19)));
    assertRefused(
        "x is 20 x 4, but there are 21 labels: each row needs one", () -> network.fit(X, new int[21], FIT));
    assertRefused(
        "x is 20 x 4 and y is 19 x 3: they must have as many rows, at least one",
        () -> network.evaluate(X, Y.rows(0, 19)));
    assertRefused(
        "out is 19 x 3, but predictions for x of 20 x 4 are 20 x 3",
        () -> network.predict(X, Matrix.zeros(19, 3)));
  }

  /** NaN has no class, and no loss that says anything. */
  @Test
  void rowsToJudgeThatAreNotFinite() {
    Matrix x = X.copy();
    x.set(3, 2, Float.NaN);
    String message = "x has NaN in row 3, column 2; values must be finite";
    assertRefused(message, () -> network.classify(x));
    assertRefused(message, () -> network.predictor().classify(x));
    assertRefused("x has NaN in row 0, column 2; values must be finite", () -> network.classify(x.row(3)));
    assertEquals(network.classify(X)[1], network.classify(X.row(1)));
    assertEquals(network.classify(X)[1], network.predictor().classify(X.row(1)));
    assertRefused(message, () -> network.evaluate(x, Y));
    Matrix y = Y.copy();
    y.set(19, 0, Float.POSITIVE_INFINITY);
    assertRefused("y has Infinity in row 19, column 0; values must be finite", () -> network.evaluate(X, y));
  }

  /** Finite values that become ∞ − ∞ on their way. */
  @Test
  void rowsWithoutAClass() {
    Network difference = Network.of(1, new int[] {2, 2, 2}, Activation.IDENTITY, Activation.IDENTITY);
    difference.layers().getFirst().setWeights(Matrix.of(2, 2, 3, 3, 0, 0));
    difference.layers().getLast().setWeights(Matrix.of(2, 2, 1, 1, -1, -1));
    Matrix far = Matrix.of(2, 2, 1, 2, 3e38f, 3e38f);
    String message = assertThrows(ArithmeticException.class, () -> difference.classify(far)).getMessage();
    assertEquals("row 1 of x has an output that is NaN, and so no class: its values are too large", message);
  }

  /** Their variance is no float: what is normalised by it would be zero, and the row of any class. */
  @Test
  void sumsTooLargeToBeNormalised() {
    Network network = Network.input(2).dense(2, Activation.SOFTMAX, Dense::layerNorm).build();
    network.layers().getFirst().setWeights(Matrix.of(2, 2, 1, 0, 0, 1));
    Matrix x = Matrix.of(2, 2, 3e18f, -3e18f, 3e19f, -3e19f);
    assertEquals(0.88f, network.predict(x).get(0, 0), 0.01f);
    assertTrue(Float.isNaN(network.predict(x).get(1, 0)));
    assertThrows(ArithmeticException.class, () -> network.classify(x));
    assertThrows(
        ArithmeticException.class, () -> network.fit(x, new int[] {0, 1}, Fit.with(Loss.CROSS_ENTROPY).epochs(1)));
  }

  /** Of a source that does not know how many rows it has, and may have as many. */
  @Test
  void aBatchThatNoArrayHolds() {
    Source unknown = new OrderedSource(X, Y, -1, epoch -> new int[] {0, 1, 2});
    assertRefused(
        "a batch of 2147483647 x 4 has 8589934588 values, more than the 2147483639 that fit in an array",
        () -> network.fit(unknown, FIT.batchSize(Integer.MAX_VALUE)));
  }

  /** Neither the weights nor the loss that evaluate uses are those of a fit that ended in its first epoch. */
  @Test
  void aFitThatTrainedNothing() {
    Fit other = Fit.with(Loss.BINARY_CROSS_ENTROPY);
    Source none = new OrderedSource(X, Y, -1, epoch -> new int[0]);
    assertThrows(IllegalArgumentException.class, () -> network.fit(none, other));
    assertThrows(ArithmeticException.class, () -> network.fit(X, Y, other.learningRate(3e38).epochs(3)));
  }

  /** The loss of the only step is finite; the next one would not be. */
  @Test
  void aStepThatLeavesPredictionsThatAreNotFinite() {
    Matrix large = Matrix.of(X.rows(), X.cols(), X.data().clone());
    for (int i = 0; i < large.data().length; i++) {
      large.data()[i] *= 1e3f;
    }
    Network softmax = Network.of(1, new int[] {4, 5, 3}, Activation.RELU, Activation.SOFTMAX);
    List<Matrix> untrained = TestData.parameters(softmax);
    int[] labels = TestData.labels(3, 20, 3);
    Fit oneStep = Fit.with(Loss.CROSS_ENTROPY).epochs(1).batchSize(20).learningRate(1e30);
    String message = assertThrows(ArithmeticException.class, () -> softmax.fit(large, labels, oneStep)).getMessage();
    assertTrue(message.startsWith("the loss became NaN in epoch 1, after its last batch"), message);
    assertEquals(untrained, TestData.parameters(softmax));
  }

  /** The same where the source fills what the step reads: 16 columns are as wide as a vector. */
  @Test
  void aStepOnAStreamThatLeavesPredictionsThatAreNotFinite() {
    Matrix x = TestData.normal(1, 20, 16);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] *= 1e3f;
    }
    Matrix y = TestData.oneHot(TestData.labels(3, 20, 16), 16);
    Network softmax = Network.of(1, new int[] {16, 5, 16}, Activation.RELU, Activation.SOFTMAX);
    List<Matrix> untrained = TestData.parameters(softmax);
    Source stream = new OrderedSource(x, y, 20, epoch -> IntStream.range(0, 20).toArray());
    Fit oneStep = Fit.with(Loss.CROSS_ENTROPY).epochs(1).batchSize(20).learningRate(1e30);
    String message = assertThrows(ArithmeticException.class, () -> softmax.fit(stream, oneStep)).getMessage();
    assertTrue(message.startsWith("the loss became NaN in epoch 1, after its last batch"), message);
    assertEquals(untrained, TestData.parameters(softmax));
  }

  /** A source may begin a batch before it finds that it has no rows left: what it wrote was not trained on. */
  @Test
  void aSourceThatWritesAfterItsEnd() {
    Matrix x = TestData.normal(1, 64, 16);
    Matrix y = TestData.unit(2, 64, 16);
    for (boolean spoilsX : new boolean[] {true, false}) {
      Network trained = Network.of(1, new int[] {16, 16}, Activation.SIGMOID);
      Network expected = Network.of(1, new int[] {16, 16}, Activation.SIGMOID);
      int[] order = IntStream.range(0, 64).toArray();
      trained.fit(new OrderedSource(x, y, 64, epoch -> order) {
        @Override
        public int fill(Batch batch) {
          int filled = super.fill(batch);
          if (filled == 0) {
            Arrays.fill(spoilsX ? batch.x() : batch.y(), Float.NaN);
          }
          return filled;
        }
      }, FIT.epochs(2));
      expected.fit(new OrderedSource(x, y, 64, epoch -> order), FIT.epochs(2));
      assertEquals(TestData.parameters(expected), TestData.parameters(trained));
    }
  }

  @Test
  void labelsToEvaluateByThatAreNone() {
    Network softmax = Network.of(1, new int[] {4, 3}, Activation.SOFTMAX);
    softmax.fit(X, new int[20], Fit.with(Loss.CROSS_ENTROPY).epochs(1));
    assertRefused("x is 20 x 4, but there are 2 labels: each row needs one", () -> softmax.evaluate(X, new int[2]));
    int[] four = new int[20];
    four[7] = 3;
    assertRefused("label 3 in row 7 is outside 0..2", () -> softmax.evaluate(X, four));
    assertRefused("x is 0 x 4: it must have at least one row", () -> softmax.evaluate(Matrix.zeros(0, 4), new int[0]));
  }

  @Test
  void classesThatAreNotTheNetworks() {
    int[] labels = TestData.labels(3, 20, 3);
    assertRefused(
        "the dataset has 4 classes, but the network is 4-5-3: it tells 3 apart",
        () -> network.fit(Dataset.of(X, labels, List.of("a", "b", "c", "d")), FIT));
    assertRefused(
        "the dataset has 2 classes, but the network is 4-5-3: it tells 3 apart",
        () -> network.fit(Dataset.of(X, TestData.labels(3, 20, 2), List.of("a", "b")), FIT));
    Network one = Network.of(1, new int[] {4, 1}, Activation.SOFTMAX);
    assertRefused(
        "softmax of one output is always 1 and cannot learn: use sigmoid",
        () -> one.fit(X, new int[20], Fit.with(Loss.CROSS_ENTROPY)));
    Source.Batch batch = new Source.Batch(2, 4, 3);
    assertRefused("label 3 in row 0 of the batch is outside 0..2", () -> batch.setLabel(0, 3));
    assertRefused("label -1 in row 0 of the batch is outside 0..2", () -> batch.setLabel(0, -1));
    assertRefused("row 2 is outside the batch, whose rows are 0..1", () -> batch.setLabel(2, 0));
    assertRefused("row -1 is outside the batch, whose rows are 0..1", () -> batch.setLabel(-1, 9));
    assertRefused("label 2 in row 1 of the batch is outside 0..1", () -> new Source.Batch(2, 4, 1).setLabel(1, 2));
  }

  @Test
  void weightsThatFitInNoArray() {
    assertRefused(
        "layer 0 has 70000 x 70000 weights, more than fit in an array",
        () -> Network.of(1, new int[] {70_000, 70_000}, Activation.RELU));
    assertRefused(
        "layer 0 has 1 x 2000000000 weights, more than fit in an array", // of 16 columns, the rest of them padding
        () -> Network.input(1).dense(2_000_000_000, Activation.RELU).build());
    assertRefused(
        "layer 1 has 70000 x 70001 weights, more than fit in an array",
        () -> Network.of(1, new int[] {1, 70_000, 70_001}, Activation.RELU, Activation.RELU));
  }

  @Test
  void columnsThatAreNotTheNetworks() {
    Matrix wide = Matrix.zeros(20, 6);
    String x = "x has 6 columns, but the network is 4-5-3: it must have 4";
    String y = "y has 6 columns, but the network is 4-5-3: it must have 3";
    assertRefused(x, () -> network.fit(wide, Y, FIT));
    assertRefused(y, () -> network.fit(X, wide, FIT));
    assertRefused(x, () -> network.fit(wide, new int[20], FIT));
    assertRefused(y, () -> network.fit(Source.of(X, new int[20], 6), FIT));
    assertRefused(x, () -> network.predict(wide));
    assertRefused(x, () -> network.predict(wide, Y));
    assertRefused("out is 20 x 6, but predictions for x of 20 x 4 are 20 x 3", () -> network.predict(X, wide));
    assertRefused(x, () -> network.classify(wide));
    assertRefused(x, () -> network.forward(wide));
    assertRefused(x, () -> network.evaluate(wide, Y));
    assertRefused(y, () -> network.evaluate(X, wide));
    String row = "the row has 3 values and out 3, but the network is 4-5-3";
    assertRefused(row, () -> network.predict(new float[3], new float[3]));
    assertRefused(row.replace("3 values and out 3", "4 values and out 2"),
        () -> network.predict(new float[4], new float[2]));
  }

  @Test
  void parametersOfAnotherShape() {
    assertRefused(
        "the weight of layer 0 is 4 x 5, but 5 x 4 is given",
        () -> network.layers().get(0).setWeights(Matrix.zeros(5, 4)));
    for (int rows : new int[] {3, 5}) {
      assertRefused(
          "the weight of layer 0 is 4 x 5, but " + rows + " x 5 is given",
          () -> network.layers().get(0).setWeights(Matrix.zeros(rows, 5)));
    }
    assertRefused(
        "the bias of layer 1 is 1 x 3, but 3 x 1 is given",
        () -> network.layers().get(1).setBias(Matrix.zeros(3, 1)));
    for (int last : new int[] {1, 2}) {
      Matrix weights = network.layers().get(1).weights();
      weights.set(2 * last, last, Float.NaN);
      assertRefused(
          "the weight of layer 1 has NaN in row " + 2 * last + ", column " + last + "; parameters must be finite",
          () -> network.layers().get(1).setWeights(weights));
      Matrix bias = Matrix.zeros(1, 3);
      bias.set(0, last, Float.POSITIVE_INFINITY);
      assertRefused(
          "the bias of layer 1 has Infinity in row 0, column " + last + "; parameters must be finite",
          () -> network.layers().get(1).setBias(bias));
    }
  }

  @Test
  void dimensionsAndActivations() {
    Activation relu = Activation.RELU;
    String few = "a network needs at least two dimensions, inputs and outputs, but ";
    assertRefused(few + "1 are given", () -> Network.of(new int[] {4}));
    assertRefused(few + "0 are given", () -> Network.of(new int[0]));
    String positive = "dimensions must be positive, but dimension ";
    assertRefused(positive + "0 is 0", () -> Network.of(new int[] {0, 3}, relu));
    assertRefused(positive + "1 is -3", () -> Network.of(new int[] {4, -3, 2}, relu, relu));
    assertRefused(positive + "2 is 0", () -> Network.of(new int[] {4, 3, 0}, relu, relu));
    assertRefused(positive + "0 is -1", () -> Network.input(-1));
    assertRefused(positive + "1 is 0", () -> Network.input(4).dense(0, relu));
    assertRefused(
        "3 dimensions make 2 layers, but 1 activations are given", () -> Network.of(new int[] {4, 3, 2}, relu));
    assertRefused(
        "2 dimensions make 1 layers, but 2 activations are given", () -> Network.of(new int[] {4, 3}, relu, relu));
    assertRefused("a network needs at least one layer", () -> Network.input(4).build());
    Dense plain = Dense.of(4, 5, relu);
    for (Dense other : List.of(Dense.of(3, 5, relu), Dense.of(4, 6, relu), Dense.of(4, 5, Activation.TANH))) {
      assertRefused(
          "layer 0 is " + plain + ", but its options make " + other + " of it",
          () -> Network.input(4).dense(5, relu, l -> other));
    }
    assertRefused(
        "softmax is legal as the last activation only, but layer 0 is not the last",
        () -> Network.of(new int[] {4, 3, 2}, Activation.SOFTMAX, relu));
  }

  /** As a record that anybody may make, and hand to a builder as the options of a layer. */
  @Test
  void layersOfNothing() {
    assertRefused("a layer of 0 x 3 is none: both must be positive", () -> Dense.of(0, 3, Activation.RELU));
    assertRefused("a layer of 3 x 0 is none: both must be positive", () -> Dense.of(3, 0, Activation.RELU));
    assertRefused("a layer of -1 x 3 is none: both must be positive", () -> Dense.of(-1, 3, Activation.RELU));
  }

  @Test
  void dropout() {
    Activation relu = Activation.RELU;
    for (double share : new double[] {1, -0.1, 1.5, Double.NaN}) {
      assertRefused(
          "dropout must be in 0..1, 1 excluded, but is " + share,
          () -> Network.input(4).dense(5, relu, l -> l.dropout(share)));
    }
    assertRefused(
        "the last layer has dropout: it would drop the network's own outputs",
        () -> Network.input(4).dense(5, relu).dense(3, relu, l -> l.dropout(0.5)).build());
    assertRefused(
        "the post's rule knows neither normalisation nor dropout, which the network has: use Fit.with(loss)",
        () -> Network.input(4).dense(5, relu, l -> l.dropout(0.5)).dense(3, relu).build().fit(X, Y, Fit.published()));
    assertRefused(
        "the post's rule knows neither normalisation nor dropout, which the network has: use Fit.with(loss)",
        () -> Network.input(4).dense(3, relu, Dense::layerNorm).build().fit(X, Y, Fit.published()));
  }

  @Test
  void optionsThatThePostsRuleDoesNotHave() {
    String message = assertThrows(
        IllegalArgumentException.class, () -> network.fit(X, Y, Fit.published().validationSplit(0.5))).getMessage();
    assertTrue(message.startsWith("the post's rule has epochs, batch size, "), message);
  }

  @Test
  void scheduleThatIsNone() {
    for (double factor : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e300}) {
      Fit fit = FIT.learningRate(0.5).batchSize(8).schedule((epoch, epochs) -> epoch < 0.5 ? 1 : factor);
      assertRefused(
          "the schedule makes the learning rate " + 0.5 * factor + " in epoch 1, batch 2",
          () -> network.fit(X, Y, fit));
    }
  }

  @Test
  void lossThatDoesNotFitTheOutput() {
    String softmax = "cross_entropy needs softmax as the last activation, but the network ends in sigmoid";
    assertRefused(softmax, () -> network.fit(X, Y, Fit.with(Loss.CROSS_ENTROPY)));
    assertRefused(softmax, () -> network.evaluate(X, Y, Loss.CROSS_ENTROPY));
    Network ended = Network.of(new int[] {4, 3}, Activation.SOFTMAX);
    assertRefused(
        "binary_cross_entropy needs sigmoid as the last activation, but the network ends in softmax",
        () -> ended.fit(X, Y, Fit.with(Loss.BINARY_CROSS_ENTROPY)));
    assertRefused(
        "the post's rule needs an element-wise prime at the output, which softmax does not have: use Fit.with(loss)",
        () -> ended.fit(X, Y, Fit.published()));
  }

  @Test
  void noRows() {
    String message = "there are no rows to train on";
    Matrix none = Matrix.zeros(0, 4);
    assertRefused(message, () -> network.fit(none, Matrix.zeros(0, 3), FIT));
    assertRefused(message, () -> network.fit(none, new int[0], FIT));
    assertRefused(message, () -> network.fit(none, Matrix.zeros(0, 3), Fit.published()));
    assertRefused(
        "the source gave no rows to train on in epoch 1 (batches of 32)",
        () -> network.fit(new OrderedSource(X, Y, -1, epoch -> new int[0]), FIT));
    assertRefused(
        "x is 0 x 4 and y is 0 x 3: they must have as many rows, at least one",
        () -> network.evaluate(none, Matrix.zeros(0, 3)));
  }

  @Test
  void labelsOutsideTheClasses() {
    int[] labels = new int[20];
    labels[17] = 3;
    assertRefused("label 3 in row 17 is outside 0..2", () -> network.fit(X, labels, FIT));
    labels[5] = -1;
    assertRefused("label -1 in row 5 is outside 0..2", () -> network.fit(X, labels, FIT));
    Network one = Network.of(new int[] {4, 1}, Activation.SIGMOID);
    int[] three = new int[20];
    three[2] = 2;
    assertRefused(
        "label 2 in row 2 is outside 0..1: ints are labels of classes, and numbers to predict go into a Matrix",
        () -> one.fit(X, three, FIT));
  }

  @Test
  void batchLargerThanTheRowsUnderThePostsRule() {
    assertRefused(
        "a batch of 21 is larger than the 20 rows, and the post's rule leaves a short batch out: "
            + "it would train nothing",
        () -> network.fit(X, Y, Fit.published().batchSize(21)));
    int[] all = new int[20];
    Arrays.setAll(all, i -> i);
    assertRefused(
        "the source gave no rows to train on in epoch 1 (batches of 21)",
        () -> network.fit(new OrderedSource(X, Y, -1, epoch -> all), Fit.published().batchSize(21)));
  }

  @Test
  void valuesThatAreNotFinite() {
    Matrix x = X.copy();
    x.set(13, 2, Float.NaN);
    assertRefused(
        "x has NaN in row 13, column 2; values must be finite", () -> network.fit(x, Y, FIT));
    assertRefused(
        "x has NaN in row 13, column 2; values must be finite", () -> network.fit(x, new int[20], Fit.published()));
    Matrix y = Y.copy();
    y.set(19, 0, Float.NEGATIVE_INFINITY);
    assertRefused(
        "y has -Infinity in row 19, column 0; values must be finite", () -> network.fit(X, y, FIT));
    x.set(0, 0, Float.POSITIVE_INFINITY);
    assertRefused(
        "x has Infinity in row 0, column 0; values must be finite", () -> network.fit(x, Y, Fit.published()));
  }
}
