package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Softmax of each row, at the sizes of a network's output and padded as they are in training; {@code jdk} is
 * the formula over {@code Math.exp}.
 */
public class SoftmaxBenchmark extends KernelBenchmark {

  /** Rows x columns. */
  @Param({"15x10", "128x10", "128x256", "128x1000"})
  String size;

  private int rows;
  private int cols;
  private int ld;
  private float[] z;
  float[] out;

  @Override
  void prepare() {
    int x = size.indexOf('x');
    rows = Integer.parseInt(size, 0, x, 10);
    cols = Integer.parseInt(size, x + 1, size.length(), 10);
    ld = Panels.columns(cols);
    z = Floats.random(1, rows * ld, 8);
    out = Floats.unwritten(rows * ld);
  }

  @Override
  void rehearse(Kernels kernels) {
    kernels.softmax(1, cols, ld, z, 0, out, 0);
  }

  @Override
  void run(Kernels kernels) {
    kernels.softmax(rows, cols, ld, z, 0, out, 0);
  }

  @Override
  void check(Kernels kernels) {
    float[] expected = Floats.unwritten(out.length);
    SCALAR.softmax(rows, cols, ld, z, 0, expected, 0);
    Floats.requireSameBits(out.length, expected, 0, out, 0);
  }

  @Benchmark
  public void jdk() {
    for (int i = 0; i < rows; i++) {
      jdkRow(i * ld);
    }
  }

  private void jdkRow(int at) {
    float max = z[at];
    for (int j = at + 1; j < at + cols; j++) {
      max = Math.max(max, z[j]);
    }
    float sum = 0;
    for (int j = at; j < at + cols; j++) {
      out[j] = (float) Math.exp(z[j] - max);
      sum += out[j];
    }
    for (int j = at; j < at + cols; j++) {
      out[j] /= sum;
    }
    Arrays.fill(out, at + cols, at + ld, 0f);
  }

  @Override
  public void setUp(BenchmarkParams fork) {
    if (FormulaBenchmark.isJdk(fork)) {
      prepare();
      Rehearsal.of(() -> jdkRow(0), this::jdk);
    } else {
      super.setUp(fork);
    }
  }

  @Override
  public void check(BenchmarkParams fork) {
    if (FormulaBenchmark.isJdk(fork)) {
      checkJdk();
    } else {
      super.check(fork);
    }
  }

  /** Close to the scalar kernel, whose sum has another order. */
  final void checkJdk() {
    float[] expected = Floats.unwritten(out.length);
    SCALAR.softmax(rows, cols, ld, z, 0, expected, 0);
    Floats.requireWithin(out.length, 1e-5f, expected, 0, out, 0);
  }
}
