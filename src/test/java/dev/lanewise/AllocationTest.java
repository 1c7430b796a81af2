package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Fit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A step of training allocates nothing: 50 epochs more cost their 50 records and no other byte. On the vector kernels that
 * includes the vectors, which C2 has to keep in registers.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // see TeamTest
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Five steps an epoch, the last of them short and left out under the post's rule. */
  private static final int ROWS = 70;
  private static final Matrix X = TestData.normal(1, ROWS, 20);
  private static final int[] LABELS = TestData.labels(2, ROWS, 10);

  /** An Epoch with its slots in the list that grows and in the one that is returned. */
  private static final int EPOCH_BYTES = 88;

  private static final long LIMIT_NANOS = 30_000_000_000L;

  /** The identity, by no more than one's own has to have. */
  private static final class Own extends Activation {
    Own() {
      super("own");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      System.arraycopy(z, at, a, at, rows * ld);
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      // the prime is 1
    }
  }

  record Case(Activation hidden, Activation output, Fit fit, boolean hasParts) {
    Case(Activation hidden, Activation output, Fit fit) {
      this(hidden, output, fit, false);
    }

    Case(Activation output, Fit fit) {
      this(Activation.RELU, output, fit);
    }
  }

  static final List<Case> CASES = List.of(
      new Case(Activation.SIGMOID, Fit.published()),
      new Case(new Own(), Fit.published()),
      new Case(Activation.SOFTMAX, Fit.with(Loss.CROSS_ENTROPY).batchSize(15)),
      new Case(Activation.SIGMOID, Fit.with(Loss.BINARY_CROSS_ENTROPY).batchSize(15)),
      new Case(Activation.TANH, Fit.with(Loss.MSE).batchSize(15)),
      new Case(Activation.SOFTMAX, Fit.with(Loss.MSE).batchSize(15)),
      new Case(Activation.GELU, Activation.SILU, Fit.with(Loss.HUBER).batchSize(15)),
      new Case(Activation.GELU_TANH, Activation.SOFTPLUS, Fit.with(Loss.MAE).batchSize(15)),
      new Case(Activation.ELU, Activation.IDENTITY, Fit.with(Loss.HINGE).batchSize(15)),
      new Case(Activation.LEAKY_RELU, Activation.TANH, Fit.with(Loss.SQUARED_HINGE).batchSize(15)),
      descent(Optimizer.momentum(0.9), Schedule.step(3, 0.5)),
      descent(Optimizer.nesterov(0.9), Schedule.exponential(0.9)),
      descent(Optimizer.rmsProp(), Schedule.oneCycle()),
      descent(Optimizer.adagrad(), Schedule.warmUp(2, Schedule.cosine())),
      descent(Optimizer.adam(), Schedule.constant()),
      descent(Optimizer.sgd().decay(1e-3), Schedule.constant()),
      new Case(Activation.RELU, Activation.SOFTMAX, everything(), true));

  private static Case descent(Optimizer optimizer, Schedule schedule) {
    return new Case(Activation.SOFTMAX, Fit.with(Loss.CROSS_ENTROPY).batchSize(15).optimizer(optimizer).schedule(schedule));
  }

  /** Of what a fit can do in a step. */
  private static Fit everything() {
    return Fit.with(Loss.CROSS_ENTROPY).batchSize(15).optimizer(Optimizer.adamW()).schedule(Schedule.cosine())
        .l1(1e-4).l2(1e-4).clipValue(1).clipNorm(1).labelSmoothing(0.1).balancedClassWeights();
  }

  /** Scalar kernels do the work until the vector ones are compiled. */
  @BeforeAll
  static void awaitVectorKernels() throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (KernelProvider.isVector() && !allAre("vector")) {
      assertTrue(System.nanoTime() < deadline, "the vector kernels are still not compiled");
      Thread.sleep(1);
    }
  }

  private static boolean allAre(String name) {
    return Stream.of(KernelProvider.kernels(), KernelProvider.products(1), KernelProvider.products(100))
        .allMatch(kernels -> kernels.name().equals(name));
  }

  private static Network network(Case c) {
    return Network.input(20)
        .dense(15, c.hidden, c.hasParts ? l -> l.batchNorm().dropout(0.2) : l -> l)
        .dense(10, c.output, c.hasParts ? Dense::layerNorm : l -> l)
        .seed(1)
        .build();
  }

  private static long bytesOf(Network network, Fit fit) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    network.fit(X, LABELS, fit);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void fiftyEpochsMoreCostFiftyRecords(Case c) {
    requireRecordsOnly(() -> network(c), c.fit);
  }

  /** Their products have kernels of their own: steps of three rows and of one, and 64 rows through ten columns. */
  @ParameterizedTest
  @ValueSource(ints = {3, 70})
  void fewAndManyRows(int batchSize) {
    requireRecordsOnly(
        () -> Network.of(1, new int[] {20, 64, 10}, Activation.RELU, Activation.SOFTMAX),
        Fit.with(Loss.CROSS_ENTROPY).batchSize(batchSize));
  }

  @Test
  void predictionsOfManyRows() {
    Matrix x = TestData.normal(5, 130, 50);
    Matrix out = Matrix.zeros(130, 10);
    Network network = Network.of(1, new int[] {50, 10}, Activation.SOFTMAX);
    long deadline = System.nanoTime() + LIMIT_NANOS;
    long bytes;
    do {
      assertTrue(System.nanoTime() < deadline, "predictions of 130 rows allocate");
      long before = THREADS.getCurrentThreadAllocatedBytes();
      network.predict(x, out);
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > 0);
  }

  /**
   * Until C2 has compiled all of it, an epoch has some short-lived objects. So fits go on until two of the same length,
   * one before and one after the longer one, cost the same; the least that was seen is what the test reports.
   */
  private static void requireRecordsOnly(Supplier<Network> networks, Fit fit) {
    long least = Long.MAX_VALUE;
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (least > 50 * EPOCH_BYTES) {
      long bytes = least;
      assertTrue(System.nanoTime() < deadline, () -> "50 epochs allocated " + bytes + " bytes");
      long before = bytesOf(networks.get(), fit.epochs(50));
      long longer = bytesOf(networks.get(), fit.epochs(100));
      long after = bytesOf(networks.get(), fit.epochs(50));
      if (before == after) {
        least = Math.min(least, longer - before);
      }
    }
  }

  /** Large enough for threads to be worth it; their own bytes from epoch 10 to epoch 60. */
  @Test
  void threadsAllocateNothing() {
    Matrix x = TestData.normal(3, 64, 40);
    Matrix y = TestData.unit(4, 64, 10);
    Network network = Network.of(1, new int[] {40, 150, 10}, Activation.RELU, Activation.SIGMOID);
    long[] bytes = new long[2];
    Fit fit = Fit.with(Loss.MSE).batchSize(64).epochs(60).threads(2).onEpoch(epoch -> {
      if (epoch.number() % 50 == 10) {
        bytes[epoch.number() / 50] = bytesOfWorkers();
      }
    });
    long deadline = System.nanoTime() + LIMIT_NANOS;
    do {
      assertTrue(System.nanoTime() < deadline, () -> "50 steps allocated " + (bytes[1] - bytes[0]) + " bytes");
      network.fit(x, y, fit);
    } while (bytes[1] != bytes[0]);
  }

  private static long bytesOfWorkers() {
    long bytes = 0;
    int workers = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().matches("lanewise-\\d+")) {
        bytes += THREADS.getThreadAllocatedBytes(thread.getThreadId());
        workers++;
      }
    }
    assertTrue(workers > 0, "the fit has no thread beside the caller's");
    return bytes;
  }
}
