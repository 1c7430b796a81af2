package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import dev.lanewise.train.History;
import dev.lanewise.train.History.Stop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit that stops early has the parameters of its best epoch, bit for bit. Labels are noise, so that it overfits at once. */
class EarlyStoppingFitTest {

  private static final Matrix X = TestData.normal(1, 60, 8);
  private static final int[] LABELS = TestData.labels(2, 60, 3);
  private static final Matrix OTHER_X = TestData.normal(3, 60, 8);
  private static final int[] OTHER_LABELS = TestData.labels(4, 60, 3);

  private static final Fit FIT =
      Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).learningRate(0.01).batchSize(16).epochs(40).seed(6)
          .validation(OTHER_X, OTHER_LABELS);

  private static Network network() {
    return Network.input(8)
        .dense(24, Activation.RELU, l -> l.batchNorm().dropout(0.1))
        .dense(16, Activation.TANH, Dense::layerNorm)
        .dense(3, Activation.SOFTMAX)
        .seed(5)
        .build();
  }

  private static List<Map<String, Matrix>> after(int epochs) {
    Network network = network();
    network.fit(X, LABELS, FIT.epochs(epochs));
    return TestData.state(network);
  }

  private static int lowest(List<Epoch> epochs) {
    int lowest = 0;
    for (int i = 1; i < epochs.size(); i++) {
      lowest = epochs.get(i).validationLoss() < epochs.get(lowest).validationLoss() ? i : lowest;
    }
    return lowest + 1;
  }

  /** Also to the last epoch but one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void endsAndGoesBack(int patience) {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.earlyStopping(patience));
    assertEquals(Stop.EARLY, history.stop());
    assertEquals(lowest(history.epochs()), history.best());
    assertEquals(history.best() + patience, history.epochs().size());
    assertTrue(history.epochs().size() < 40);
    assertEquals(after(history.best()), TestData.state(network));

    double best = history.epochs().get(history.best() - 1).validationLoss();
    assertEquals(best, network.evaluate(OTHER_X, TestData.oneHot(OTHER_LABELS, 3)));
  }

  @Test
  void goesBackWhenAllEpochsAreTrained() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.epochs(12).earlyStopping(1000));
    assertEquals(Stop.COMPLETED, history.stop());
    assertEquals(12, history.epochs().size());
    assertEquals(lowest(history.epochs()), history.best());
    assertTrue(history.best() < 12, "the labels are noise, but the last epoch is the best");
    assertEquals(after(history.best()), TestData.state(network));
  }

  /** A network that is trained on has had all the epochs: the next one takes the rows in the order of epoch 13. */
  @Test
  void countsTheEpochsThatItWentBackFrom() {
    Network network = network();
    network.fit(X, LABELS, FIT.epochs(12).earlyStopping(1000));
    List<Long> begun = new ArrayList<>();
    network.fit(
        new OrderedSource(X, TestData.oneHot(LABELS, 3), -1, epoch -> {
          begun.add(epoch);
          return new int[] {0, 1, 2};
        }),
        FIT.epochs(1));
    assertEquals(List.of(12L), begun);
  }

  @Test
  void minDeltaThatNothingExceeds() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.earlyStopping(3, 100));
    assertEquals(Stop.EARLY, history.stop());
    assertEquals(4, history.epochs().size());
    assertEquals(1, history.best());
    assertEquals(after(1), TestData.state(network));
  }

  @Test
  void withoutValidationRowsByTheLossOfTraining() {
    Network network = network();
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(2).batchSize(16).epochs(30).seed(6);
    History history = network.fit(X, LABELS, fit.earlyStopping(3));
    List<Epoch> epochs = history.epochs();
    int lowest = 0;
    for (int i = 1; i < epochs.size(); i++) {
      lowest = epochs.get(i).loss() < epochs.get(lowest).loss() ? i : lowest;
    }
    assertEquals(lowest + 1, history.best());
    assertTrue(history.best() < epochs.size(), "there is something to go back from");
    assertTrue(Double.isNaN(history.last().validationLoss()));
    Network shorter = network();
    shorter.fit(X, LABELS, fit.epochs(history.best()));
    assertEquals(TestData.state(shorter), TestData.state(network));
  }

  @Test
  void withoutItTheLastEpochStays() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.epochs(12));
    assertEquals(12, history.best());
    assertNotEquals(after(lowest(history.epochs())), TestData.state(network));
  }

  /** Callbacks see each epoch's own parameters, also those that the fit goes back from. */
  @Test
  void callbacksSeeWhatIsNotKept() {
    Network network = network();
    List<Double> seen = new ArrayList<>();
    Matrix y = TestData.oneHot(OTHER_LABELS, 3);
    Fit fit = FIT.earlyStopping(4).onEpoch(epoch -> seen.add(network.evaluate(OTHER_X, y)));
    List<Double> reported =
        network.fit(X, LABELS, fit).epochs().stream().map(Epoch::validationLoss).toList();
    assertEquals(reported, seen);
  }

  /** The rate of each epoch follows from the losses before it, by a loop of the test's own. */
  @Test
  void reducesTheRateOnPlateaus() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.reduceOnPlateau(0.5, 2));
    double rate = 0.01;
    double lowest = Double.POSITIVE_INFINITY;
    int wait = 0;
    int reductions = 0;
    for (Epoch epoch : history.epochs()) {
      assertEquals(rate, epoch.learningRate(), 1e-15, "epoch " + epoch.number());
      if (epoch.validationLoss() < lowest) {
        lowest = epoch.validationLoss();
        wait = 0;
      } else {
        wait++;
      }
      if (wait == 2) {
        rate /= 2;
        wait = 0;
        reductions++;
      }
    }
    assertTrue(reductions > 3, "only " + reductions + " reductions");
    assertNotEquals(after(40), TestData.state(network));
  }

  @Test
  void goesBackWhenTheFitDiverges() {
    Network network = network();
    Fit fit = FIT.epochs(12).earlyStopping(1000);
    Schedule thenFar = (epochs, total) -> epochs < 9 ? 1 : 1e36;
    String message =
        assertThrows(ArithmeticException.class, () -> network.fit(X, LABELS, fit.schedule(thenFar))).getMessage();
    Network shorter = network();
    int best = shorter.fit(X, LABELS, fit.epochs(9)).best();
    assertTrue(best < 9, "the labels are noise");
    assertTrue(message.contains(" in epoch 10") && message.endsWith(": the network is that of epoch " + best + ", the best"), message);
    Schedule farAfterTheBest = (epochs, total) -> epochs < best ? 1 : 1e36;
    String atOnce =
        assertThrows(ArithmeticException.class, () -> network().fit(X, LABELS, fit.schedule(farAfterTheBest))).getMessage();
    assertTrue(atOnce.endsWith(": the network is as it was at the start of that epoch"), atOnce);
    assertEquals(TestData.state(shorter), TestData.state(network));
  }

  /** Cut short after its first batch, whose rows are easy, an epoch has a loss far below those of whole ones. */
  @Test
  void epochThatIsCutShortIsNoBest() {
    int easy = 16;
    Matrix x = X.copy();
    int[] labels = LABELS.clone();
    Arrays.fill(x.data(), 0, easy * x.cols(), 3f);
    Arrays.fill(labels, 0, easy, 0);
    OrderedSource source = new OrderedSource(x, TestData.oneHot(labels, 3), 60, epoch -> {
      if (epoch == 5) {
        Thread.currentThread().interrupt();
      }
      return IntStream.range(0, 60).toArray();
    });
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).batchSize(easy).epochs(20).earlyStopping(50);
    History history = Network.of(5, new int[] {8, 3}, Activation.SOFTMAX).fit(source, fit);
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(6, history.epochs().size());
    double lowest = history.epochs().stream().limit(5).mapToDouble(Epoch::loss).min().orElseThrow();
    assertTrue(history.last().loss() < 0.8 * lowest, () -> history.epochs().toString());
    assertEquals(lowest, history.epochs().get(history.best() - 1).loss());
  }

  /** By rows to validate on, its parameters are judged as those of any other epoch. */
  @Test
  void epochThatIsCutShortMayBeTheBestByValidation() {
    Matrix y = TestData.oneHot(LABELS, 3);
    OrderedSource source = interruptedInEpoch(2, X, y);
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).batchSize(16).epochs(5).validation(X, y).earlyStopping(5);
    Network network = Network.of(5, new int[] {8, 3}, Activation.SOFTMAX);
    History history = network.fit(source, fit);
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(2, history.epochs().size());
    assertTrue(history.last().validationLoss() < history.epochs().getFirst().validationLoss());
    assertEquals(2, history.best());
    assertEquals(history.last().validationLoss(), network.evaluate(X, y));
  }

  /** There is no other to go back to, and the network keeps what it has learnt. */
  @Test
  void firstEpochIsTheBestIfItIsCutShort() {
    OrderedSource source = interruptedInEpoch(1, X, TestData.oneHot(LABELS, 3));
    Network network = network();
    List<Map<String, Matrix>> before = TestData.state(network);
    History history = network.fit(source, Fit.with(Loss.CROSS_ENTROPY).batchSize(16).epochs(5).earlyStopping(2));
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(1, history.epochs().size());
    assertEquals(1, history.best());
    assertNotEquals(before, TestData.state(network));
  }

  /** All rows in order, interrupting the fit as it asks for the second batch of that epoch, counted from 1. */
  private static OrderedSource interruptedInEpoch(int number, Matrix x, Matrix y) {
    return new OrderedSource(x, y, x.rows(), epoch -> IntStream.range(0, x.rows()).toArray()) {
      private long epoch;
      private int fills;

      @Override
      public void begin(long epoch, boolean shuffle, long seed) {
        super.begin(epoch, shuffle, seed);
        this.epoch = epoch;
        fills = 0;
      }

      @Override
      public int fill(Batch batch) {
        fills++;
        if (epoch == number - 1 && fills == 2) {
          Thread.currentThread().interrupt();
        }
        return super.fill(batch);
      }
    };
  }
}
