package dev.lanewise;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for kernels until those of every kind are the vector ones, for a minute at most, and prints how many are. With the argument
 * {@code interrupted} it first waits for products as an interrupted thread.
 */
public final class WarmUpProgram {

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private WarmUpProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    if (List.of(args).contains("interrupted")) {
      Thread.currentThread().interrupt();
      KernelProvider.awaitProducts(100, System.nanoTime() + KernelProvider.LONGEST_WAIT_NANOS);
      System.out.println("interrupted " + Thread.interrupted());
    }
    awaitAll();
    System.out.println(count("vector") + " vector, " + count("scalar") + " scalar");
  }

  /** Whether the kernels of every kind are the vector ones, at once or within a minute. */
  static boolean awaitAll() {
    long deadline = System.nanoTime() + KernelProvider.LONGEST_WAIT_NANOS;
    KernelProvider.awaitProducts(10, deadline);
    KernelProvider.awaitProducts(64, deadline);
    KernelProvider.awaitProducts(100, deadline);
    long end = System.nanoTime() + LIMIT_NANOS;
    while (KernelProvider.isVector() && count("vector") < names().size() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return count("vector") == names().size();
  }

  private static long count(String name) {
    return names().stream().filter(name::equals).count();
  }

  private static List<String> names() {
    return List.of(
        KernelProvider.products(10).name(), KernelProvider.products(64).name(), KernelProvider.products(100).name(),
        KernelProvider.kernels().name(), KernelProvider.kernels(Extra.CROSS_ENTROPY).name(),
        KernelProvider.kernels(Extra.ELEMENTWISE).name(), KernelProvider.kernels(Extra.ADAM).name());
  }
}
