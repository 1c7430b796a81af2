package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.io.ModelFileException;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Callback;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.History.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fit whose thread is interrupted or whose time is over ends after a step, with what is trained so far. */
class InterruptionTest {

  private static final int ROWS = 40;
  private static final Matrix X = TestData.normal(1, ROWS, 6);
  private static final int[] LABELS = TestData.labels(2, ROWS, 3);
  private static final Matrix Y = TestData.oneHot(LABELS, 3);

  /** Five batches an epoch. */
  private static final Fit FIT =
      Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.momentum(0.9)).batchSize(8).epochs(4).seed(5);

  private static final Callback INTERRUPT_AFTER_TWO = epoch -> {
    if (epoch.number() == 2) {
      Thread.currentThread().interrupt();
    }
  };

  /** Other tests run on this thread. */
  @AfterEach
  void clearTheInterrupt() {
    boolean _ = Thread.interrupted();
  }

  private static Network network() {
    return Network.input(6)
        .dense(10, Activation.RELU, l -> l.batchNorm().dropout(0.2))
        .dense(3, Activation.SOFTMAX)
        .seed(3)
        .build();
  }

  private static List<Map<String, Matrix>> after(int epochs) {
    Network network = network();
    network.fit(X, LABELS, FIT.epochs(epochs));
    return TestData.state(network);
  }

  private static int[] first(int rows) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** All rows in order, interrupting the fit as it asks for a batch of the network's second epoch. */
  private static OrderedSource interruptingAt(int batch) {
    return new OrderedSource(X, Y, ROWS, epoch -> first(ROWS)) {
      private long epoch;
      private int filled;

      @Override
      public void begin(long number, boolean shuffle, long seed) {
        super.begin(number, shuffle, seed);
        epoch = number;
        filled = 0;
      }

      @Override
      public int fill(Batch into) {
        filled++;
        if (epoch == 1 && filled == batch) {
          Thread.currentThread().interrupt();
        }
        return super.fill(into);
      }
    };
  }

  /** A network that was trained on an epoch of all rows and one of the first so many. */
  private static Network cutShort(int rows) {
    Network network = network();
    network.fit(
        new OrderedSource(X, Y, -1, epoch -> first(epoch == 0 ? ROWS : rows)), FIT.epochs(2));
    return network;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 5})
  void interruptedInTheMiddleOfAnEpoch(int batch) {
    Network network = network();
    History history = network.fit(interruptingAt(batch), FIT);
    assertTrue(Thread.interrupted(), "the interrupt is still there for whoever called fit");
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(List.of(1, 2), history.epochs().stream().map(Epoch::number).toList());
    assertEquals(2, history.best());
    assertEquals(TestData.state(cutShort((batch - 1) * 8)), TestData.state(network));
    assertNotEquals(after(1), TestData.state(network));
    assertTrue(Double.isFinite(history.last().loss()));
  }

  /** The first rows of its epoch do not count, those behind them do: it goes on until one has. */
  @Test
  void interruptedBeforeARowCounts() {
    Thread.currentThread().interrupt();
    float[] weights = new float[ROWS];
    Arrays.fill(weights, 20, ROWS, 1f);
    Network network = network();
    History history = network.fit(X, Y, weights, FIT.shuffle(false));
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(1, history.epochs().size());
    Network three = network(); // batches of eight rows: the third has the first that counts
    double loss = three.fit(new OrderedSource(X, Y, -1, epoch -> first(24), weights), FIT.epochs(1)).last().loss();
    assertEquals(loss, history.last().loss());
    assertEquals(TestData.state(three), TestData.state(network));
  }

  /** Its rows come again: the next fit begins with the network's second epoch. */
  @Test
  void anEpochThatWasCutShortDoesNotCount() {
    Network network = network();
    network.fit(interruptingAt(3), FIT);
    assertTrue(Thread.interrupted());
    long[] begun = {-1};
    network.fit(
        new OrderedSource(X, Y, -1, epoch -> {
          begun[0] = epoch;
          return first(ROWS);
        }),
        FIT.epochs(1));
    assertEquals(1, begun[0]);
  }

  /** Interrupted as it asks for what comes after the last batch: that epoch is whole. */
  @Test
  void interruptedWhenAllRowsAreTrained() {
    Network network = network();
    History history = network.fit(interruptingAt(6), FIT);
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(2, history.epochs().size());
    Network expected = network();
    expected.fit(X, LABELS, FIT.epochs(2).shuffle(false));
    assertEquals(TestData.state(expected), TestData.state(network));
    expected.fit(X, LABELS, FIT.epochs(1));
    network.fit(X, LABELS, FIT.epochs(1));
    assertEquals(TestData.state(expected), TestData.state(network), "it counts");
  }

  @Test
  void interruptedBeforeTheFirstStep() {
    Network network = network();
    Thread.currentThread().interrupt();
    History history = network.fit(new OrderedSource(X, Y, -1, epoch -> first(ROWS)), FIT);
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(1, history.epochs().size());
    Network oneStep = network();
    oneStep.fit(new OrderedSource(X, Y, -1, epoch -> first(8)), FIT.epochs(1));
    assertEquals(TestData.state(oneStep), TestData.state(network));
  }

  @Test
  void interruptedByACallback() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.onEpoch(INTERRUPT_AFTER_TWO));
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertEquals(2, history.epochs().size());
    assertEquals(after(2), TestData.state(network));
    network.fit(X, LABELS, FIT.epochs(1));
    assertNotEquals(after(2), TestData.state(network), "and it can be trained on");
  }

  @Test
  void interruptedAfterTheLastEpochIsComplete() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.epochs(2).onEpoch(INTERRUPT_AFTER_TWO));
    assertTrue(Thread.interrupted());
    assertEquals(Stop.COMPLETED, history.stop());
    assertEquals(after(2), TestData.state(network));
  }

  /** The best epoch so far is gone back to, as at the end of any fit. */
  @Test
  void interruptedWhileItWaitsForALowerLoss() {
    Matrix other = TestData.normal(7, ROWS, 6);
    int[] noise = TestData.labels(8, ROWS, 3);
    Fit fit = FIT.learningRate(0.5).epochs(30).earlyStopping(100).validation(other, noise);
    Fit interrupted = fit.onEpoch(epoch -> {
      if (epoch.number() == 12) {
        Thread.currentThread().interrupt();
      }
    });
    Network network = network();
    History history = network.fit(X, LABELS, interrupted);
    assertTrue(Thread.interrupted());
    assertEquals(Stop.INTERRUPTED, history.stop());
    assertTrue(history.best() < 12, "the labels are noise, but the last epoch is the best");
    Network best = network();
    best.fit(X, LABELS, FIT.learningRate(0.5).epochs(history.best()));
    assertEquals(TestData.state(best), TestData.state(network));
  }

  @Test
  void partialFitIsInterruptedToo() {
    Network network = network();
    Thread.currentThread().interrupt();
    Epoch epoch = network.partialFit(X, LABELS, FIT.shuffle(false));
    assertTrue(Thread.interrupted());
    assertEquals(1, epoch.number());
    Network oneStep = network();
    oneStep.fit(new OrderedSource(X, Y, -1, e -> first(8)), FIT.epochs(1));
    assertEquals(TestData.state(oneStep), TestData.state(network));
  }

  // ---------------------------------------------------------------------------------------------------------- the limit

  /** One step is always taken. */
  @Test
  void timeThatIsOverAtOnce() {
    Network network = network();
    History history = network.fit(X, LABELS, FIT.shuffle(false).timeLimit(Duration.ofNanos(1)));
    assertEquals(Stop.TIME_LIMIT, history.stop());
    assertEquals(1, history.epochs().size());
    assertFalse(Thread.currentThread().isInterrupted());
    Network oneStep = network();
    oneStep.fit(new OrderedSource(X, Y, -1, epoch -> first(8)), FIT.epochs(1));
    assertEquals(TestData.state(oneStep), TestData.state(network));
  }

  /** With all rows in one batch, an epoch is one step. */
  @Test
  void timeThatIsOverWithAnEpoch() {
    Network network = network();
    Network expected = network();
    Fit whole = FIT.batchSize(ROWS);
    History history = network.fit(X, LABELS, whole.timeLimit(Duration.ofNanos(1)));
    assertEquals(Stop.TIME_LIMIT, history.stop());
    assertEquals(1, history.epochs().size());
    expected.fit(X, LABELS, whole.epochs(1));
    assertEquals(TestData.state(expected), TestData.state(network));
    network.fit(X, LABELS, FIT.epochs(1));
    expected.fit(X, LABELS, FIT.epochs(1));
    assertEquals(TestData.state(expected), TestData.state(network), "it counts");

    Stop stop = network().fit(X, LABELS, whole.epochs(1).timeLimit(Duration.ofNanos(1))).stop();
    assertEquals(Stop.COMPLETED, stop, "there was nothing left to do");
  }

  /** The time is that of the fit, and not of each of its epochs. */
  @Test
  @Timeout(60)
  void timeThatIsOverInALaterEpoch() {
    Fit sleeping = FIT.epochs(1_000_000).timeLimit(Duration.ofSeconds(2)).onEpoch(epoch -> {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    History history = network().fit(X, LABELS, sleeping);
    assertEquals(Stop.TIME_LIMIT, history.stop());
    int epochs = history.epochs().size();
    assertTrue(epochs > 1 && epochs <= 11, epochs + " epochs that take 200 ms each in 2 s");
  }

  @Test
  void timeThatIsNeverOver() {
    for (Duration limit : List.of(Duration.ofHours(1), Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE))) {
      Network network = network();
      assertEquals(Stop.COMPLETED, network.fit(X, LABELS, FIT.timeLimit(limit)).stop());
      assertEquals(after(4), TestData.state(network));
    }
  }

  @Test
  void timeThatIsNone() {
    for (Duration limit : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      String message = assertThrows(IllegalArgumentException.class, () -> FIT.timeLimit(limit)).getMessage();
      assertEquals("the time limit must be positive, but is " + limit, message);
    }
  }

  // -------------------------------------------------------------------------------------------------------- checkpoints

  /** A run that ends with a whole epoch is saved as of that epoch, however seldom it is saved else. */
  @Test
  void checkpointOfARunThatIsInterrupted(@TempDir Path directory) {
    Path file = directory.resolve("run");
    Fit fit = FIT.checkpoint(file, 3);
    network().fit(X, LABELS, fit.onEpoch(INTERRUPT_AFTER_TWO));
    assertTrue(Thread.interrupted());
    Network resumed = Network.resume(file);
    assertEquals(after(2), TestData.state(resumed));
    assertEquals(4, resumed.fit(X, LABELS, FIT).epochs().size());
    assertEquals(after(4), TestData.state(resumed));
  }

  /** Whoever catches that knows whether there is something to save elsewhere. */
  @Test
  void checkpointThatCannotBeWrittenAfterTheFirstEpoch(@TempDir Path directory) throws IOException {
    Path runs = Files.createDirectory(directory.resolve("runs"));
    Network network = network();
    OrderedSource source = new OrderedSource(X, Y, ROWS, epoch -> first(ROWS)) {
      @Override
      public void begin(long number, boolean shuffle, long seed) {
        super.begin(number, shuffle, seed);
        boolean _ = runs.toFile().delete();
      }
    };
    assertThrows(ModelFileException.class, () -> network.fit(source, FIT.checkpoint(runs.resolve("run"), 1)));
    assertEquals(1, network.epochsTrained());
    Network one = network();
    one.fit(new OrderedSource(X, Y, ROWS, epoch -> first(ROWS)), FIT.epochs(1));
    assertEquals(TestData.state(one), TestData.state(network));
  }

  /** An epoch that is cut short is not saved: resumed, the run has it whole. */
  @Test
  void checkpointOfARunThatIsCutShort(@TempDir Path directory) {
    Path file = directory.resolve("run");
    Fit fit = FIT.shuffle(false);
    network().fit(interruptingAt(3), fit.checkpoint(file, 1));
    assertTrue(Thread.interrupted());
    Network resumed = Network.resume(file);
    resumed.fit(X, LABELS, fit);
    Network whole = network();
    whole.fit(X, LABELS, fit);
    assertEquals(TestData.state(whole), TestData.state(resumed));

    Path none = directory.resolve("none");
    Network network = network();
    network.fit(X, LABELS, FIT.timeLimit(Duration.ofNanos(1)).checkpoint(none, 1));
    assertFalse(Files.exists(none), "no epoch was trained");
  }
}
