package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.TrainingStepBenchmark.Workload.B;

import dev.lanewise.Network;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the rows of a validation cost: fits of 784-256-128-10 whose epochs are one batch of training and as many labelled rows to evaluate
 * as a tenth of MNIST has.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xms1g")
public class ValidationBenchmark {

  /** Rows that are evaluated after each epoch. */
  static final int ROWS = 6_000;

  private static final int EPOCHS = 4;

  @Param({"1", "2"}) int threads = 1;

  /** Evaluated rows; 0 for what is not validation. */
  @Param({"0", "6000"}) int rows = ROWS;

  private final Network network = B.network();
  private final Matrix x = B.x(B.batchSize());
  private final int[] labels = B.labels(x);
  private final Matrix others = B.x(ROWS);
  private final int[] theirs = B.labels(others);
  private Fit fit;

  /** How the last epoch went, and on how many threads. */
  Epoch last;

  private int ranOn;

  @Setup
  public void setUp() {
    Fit plain = B.fit().epochs(EPOCHS).threads(threads);
    fit = rows == 0 ? plain : plain.validation(others, theirs);
    LibraryKernels.await();
  }

  @Benchmark
  public Epoch fit() {
    History history = network.fit(x, labels, fit);
    last = history.last();
    ranOn = history.threads();
    return last;
  }

  /** It ran on these threads, the loss has the bits of an evaluation after the fit, and the accuracy is that of the classes then. */
  @TearDown
  public void check() {
    if (ranOn != threads) {
      throw new IllegalStateException("it ran on %d threads, and not on %d".formatted(ranOn, threads));
    }
    if (rows == 0) {
      return;
    }
    double loss = network.evaluate(others, Loss.CROSS_ENTROPY.targets(theirs, network.outputs()), Loss.CROSS_ENTROPY);
    int[] classes = network.classify(others);
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      right += classes[i] == theirs[i] ? 1 : 0;
    }
    if (last.validationLoss() != loss || last.validationAccuracy() != (double) right / ROWS) {
      throw new IllegalStateException("%s, but the network's loss is %s, and %d rows are right".formatted(last, loss, right));
    }
  }
}
