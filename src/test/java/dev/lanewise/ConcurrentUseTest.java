package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.LayerOutput;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** One network used by several threads: predictions during a fit, a second fit, threads of a fit. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // see TeamTest
class ConcurrentUseTest {

  /** So few rows that epochs end all the time, against predictions that take longer than an epoch. */
  private static final Matrix X = TestData.normal(1, 20, 6);
  private static final Matrix Y = TestData.unit(2, 20, 4);
  private static final Matrix ASKED = TestData.normal(3, 300, 6);

  private static final int READERS = 3;
  private static final int EPOCHS = 400;

  private final Network network = network();

  private static Network network() {
    return Network.of(1, new int[] {6, 40, 30, 4}, Activation.RELU, Activation.RELU, Activation.SIGMOID);
  }

  @Test
  void predictionsComeFromTheEndOfSomeEpoch() throws Exception {
    assertAnswersAreThoseOfAnEpoch(() -> network.predict(ASKED));
  }

  @Test
  void forwardsComeFromTheEndOfSomeEpoch() throws Exception {
    assertAnswersAreThoseOfAnEpoch(() -> {
      List<LayerOutput> layers = network.forward(ASKED);
      return List.of(layers.get(0).z(), layers.get(1).a(), layers.get(2).a());
    });
  }

  /** An output of 0.6 is class 1 before the first fit, and 0.3 is after a hinge loss; with what was before it were class 0. */
  @Test
  void classesAreOfTheLossThatTheParametersWereTrainedOn() throws Exception {
    Matrix x = Matrix.of(1, 1, 1f);
    AtomicReference<Network> asked = new AtomicReference<>(Network.of(new int[] {1, 1}, Activation.IDENTITY));
    AtomicBoolean over = new AtomicBoolean();
    asked.get().layers().getFirst().setWeights(Matrix.of(1, 1, 0.7f));
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Set<Integer>> classes = executor.submit(() -> {
        Set<Integer> seen = new HashSet<>();
        while (!over.get()) {
          Network network = asked.get();
          seen.add(network.classify(x)[0]);
          seen.add(network.predictor().classify(x)[0]);
        }
        return seen;
      });
      try {
        for (int i = 0; i < 1000; i++) {
          Network network = Network.of(new int[] {1, 1}, Activation.IDENTITY);
          network.layers().getFirst().setWeights(Matrix.zeros(1, 1));
          network.layers().getFirst().setBias(Matrix.of(1, 1, 0.6f));
          asked.set(network);
          network.fit(x, new int[] {0}, Fit.with(Loss.HINGE).epochs(1).learningRate(0.15));
          assertEquals(0.3f, network.predict(x).get(0, 0), 1e-6f);
          assertEquals(1, network.classify(x)[0]);
        }
      } finally {
        over.set(true);
      }
      assertEquals(Set.of(1), classes.get());
    }
  }

  @Test
  void lossesComeFromTheEndOfSomeEpoch() throws Exception {
    assertAnswersAreThoseOfAnEpoch(() -> network.evaluate(X, Y, Loss.MSE));
  }

  @Test
  void weightsComeFromTheEndOfSomeEpoch() throws Exception {
    assertAnswersAreThoseOfAnEpoch(() -> network.layers().get(1).weights());
  }

  @Test
  void parametersOfALayerComeFromTheEndOfOneEpoch() throws Exception {
    assertAnswersAreThoseOfAnEpoch(() -> network.layers().get(1).parameters());
  }

  /** Every reader answers at least once before the fit begins and once after half of its epochs. */
  private void assertAnswersAreThoseOfAnEpoch(Supplier<Object> ask) throws Exception {
    Set<Object> ofEpochs = new HashSet<>(List.of(ask.get()));
    CountDownLatch begun = new CountDownLatch(READERS);
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch goneOn = new CountDownLatch(READERS);
    CountDownLatch end = new CountDownLatch(1);
    Callable<Set<Object>> reader = () -> {
      Set<Object> answers = new HashSet<>();
      boolean late = false;
      boolean hasBegun = false;
      while (end.getCount() > 0) {
        boolean firstLate = !late && half.getCount() == 0;
        late |= firstLate;
        answers.add(ask.get());
        if (!hasBegun) {
          hasBegun = true;
          begun.countDown(); // once a reader: a fast one does not count for a slow one
        }
        if (firstLate) {
          goneOn.countDown();
        }
      }
      return answers;
    };
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      List<Future<Set<Object>>> readers = new ArrayList<>();
      try {
        for (int i = 0; i < READERS; i++) {
          readers.add(threads.submit(reader));
        }
        await(begun);
        network.fit(X, Y, Fit.with(Loss.MSE).learningRate(0.5).epochs(EPOCHS).onEpoch(epoch -> {
          ofEpochs.add(ask.get());
          if (epoch.number() == EPOCHS / 2) {
            half.countDown();
            await(goneOn);
          }
        }));
      } finally {
        end.countDown();
      }
      for (Future<Set<Object>> answers : readers) {
        assertTrue(answers.get().size() >= 2, "this reader saw no epoch end, so nothing was tested");
        assertTrue(ofEpochs.containsAll(answers.get()), "an answer is that of no epoch");
      }
    }
    assertEquals(EPOCHS + 1, ofEpochs.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void secondFitIsRefusedFromAnotherThread() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Fit waiting = Fit.with(Loss.MSE).epochs(1).onEpoch(epoch -> {
      inside.countDown();
      await(leave);
    });
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> first = other.submit(() -> network.fit(X, Y, waiting));
      await(inside);
      List<Matrix> during = TestData.parameters(network);
      Fit second = Fit.with(Loss.MSE);
      try {
        String message = assertThrows(IllegalStateException.class, () -> network.fit(X, Y, second)).getMessage();
        assertEquals("a fit cannot start while a fit of this network is running", message);
        assertEquals(during, TestData.parameters(network));
      } finally {
        leave.countDown();
      }
      first.get();
    }
    network.fit(X, Y, Fit.with(Loss.MSE).epochs(1));
  }

  /** Each waits for the other, as neither takes long. */
  @Test
  void parametersAreSetFromTwoThreads() throws Exception {
    Network wide = Network.of(1, new int[] {300, 300}, Activation.IDENTITY);
    Matrix weights = TestData.normal(6, 300, 300);
    CountDownLatch both = new CountDownLatch(2);
    try (ExecutorService others = Executors.newFixedThreadPool(2)) {
      List<Callable<Void>> calls = Collections.nCopies(2, () -> {
        both.countDown();
        await(both);
        for (int i = 0; i < 300; i++) {
          wide.layers().getFirst().setWeights(weights);
        }
        return null;
      });
      for (Future<Void> call : others.invokeAll(calls)) {
        call.get();
      }
    }
    assertEquals(weights, wide.layers().getFirst().weights());
  }

  /** Large enough for threads to be worth it, which the trainer decides by the work of a step. */
  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Matrix x = TestData.normal(4, 150, 70);
    Matrix y = TestData.unit(5, 150, 20);
    List<Matrix> expected = null;
    for (int threads : new int[] {1, 2, 3, 5, 16}) {
      Network large = Network.of(2, new int[] {70, 130, 20}, Activation.SIGMOID, Activation.SIGMOID);
      large.fit(x, y, Fit.with(Loss.MSE).learningRate(0.5).batchSize(64).epochs(2).threads(threads));
      List<Matrix> parameters = TestData.parameters(large);
      expected = expected == null ? parameters : expected;
      assertEquals(expected, parameters, threads + " threads");
    }
  }

  @Test
  void networksTrainSideBySide() throws Exception {
    Fit fit = Fit.with(Loss.MSE).learningRate(0.5).epochs(50);
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      List<Future<List<Matrix>>> results = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        results.add(threads.submit(() -> {
          Network own = network();
          own.fit(X, Y, fit);
          return TestData.parameters(own);
        }));
      }
      network.fit(X, Y, fit);
      for (Future<List<Matrix>> result : results) {
        assertEquals(TestData.parameters(network), result.get());
      }
    }
  }
}
