package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Warmable.Tiling;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the tiles that calls without terms show C2, or, with the argument {@code warmed}, those that the whole warm-up of a network without
 * panels of medium width calls.
 */
public final class TilesProgram {

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private TilesProgram() {}

  /** Prints what it has done. */
  public static void main(String[] args) {
    if (args.length == 0) {
      for (Tiling tiling : Tiling.values()) {
        new VectorKernels().callTilesWithoutTerms(tiling, 1);
      }
      System.out.println("shown");
      return;
    }
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!hasAll() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println(hasAll() ? "warmed" : "some tiles");
  }

  private static boolean hasAll() {
    return KernelProvider.products(2 * Panels.WIDE).name().equals("vector") && TilingInUse.isAll();
  }
}
