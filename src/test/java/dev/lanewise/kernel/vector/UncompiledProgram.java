package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.KernelProvider;
import java.util.concurrent.locks.LockSupport;

/** For a JVM that never compiles register tiles: waits longer than a stage of the warm-up does, and prints which kernels products have. */
public final class UncompiledProgram {

  private static final long LONGER_NANOS = 12_000_000_000L;

  private UncompiledProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    KernelProvider.expectProducts(64);
    long end = System.nanoTime() + LONGER_NANOS;
    while (System.nanoTime() < end && KernelProvider.products(64).name().equals("scalar")) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println(KernelProvider.products(64).name());
  }
}
