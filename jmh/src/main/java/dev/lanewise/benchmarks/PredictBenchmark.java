package dev.lanewise.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Network;
import dev.lanewise.Predictor;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Matrix;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * {@code predict} of a network and of its predictor on 784-256-128-10, for one row and for a batch, into the caller's arrays. Each
 * call is timed: the figure is the median over them. What calls allocate is counted apart, since JMH's own samples take memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PredictBenchmark {

  /** Rows of the batch. */
  static final int ROWS = 1024;

  /** Of the products of one row. */
  static final double FLOP_PER_ROW = 2.0 * (784 * 256 + 256 * 128 + 128 * 10);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int INPUTS = 784;
  private static final int OUTPUTS = 10;

  private final Network network =
      Network.input(INPUTS).dense(256, Activation.RELU).dense(128, Activation.RELU).dense(OUTPUTS, Activation.SOFTMAX)
          .seed(1).build();
  private final float[] row = Floats.random(1, INPUTS, 1);
  final float[] rowOut = Floats.unwritten(OUTPUTS);
  private final Matrix x = Matrix.of(ROWS, INPUTS, Floats.random(2, ROWS * INPUTS, 1));
  final Matrix out = Matrix.of(ROWS, OUTPUTS, Floats.unwritten(ROWS * OUTPUTS));

  /** Who predicts. */
  public enum By {
    NETWORK,
    PREDICTOR
  }

  @Param By by = By.NETWORK;
  private Predictor predictor;

  @Setup
  public void setUp() {
    predictor = by == By.PREDICTOR ? network.predictor() : null;
    LibraryKernels.await();
  }

  @Benchmark
  public float[] row() {
    return predictor == null ? network.predict(row, rowOut) : predictor.predict(row, rowOut);
  }

  @Benchmark
  public Matrix batch() {
    return predictor == null ? network.predict(x, out) : predictor.predict(x, out);
  }

  /** What the thread of the calls allocated, and their number. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Allocated {
    public long calls;
    public long bytes;
    private long before;

    @Setup(Level.Iteration)
    public void begin() {
      calls = 0;
      before = THREADS.getCurrentThreadAllocatedBytes();
    }

    @TearDown(Level.Iteration)
    public void end() {
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
  }

  /** Counts what {@link #row} allocates. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public float[] rowBytes(Allocated allocated) {
    allocated.calls++;
    return row();
  }

  /** Counts what {@link #batch} allocates. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public Matrix batchBytes(Allocated allocated) {
    allocated.calls++;
    return batch();
  }

  /** The answer of the method of this fork has the bits that the scalar kernels give. */
  @TearDown
  public void check(BenchmarkParams fork) {
    if (fork.getBenchmark().contains(".row")) {
      checkRow();
    } else {
      checkBatch();
    }
  }

  void checkRow() {
    Floats.requireSameBits(OUTPUTS, scalar(Matrix.of(1, INPUTS, row)), 0, rowOut, 0);
  }

  void checkBatch() {
    Floats.requireSameBits(ROWS * OUTPUTS, scalar(x), 0, out.data(), 0);
  }

  /** Layer by layer with the scalar kernels. */
  private float[] scalar(Matrix inputs) {
    Kernels kernels = KernelBenchmark.SCALAR;
    int rows = inputs.rows();
    float[] a = inputs.data();
    for (Layer layer : network.layers()) {
      int k = layer.inputs();
      int n = layer.outputs();
      float[] z = new float[rows * n];
      kernels.multiply(
          rows, n, k, a, 0, k, layer.weights().data(), 0, n, layer.bias().data(), 0, 0, z, 0, n,
          new float[kernels.scratchLength(rows, n, k)]);
      a = new float[rows * n];
      if (layer.activation().equals(Activation.RELU)) {
        kernels.relu(rows * n, z, 0, a, 0);
      } else {
        kernels.softmax(rows, n, n, z, 0, a, 0);
      }
    }
    return a;
  }
}
