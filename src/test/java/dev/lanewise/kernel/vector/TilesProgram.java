package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Warmable.Tiling;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the tiles that calls without terms show C2, or, with the argument {@code warmed}, those that the whole warm-up of a network
 * without panels of medium width calls. With {@code hurried}, it also asks for an optimizer, an activation or the like, one after the
 * other, while the stages run that gain little.
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
    Iterator<Extra> others = List.of(Extra.values()).iterator();
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!hasAll() && System.nanoTime() < end) {
      if (args[0].equals("hurried") && TilingInUse.here() == Tiling.FINE && others.hasNext()) {
        KernelProvider.kernels(others.next());
        LockSupport.parkNanos(100_000_000);
      }
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println(hasAll() ? "warmed" : "some tiles");
  }

  private static boolean hasAll() {
    return KernelProvider.products(2 * Panels.WIDE).name().equals("vector") && TilingInUse.isAll();
  }
}
