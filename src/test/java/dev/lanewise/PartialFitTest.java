package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Calls of partialFit go on with one another: what an optimizer remembers stays until something else trains the network. */
class PartialFitTest {

  private static final Matrix X = TestData.normal(1, 50, 6);
  private static final int[] LABELS = TestData.labels(2, 50, 3);
  private static final Fit PLAIN = Fit.with(Loss.CROSS_ENTROPY).batchSize(16).epochs(5).seed(4);
  private static final Fit ADAM = PLAIN.optimizer(Optimizer.adam()).learningRate(0.01);

  static final List<Fit> FITS = List.of(
      PLAIN,
      PLAIN.optimizer(Optimizer.momentum(0.9)),
      PLAIN.optimizer(Optimizer.nesterov(0.8)),
      PLAIN.optimizer(Optimizer.rmsProp()),
      PLAIN.optimizer(Optimizer.adagrad()),
      ADAM,
      ADAM.schedule(Schedule.oneCycle()),
      PLAIN.optimizer(Optimizer.adamW()).schedule(Schedule.cosine()).validationSplit(0.2).reduceOnPlateau(0.5, 1));

  private static Network network() {
    return Network.input(6)
        .dense(10, Activation.RELU, l -> l.batchNorm().dropout(0.2))
        .dense(3, Activation.SOFTMAX)
        .seed(3)
        .build();
  }

  private static List<Map<String, Matrix>> after(int epochs, Fit fit) {
    Network network = network();
    network.fit(X, LABELS, fit.epochs(epochs));
    return TestData.state(network);
  }

  @Test
  void rowsThatCountForMoreOrLess() {
    float[] weights = new float[X.rows()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 4;
    }
    Fit ordered = ADAM.shuffle(false);
    Network fitted = network();
    fitted.fit(X, LABELS, weights, ordered.epochs(3));
    Network byLabels = network();
    Network byTargets = network();
    for (int i = 0; i < 3; i++) {
      byLabels.partialFit(X, LABELS, weights, ordered);
      byTargets.partialFit(X, TestData.oneHot(LABELS, 3), weights, ordered);
    }
    assertEquals(TestData.state(fitted), TestData.state(byLabels));
    assertEquals(TestData.state(fitted), TestData.state(byTargets));
    assertNotEquals(after(3, ordered), TestData.state(fitted));
  }

  private static List<Map<String, Matrix>> afterCalls(int calls, Fit fit) {
    Network network = network();
    for (int i = 0; i < calls; i++) {
      network.partialFit(X, LABELS, fit);
    }
    return TestData.state(network);
  }

  @ParameterizedTest
  @FieldSource("FITS")
  void fiveCallsAreAFitOfFiveEpochs(Fit fit) {
    Network whole = network();
    Network partial = network();
    List<List<Object>> expected = whole.fit(X, LABELS, fit).epochs().stream().map(PartialFitTest::figures).toList();
    List<List<Object>> seen = new ArrayList<>();
    for (int call = 1; call <= 5; call++) {
      seen.add(figures(partial.partialFit(X, LABELS, fit)));
    }
    assertEquals(expected, seen);
    assertEquals(TestData.state(whole), TestData.state(partial));
  }

  private static List<Object> figures(Epoch epoch) {
    return List.of(epoch.number(), epoch.loss(), epoch.learningRate(), epoch.validationLoss());
  }

  @Test
  void matricesLabelsAndSourcesAreAlike() {
    Matrix y = TestData.oneHot(LABELS, 3);
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    network.partialFit(X, y, ADAM);
    network.partialFit(Source.of(X, LABELS, 3), ADAM);
    assertEquals(after(3, ADAM), TestData.state(network));
  }

  /** One that publishes nothing changes nothing. */
  @Test
  void fitThatFailsInBetweenLeavesThemAlone() {
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    Source none = new OrderedSource(X, TestData.oneHot(LABELS, 3), -1, epoch -> new int[0]);
    assertThrows(IllegalArgumentException.class, () -> network.fit(none, ADAM));
    network.partialFit(X, LABELS, ADAM);
    assertEquals(after(2, ADAM), TestData.state(network));
  }

  /** Rows that come in pieces: each call has its own. */
  @Test
  void eachCallHasRowsOfItsOwn() {
    Fit fit = ADAM.shuffle(false).batchSize(10);
    Network pieces = Network.of(3, new int[] {6, 8, 3}, Activation.TANH, Activation.SOFTMAX);
    Network whole = Network.of(3, new int[] {6, 8, 3}, Activation.TANH, Activation.SOFTMAX);
    for (int from = 0; from < 50; from += 10) {
      int[] labels = java.util.Arrays.copyOfRange(LABELS, from, from + 10);
      pieces.partialFit(X.rows(from, from + 10), labels, fit);
    }
    whole.fit(X, LABELS, fit.epochs(1));
    assertEquals(TestData.parameters(whole), TestData.parameters(pieces));
  }

  @Test
  void rateMayChangeFromCallToCall() {
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    Epoch second = network.partialFit(X, LABELS, ADAM.learningRate(0.001));
    assertEquals(2, second.number());
    assertEquals(0.001, second.learningRate());
    assertEquals(after(2, ADAM.schedule((epoch, epochs) -> epoch < 1 ? 1 : 0.1)), TestData.state(network));
  }

  /** At a rate that changes no weight, so that no loss is lower than the first. */
  @Test
  void reductionMayBeginWithAnyCall() {
    Network network = Network.of(3, new int[] {6, 8, 3}, Activation.TANH, Activation.SOFTMAX);
    Fit fit = PLAIN.shuffle(false).learningRate(1e-30);
    List<Double> rates = new ArrayList<>();
    for (int call = 1; call <= 5; call++) {
      rates.add(network.partialFit(X, LABELS, call > 3 ? fit.reduceOnPlateau(0.5, 1) : fit).learningRate());
    }
    assertEquals(List.of(1e-30, 1e-30, 1e-30, 0.25e-30, 0.125e-30), rates);
  }

  /** A rate of 0 is one: who calls more often than the schedule was told has the network that there is. */
  @Test
  void trainsNoMoreWhereTheScheduleIsOver() {
    Network network = Network.of(3, new int[] {6, 8, 3}, Activation.TANH, Activation.SOFTMAX);
    Fit fit = PLAIN.epochs(2).schedule(Schedule.cosine());
    network.partialFit(X, LABELS, fit);
    network.partialFit(X, LABELS, fit);
    List<Map<String, Matrix>> before = TestData.state(network);
    assertEquals(0, network.partialFit(X, LABELS, fit).learningRate());
    assertEquals(before, TestData.state(network));
  }

  @Test
  void anotherOptimizerStartsAfresh() {
    Network changed = network();
    changed.partialFit(X, LABELS, ADAM);
    changed.partialFit(X, LABELS, ADAM.optimizer(Optimizer.adam().beta1(0.8)));
    Epoch third = changed.partialFit(X, LABELS, ADAM);
    assertEquals(1, third.number());
    Network fits = network();
    fits.fit(X, LABELS, ADAM.epochs(1));
    fits.fit(X, LABELS, ADAM.epochs(1).optimizer(Optimizer.adam().beta1(0.8)));
    fits.fit(X, LABELS, ADAM.epochs(1));
    assertEquals(TestData.state(fits), TestData.state(changed));
    assertNotEquals(afterCalls(3, ADAM), TestData.state(changed));
  }

  @Test
  void aFitInBetweenStartsAfresh() {
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    network.partialFit(X, LABELS, ADAM);
    network.fit(X, LABELS, ADAM.epochs(1));
    assertEquals(1, network.partialFit(X, LABELS, ADAM).number());
    Network fits = network();
    fits.fit(X, LABELS, ADAM.epochs(2));
    fits.fit(X, LABELS, ADAM.epochs(1));
    fits.fit(X, LABELS, ADAM.epochs(1));
    assertEquals(TestData.state(fits), TestData.state(network));
  }

  /** A call that diverges leaves neither parameters nor an optimizer that has seen what is not finite. */
  @Test
  void aCallThatFailsIsForgotten() {
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    List<Map<String, Matrix>> before = TestData.state(network);
    assertThrows(ArithmeticException.class, () -> network.partialFit(X, LABELS, ADAM.learningRate(3e38)));
    assertEquals(before, TestData.state(network));
    assertEquals(1, network.partialFit(X, LABELS, ADAM).number());
    Network fits = network();
    fits.fit(X, LABELS, ADAM.epochs(1));
    fits.fit(X, LABELS, ADAM.epochs(1));
    assertEquals(TestData.state(fits), TestData.state(network));
  }

  /** As a stream does whose file is not there for a moment. */
  @Test
  void aCallThatFailsBeforeAStepIsNone() {
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    Matrix bad = X.copy();
    bad.set(X.rows() - 1, 0, Float.NaN);
    assertThrows(IllegalArgumentException.class, () -> network.partialFit(bad, LABELS, ADAM));
    OrderedSource broken = new OrderedSource(X, TestData.oneHot(LABELS, 3), X.rows(), epoch -> new int[X.rows()]) {
      @Override
      public void begin(long number, boolean shuffle, long seed) {
        throw new IllegalStateException("not there");
      }
    };
    assertThrows(IllegalStateException.class, () -> network.partialFit(broken, ADAM));
    assertEquals(2, network.partialFit(X, LABELS, ADAM).number());
    assertEquals(after(2, ADAM), TestData.state(network));
  }

  @Test
  void aCallThatIsRefusedChangesNothing() {
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.partialFit(X, LABELS, ADAM.earlyStopping(1))).getMessage();
    assertEquals("partialFit does not stop early: go by the epochs that it returns", message);
    assertThrows(IllegalArgumentException.class, () -> network.partialFit(X, new int[3], ADAM));
    assertEquals(2, network.partialFit(X, LABELS, ADAM).number());
    assertEquals(after(2, ADAM), TestData.state(network));
  }

  @Test
  void callbacksSeeEachCallAndMayEndIt() {
    Network network = network();
    List<Integer> seen = new ArrayList<>();
    IllegalStateException enough = new IllegalStateException("enough");
    Fit fit = ADAM.onEpoch(epoch -> {
      seen.add(epoch.number());
      if (seen.size() == 2) {
        throw enough;
      }
    });
    network.partialFit(X, LABELS, fit);
    assertSame(enough, assertThrows(IllegalStateException.class, () -> network.partialFit(X, LABELS, fit)));
    assertEquals(after(2, ADAM), TestData.state(network), "the epoch was trained");
    assertEquals(List.of(1, 2), seen);
  }

  @Test
  void goesOnWithARunThatIsResumed(@TempDir Path directory) {
    Path file = directory.resolve("run");
    network().fit(X, LABELS, ADAM.epochs(2).checkpoint(file, 1));
    Network resumed = Network.resume(file);
    assertEquals(3, resumed.partialFit(X, LABELS, ADAM).number());
    assertEquals(4, resumed.partialFit(X, LABELS, ADAM).number());
    assertEquals(after(4, ADAM), TestData.state(resumed));
    resumed.fit(X, LABELS, ADAM.epochs(1));
    assertEquals(1, resumed.partialFit(X, LABELS, ADAM).number(), "the run that was resumed is over");
  }

  @Test
  void writesCheckpointsThatCanBeResumed(@TempDir Path directory) {
    Path file = directory.resolve("run");
    Network network = network();
    network.partialFit(X, LABELS, ADAM);
    network.partialFit(X, LABELS, ADAM.checkpoint(file, 2));
    Network resumed = Network.resume(file);
    resumed.fit(X, LABELS, ADAM.epochs(5));
    assertEquals(after(5, ADAM), TestData.state(resumed));
    Matrix y = TestData.oneHot(LABELS, 3);
    assertTrue(resumed.evaluate(X, y) < network().evaluate(X, y, Loss.CROSS_ENTROPY), "it has learnt something");
  }

  @Test
  void aTimeLimitIsForWholeFits() {
    Network network = network();
    String message = assertThrows(
        IllegalArgumentException.class, () -> network.partialFit(X, LABELS, PLAIN.timeLimit(Duration.ofDays(1)))).getMessage();
    assertEquals("partialFit has no time limit, being one epoch: look at the clock between its calls", message);
  }

  @Test
  void aDatasetIsItsRows() {
    Network network = network();
    Network other = network();
    Dataset rows = Dataset.of(X, LABELS);
    assertEquals(network.partialFit(X, LABELS, PLAIN).loss(), other.partialFit(rows, PLAIN).loss());
    assertEquals(TestData.state(network), TestData.state(other));
    assertEquals(network.evaluate(X, TestData.oneHot(LABELS, 3)), network.evaluate(X, LABELS));
    assertEquals(network.evaluate(X, LABELS), network.evaluate(rows));
  }

  /** Rows of an epoch that was cut short come again, with the rate that they had, and count then. */
  @Test
  void anEpochThatWasCutShortIsNotCounted() {
    Fit fit = PLAIN.shuffle(false).schedule(Schedule.step(1, 0.1)).reduceOnPlateau(0.5, 1).learningRate(0.1);
    Matrix y = TestData.oneHot(LABELS, 3);
    int[] order = IntStream.range(0, 50).toArray();
    Network network = Network.of(3, new int[] {6, 8, 3}, Activation.TANH, Activation.SOFTMAX); // whose loss falls
    boolean[] interrupts = {false};
    Source source = new OrderedSource(X, y, 50, epoch -> order) {
      @Override
      public int fill(Batch batch) {
        int rows = super.fill(batch);
        if (interrupts[0]) {
          Thread.currentThread().interrupt();
        }
        return rows;
      }
    };
    network.partialFit(source, fit);
    interrupts[0] = true;
    Epoch cut = network.partialFit(source, fit);
    assertTrue(Thread.interrupted());
    interrupts[0] = false;
    Epoch again = network.partialFit(source, fit);
    Epoch third = network.partialFit(source, fit);
    assertEquals(List.of(2, 2, 3), List.of(cut.number(), again.number(), third.number()));
    assertEquals(List.of(0.01, 0.01, 0.001), Stream.of(cut, again, third).map(Epoch::learningRate).map(PartialFitTest::rounded).toList());
  }

  private static double rounded(double rate) {
    return Math.round(rate * 1e6) / 1e6;
  }
}
