package dev.lanewise;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for kernels until those of every kind are the vector ones, for a minute at most, or once where a property says which they are, and
 * prints how many are. With the argument {@code interrupted} it first waits for products as an interrupted thread.
 */
public final class WarmUpProgram {

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private WarmUpProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    long deadline = System.nanoTime() + KernelProvider.LONGEST_WAIT_NANOS;
    if (List.of(args).contains("interrupted")) {
      Thread.currentThread().interrupt();
      KernelProvider.awaitProducts(100, deadline);
      System.out.println("interrupted " + Thread.interrupted());
    }
    KernelProvider.awaitProducts(10, deadline);
    KernelProvider.awaitProducts(64, deadline);
    KernelProvider.awaitProducts(100, deadline);
    long end = System.nanoTime() + LIMIT_NANOS;
    long vector = count("vector");
    boolean comes = KernelProvider.isVector() && !System.getProperty(KernelProvider.PROPERTY, "").equals("vector");
    while (comes && vector < names().size() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
      vector = count("vector");
    }
    System.out.println(vector + " vector, " + count("scalar") + " scalar");
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
