package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.StreamSource;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rows become batches: the short last one, labels for targets, rows that stream in, and what an epoch reports. */
class BatchTest {

  private static final int ROWS = 50;
  private static final Matrix X = TestData.normal(1, ROWS, 4);
  private static final int[] LABELS = TestData.labels(2, ROWS, 3);
  private static final Matrix Y = TestData.oneHot(LABELS, 3);
  private static final Fit EXACT = Fit.with(Loss.CROSS_ENTROPY).epochs(2).learningRate(0.1).shuffle(false);
  private static final Fit POST = Fit.published().epochs(2).learningRate(0.1).shuffle(false);

  private static Network softmax() {
    return Network.of(3, new int[] {4, 6, 3}, Activation.RELU, Activation.SOFTMAX);
  }

  private static Network sigmoid() {
    return Network.of(3, new int[] {4, 6, 3}, Activation.RELU, Activation.SIGMOID);
  }

  private static int[] range(int rows) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Test
  void exactGradientUsesAShortLastBatch() {
    Network all = softmax();
    all.fit(X, Y, EXACT.batchSize(16));
    Network without = softmax();
    without.fit(X.rows(0, 48), Y.rows(0, 48), EXACT.batchSize(16));
    assertNotEquals(TestData.parameters(without), TestData.parameters(all));

    Network oneBatch = softmax();
    oneBatch.fit(X, Y, EXACT.batchSize(1000));
    Network exactlyOne = softmax();
    exactlyOne.fit(X, Y, EXACT.batchSize(ROWS));
    assertEquals(TestData.parameters(exactlyOne), TestData.parameters(oneBatch), "a batch larger than the rows");
  }

  @Test
  void postsRuleLeavesAShortLastBatchOut() {
    Network all = sigmoid();
    History history = all.fit(X, Y, POST.batchSize(16));
    Network without = sigmoid();
    History expected = without.fit(X.rows(0, 48), Y.rows(0, 48), POST.batchSize(16));
    assertEquals(TestData.parameters(without), TestData.parameters(all));
    assertEquals(expected.last().loss(), history.last().loss(), "nor does it count in the loss");
  }

  @ParameterizedTest
  @ValueSource(longs = {40, 49, 51, 60})
  void refusesASourceThatGivesOtherRowsThanItSays(long said) {
    for (Fit fit : new Fit[] {EXACT.batchSize(10), POST.batchSize(10)}) { // a 51st the post would leave out, but has to get
      Network network = fit.isPublished() ? sigmoid() : softmax();
      List<Matrix> before = TestData.parameters(network);
      Source source = new OrderedSource(X, Y, said, epoch -> range(ROWS));
      String more = said < 50 ? "gives more" : "50 came";
      assertEquals(
          "the source was said to have " + said + " rows, but " + more,
          assertThrows(IllegalArgumentException.class, () -> network.fit(source, fit)).getMessage());
      assertEquals(before, TestData.parameters(network));
    }
  }

  /** A schedule counts on the batches of each epoch: what a source says later on does not change them. */
  @ParameterizedTest
  @ValueSource(longs = {0, -1, 7, 1000})
  void asksASourceForItsRowsOnce(long later) {
    Fit fit = EXACT.batchSize(10).epochs(3).schedule(Schedule.cosine());
    Network expected = softmax();
    expected.fit(new OrderedSource(X, Y, ROWS, epoch -> range(ROWS)), fit);
    Network network = softmax();
    network.fit(
        new OrderedSource(X, Y, ROWS, epoch -> range(ROWS)) {
          private boolean hasBegun;

          @Override
          public long rows() {
            return hasBegun ? later : super.rows();
          }

          @Override
          public void begin(long epoch, boolean shuffle, long seed) {
            hasBegun = true;
            super.begin(epoch, shuffle, seed);
          }
        },
        fit);
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
  }

  /** The fit would never end. */
  @Test
  @Timeout(60)
  void refusesASourceWithoutAnEnd() {
    StreamSource endless = StreamSource.of(X.cols(), Y.cols(), 20, 7, epoch -> (into, row) -> {
      System.arraycopy(X.data(), 0, into.x(), row * X.cols(), X.cols());
      into.setLabel(row, 1);
      return true;
    });
    Network network = softmax();
    List<Matrix> before = TestData.parameters(network);
    assertEquals(
        "the source was said to have 20 rows, but gives more",
        assertThrows(IllegalArgumentException.class, () -> network.fit(endless, EXACT.batchSize(8))).getMessage());
    assertEquals(before, TestData.parameters(network));
  }

  @Test
  void refusesASourceWhoseRowsAreNoNumber() {
    Source source = new OrderedSource(X, Y, -2, epoch -> range(ROWS));
    assertEquals(
        "the source says that it has -2 rows: where it does not know, it must say -1",
        assertThrows(IllegalArgumentException.class, () -> softmax().fit(source, EXACT)).getMessage());
  }

  /** The schedule counts on whole batches where it knows how many there are. */
  @Test
  void shortBatchesComeLastUnlessRowsAreUnknown() {
    Network network = softmax();
    List<Matrix> before = TestData.parameters(network);
    assertEquals(
        "the source filled 3 rows of a batch of 10, and then went on: only the last of an epoch may have fewer",
        assertThrows(IllegalArgumentException.class, () -> network.fit(threeAtATime(ROWS), EXACT.batchSize(10))).getMessage());
    assertEquals(before, TestData.parameters(network));
    Network threes = softmax();
    threes.fit(X, Y, EXACT.batchSize(3).shuffle(false));
    network.fit(threeAtATime(-1), EXACT.batchSize(10).shuffle(false));
    assertEquals(TestData.parameters(threes), TestData.parameters(network));
  }

  /** It is the short batch that is wrong, and not what came after it. */
  @Test
  void tellsHowManyRowsTheShortBatchHad() {
    Source source = new OrderedSource(X, Y, ROWS, epoch -> range(ROWS)) {
      private int batches;

      @Override
      public int fill(Batch batch) {
        int filled = super.fill(batch);
        return ++batches == 2 ? 7 : filled;
      }
    };
    assertEquals(
        "the source filled 7 rows of a batch of 10, and then went on: only the last of an epoch may have fewer",
        assertThrows(IllegalArgumentException.class, () -> softmax().fit(source, EXACT.batchSize(10))).getMessage());
  }

  /** Which leaves out what does not fill a batch: not all that comes after it besides. */
  @Test
  void postsRuleTakesShortBatchesLastOnly() {
    Network network = sigmoid();
    List<Matrix> before = TestData.parameters(network);
    assertEquals(
        "the source filled 3 rows of a batch of 10, and then went on: only the last of an epoch may have fewer",
        assertThrows(IllegalArgumentException.class, () -> network.fit(threeAtATime(-1), POST.batchSize(10))).getMessage());
    assertEquals(before, TestData.parameters(network));
  }

  private static Source threeAtATime(long rows) {
    return new OrderedSource(X, Y, rows, epoch -> range(ROWS)) {
      @Override
      public int fill(Batch batch) {
        Batch few = new Batch(3, batch.x().length / batch.capacity(), batch.y().length / batch.capacity());
        int filled = super.fill(few);
        System.arraycopy(few.x(), 0, batch.x(), 0, few.x().length);
        System.arraycopy(few.y(), 0, batch.y(), 0, few.y().length);
        return filled;
      }
    };
  }

  @Test
  void sourceNeedNotKnowItsRows() {
    Network known = softmax();
    known.fit(X, Y, EXACT.batchSize(16));
    Network streamed = softmax();
    streamed.fit(new OrderedSource(X, Y, -1, epoch -> range(ROWS)), EXACT.batchSize(16));
    assertEquals(TestData.parameters(known), TestData.parameters(streamed));

    Network post = sigmoid();
    post.fit(X.rows(0, 48), Y.rows(0, 48), POST.batchSize(16));
    Network streamedPost = sigmoid();
    streamedPost.fit(new OrderedSource(X, Y, -1, epoch -> range(ROWS)), POST.batchSize(16));
    assertEquals(TestData.parameters(post), TestData.parameters(streamedPost));
  }

  /** How far an epoch has come can be told only where its rows are known. */
  @Test
  void scheduleIsAskedForTheMiddleOfABatchOrOfTheEpoch() {
    List<Double> asked = new ArrayList<>();
    Fit fit = EXACT.batchSize(25).schedule((epoch, epochs) -> {
      asked.add(epoch);
      return 1;
    });
    softmax().fit(new OrderedSource(X, Y, ROWS, epoch -> range(ROWS)), fit);
    assertEquals(List.of(0.25, 0.75, 1.25, 1.75), asked);
    asked.clear();
    softmax().fit(new OrderedSource(X, Y, -1, epoch -> range(ROWS)), fit);
    assertEquals(List.of(0.5, 0.5, 1.5, 1.5), asked);
  }

  @Test
  void epochsOfAStreamMayDifferInLength() {
    Network expected = softmax();
    expected.fit(X.rows(0, 20), Y.rows(0, 20), EXACT.epochs(1).batchSize(16));
    expected.fit(X.rows(0, 33), Y.rows(0, 33), EXACT.epochs(1).batchSize(16));
    Network streamed = softmax();
    streamed.fit(new OrderedSource(X, Y, -1, epoch -> range(epoch == 0 ? 20 : 33)), EXACT.batchSize(16));
    assertEquals(TestData.parameters(expected), TestData.parameters(streamed));
  }

  @Test
  void labelsAreOneHotTargets() {
    Fit fit = EXACT.shuffle(true).batchSize(16);
    Network targets = softmax();
    History expected = targets.fit(X, Y, fit);
    Network labels = softmax();
    History actual = labels.fit(X, LABELS, fit);
    Network dataset = softmax();
    dataset.fit(Dataset.of(X, LABELS, List.of("a", "b", "c")), fit);
    assertEquals(TestData.parameters(targets), TestData.parameters(labels));
    assertEquals(TestData.parameters(targets), TestData.parameters(dataset));
    assertEquals(expected.last().loss(), actual.last().loss());
  }

  @Test
  void labelOfOneOutputIsTheTargetItself() {
    int[] labels = TestData.labels(4, ROWS, 2);
    Matrix y = Matrix.zeros(ROWS, 1);
    for (int i = 0; i < ROWS; i++) {
      y.set(i, 0, labels[i]);
    }
    Fit fit = Fit.with(Loss.BINARY_CROSS_ENTROPY).epochs(3);
    Network targets = Network.of(new int[] {4, 1}, Activation.SIGMOID);
    targets.fit(X, y, fit);
    Network byLabels = Network.of(new int[] {4, 1}, Activation.SIGMOID);
    byLabels.fit(X, labels, fit);
    assertEquals(TestData.parameters(targets), TestData.parameters(byLabels));
  }

  /** With a learning rate so small that no parameter moves, the loss seen while training is the loss over all rows. */
  @Test
  void lossOfAnEpochIsTheMeanOverItsRows() {
    for (Loss loss : List.of(Loss.MSE, Loss.CROSS_ENTROPY)) {
      Network network = softmax();
      List<Matrix> before = TestData.parameters(network);
      History history = network.fit(X, Y, Fit.with(loss).learningRate(1e-30).epochs(2).batchSize(16));
      assertEquals(before.get(0), TestData.parameters(network).get(0));
      double expected = network.evaluate(X, Y, loss);
      for (Epoch epoch : history.epochs()) {
        assertEquals(expected, epoch.loss(), 1e-7 * expected, loss.name());
      }
    }
  }

  /** Batches of 16, 16, 16 and 2 rows: each batch's loss before its step, weighted by its rows. */
  @Test
  void lossOfAnEpochWeighsBatchesByTheirRows() {
    History whole = softmax().fit(X, Y, EXACT.batchSize(16).epochs(1));
    Network stepwise = softmax();
    double sum = 0;
    for (int from = 0; from < ROWS; from += 16) {
      int to = Math.min(ROWS, from + 16);
      Matrix x = X.rows(from, to);
      Matrix y = Y.rows(from, to);
      sum += stepwise.evaluate(x, y, Loss.CROSS_ENTROPY) * (to - from);
      stepwise.fit(x, y, EXACT.batchSize(16).epochs(1));
    }
    assertEquals(sum / ROWS, whole.last().loss(), 1e-12);
  }

  @Test
  void historyHasEveryEpoch() {
    OrderedSource slow = new OrderedSource(X, Y, ROWS, epoch -> range(ROWS)) {
      @Override
      public void begin(long epoch, boolean shuffle, long seed) {
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        super.begin(epoch, shuffle, seed);
      }
    };
    long begin = System.nanoTime();
    History history = softmax().fit(slow, EXACT.epochs(4));
    double elapsed = (System.nanoTime() - begin) * 1e-9;
    assertEquals(4, history.epochs().size());
    double seconds = 0;
    for (int i = 0; i < 4; i++) {
      Epoch epoch = history.epochs().get(i);
      assertEquals(i + 1, epoch.number());
      assertEquals(ROWS, epoch.samplesPerSecond() * epoch.seconds(), 1e-6);
      seconds += epoch.seconds();
    }
    assertTrue(seconds >= 4 * 0.02 && seconds <= elapsed, seconds + " of " + elapsed + " seconds");
    History again = softmax().fit(X, Y, EXACT.epochs(1));
    assertEquals(1, again.last().number());
  }

  @Test
  void evaluateUsesTheLossOfTheLastFit() {
    Network network = softmax();
    network.fit(X, Y, EXACT);
    assertEquals(network.evaluate(X, Y, Loss.CROSS_ENTROPY), network.evaluate(X, Y));
    network.fit(X, Y, Fit.with(Loss.MSE).epochs(1));
    assertEquals(network.evaluate(X, Y, Loss.MSE), network.evaluate(X, Y));
  }

  /** A source may write to its batch before it says that the epoch is over: the last rows are not judged by that, in rows of any length. */
  @ParameterizedTest
  @CsvSource({"15, true", "15, false", "16, true", "16, false"})
  void whatComesBeforeTheEndMayBeAnything(int columns, boolean isInput) {
    Matrix x = TestData.normal(11, 20, columns);
    Matrix y = TestData.unit(12, 20, columns);
    Fit fit = Fit.with(Loss.MSE).epochs(2).batchSize(8).shuffle(false);
    Network expected = Network.of(1, new int[] {columns, 4, columns}, Activation.RELU, Activation.IDENTITY);
    double loss = expected.fit(x, y, fit).last().loss();
    Source source = new OrderedSource(x, y, -1, epoch -> range(20)) {
      @Override
      public int fill(Batch batch) {
        int filled = super.fill(batch);
        if (filled == 0) {
          Arrays.fill(isInput ? batch.x() : batch.y(), Float.NaN);
        }
        return filled;
      }
    };
    Network network = Network.of(1, new int[] {columns, 4, columns}, Activation.RELU, Activation.IDENTITY);
    assertEquals(loss, network.fit(source, fit).last().loss());
    assertEquals(TestData.parameters(expected), TestData.parameters(network));
  }

  /** Rows of a short last batch, left out by the post's rule, are neither trained on nor judged, padded or not. */
  @Test
  void batchThatIsLeftOutMayHoldAnything() {
    for (int inputs : new int[] {15, 16}) {
      Matrix x = TestData.normal(11, 20, inputs);
      Matrix y = TestData.unit(12, 20, 3);
      Network expected = Network.of(1, new int[] {inputs, 4, 3}, Activation.RELU, Activation.SIGMOID);
      double loss = expected.fit(new OrderedSource(x, y, -1, epoch -> range(16)), POST.batchSize(16)).last().loss();
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
        x.set(17, 3, value);
        Network network = Network.of(1, new int[] {inputs, 4, 3}, Activation.RELU, Activation.SIGMOID);
        double of16 = network.fit(new OrderedSource(x, y, -1, epoch -> range(20)), POST.batchSize(16)).last().loss();
        assertEquals(loss, of16);
        assertEquals(TestData.parameters(expected), TestData.parameters(network));
      }
    }
  }
}
