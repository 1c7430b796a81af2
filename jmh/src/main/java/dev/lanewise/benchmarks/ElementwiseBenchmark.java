package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Param;

/**
 * One kernel that works element by element, on arrays that fit into the L1 cache and on larger ones. How fast those are
 * depends on where they begin, which differs from fork to fork and with the offset: read medians over both.
 */
public abstract class ElementwiseBenchmark extends KernelBenchmark {

  /** Whole vectors and a tail. */
  private static final int SHORT = 49;

  @Param({"4096", "1048576"})
  int n;

  /** Where the arrays are worked on from; 12 is the start of a cache line in a large array. */
  @Param({"0", "12"})
  int offset;

  float[] x;
  float[] y;
  float[] out;

  @Override
  final void prepare() {
    x = Floats.random(1, offset + n, 8);
    y = Floats.random(2, offset + n, 8);
    out = outputs();
  }

  /** What {@link #out} holds before the first call. */
  float[] outputs() {
    return Floats.unwritten(offset + n);
  }

  @Override
  final void rehearse(Kernels kernels) {
    apply(kernels, SHORT);
  }

  @Override
  final void run(Kernels kernels) {
    apply(kernels, n);
  }

  @Override
  void check(Kernels kernels) {
    float[] actual = out;
    out = outputs();
    apply(SCALAR, n);
    Floats.requireSameBits(n, out, offset, actual, offset);
  }

  /** Calls the kernel on the first elements from {@link #offset} on, from x and y to out. */
  abstract void apply(Kernels kernels, int length);
}
