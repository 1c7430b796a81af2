package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Param;

/** Softmax of each row, at the sizes of a network's output. */
public class SoftmaxBenchmark extends KernelBenchmark {

  /** Rows x columns. */
  @Param({"15x10", "128x10", "128x256"})
  String size;

  private int rows;
  private int cols;
  private float[] z;
  float[] out;

  @Override
  void prepare() {
    int x = size.indexOf('x');
    rows = Integer.parseInt(size, 0, x, 10);
    cols = Integer.parseInt(size, x + 1, size.length(), 10);
    z = Floats.random(1, rows * cols, 8);
    out = Floats.unwritten(rows * cols);
  }

  @Override
  void rehearse(Kernels kernels) {
    kernels.softmax(1, cols, z, 0, out, 0);
  }

  @Override
  void run(Kernels kernels) {
    kernels.softmax(rows, cols, z, 0, out, 0);
  }

  @Override
  void check(Kernels kernels) {
    float[] expected = Floats.unwritten(out.length);
    SCALAR.softmax(rows, cols, z, 0, expected, 0);
    Floats.requireSameBits(out.length, expected, 0, out, 0);
  }
}
