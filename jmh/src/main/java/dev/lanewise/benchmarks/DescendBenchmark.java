package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A step of gradient descent on packed weights, as training takes it: the product of a transposed A and B, and the update
 * with it. Shapes are those of {@link GemmBenchmark.MultiplyTransposedA}, whose product it is.
 */
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class DescendBenchmark extends KernelBenchmark {

  /** So small that weights stay what they are however often it is taken. */
  private static final float STEP = 1e-9f;

  @Param({
    "64x15x15", "15x10x15",
    "784x256x128", "256x128x128", "128x10x128",
    "1024x2048x256", "2048x2048x256", "2048x10x256",
    "512x512x512", "1024x1024x1024"
  })
  String shape;

  private int m;
  private int n;
  private int k;
  private int lda;
  private int ldb;
  private float[] a;
  private float[] b;
  private float[] packed;
  private float[] scratch;
  private int rehearsals;

  @Override
  void prepare() {
    Shape parsed = Shape.parse(shape);
    m = parsed.m();
    n = parsed.n();
    k = parsed.k();
    a = Floats.padded(k, m, Floats.random(1, m * k, 1));
    b = Floats.padded(k, n, Floats.random(2, k * n, 1));
    lda = Panels.stride(m);
    ldb = Panels.stride(n);
    scratch = new float[SCALAR.scratchLength(m, n, k)];
    packed = weights();
  }

  private float[] weights() {
    float[] weights = new float[SCALAR.packedLength(m, n)];
    SCALAR.pack(m, n, 0, m, Floats.random(3, m * n, 1), 0, n, weights);
    return weights;
  }

  /** Each number of rows of a tile. */
  @Override
  void rehearse(Kernels kernels) {
    int rows = 1 + rehearsals++ % Math.min(m, 16);
    kernels.descendPacked(m, n, Math.min(k, 16), 0, rows, STEP, a, Panels.LEAD, lda, b, Panels.LEAD, ldb, packed, Panels.LEAD, scratch);
  }

  @Override
  void rehearseLong(Kernels kernels) {
    kernels.descendPacked(m, n, k, 0, Math.min(m, 80), STEP, a, Panels.LEAD, lda, b, Panels.LEAD, ldb, packed, Panels.LEAD, scratch);
  }

  @Override
  void run(Kernels kernels) {
    kernels.descendPacked(m, n, k, 0, m, STEP, a, Panels.LEAD, lda, b, Panels.LEAD, ldb, packed, Panels.LEAD, scratch);
  }

  /** Nobody counts the timed steps, so that one more, from the start and a million times as long, answers for them. */
  @Override
  void check(Kernels kernels) {
    float[] expected = weights();
    float[] actual = weights();
    SCALAR.descendPacked(m, n, k, 0, m, 1e6f * STEP, a, Panels.LEAD, lda, b, Panels.LEAD, ldb, expected, Panels.LEAD, scratch);
    kernels.descendPacked(m, n, k, 0, m, 1e6f * STEP, a, Panels.LEAD, lda, b, Panels.LEAD, ldb, actual, Panels.LEAD, scratch);
    Floats.requireSameBits(expected.length, expected, 0, actual, 0);
  }
}
