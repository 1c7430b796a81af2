package dev.lanewise;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Split;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fit says of rows that it does not train on, and which rows a split keeps back. */
class ValidationTest {

  private static final int ROWS = 40;
  private static final Matrix X = TestData.normal(1, ROWS, 5);

  /** 20 of class 0, 12 of class 1 and 8 of class 2, mixed. */
  private static final int[] LABELS = labels();
  private static final Matrix Y = TestData.normal(3, ROWS, 3);
  private static final Matrix OTHER_X = TestData.normal(4, 17, 5);
  private static final int[] OTHER_LABELS = TestData.labels(5, 17, 3);
  private static final Matrix OTHER_Y = TestData.normal(6, 17, 3);
  private static final Fit FIT = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).batchSize(8).epochs(3).seed(7);

  private static int[] labels() {
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i * 7 % ROWS] = i < 20 ? 0 : i < 32 ? 1 : 2;
    }
    return labels;
  }

  private static Network classifier() {
    return Network.of(2, new int[] {5, 6, 3}, Activation.TANH, Activation.SOFTMAX);
  }

  private static Network regression() {
    return Network.of(2, new int[] {5, 6, 3}, Activation.TANH, Activation.IDENTITY);
  }

  /** Against what the network itself says, to the last bit, and against the formula in double. */
  @Test
  void lossAndAccuracyOfClasses() {
    Network network = classifier();
    Matrix y = TestData.oneHot(OTHER_LABELS, 3);
    List<Double> losses = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    Fit fit = FIT.validation(OTHER_X, OTHER_LABELS).onEpoch(epoch -> {
      losses.add(network.evaluate(OTHER_X, y, Loss.CROSS_ENTROPY));
      int[] predicted = network.classify(OTHER_X);
      int right = 0;
      for (int i = 0; i < predicted.length; i++) {
        right += predicted[i] == OTHER_LABELS[i] ? 1 : 0;
      }
      accuracies.add(right / 17.0);
    });
    List<Epoch> epochs = network.fit(X, LABELS, fit).epochs();
    assertEquals(losses, epochs.stream().map(Epoch::validationLoss).toList());
    assertEquals(accuracies, epochs.stream().map(Epoch::validationAccuracy).toList());
    assertEquals(3, losses.stream().distinct().count());
    assertEquals(new DoubleNetwork(network).loss(OTHER_X, y, Loss.CROSS_ENTROPY), losses.getLast(), 1e-6);
  }

  /** Not the end of a fit whose own rows are good. */
  @Test
  void accuracyWhereAnOutputIsNoNumber() {
    Network network = Network.of(1, new int[] {2, 2, 3}, Activation.IDENTITY, Activation.IDENTITY);
    network.layers().getFirst().setWeights(Matrix.of(2, 2, 3, 3, 0, 0));
    network.layers().getLast().setWeights(Matrix.of(2, 3, 1, 0, 0, -1, 0, 0)); // ∞ − ∞
    Matrix x = Matrix.of(2, 2, 1, 2, 3, 4);
    // The squared error, or 1 where that is not smaller: also of what is no number.
    OwnLoss bounded = new OwnLoss(
        "bounded", 1, 0, error -> error * error < 1 ? error * error : 1, error -> error * error < 1 ? 2 * error : 0);
    Fit fit = Fit.with(bounded).epochs(2).validation(Matrix.of(1, 2, 3e38f, 1), new int[] {1});
    List<Epoch> epochs = network.fit(x, new int[] {0, 1}, fit).epochs();
    assertEquals(2, epochs.size());
    for (Epoch epoch : epochs) {
      assertTrue(Double.isNaN(epoch.validationAccuracy()), epoch::toString);
      assertTrue(Double.isFinite(epoch.validationLoss()), epoch::toString);
    }
  }

  @Test
  void lossOfNumbers() {
    Network network = regression();
    Fit fit = Fit.with(Loss.MSE).validation(OTHER_X, OTHER_Y);
    Epoch last = network.fit(X, Y, fit).last();
    assertEquals(network.evaluate(OTHER_X, OTHER_Y), last.validationLoss());
    assertEquals(new DoubleNetwork(network).loss(OTHER_X, OTHER_Y, Loss.MSE), last.validationLoss(), 1e-6);
    assertTrue(Double.isNaN(last.validationAccuracy()));
  }

  @Test
  void classesOfOneOutput() {
    int[] trained = TestData.labels(8, ROWS, 2);
    int[] other = TestData.labels(9, 17, 2);
    Network network = Network.of(2, new int[] {5, 1}, Activation.SIGMOID);
    Fit fit = Fit.with(Loss.BINARY_CROSS_ENTROPY).learningRate(0.5).validation(OTHER_X, other);
    Epoch last = network.fit(X, trained, fit).last();
    Matrix predicted = network.predict(OTHER_X);
    Matrix y = Matrix.zeros(17, 1);
    int right = 0;
    for (int i = 0; i < 17; i++) {
      y.set(i, 0, other[i]);
      right += (predicted.get(i, 0) >= 0.5 ? 1 : 0) == other[i] ? 1 : 0;
    }
    assertEquals(right / 17.0, last.validationAccuracy());
    assertEquals(network.evaluate(OTHER_X, y), last.validationLoss());
  }

  /** Its own rows neither see dropout nor move the moments of a normalisation. */
  @Test
  void changesNothingInTraining() {
    Network plain = Network.input(5).dense(6, Activation.TANH, l -> l.batchNorm().dropout(0.3))
        .dense(3, Activation.SOFTMAX).build();
    Network validated = Network.input(5).dense(6, Activation.TANH, l -> l.batchNorm().dropout(0.3))
        .dense(3, Activation.SOFTMAX).build();
    plain.fit(X, LABELS, FIT);
    Epoch last = validated.fit(X, LABELS, FIT.validation(OTHER_X, OTHER_LABELS)).last();
    assertEquals(TestData.state(plain), TestData.state(validated));
    assertEquals(validated.evaluate(OTHER_X, TestData.oneHot(OTHER_LABELS, 3)), last.validationLoss());
  }

  // ------------------------------------------------------------------------------------------------------------- splits

  /** Changes one row at a time: where that changes nothing, the row was not trained on. */
  private static List<Integer> keptBack(boolean classes, Fit fit) {
    Object expected = trained(classes, X, fit);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Matrix x = X.copy();
      x.set(i, 2, 3);
      if (trained(classes, x, fit).equals(expected)) {
        kept.add(i);
      }
    }
    return kept;
  }

  private static Object trained(boolean classes, Matrix x, Fit fit) {
    Network network = classes ? classifier() : regression();
    History _ = classes ? network.fit(x, LABELS, fit) : network.fit(x, Y, fit);
    return TestData.parameters(network);
  }

  @Test
  void splitOfClassesKeepsTheSameShareOfEach() {
    List<Integer> kept = keptBack(true, FIT.validationSplit(0.25));
    int[] counts = new int[3];
    kept.forEach(row -> counts[LABELS[row]]++);
    assertEquals(List.of(5, 3, 2), Arrays.stream(counts).boxed().toList());
    assertEquals(kept, keptBack(true, FIT.validationSplit(0.25)));
    assertNotEquals(kept, keptBack(true, FIT.seed(8).validationSplit(0.25)));
  }

  @Test
  void splitOfNumbersKeepsTheShare() {
    Fit fit = Fit.with(Loss.MSE).epochs(1).seed(3);
    List<Integer> kept = keptBack(false, fit.validationSplit(0.3));
    assertEquals(12, kept.size());
    assertNotEquals(kept, keptBack(false, fit.seed(4).validationSplit(0.3)));
  }

  /** What is kept back is what a dataset's split of that seed would test on; the rest is trained on as if it were all. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.5})
  void splitIsAFitOnTheOtherRows(double share) {
    Split<Dataset> parts = Dataset.of(X, LABELS).split(share, 7);
    for (Fit fit : List.of(FIT, FIT.balancedClassWeights(), FIT.classWeights(1, 2, 0.5), FIT.shuffle(false).earlyStopping(1))) {
      Network split = classifier();
      Network apart = classifier();
      History history = split.fit(X, LABELS, fit.validationSplit(share));
      History expected =
          apart.fit(parts.train(), fit.validation(parts.test().x(), parts.test().labels()));
      assertEquals(TestData.parameters(apart), TestData.parameters(split));
      assertEquals(figures(expected), figures(history));
    }
  }

  private static List<List<Double>> figures(History history) {
    return history.epochs().stream().map(e -> List.of(e.loss(), e.validationLoss(), e.validationAccuracy())).toList();
  }

  @Test
  void splitTakesTheWeightsOfItsRows() {
    float[] weights = TestData.unit(11, ROWS, 1).data();
    Matrix numbers = Matrix.zeros(ROWS, 2);
    for (int i = 0; i < ROWS; i++) {
      numbers.set(i, 0, i);
    }
    Split<Dataset> parts = Dataset.of(numbers, Y).split(0.25, 7);
    int[] trained = new int[30];
    int[] kept = new int[10];
    Arrays.setAll(trained, i -> (int) parts.train().x().get(i, 0));
    Arrays.setAll(kept, i -> (int) parts.test().x().get(i, 0));
    float[] theirs = new float[30];
    for (int i = 0; i < 30; i++) {
      theirs[i] = weights[trained[i]];
    }
    Fit fit = Fit.with(Loss.MSE).optimizer(Optimizer.adam()).seed(7);
    Network split = regression();
    Network apart = regression();
    double loss = split.fit(X, Y, weights, fit.validationSplit(0.25)).last().validationLoss();
    apart.fit(X.take(trained), Y.take(trained), theirs, fit);
    assertEquals(TestData.parameters(apart), TestData.parameters(split));
    assertEquals(apart.evaluate(X.take(kept), Y.take(kept)), loss, "rows that are kept back count once each");
  }

  /** A fit is a value: what becomes of the labels it was made of does not change it. */
  @Test
  void labelsAreTheFitsOwn() {
    int[] labels = OTHER_LABELS.clone();
    Fit fit = FIT.validation(OTHER_X, labels);
    Arrays.setAll(labels, i -> (OTHER_LABELS[i] + 1) % 3);
    Epoch expected = classifier().fit(X, LABELS, FIT.validation(OTHER_X, OTHER_LABELS)).last();
    Epoch actual = classifier().fit(X, LABELS, fit).last();
    assertEquals(expected.validationLoss(), actual.validationLoss());
    assertEquals(expected.validationAccuracy(), actual.validationAccuracy());
  }

  /** The later of the two counts. */
  @Test
  void splitOrRows() {
    Network rows = classifier();
    Network split = classifier();
    rows.fit(X, LABELS, FIT.validationSplit(0.5).validation(OTHER_X, OTHER_LABELS));
    split.fit(X, LABELS, FIT.validation(OTHER_X, OTHER_LABELS).validationSplit(0.5));
    Network all = classifier();
    all.fit(X, LABELS, FIT);
    assertEquals(TestData.parameters(all), TestData.parameters(rows));
    assertNotEquals(TestData.parameters(all), TestData.parameters(split));
  }

  // ---------------------------------------------------------------------------------------------------------- refusals

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void shareThatIsNone(double share) {
    assertRefused("validationSplit must be between 0 and 1, but is " + share, () -> FIT.validationSplit(share));
  }

  @Test
  void splitWithNothingOnOneSide() {
    Network network = classifier();
    String message = " of 40 rows is no split: it must be between 0 and 1 and leave rows to both parts";
    assertRefused("a share of 0.01" + message, () -> network.fit(X, LABELS, FIT.validationSplit(0.01)));
    assertRefused("a share of 0.99" + message, () -> network.fit(X, LABELS, FIT.validationSplit(0.99)));
    assertEquals(TestData.parameters(classifier()), TestData.parameters(network));
  }

  @Test
  void splitOfASource() {
    assertRefused(
        "a validation split keeps back rows of a matrix: with a source, give the rows to validate on",
        () -> classifier().fit(Source.of(X, LABELS, 3), FIT.validationSplit(0.5)));
  }

  @Test
  void rowsThatDoNotFit() {
    Network network = classifier();
    Matrix wide = Matrix.zeros(17, 6);
    assertRefused(
        "the validation's x has 6 columns, but the network is 5-6-3: it must have 5",
        () -> network.fit(X, LABELS, FIT.validation(wide, OTHER_LABELS)));
    assertRefused(
        "the validation's y has 6 columns, but the network is 5-6-3: it must have 3",
        () -> network.fit(X, LABELS, FIT.validation(OTHER_X, wide)));
    assertRefused(
        "the validation's x is 17 x 5, but it has 16 targets: they must be as many",
        () -> FIT.validation(OTHER_X, new int[16]));
    assertRefused(
        "the validation has no rows: its x is 0 x 5",
        () -> FIT.validation(Matrix.zeros(0, 5), new int[0]));
    int[] labels = OTHER_LABELS.clone();
    labels[13] = 3;
    assertRefused(
        "the validation's label 3 in row 13 is outside 0..2",
        () -> network.fit(X, LABELS, FIT.validation(OTHER_X, labels)));
    assertEquals(TestData.parameters(classifier()), TestData.parameters(network));
  }

  @Test
  void valuesThatAreNotFinite() {
    Network network = classifier();
    Matrix x = OTHER_X.copy();
    x.set(11, 4, Float.NaN);
    assertRefused(
        "the validation's x has NaN in row 11, column 4; values must be finite",
        () -> network.fit(X, LABELS, FIT.validation(x, OTHER_LABELS)));
    Matrix y = OTHER_Y.copy();
    y.set(16, 0, Float.POSITIVE_INFINITY);
    assertRefused(
        "the validation's y has Infinity in row 16, column 0; values must be finite",
        () -> network.fit(X, LABELS, FIT.validation(OTHER_X, y)));
    Matrix noShares = TestData.unit(6, 17, 3);
    noShares.set(2, 1, 5);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> network.fit(X, LABELS, FIT.validation(OTHER_X, noShares)))
            .getMessage().startsWith("the validation's y adds up to "));
    Matrix bad = X.copy();
    bad.set(39, 0, Float.NaN);
    assertRefused(
        "x has NaN in row 39, column 0; values must be finite",
        () -> network.fit(bad, LABELS, FIT.validationSplit(0.5)));
    assertEquals(TestData.parameters(classifier()), TestData.parameters(network));
  }
}
