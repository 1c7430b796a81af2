package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One kernel in three kinds of forks: the scalar kernel, the scalar kernel where C2 may not vectorise its loops, and
 * the vector kernel. They are called directly: nothing here starts {@code KernelProvider} and its warm-up thread.
 *
 * <p>What the last timed call left behind is compared with the scalar kernel, bit for bit, after the last iteration; a
 * benchmark whose answer differs fails and has no figure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public abstract class KernelBenchmark {

  static final Kernels SCALAR = ScalarKernels.INSTANCE;

  /** Loaded in the forks that need them. */
  static final class Vector {
    static final Kernels KERNELS = new VectorKernels();

    private Vector() {}
  }

  /** Fills the inputs and brings the kernel to speed. */
  @Setup
  public void setUp(BenchmarkParams fork) {
    prepare();
    Kernels kernels = kernelsOf(fork);
    Rehearsal.of(() -> rehearse(kernels), () -> rehearseLong(kernels));
  }

  @Benchmark
  public void scalar() {
    run(SCALAR);
  }

  @Benchmark
  @Fork(jvmArgsAppend = "-XX:-UseSuperWord")
  public void scalarNoSuperWord() {
    run(SCALAR);
  }

  @Benchmark
  public void vector() {
    run(Vector.KERNELS);
  }

  @TearDown
  public void check(BenchmarkParams fork) {
    check(kernelsOf(fork));
  }

  private static Kernels kernelsOf(BenchmarkParams fork) {
    return fork.getBenchmark().endsWith(".vector") ? Vector.KERNELS : SCALAR;
  }

  /** Fills inputs and outputs. */
  abstract void prepare();

  /** A short call. */
  abstract void rehearse(Kernels kernels);

  /** A call that goes through each loop more than once, where {@link #run} does. */
  void rehearseLong(Kernels kernels) {
    run(kernels);
  }

  /** What is timed. */
  abstract void run(Kernels kernels);

  /**
   * Compares what {@link #run} left behind with the scalar kernel.
   *
   * @param kernels those that ran
   * @throws IllegalStateException if a bit differs
   */
  abstract void check(Kernels kernels);
}
