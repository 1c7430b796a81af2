package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The kernels as a program gets them: where vector ones were chosen, scalar ones work until those are compiled. */
final class LibraryKernels {

  private static final String WARM_UP = "lanewise-warm-up";
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private static final long PAUSE_NANOS = 1_000_000;

  /** What networks without much else have. */
  private static final List<Extra> USUAL = List.of(
      Extra.ELEMENTWISE, Extra.SIGMOID, Extra.TANH, Extra.SOFTMAX, Extra.CROSS_ENTROPY, Extra.WIDE_CROSS_ENTROPY, Extra.SQUARED_ERRORS);

  private LibraryKernels() {}

  /**
   * Waits until the library has brought the vector kernels to speed, if it has chosen them, or given up those that C2 did not
   * compile well, and its threads for that have ended: all of them, since this asks for wide products too.
   *
   * @throws IllegalStateException if that takes a minute
   */
  static void await() {
    await(USUAL);
  }

  /** The same for the kernels of every activation, loss, optimizer and option. */
  static void awaitAll() {
    await(List.of(Extra.values()));
  }

  private static void await(List<Extra> extras) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (KernelProvider.isVector() && anyIsScalar(extras) && warmUps().findAny().isPresent()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the vector kernels are still not compiled");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    warmUps().forEach(LibraryKernels::join);
    if (KernelProvider.isVector() && anyIsScalar(extras)) {
      System.err.println("some groups of kernels stay scalar: C2 has not compiled them well");
    }
  }

  private static Stream<Thread> warmUps() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(WARM_UP));
  }

  private static void join(Thread thread) {
    try {
      thread.join(LIMIT_NANOS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean anyIsScalar(List<Extra> extras) {
    // The extra kernels are brought to speed only once somebody asks for them: for all of them, whatever the first is.
    List<Kernels> all = Stream.concat(
        Stream.of(
            KernelProvider.products(Panels.WIDE), KernelProvider.products(Panels.MEDIUM), KernelProvider.products(1),
            KernelProvider.kernels()),
        extras.stream().map(KernelProvider::kernels)).toList();
    return all.contains(ScalarKernels.INSTANCE);
  }
}
