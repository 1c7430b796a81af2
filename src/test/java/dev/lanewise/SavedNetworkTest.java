package dev.lanewise;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.StreamSource;
import dev.lanewise.io.ModelFile;
import dev.lanewise.io.ModelFileException;
import dev.lanewise.io.Tensors;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.History.Stop;
import dev.lanewise.train.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that was saved is the same network, and a run that was stopped ends in the same bits as one that was not. */
class SavedNetworkTest {

  private static final int ROWS = 120;
  private static final int EPOCHS = 6;
  private static final Matrix X = TestData.normal(1, ROWS, 11);
  private static final int[] LABELS = TestData.labels(2, ROWS, 4);

  /** No loss is as much lower: the first epoch stays the best. */
  private static final Fit EARLY = fit().earlyStopping(3, 100);

  @TempDir Path directory;

  private static Network network() {
    return Network.input(11)
        .dense(20, Activation.TANH, l -> l.batchNorm().dropout(0.2))
        .dense(9, Activation.RELU, Dense::layerNorm)
        .dense(4, Activation.SOFTMAX)
        .seed(3)
        .build();
  }

  private static Fit fit() {
    return Fit.with(Loss.CROSS_ENTROPY).batchSize(25).epochs(EPOCHS).seed(8);
  }

  static List<Fit> fits() {
    return List.of(
        fit(),
        fit().optimizer(Optimizer.sgd().decay(0.01)).clipNorm(0.5),
        fit().optimizer(Optimizer.momentum(0.9)),
        fit().optimizer(new Adam(1 / 3.0, 2 / 3.0, 1e-8 / 3, 0.1 / 3)), // of long numbers
        fit().optimizer(Optimizer.nesterov(0.9)).schedule(Schedule.cosine()),
        fit().optimizer(Optimizer.rmsProp()),
        fit().optimizer(Optimizer.adagrad()).l1(1e-3).l2(1e-3),
        fit().optimizer(Optimizer.adam()).validationSplit(0.25).reduceOnPlateau(0.5, 1),
        fit().optimizer(Optimizer.adamW()).learningRate(0.05).validationSplit(0.25).earlyStopping(2),
        EARLY);
  }

  /** Seconds differ from run to run. */
  private static List<List<Object>> losses(History history) {
    return history.epochs().stream()
        .<List<Object>>map(e -> List.of(e.number(), e.loss(), e.validationLoss(), e.validationAccuracy(), e.learningRate()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fits")
  void resumedAfterAnyEpoch(Fit fit) {
    Network whole = network();
    History expected = whole.fit(X, LABELS, fit);
    for (int stop = 1; stop < expected.epochs().size(); stop++) {
      Path file = directory.resolve("checkpoint-" + stop);
      int last = stop;
      Network stopped = network();
      List<Epoch> trained = new ArrayList<>();
      Fit stopping = fit.checkpoint(file, 1).onEpoch(trained::add).onEpoch(epoch -> stopAt(last, epoch));
      assertThrows(IllegalStateException.class, () -> stopped.fit(X, LABELS, stopping));

      Network resumed = Network.resume(file);
      History history = resumed.fit(X, LABELS, fit);
      assertEquals(TestData.state(whole), TestData.state(resumed), "stopped after epoch " + stop);
      assertEquals(losses(expected), losses(history));
      assertEquals(trained, history.epochs().subList(0, stop), "with the seconds that they took");
      assertEquals(expected.best(), history.best());
      assertEquals(expected.stop(), history.stop());
      assertEquals(whole.predict(X), resumed.predict(X));
    }
  }

  private static void stopAt(int last, Epoch epoch) {
    if (epoch.number() == last) {
      throw new IllegalStateException("the power is gone");
    }
  }

  /** The epochs are the total: a run that is over has nothing left to do. */
  @Test
  void aRunThatIsOver() {
    Path file = directory.resolve("over");
    Network network = network();
    History history = network.fit(X, LABELS, fit().checkpoint(file, 4));
    Network resumed = Network.resume(file);
    assertEquals(history, resumed.fit(X, LABELS, fit()));
    assertEquals(TestData.state(network), TestData.state(resumed));

    // After it the network is its owner's again.
    Fit finer = fit().optimizer(Optimizer.adam()).epochs(1);
    assertEquals(losses(network.fit(X, LABELS, finer)), losses(resumed.fit(X, LABELS, finer)));
    assertEquals(TestData.state(network), TestData.state(resumed));

    History longer = Network.resume(file).fit(X, LABELS, fit().epochs(EPOCHS + 2));
    assertEquals(EPOCHS + 2, longer.epochs().size());
    assertEquals(Stop.COMPLETED, longer.stop());
  }

  @Test
  void aRunThatEndedEarly() {
    Path file = directory.resolve("early");
    Network network = network();
    History history = network.fit(X, LABELS, EARLY.checkpoint(file, 1));
    assertEquals(Stop.EARLY, history.stop());
    assertEquals(1, history.best());
    Network resumed = Network.resume(file);
    assertEquals(history, resumed.fit(X, LABELS, EARLY));
    assertEquals(TestData.state(network), TestData.state(resumed));
  }

  @Test
  void savedAndLoaded() {
    Path file = directory.resolve("model");
    Network network = network();
    network.fit(X, LABELS, fit());
    network.save(file);
    Network loaded = Network.load(file);
    assertEquals(TestData.state(network), TestData.state(loaded));
    assertEquals(network.predict(X), loaded.predict(X));
    Matrix y = TestData.oneHot(LABELS, 4);
    assertEquals(network.evaluate(X, y), loaded.evaluate(X, y), "under the loss of the last fit");

    // It goes on with the rows in the order of the epochs that follow.
    network.fit(X, LABELS, fit().epochs(2));
    loaded.fit(X, LABELS, fit().epochs(2));
    assertEquals(TestData.state(network), TestData.state(loaded));
    Network anew = network();
    assertNotEquals(TestData.state(anew), TestData.state(loaded));
  }

  /** Weights that are there do not show it, but a file still says it after it was read. */
  @Test
  void initializerByItsName() {
    Path file = directory.resolve("initializer");
    for (Initializer each : List.of(
        Initializer.SCALED_NORMAL, Initializer.GLOROT_UNIFORM, Initializer.GLOROT_NORMAL, Initializer.HE_UNIFORM, Initializer.HE_NORMAL,
        Initializer.LECUN_UNIFORM, Initializer.LECUN_NORMAL)) {
      Network.input(11).dense(4, Activation.SOFTMAX, l -> l.initializer(each)).build().save(file);
      Network.load(file).save(file);
      assertEquals(each.name(), ModelFile.read(file).json("network").objects("layers").getFirst().text("initializer"));
    }
  }

  static final Map<String, Fit> OTHERS = Map.ofEntries(
      entry("loss cross_entropy, but this one has mse", Fit.with(Loss.MSE)),
      entry("batch size 25, but this one has 30", fit().batchSize(30)),
      entry("seed 8, but this one has 9", fit().seed(9)),
      entry("learning rate 0.01, but this one has 0.02", fit().learningRate(0.02)),
      entry("schedule constant, but this one has one-cycle", fit().schedule(Schedule.oneCycle())),
      entry("schedule constant, but this one has warm-up(2.0, step(3, 0.5))", fit().schedule(Schedule.warmUp(2, Schedule.step(3, 0.5)))),
      entry("schedule constant, but this one has custom", fit().schedule((epoch, epochs) -> 1)),
      entry("validation rows 0, but this one has 24", fit().validationSplit(0.2)),
      entry("validation rows 0, but this one has 2", fit().validation(X.take(0, 1), new int[] {0, 1})),
      entry("shuffling true, but this one has false", fit().shuffle(false)),
      entry("l1 0.0, but this one has 0.5", fit().l1(0.5)),
      entry("l2 0.0, but this one has 0.5", fit().l2(0.5)),
      entry("clipping by value Infinity, but this one has 1.0", fit().clipValue(1)),
      entry("clipping by norm Infinity, but this one has 1.0", fit().clipNorm(1)),
      entry("label smoothing 0.0, but this one has 0.1", fit().labelSmoothing(0.1)),
      entry("class weights none, but this one has balanced", fit().balancedClassWeights()),
      entry("class weights none, but this one has [1.0, 2.0, 3.0, 4.0]", fit().classWeights(1, 2, 3, 4)),
      entry("early stopping none, but this one has EarlyStopping[patience=3, minDelta=0.0]", fit().earlyStopping(3)),
      entry(
          "reduction on a plateau none, but this one has ReduceOnPlateau[factor=0.5, patience=2]",
          fit().reduceOnPlateau(0.5, 2)),
      entry(
          "optimizer Sgd[momentum=0.0, nesterov=false, decay=0.0], but this one has Sgd[momentum=0.9, nesterov=false, decay=0.0]",
          fit().optimizer(Optimizer.momentum(0.9))));

  @Test
  void anotherFitThanTheRuns() {
    Path file = directory.resolve("run");
    network().fit(X, LABELS, fit().checkpoint(file, 1));
    Network resumed = Network.resume(file);
    OTHERS.forEach((difference, fit) -> {
      String message = assertThrows(IllegalArgumentException.class, () -> resumed.fit(X, LABELS, fit)).getMessage();
      assertEquals(file + " was saved by a fit with " + difference + ": a run goes on as it began", message);
    });
    assertEquals(EPOCHS, resumed.fit(X, LABELS, fit()).epochs().size(), "and the run is still there");
  }

  /** As of a fit that means so many more. */
  @Test
  void fewerEpochsThanTheRunHasHad() {
    Path file = directory.resolve("run");
    Network network = network();
    network.fit(X, LABELS, fit().checkpoint(file, 1));
    Network resumed = Network.resume(file);
    String message =
        assertThrows(IllegalArgumentException.class, () -> resumed.fit(X, LABELS, fit().epochs(EPOCHS - 1))).getMessage();
    assertEquals(
        file + " has a run of " + EPOCHS + " epochs, but this fit has " + (EPOCHS - 1)
            + ": it counts all epochs of the run, those before the checkpoint too",
        message);
    assertEquals(TestData.state(network), TestData.state(resumed));
    assertEquals(EPOCHS + 1, resumed.fit(X, LABELS, fit().epochs(EPOCHS + 1)).epochs().size(), "and the run is still there");
  }

  @Test
  void anotherRuleThanTheRuns() {
    Path file = directory.resolve("run");
    Matrix y = TestData.oneHot(LABELS, 4);
    Fit post = Fit.published().epochs(2);
    Fit exact = Fit.with(Loss.MSE).learningRate(post.learningRate()).batchSize(post.batchSize()).epochs(2);
    Network.of(3, new int[] {11, 9, 4}, Activation.TANH, Activation.SIGMOID).fit(X, y, exact.epochs(1).checkpoint(file, 1));
    Network resumed = Network.resume(file);
    assertEquals(
        file + " was saved by a fit with rule exact, but this one has published: a run goes on as it began",
        assertThrows(IllegalArgumentException.class, () -> resumed.fit(X, y, post)).getMessage());
    assertEquals(2, resumed.fit(X, y, exact).epochs().size());
  }

  @Test
  void otherRowsThanTheRuns() {
    Path file = directory.resolve("run");
    network().fit(X, LABELS, fit().checkpoint(file, 1));
    Network resumed = Network.resume(file);
    for (int rows : new int[] {3, ROWS - 1, ROWS + 1}) {
      Matrix x = TestData.normal(1, rows, 11);
      int[] labels = TestData.labels(2, rows, 4);
      String message = assertThrows(IllegalArgumentException.class, () -> resumed.fit(x, labels, fit())).getMessage();
      assertEquals(
          file + " was saved by a fit with training rows 120, but this one has " + rows + ": a run goes on as it began", message);
    }
  }

  private static StreamSource streamed(int window) {
    return StreamSource.of(11, 4, ROWS, window, epoch -> {
      AtomicInteger next = new AtomicInteger();
      return (into, row) -> {
        int i = next.getAndIncrement();
        if (i >= ROWS) {
          return false;
        }
        System.arraycopy(X.data(), i * 11, into.x(), row * 11, 11);
        into.setLabel(row, LABELS[i]);
        return true;
      };
    });
  }

  /** In which the rows would be the same, and the bits in the end others. */
  @Test
  void anotherOrderThanTheRuns() {
    Path file = directory.resolve("run");
    String own = "among all rows in memory";
    Network whole = network();
    whole.fit(streamed(40), fit());
    network().fit(streamed(40), fit().epochs(2).checkpoint(file, 1));
    Network resumed = Network.resume(file);
    assertOrder(file, "within a window of 40", "within a window of 10", resumed, streamed(10));
    assertOrder(file, "within a window of 40", own, resumed, Source.of(X, LABELS, 4));
    assertEquals(EPOCHS, resumed.fit(streamed(40), fit()).epochs().size());
    assertEquals(TestData.state(whole), TestData.state(resumed));
    network().fit(X, LABELS, fit().epochs(2).checkpoint(file, 1));
    assertOrder(file, own, "within a window of 120", Network.resume(file), streamed(ROWS));
  }

  private static void assertOrder(Path file, String begun, String now, Network resumed, Source source) {
    assertEquals(
        file + " was saved by a fit whose rows were shuffled " + begun + ", but those of this one are " + now
            + ": a run goes on as it began",
        assertThrows(IllegalArgumentException.class, () -> resumed.fit(source, fit())).getMessage());
  }

  /** How fast it goes, and when it is to end, is no part of what a run is. */
  @Test
  void onOtherThreadsAndUnderATimeLimit() {
    Path file = directory.resolve("run");
    Fit fit = fit().batchSize(60);
    Network whole = large();
    assertEquals(2, whole.fit(X, LABELS, fit.threads(2)).threads());
    large().fit(X, LABELS, fit.epochs(2).checkpoint(file, 1));
    Network resumed = Network.resume(file);
    assertEquals(2, resumed.fit(X, LABELS, fit.threads(2).timeLimit(Duration.ofHours(1))).threads());
    assertEquals(TestData.state(whole), TestData.state(resumed));
  }

  /** Large enough for two threads. */
  private static Network large() {
    return Network.input(11).dense(80, Activation.TANH, Dense::batchNorm).dense(70, Activation.RELU).dense(4, Activation.SOFTMAX)
        .seed(3).build();
  }

  /** As from the resources of a program. */
  @Test
  void streams() throws IOException {
    Path file = directory.resolve("network");
    Network network = network();
    network.fit(X, LABELS, fit());
    network.save(file);
    byte[] whole = Files.readAllBytes(file);
    boolean[] closed = {false, false};
    ByteArrayOutputStream out = new ByteArrayOutputStream() {
      @Override
      public void close() {
        closed[0] = true;
      }
    };
    network.save(out);
    assertArrayEquals(whole, out.toByteArray());
    InputStream in = new ByteArrayInputStream(whole) {
      @Override
      public void close() {
        closed[1] = true;
      }

      @Override
      public synchronized int read(byte[] bytes, int from, int count) { // as a socket gives it
        return super.read(bytes, from, Math.min(count, 1000));
      }
    };
    Network loaded = Network.load(in, whole.length);
    assertEquals(TestData.state(network), TestData.state(loaded));
    assertEquals(-1, in.read());
    assertArrayEquals(new boolean[2], closed);
    assertEquals(TestData.state(network), TestData.state(Network.load(new ByteArrayInputStream(whole))));
    assertStreamRefused("it has more bytes than the limit of " + (whole.length - 1), whole, whole.length - 1);
    assertStreamRefused("it has more bytes than the limit of -1", whole, -1);
    assertStreamRefused("it has 0 bytes, fewer than the length of a header", new byte[0], Long.MAX_VALUE);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    Path cutFile = Files.write(directory.resolve("cut"), cut);
    String wrong = assertThrows(ModelFileException.class, () -> Network.load(cutFile)).getMessage();
    assertStreamRefused(wrong.replace("cannot read " + cutFile + ": ", ""), cut, Long.MAX_VALUE);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    Path longerFile = Files.write(directory.resolve("longer"), longer);
    wrong = assertThrows(ModelFileException.class, () -> Network.load(longerFile)).getMessage();
    assertStreamRefused(wrong.replace("cannot read " + longerFile + ": ", ""), longer, Long.MAX_VALUE);
  }

  private static void assertStreamRefused(String reason, byte[] bytes, long limit) {
    ModelFileException refused =
        assertThrows(ModelFileException.class, () -> Network.load(new ByteArrayInputStream(bytes), limit));
    assertEquals("cannot read the stream: " + reason, refused.getMessage());
  }

  @Test
  void streamsThatFail() {
    InputStream in = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("the connection is closed");
      }

      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        return read();
      }
    };
    assertEquals(
        "cannot read the stream: the connection is closed",
        assertThrows(ModelFileException.class, () -> Network.load(in)).getMessage());
    OutputStream out = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("the connection is closed");
      }
    };
    Network network = network();
    assertEquals(
        "cannot write the stream: the connection is closed",
        assertThrows(ModelFileException.class, () -> network.save(out)).getMessage());
  }

  /** Who does not know how many rows there are may resume with any, and be resumed. */
  @Test
  void rowsThatNobodyHasCounted() {
    Path file = directory.resolve("run");
    Fit plain = fit().shuffle(false);
    Network whole = network();
    whole.fit(X, LABELS, plain);
    for (long begun : new long[] {-1, ROWS}) {
      network().fit(uncounted(begun), plain.epochs(2).checkpoint(file, 1));
      for (long rows : new long[] {-1, ROWS}) {
        Network resumed = Network.resume(file);
        resumed.fit(uncounted(rows), plain);
        assertEquals(TestData.state(whole), TestData.state(resumed), begun + " rows, then " + rows);
      }
    }
  }

  /** A schedule counts on the rows that are known, and goes by whole epochs where they are not. */
  @Test
  void rowsThatNobodyHasCountedUnderASchedule() {
    Path file = directory.resolve("run");
    Fit fit = fit().shuffle(false).schedule(Schedule.cosine());
    for (long begun : new long[] {-1, ROWS}) {
      Network whole = network();
      whole.fit(uncounted(begun), fit);
      network().fit(uncounted(begun), fit.stopWhen(epoch -> epoch.number() == 2).checkpoint(file, 1));
      Network resumed = Network.resume(file);
      String knew = begun < 0 ? "did not know" : "knew";
      assertEquals(
          file + " was saved by a fit that " + knew + " how many rows there are, and this one does" + (begun < 0 ? "" : " not")
              + ": the schedule would go another way; a run goes on as it began",
          assertThrows(IllegalArgumentException.class, () -> resumed.fit(uncounted(begun < 0 ? ROWS : -1), fit)).getMessage());
      resumed.fit(uncounted(begun), fit);
      assertEquals(TestData.state(whole), TestData.state(resumed), begun + " rows");
    }
  }

  private static Source uncounted(long rows) {
    int[] order = new int[ROWS];
    Arrays.setAll(order, i -> i);
    return new OrderedSource(X, TestData.oneHot(LABELS, 4), rows, epoch -> order);
  }

  /** From there on rates are those of the new total. */
  @Test
  void withMoreEpochsUnderASchedule() {
    Path file = directory.resolve("run");
    Fit fit = fit().schedule(Schedule.cosine()).learningRate(0.1);
    network().fit(X, LABELS, fit.epochs(3).checkpoint(file, 1));
    List<Epoch> epochs = Network.resume(file).fit(X, LABELS, fit.epochs(10)).epochs();
    for (Epoch epoch : epochs) {
      int total = epoch.number() <= 3 ? 3 : 10;
      double done = epoch.number() - 1 + 4.5 / 5; // in the middle of the last of five batches
      assertEquals(0.1 * (1 + Math.cos(Math.PI * done / total)) / 2, epoch.learningRate(), 1e-12);
    }
    assertEquals(10, epochs.size());
  }

  /** Then they have one order, wherever they come from. */
  @Test
  void anySourceOfTheRowsWhereNoneIsShuffled() {
    Path file = directory.resolve("run");
    Fit plain = fit().shuffle(false);
    Network whole = network();
    whole.fit(X, LABELS, plain);
    network().fit(streamed(40), plain.epochs(2).checkpoint(file, 1));
    for (Source source : List.of(streamed(10), Source.of(X, LABELS, 4))) {
      Network resumed = Network.resume(file);
      resumed.fit(source, plain);
      assertEquals(TestData.state(whole), TestData.state(resumed));
    }
  }

  @Test
  void whatACheckpointSaysOfItsRun() {
    Path file = directory.resolve("run");
    network().fit(X, LABELS, EARLY.epochs(2).checkpoint(file, 1));
    RunFile run = RunFile.read(file);
    assertEquals(8, run.seed());
    assertEquals(Optional.of(new EarlyStopping(3, 100)), run.earlyStopping());
    assertEquals(ROWS, run.rows());
    network().fit(streamed(40), fit().seed(Long.MIN_VALUE).earlyStopping(Integer.MAX_VALUE, 1e-9).checkpoint(file, 1));
    assertEquals(Long.MIN_VALUE, RunFile.read(file).seed());
    assertEquals(Optional.of(new EarlyStopping(Integer.MAX_VALUE, 1e-9)), RunFile.read(file).earlyStopping());
    network().fit(X, LABELS, fit().checkpoint(file, 1));
    assertEquals(Optional.empty(), RunFile.read(file).earlyStopping());
    network().save(file);
    String message = assertThrows(ModelFileException.class, () -> RunFile.read(file)).getMessage();
    assertEquals("cannot read " + file + ": it is a model and no checkpoint: load it, and fit it anew", message);
  }

  /** Not after the first epoch, which may take hours. */
  @Test
  void aCheckpointThatCannotBeWritten() {
    Network network = network();
    List<Map<String, Matrix>> before = TestData.state(network);
    Path nowhere = directory.resolve("none").resolve("run");
    String message =
        assertThrows(ModelFileException.class, () -> network.fit(X, LABELS, fit().checkpoint(nowhere, 1))).getMessage();
    assertEquals("cannot write " + nowhere + ": there is no directory " + nowhere.getParent().toAbsolutePath(), message);
    assertThrows(ModelFileException.class, () -> network.fit(X, LABELS, fit().checkpoint(directory, 1)));
    assertEquals(before, TestData.state(network));
  }

  @Test
  void noCheckpoint() {
    Path file = directory.resolve("model");
    network().save(file);
    String message = assertThrows(ModelFileException.class, () -> Network.resume(file)).getMessage();
    assertEquals("cannot read " + file + ": it is a model and no checkpoint: load it, and fit it anew", message);
  }

  /** A run that cannot go on yet, as its rows are not there, is still the run afterwards. */
  @Test
  void aFitThatFailsBeforeItsFirstEpochIsOver() {
    Path file = directory.resolve("run");
    Fit adam = fit().optimizer(Optimizer.adam());
    Network whole = network();
    whole.fit(X, LABELS, adam);
    network().fit(X, LABELS, adam.epochs(2).checkpoint(file, 1));
    Network resumed = Network.resume(file);
    Source none = new OrderedSource(X, TestData.oneHot(LABELS, 4), -1, epoch -> new int[0]);
    assertThrows(IllegalArgumentException.class, () -> resumed.fit(none, adam));
    assertEquals(EPOCHS, resumed.fit(X, LABELS, adam).epochs().size());
    assertEquals(TestData.state(whole), TestData.state(resumed));
  }

  /** JSON has no infinity, and what is saved is read as it was. */
  @Test
  void lossesThatAreInfinite() {
    Path file = directory.resolve("run");
    Matrix y = TestData.normal(4, ROWS, 4);
    Matrix far = Matrix.zeros(1, 4);
    far.set(0, 0, 1e30f); // its square is no float
    Fit fit = Fit.with(Loss.MSE).epochs(2).learningRate(1e-4).validation(X.take(0), far);
    Network network = Network.of(1, new int[] {X.cols(), 4}, Activation.IDENTITY);
    network.fit(X, y, fit.checkpoint(file, 1));
    List<Epoch> epochs = Network.resume(file).fit(X, y, fit).epochs();
    assertEquals(List.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY), epochs.stream().map(Epoch::validationLoss).toList());
  }

  /** A file whose architecture asks for more than its tensors are is refused before anything is made of it. */
  @Test
  void architectureThatItsTensorsDoNotHave() {
    Path file = directory.resolve("lies");
    network().save(file);
    ModelFile saved = ModelFile.read(file);
    Map<String, Object> huge =
        Map.of(
            "inputs", 40_000L, "epochs", 0, "loss", "mse",
            "layers", List.of(Map.of("outputs", 40_000L, "activation", "relu", "initializer", "scaled_normal")));
    Path forged = directory.resolve("forged");
    ModelFile.builder()
        .json("network", huge)
        .tensor("layers.0.weight", saved.tensor("layers.0.weight", 11, 20))
        .write(forged);
    String message = assertThrows(ModelFileException.class, () -> Network.load(forged)).getMessage();
    assertEquals(
        "cannot read " + forged + ": layers.0.weight must be 40000 x 40000, but the file has 11 x 20", message);
  }

  @Test
  void numbersThatAreNone() {
    Path file = directory.resolve("good");
    network().save(file);
    ModelFile good = ModelFile.read(file);
    for (String name : List.of("layers.1.weight", "layers.0.running_variance")) {
      ModelFile.Builder forged = ModelFile.builder().json("network", good.json("network").asMap());
      float wrong = name.endsWith("weight") ? Float.NaN : -1f;
      for (String each : good.tensorNames()) {
        Matrix values = Tensors.load(file).get(each);
        if (each.equals(name)) {
          values.data()[3] = wrong;
        }
        forged.tensor(each, values);
      }
      Path bad = directory.resolve("bad");
      forged.write(bad);
      String message = assertThrows(ModelFileException.class, () -> Network.load(bad)).getMessage();
      assertEquals("cannot read " + bad + ": " + name + " has a value of " + wrong, message);
    }
  }

  @Test
  void checkpointsAppearAsOften() {
    Path file = directory.resolve("every-four");
    boolean[] there = new boolean[EPOCHS + 1];
    network().fit(X, LABELS, fit().checkpoint(file, 4).onEpoch(epoch -> there[epoch.number()] = Files.exists(file)));
    assertFalse(there[3]);
    assertTrue(there[4]);
    assertEquals(EPOCHS, Network.resume(file).fit(X, LABELS, fit()).epochs().size(), "and after the last one");
  }

  /** As squares of gradients are where a row of zeros has no error, and a variance may be. */
  @Test
  void squaresAndVariancesOfZero() {
    Path file = directory.resolve("zeros");
    Matrix zeros = Matrix.zeros(4, 2);
    for (Optimizer optimizer : List.of(Optimizer.rmsProp(), Optimizer.adagrad(), Optimizer.adam())) {
      Network network = Network.of(1, new int[] {2, 2}, Activation.IDENTITY);
      network.fit(zeros, zeros, Fit.with(Loss.MSE).optimizer(optimizer).epochs(1).checkpoint(file, 1));
      assertEquals(TestData.state(network), TestData.state(Network.resume(file)));
    }
    Network normalized = Network.input(2).dense(2, Activation.IDENTITY, Dense::batchNorm).build();
    normalized.layers().getFirst().setParameter("running_variance", Matrix.zeros(1, 2));
    normalized.save(file);
    assertEquals(TestData.state(normalized), TestData.state(Network.load(file)));
  }

  /** Before it trains, and not after 100,000 epochs. */
  @Test
  void historyThatNoCheckpointHasRoomFor() {
    Path file = directory.resolve("long.lanewise");
    Network network = Network.of(1, new int[] {1, 1}, Activation.IDENTITY);
    Fit fit = Fit.with(Loss.MSE).epochs(100_001).checkpoint(file, 100_000);
    Matrix one = Matrix.of(1, 1, 1);
    List<Matrix> before = TestData.parameters(network);
    String message = assertThrows(IllegalArgumentException.class, () -> network.fit(one, one, fit)).getMessage();
    assertEquals("a checkpoint has room for the history of 100000 epochs, but the fit has 100001: fewer epochs, or no checkpoint", message);
    assertEquals(before, TestData.parameters(network));
    assertFalse(Files.exists(file));
    for (Fit sooner : List.of(fit.stopWhen(epoch -> true), fit.timeLimit(Duration.ofNanos(1)))) {
      assertEquals(1, network.fit(one, one, sooner).epochs().size(), "one that ends sooner has room");
    }
    assertEquals(2, network.fit(one, one, fit.earlyStopping(1, 1e30)).epochs().size(), "no loss falls by so much");
    assertEquals(1, network.partialFit(one, one, fit.checkpoint(directory.resolve("partial"), 1)).number(), "as does each call");
  }

  @Test
  void partialFitsThatNoCheckpointHasRoomFor() {
    Path file = directory.resolve("longer.lanewise");
    Matrix one = Matrix.of(1, 1, 1);
    Fit fit = Fit.with(Loss.MSE).epochs(100_000).optimizer(Optimizer.momentum(0.9)).checkpoint(file, 100_000);
    Network.of(1, new int[] {1, 1}, Activation.IDENTITY).fit(one, one, fit);
    Network resumed = Network.resume(file);
    List<Matrix> before = TestData.parameters(resumed);
    String message = assertThrows(IllegalArgumentException.class, () -> resumed.partialFit(one, one, fit)).getMessage();
    assertEquals("a checkpoint has room for the history of 100000 epochs, and as many have been: go on without", message);
    assertEquals(before, TestData.parameters(resumed));
    assertEquals(100_001, resumed.partialFit(one, one, Fit.with(Loss.MSE).epochs(100_000).optimizer(Optimizer.momentum(0.9))).number());
  }
}
