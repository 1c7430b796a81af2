package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.History.Stop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callbacks are told, what the network answers them, and what it refuses while they run. */
class CallbackTest {

  private static final Matrix X = TestData.normal(1, 200, 4);
  private static final Matrix Y = TestData.unit(2, 200, 3);
  private static final Fit FIT = Fit.with(Loss.MSE).learningRate(0.1).epochs(4);

  private final Network network = network();

  private static Network network() {
    return Network.of(1, new int[] {4, 6, 3}, Activation.RELU, Activation.SIGMOID);
  }

  private static Network trained(int epochs) {
    Network network = network();
    network.fit(X, Y, FIT.epochs(epochs));
    return network;
  }

  @Test
  void runInTheOrderTheyWereAddedOnTheCallersThread() {
    List<String> calls = new ArrayList<>();
    List<Epoch> epochs = new ArrayList<>();
    Thread caller = Thread.currentThread();
    Network large = Network.of(1, new int[] {4, 600, 3}, Activation.RELU, Activation.SIGMOID); // enough for two threads
    Fit fit = FIT.epochs(2).batchSize(100).threads(2)
        .onEpoch(epoch -> calls.add("first " + epoch.number()))
        .onEpoch(epoch -> assertSame(caller, Thread.currentThread()))
        .onEpoch(epoch -> calls.add("second " + epoch.number()))
        .onEpoch(epochs::add);
    History history = large.fit(X, Y, fit);
    assertEquals(2, history.threads());
    assertEquals(List.of("first 1", "second 1", "first 2", "second 2"), calls);
    assertEquals(history.epochs(), epochs);
  }

  @Test
  void seeTheParametersAtTheEndOfTheirEpoch() {
    List<Object> seen = new ArrayList<>();
    network.fit(X, Y, FIT.onEpoch(epoch -> {
      seen.add(TestData.parameters(network));
      seen.add(network.predict(X));
      seen.add(network.forward(X).getFirst().z());
      seen.add(network.evaluate(X, Y));
    }));
    List<Object> expected = new ArrayList<>();
    for (int epochs = 1; epochs <= 4; epochs++) {
      Network shorter = trained(epochs);
      expected.add(TestData.parameters(shorter));
      expected.add(shorter.predict(X));
      expected.add(shorter.forward(X).getFirst().z());
      expected.add(shorter.evaluate(X, Y));
    }
    assertEquals(expected, seen);
    assertNotEquals(seen.get(1), seen.get(5));
  }

  /** After the callbacks of an epoch; a checkpoint is of it, and goes on. */
  @Test
  void conditionEndsTheFit(@TempDir Path directory) {
    Path file = directory.resolve("run");
    List<String> calls = new ArrayList<>();
    Fit fit = FIT.checkpoint(file, 3)
        .onEpoch(epoch -> calls.add("told " + epoch.number()))
        .stopWhen(epoch -> {
          calls.add("asked " + epoch.number());
          return epoch.number() == 2;
        });
    History history = network.fit(X, Y, fit);
    assertEquals(List.of("told 1", "asked 1", "told 2", "asked 2"), calls);
    assertEquals(Stop.CONDITION, history.stop());
    assertEquals(2, history.best());
    assertEquals(TestData.parameters(trained(2)), TestData.parameters(network));
    assertEquals(2, Network.resume(file).fit(X, Y, fit).epochs().size(), "it is met still");
    Network resumed = Network.resume(file);
    assertEquals(Stop.COMPLETED, resumed.fit(X, Y, FIT).stop());
    assertEquals(TestData.parameters(trained(4)), TestData.parameters(resumed));
  }

  @Test
  void conditionGoesBackToTheBestEpoch() {
    History history = network.fit(X, Y, FIT.learningRate(1e3).epochs(50).earlyStopping(50).stopWhen(epoch -> epoch.number() == 20));
    assertEquals(Stop.CONDITION, history.stop());
    assertEquals(20, history.epochs().size());
    assertTrue(history.best() < 20, "there is something to go back from");
    Network best = network();
    best.fit(X, Y, FIT.learningRate(1e3).epochs(history.best()));
    assertEquals(TestData.parameters(best), TestData.parameters(network));
  }

  @Test
  void partialFitHasNoCondition() {
    Fit fit = FIT.stopWhen(epoch -> true);
    assertEquals(
        "partialFit is one epoch and stops after it: ask the epoch that it returns",
        assertThrows(IllegalArgumentException.class, () -> network.partialFit(X, Y, fit)).getMessage());
  }

  @Test
  void thatLookDisturbNothing() {
    network.fit(X, Y, FIT.onEpoch(epoch -> {
      network.predict(X).data()[0] = 99;
      network.layers().getFirst().weights().data()[0] = 99;
    }));
    assertEquals(TestData.parameters(trained(4)), TestData.parameters(network));
  }

  @Test
  void thatThrowEndTheFitAfterTheirEpoch() {
    IllegalStateException stop = new IllegalStateException("enough");
    Fit fit = FIT.onEpoch(epoch -> {
      if (epoch.number() == 2) {
        throw stop;
      }
    });
    assertSame(stop, assertThrows(IllegalStateException.class, () -> network.fit(X, Y, fit)));
    assertEquals(TestData.parameters(trained(2)), TestData.parameters(network));
    network.fit(X, Y, FIT.epochs(2));
    assertEquals(TestData.parameters(trained(4)), TestData.parameters(network), "and another fit goes on from there");
  }

  @Test
  void cannotStartAnotherFitOrReplaceParameters() {
    List<String> refusals = new ArrayList<>();
    Layer layer = network.layers().getFirst();
    Matrix weights = layer.weights();
    Matrix bias = layer.bias();
    network.fit(X, Y, FIT.onEpoch(epoch -> {
      refusals.add(assertThrows(IllegalStateException.class, () -> network.fit(X, Y, FIT)).getMessage());
      refusals.add(assertThrows(IllegalStateException.class, () -> layer.setWeights(weights)).getMessage());
      refusals.add(assertThrows(IllegalStateException.class, () -> layer.setBias(bias)).getMessage());
    }));
    String refused = " cannot start while a fit of this network is running";
    List<String> once = List.of("a fit" + refused, "setting a parameter" + refused, "setting a parameter" + refused);
    assertEquals(once, refusals.subList(0, 3));
    assertEquals(12, refusals.size());
    assertEquals(TestData.parameters(trained(4)), TestData.parameters(network));
  }
}
