package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.KernelProvider;
import java.util.concurrent.locks.LockSupport;

/** Asks for nothing but narrow products, for a minute at most, and prints whether they get all tiles that there are. */
public final class NarrowProductsProgram {

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private NarrowProductsProgram() {}

  /** Waits and prints. */
  public static void main(String[] args) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!hasAll() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println(hasAll() ? "all tiles" : "some tiles");
  }

  private static boolean hasAll() {
    return KernelProvider.products(10).name().equals("vector") && TilingInUse.isAll();
  }
}
