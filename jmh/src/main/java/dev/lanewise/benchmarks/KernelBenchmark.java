package dev.lanewise.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
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

  private static final long ROUND_NANOS = 300_000_000;
  private static final int MOST_ROUNDS = 10;
  private static final int SHORT_CALLS = 512;

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
    int round = 0;
    while (round < MOST_ROUNDS && !isCompiled(kernels)) {
      round++;
    }
  }

  /**
   * Calls the kernel on short arrays for a while, as the library does when it starts: a vector method whose first calls
   * are long may be compiled in the middle of a loop and stay slow. A long call now and then shows C2 the branches that
   * only those take. The kernel is compiled when nothing else was meanwhile, and calls allocate nothing.
   */
  private boolean isCompiled(Kernels kernels) {
    long compiled = COMPILER.getTotalCompilationTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long end = System.nanoTime() + ROUND_NANOS;
    long calls = 0;
    while (System.nanoTime() < end) {
      rehearse(kernels);
      if (++calls % SHORT_CALLS == 0) {
        rehearseLong(kernels);
      }
    }
    return COMPILER.getTotalCompilationTime() == compiled
        && THREADS.getCurrentThreadAllocatedBytes() - allocated < calls;
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
