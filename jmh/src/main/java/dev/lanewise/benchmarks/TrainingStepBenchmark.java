package dev.lanewise.benchmarks;

import static dev.lanewise.nn.Activation.RELU;
import static dev.lanewise.nn.Activation.SIGMOID;
import static dev.lanewise.nn.Activation.SOFTMAX;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Training through {@code Network.fit}: gradient descent on shuffled rows in memory, plain but for one workload, softmax and
 * cross-entropy.
 *
 * <p>The score is a whole fit of {@link #EPOCHS} epochs, with everything that a fit does once: it checks the rows and
 * allocates its workspace, several copies of the parameters; {@code -prof gc} counts those too. What a step takes and
 * allocates is in the counters, which leave that fixed part out: {@code nanos} is the time of the epochs, as
 * {@code History} tells it, and {@code bytes} what its threads allocated from the first batch of an epoch to its end. {@code peakNanos}
 * and {@code peakFlop} are of the peak's loop, right before each fit, as is {@code lineNanos}, of {@code fits}: what a cache line takes
 * from one thread to another.
 * They add up over iterations: divide by {@code steps} or {@code samples}, as {@link Table} does.
 *
 * <p>The heap begins with room for the rows: in one that has to grow first, they are so large a part of it that G1 collects beside each
 * fit, for seconds, on the second thread's processor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xms1g")
public class TrainingStepBenchmark {

  static final int EPOCHS = 2;

  private static final int RESIDENT_STEPS = 469;

  /** The peak's loop, a millisecond at a time, of which the best of some counts. */
  private static final int PEAK_CALLS = 600;

  private static final int PEAK_TRIES = 5;

  private static final long PEAK_FLOP = (long) PEAK_CALLS * PeakBenchmark.FLOP;

  /** A network and what it is trained on. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the dimensions
  public enum Workload {
    /** 64-15-10 in batches of 15, a hidden layer of sigmoids: too small a step for a second thread, which is not used. */
    A(20_000, 15, SIGMOID, 64, 15, 10),

    /** 784-256-128-10 in batches of 128, shuffled within as many rows as MNIST has. */
    B(60_000, 128, RELU, 784, 256, 128, 10),

    /** B on one batch, which is there already: 469 steps an epoch, as B has. */
    B_RESIDENT(128, 128, RELU, 784, 256, 128, 10),

    /** B with Adam, its norm clipped, and with batch normalisation and dropout in both hidden layers. */
    B_EVERYTHING(60_000, 128, RELU, 784, 256, 128, 10),

    /** 1024-2048-2048-10 in batches of 256. */
    C(4_096, 256, RELU, 1024, 2048, 2048, 10);

    private final int rows;
    private final int batchSize;
    private final Activation hidden;
    private final int[] dimensions;

    Workload(int rows, int batchSize, Activation hidden, int... dimensions) {
      this.rows = rows;
      this.batchSize = batchSize;
      this.hidden = hidden;
      this.dimensions = dimensions;
    }

    Network network() {
      NetworkBuilder builder = Network.input(dimensions[0]);
      for (int l = 1; l < dimensions.length - 1; l++) {
        builder.dense(dimensions[l], hidden, this == B_EVERYTHING ? layer -> layer.batchNorm().dropout(0.2) : layer -> layer);
      }
      return builder.dense(dimensions[dimensions.length - 1], SOFTMAX).seed(1).build();
    }

    /** How it is trained. */
    Fit fit() {
      Fit plain = Fit.with(Loss.CROSS_ENTROPY).epochs(EPOCHS).batchSize(batchSize);
      return this == B_EVERYTHING
          ? plain.optimizer(Optimizer.adam()).learningRate(0.001).clipNorm(1)
          : plain.learningRate(0.01);
    }

    int batchSize() {
      return batchSize;
    }

    /** Whether a second thread takes part. */
    boolean isDivided() {
      return this != A;
    }

    long flopPerRow() {
      return flopPerRow(dimensions);
    }

    /** Of the products of a step, for each row of its batch: forwards, the gradient and, but for the first layer, δ. */
    static long flopPerRow(int... dimensions) {
      long flop = 0;
      for (int l = 1; l < dimensions.length; l++) {
        flop += (l == 1 ? 2L : 3L) * 2 * dimensions[l - 1] * dimensions[l];
      }
      return flop;
    }

    /** Where a fit reads them from. */
    Source source() {
      return this == B_RESIDENT ? new ResidentBatch(memory(), RESIDENT_STEPS) : memory();
    }

    private Source memory() {
      Matrix x = x(rows);
      return Source.of(x, labels(x), outputs());
    }

    /** So many random rows. */
    Matrix x(int count) {
      return Matrix.of(count, dimensions[0], Floats.random(1, count * dimensions[0], 1));
    }

    /** Of each row, which of its first inputs is the largest. */
    int[] labels(Matrix x) {
      int[] labels = new int[x.rows()];
      for (int i = 0; i < labels.length; i++) {
        for (int j = 1; j < outputs(); j++) {
          labels[i] = x.get(i, j) > x.get(i, labels[i]) ? j : labels[i];
        }
      }
      return labels;
    }

    private int outputs() {
      return dimensions[dimensions.length - 1];
    }

    /** As in 64-15-10. */
    String widths() {
      return IntStream.of(dimensions).mapToObj(Integer::toString).collect(Collectors.joining("-"));
    }

    /** That of its hidden layers. */
    Activation hidden() {
      return hidden;
    }

    /** As many rows as there are whole batches of. */
    int rowsOfWholeBatches() {
      return rows / batchSize * batchSize;
    }
  }

  /** Sums over the epochs of an iteration. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Steps {
    public long steps;
    public long samples;
    public long nanos;
    public long bytes;

    /** What the peak's loop took before each fit, and what it did. */
    public long peakNanos;

    public long peakFlop;

    public long fits;

    /** Of all fits, what a cache line took from one thread to another before; zero for fits of one thread. */
    public long lineNanos;
  }

  @Param
  Workload workload;

  @Param({"1", "2"})
  int threads;

  private Source rows;
  private Fit fit;
  private Network network;

  /** Of the last fit that was measured. */
  private History measured;

  private final PeakBenchmark peak = new PeakBenchmark();
  private long peakNanos;
  private long lineNanos;

  @Setup
  public void setUp() {
    peak.setUp();
    rows = workload.source();
    fit = workload.fit().threads(threads);
    LibraryKernels.await();
  }

  /** A network that has been trained for long has gradients that are no longer usual. */
  @Setup(Level.Iteration)
  public void newNetwork() {
    network = workload.network();
  }

  /** Right before each fit, which does not count it: the clock of a shared machine moves by the minute. */
  @Setup(Level.Invocation)
  public void measurePeak() {
    double best = IntStream.range(0, PEAK_TRIES).mapToDouble(i -> peak.nanosAFlop(PEAK_CALLS)).min().getAsDouble();
    peakNanos = Math.round(best * PEAK_FLOP);
    lineNanos = threads == 1 ? 0 : Math.round(LinePassing.nanos());
  }

  @Benchmark
  public History fit(Steps counters) {
    MeasuredSource source = MeasuredSource.of(rows);
    History history = network.fit(source, fit);
    counters.steps += source.steps();
    counters.samples += source.samples();
    counters.bytes += source.bytes();
    for (Epoch epoch : history.epochs()) {
      counters.nanos += Math.round(epoch.seconds() * 1e9);
    }
    counters.peakNanos += peakNanos;
    counters.peakFlop += PEAK_FLOP;
    counters.lineNanos += lineNanos;
    counters.fits++;
    measured = history;
    return history;
  }

  /** These threads train the very network that another number trains, and its loss falls. */
  @TearDown
  public void check() {
    newNetwork();
    History history = network.fit(rows, fit);
    for (History each : List.of(measured, history)) {
      if (each.threads() != (workload.isDivided() ? threads : 1)) {
        throw new IllegalStateException("it ran on another number of threads than the table says: " + each);
      }
    }
    if (!(history.last().loss() < history.epochs().getFirst().loss())) {
      throw new IllegalStateException("the loss does not fall: " + history);
    }
    Network other = workload.network();
    other.fit(rows, fit.threads(3 - threads));
    for (int l = 0; l < network.layers().size(); l++) {
      float[] expected = other.layers().get(l).weights().data();
      Floats.requireSameBits(expected.length, expected, 0, network.layers().get(l).weights().data(), 0);
    }
  }
}
