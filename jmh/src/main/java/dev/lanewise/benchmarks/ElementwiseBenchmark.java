package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Param;

/**
 * One kernel that works element by element, on arrays that fit into the L1 cache and on larger ones.
 *
 * <p>How fast those are depends on where they begin. A small array begins anywhere, and moves; a large one begins where a
 * region of the heap does, behind 16 bytes of its own. So all are parts of large arrays: at offset 12 vectors are aligned,
 * at offset 0 each of 512 bits lies across two cache lines. Read medians over both. All begin at the same offset, without
 * which C2 does not vectorise the scalar loops.
 */
public abstract class ElementwiseBenchmark extends KernelBenchmark {

  /** Whole vectors and a tail. */
  static final int SHORT = 49;

  /** What is large for every size of a heap's region. */
  private static final int LARGE = 1 << 21;

  @Param({"4096", "1048576"})
  int n;

  /** Floats before the first that is worked on. */
  @Param({"0", "12"})
  int offset;

  float[] x;
  float[] y;
  float[] out;

  @Override
  final void prepare() {
    x = Floats.random(1, length(), bound());
    y = Floats.random(2, length(), bound());
    out = outputs();
  }

  /** What inputs lie between, both signs. */
  float bound() {
    return 8;
  }

  private int length() {
    return Math.max(LARGE, offset + n);
  }

  /** What {@link #out} holds before the first call. */
  float[] outputs() {
    return Floats.unwritten(length());
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
