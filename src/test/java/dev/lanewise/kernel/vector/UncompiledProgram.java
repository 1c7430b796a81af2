package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.KernelProvider;
import java.util.concurrent.locks.LockSupport;

/**
 * For a JVM that never compiles register tiles: waits until what comes behind the products is compiled, and prints which kernels products
 * have then, of as many columns as it is told, and what {@code Network.kernels} would say.
 */
public final class UncompiledProgram {

  private static final long LIMIT_NANOS = 90_000_000_000L;

  private UncompiledProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    int columns = Integer.parseInt(args[0]);
    KernelProvider.expectProducts(columns);
    long end = System.nanoTime() + LIMIT_NANOS;
    while (System.nanoTime() < end && KernelProvider.kernels().name().equals("scalar")) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println(KernelProvider.kernels().name());
    System.out.println(KernelProvider.products(columns).name());
    System.out.println(KernelProvider.describe());
  }
}
