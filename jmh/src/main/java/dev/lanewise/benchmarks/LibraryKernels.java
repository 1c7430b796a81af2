package dev.lanewise.benchmarks;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;

/** The kernels as a program gets them: where vector ones were chosen, scalar ones work until those are compiled. */
final class LibraryKernels {

  private static final String WARM_UP = "lanewise-warm-up";
  private static final long LIMIT_NANOS = 20_000_000_000L;

  private LibraryKernels() {}

  /**
   * Waits until the library has brought the vector kernels to speed, if it has chosen them, and its threads for that
   * have ended: all of them, since this asks for wide products too.
   *
   * @throws IllegalStateException if that takes 20 s
   */
  static void await() {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (KernelProvider.isVector()
        && (isScalar(KernelProvider.kernels()) || isScalar(KernelProvider.products(1))
            || isScalar(KernelProvider.products(Panels.WIDE)))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the vector kernels are still not compiled");
      }
      Thread.onSpinWait();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(WARM_UP)) {
        join(thread);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(LIMIT_NANOS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean isScalar(Kernels kernels) {
    return kernels.equals(ScalarKernels.INSTANCE);
  }
}
