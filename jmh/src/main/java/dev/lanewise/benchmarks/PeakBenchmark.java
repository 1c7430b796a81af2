package dev.lanewise.benchmarks;

import dev.lanewise.kernel.vector.VectorKernels;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one core can do at most: twelve independent chains of fused multiply-adds that never leave the registers, of
 * which some machines have sixteen, in vectors of the kernels' width. One operation here is one floating-point
 * operation, so that the score is ns/FLOP.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class PeakBenchmark {

  private static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(new VectorKernels().vectorBits()));

  private static final int CHAINS = 12;
  static final int FLOP = 3 << 17;
  private static final int FLOP_PER_STEP = 2 * CHAINS * SPECIES.length();

  /** Their product, an eighth, is what each step adds to a chain: all sums are exact, as long as a call is. */
  private float factor = 0.5f;

  private float other = 0.25f;
  float result;

  /** Short calls first, as in {@link KernelBenchmark#setUp}. */
  @Setup
  public void setUp() {
    for (int i = 0; i < 20_000; i++) {
      result = chains(8, factor, other);
    }
  }

  /** What {@link #widest} takes for a FLOP now, by so many calls: beside something else, as the clock changes by the minute. */
  double nanosAFlop(int calls) {
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      widest();
    }
    return (double) (System.nanoTime() - begin) / calls / FLOP;
  }

  @Benchmark
  @OperationsPerInvocation(FLOP)
  public void widest() {
    result = chains(FLOP / FLOP_PER_STEP, factor, other);
  }

  @Benchmark
  @OperationsPerInvocation(FLOP)
  @Fork(jvmArgsAppend = "-XX:MaxVectorSize=32")
  public void at256Bits() {
    widest();
  }

  @Benchmark
  @OperationsPerInvocation(FLOP)
  @Fork(jvmArgsAppend = "-XX:MaxVectorSize=16")
  public void at128Bits() {
    widest();
  }

  /** Both cores of a small machine at once; the score is that of each thread. */
  @Benchmark
  @OperationsPerInvocation(FLOP)
  @Threads(2)
  public void twoThreads() {
    widest();
  }

  /** The chains begin with 0 to 11, and their lanes add up. */
  @TearDown
  public void check() {
    int steps = FLOP / FLOP_PER_STEP;
    float expected = SPECIES.length() * (66 + CHAINS * steps * 0.125f);
    if (result != expected) {
      throw new IllegalStateException("the chains end at " + result + " instead of " + expected);
    }
  }

  /** Each chain begins elsewhere, so that they are twelve. */
  private static float chains(int steps, float factor, float other) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector s = FloatVector.broadcast(SPECIES, other);
    FloatVector c0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector c1 = FloatVector.broadcast(SPECIES, 1f);
    FloatVector c2 = FloatVector.broadcast(SPECIES, 2f);
    FloatVector c3 = FloatVector.broadcast(SPECIES, 3f);
    FloatVector c4 = FloatVector.broadcast(SPECIES, 4f);
    FloatVector c5 = FloatVector.broadcast(SPECIES, 5f);
    FloatVector c6 = FloatVector.broadcast(SPECIES, 6f);
    FloatVector c7 = FloatVector.broadcast(SPECIES, 7f);
    FloatVector c8 = FloatVector.broadcast(SPECIES, 8f);
    FloatVector c9 = FloatVector.broadcast(SPECIES, 9f);
    FloatVector c10 = FloatVector.broadcast(SPECIES, 10f);
    FloatVector c11 = FloatVector.broadcast(SPECIES, 11f);
    for (int i = 0; i < steps; i++) {
      c0 = f.fma(s, c0);
      c1 = f.fma(s, c1);
      c2 = f.fma(s, c2);
      c3 = f.fma(s, c3);
      c4 = f.fma(s, c4);
      c5 = f.fma(s, c5);
      c6 = f.fma(s, c6);
      c7 = f.fma(s, c7);
      c8 = f.fma(s, c8);
      c9 = f.fma(s, c9);
      c10 = f.fma(s, c10);
      c11 = f.fma(s, c11);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7)
        .add(c8).add(c9).add(c10).add(c11);
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
