package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The matrix product in the three forms that training needs, with whatever packing they do, and over a B that is packed
 * already. Shapes are cubes and those of training steps: of 64-15-10 in batches of 15, of 784-256-128-10 in batches of
 * 128, and of 1024-2048-2048-10 in batches of 256.
 *
 * <p>Of an answer with 2²⁸ terms or more, rows spread over the whole of it are compared, not all.
 */
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public abstract class GemmBenchmark extends KernelBenchmark {

  /** Forwards, and every other A·B. */
  public static class Multiply extends GemmBenchmark {

    @Param({
      "15x15x64", "15x10x15",
      "128x256x784", "128x128x256", "128x10x128",
      "256x2048x1024", "256x2048x2048", "256x10x2048",
      "64x64x64", "128x128x128", "256x256x256", "512x512x512", "1024x1024x1024", "2048x2048x2048"
    })
    String shape;

    @Override
    String shape() {
      return shape;
    }

    @Override
    void rows(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      kernels.multiply(rows, cols, terms, a, from * k, k, b, 0, n, null, 0, 0, out, from * n, n, scratch);
    }
  }

  /** Forwards, over weights that are packed once a step: packing is not timed. Timed are shapes that need no padding. */
  public static class MultiplyPacked extends GemmBenchmark {

    @Param({
      "128x256x784", "128x128x256", "256x2048x1024", "256x2048x2048",
      "64x64x64", "128x128x128", "256x256x256", "512x512x512", "1024x1024x1024", "2048x2048x2048"
    })
    String shape;

    private float[] packed;

    @Override
    String shape() {
      return shape;
    }

    @Override
    void prepare() {
      super.prepare();
      packed = new float[SCALAR.packedLength(k, n)];
      SCALAR.pack(k, n, 0, k, b, 0, n, packed);
    }

    @Override
    void rows(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      int ld = Panels.columns(n);
      if (ld == n) {
        kernels.multiplyPacked(rows, cols, terms, a, from * k, k, packed, Panels.LEAD, null, 0, 0, out, from * n, n, scratch);
        return;
      }
      float[] padded = new float[rows * ld];
      kernels.multiplyPacked(rows, cols, terms, a, from * k, k, packed, Panels.LEAD, null, 0, 0, padded, 0, ld, scratch);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(padded, i * ld, out, (from + i) * n, cols);
      }
    }
  }

  /** Aᵀ·B: the gradient of the weights. */
  public static class MultiplyTransposedA extends GemmBenchmark {

    @Param({
      "64x15x15", "15x10x15",
      "784x256x128", "256x128x128", "128x10x128",
      "1024x2048x256", "2048x2048x256", "2048x10x256",
      "64x64x64", "128x128x128", "256x256x256", "512x512x512", "1024x1024x1024", "2048x2048x2048"
    })
    String shape;

    @Override
    String shape() {
      return shape;
    }

    @Override
    boolean transposedA() {
      return true;
    }

    @Override
    void rows(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      kernels.multiplyTransposedA(rows, cols, terms, a, from, m, b, 0, n, null, 0, 0, out, from * n, n, scratch);
    }
  }

  /** A·Bᵀ: the error handed back to the layer before. */
  public static class MultiplyTransposedB extends GemmBenchmark {

    @Param({
      "15x15x10",
      "128x256x128", "128x128x10",
      "256x2048x2048", "256x2048x10",
      "64x64x64", "128x128x128", "256x256x256", "512x512x512", "1024x1024x1024", "2048x2048x2048"
    })
    String shape;

    @Override
    String shape() {
      return shape;
    }

    @Override
    boolean transposedB() {
      return true;
    }

    @Override
    void rows(Kernels kernels, int from, int rows, int cols, int terms, float[] out) {
      kernels.multiplyTransposedB(rows, cols, terms, a, from * k, k, b, 0, k, null, 0, 0, out, from * n, n, scratch);
    }
  }

  int m;
  int n;
  int k;
  float[] a;
  float[] b;
  float[] c;
  float[] scratch;
  private int rehearsals;
  private MemorySegment nativeA;
  private MemorySegment nativeB;
  private MemorySegment nativeC;

  abstract String shape();

  /** Whether A is given as k × m. */
  boolean transposedA() {
    return false;
  }

  /** Whether B is given as n × k. */
  boolean transposedB() {
    return false;
  }

  /** Computes some rows of the product from one on, into the same rows of out; fewer columns and terms to rehearse. */
  abstract void rows(Kernels kernels, int from, int rows, int cols, int terms, float[] out);

  @Override
  void prepare() {
    Shape shape = Shape.parse(shape());
    m = shape.m();
    n = shape.n();
    k = shape.k();
    a = Floats.random(1, m * k, 1);
    b = Floats.random(2, k * n, 1);
    c = Floats.unwritten(m * n);
    scratch = new float[SCALAR.scratchLength(m, n, k)];
    nativeA = MemorySegment.ofArray(a);
    nativeB = MemorySegment.ofArray(b);
    nativeC = MemorySegment.ofArray(c);
  }

  /** The same from OpenBLAS through {@code java.lang.foreign}, packing included in all forms. */
  @Benchmark
  @Fork(jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
  public void openBlas(Yardsticks.OpenBlas library) {
    int lda = transposedA() ? m : k;
    int ldb = transposedB() ? k : n;
    NativeBlas.Open.BLAS.multiply(
        transposedA(), transposedB(), m, n, k, 1, nativeA, lda, nativeB, ldb, 0, nativeC, n);
  }

  /** Each tile, with each number of rows. */
  @Override
  final void rehearse(Kernels kernels) {
    int rows = 1 + rehearsals++ % Math.min(m, 16);
    rows(kernels, 0, rows, Math.min(n, 90), Math.min(k, 24), c);
  }

  /** Enough rows for two tiles and for packing. */
  @Override
  final void rehearseLong(Kernels kernels) {
    rows(kernels, 0, Math.min(m, 40), n, k, c);
  }

  @Override
  final void run(Kernels kernels) {
    rows(kernels, 0, m, n, k, c);
  }

  @Override
  final void check(Kernels kernels) {
    check((expected, at) -> Floats.requireSameBits(n, expected, at, c, at));
  }

  /** OpenBLAS adds up in an order of its own. */
  @Override
  public final void check(BenchmarkParams fork) {
    if (fork.getBenchmark().endsWith(".openBlas")) {
      checkClose();
    } else {
      super.check(fork);
    }
  }

  final void checkClose() {
    check((expected, at) -> Floats.requireClose(n, k * 1e-6f, expected, at, c, at));
  }

  /** Computes rows with the scalar kernel and compares each. */
  private void check(RowCheck rowCheck) {
    float[] expected = new float[m * n];
    // Odd, so that every row of a tile has its turn.
    int step = 1 + 2 * (int) (((long) m * n * k) >> 28);
    for (int i = 0; i < m; i += step) {
      rows(SCALAR, i, 1, n, k, expected);
      rowCheck.check(expected, i * n);
    }
    rows(SCALAR, m - 1, 1, n, k, expected);
    rowCheck.check(expected, (m - 1) * n);
  }

  /** Compares n elements from an index on with those of c. */
  @FunctionalInterface
  private interface RowCheck {
    void check(float[] expected, int at);
  }
}
