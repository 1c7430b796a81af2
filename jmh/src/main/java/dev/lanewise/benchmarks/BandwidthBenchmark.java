package dev.lanewise.benchmarks;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one core moves to and from memory, over arrays far larger than any cache. One operation here is one byte that a
 * program reads or writes, so that the score is ns/byte; a line that is read only to be written is not counted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class BandwidthBenchmark {

  /** 256 MiB an array. */
  private static final int LENGTH = 1 << 26;

  private static final int TRIAD_BYTES = 3 * 4 * LENGTH;

  private final float[] x = new float[LENGTH];
  private final float[] y = new float[LENGTH];
  final float[] out = new float[LENGTH];

  /** Whole numbers, so that sums are exact. */
  @Setup
  public void setUp() {
    for (int i = 0; i < LENGTH; i++) {
      x[i] = i & 0xffff;
      y[i] = i & 0xff;
    }
  }

  /** out = x + ½·y: two arrays read and one written. */
  @Benchmark
  @OperationsPerInvocation(TRIAD_BYTES)
  public void triad() {
    for (int i = 0; i < LENGTH; i++) {
      out[i] = x[i] + 0.5f * y[i];
    }
  }

  /** Some of the sums, and the last. */
  @TearDown
  public void check() {
    for (int i = LENGTH - 1; i >= 0; i -= 4_999) {
      if (out[i] != (i & 0xffff) + 0.5f * (i & 0xff)) {
        throw new IllegalStateException("element " + i + " is " + out[i]);
      }
    }
  }
}
