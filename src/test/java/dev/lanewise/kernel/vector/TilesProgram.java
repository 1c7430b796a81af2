package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Warmable.Loops;
import dev.lanewise.kernel.Warmable.Tiling;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the tiles that calls without terms show C2; with {@code often}, these and the loops of other kernels as often as has them compiled;
 * or, with the argument {@code warmed}, those that the whole warm-up of a network without panels of medium width calls. With {@code
 * hurried}, it also asks for an optimizer, an activation or the like, one after the other, while the stages run that gain little.
 */
public final class TilesProgram {

  /** As many calls as the JVM's first compiler takes to compile a method with a profile, and some more. */
  private static final int OFTEN = 4000;

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private TilesProgram() {}

  /** Prints what it has done. */
  public static void main(String[] args) {
    if (args.length == 0 || args[0].equals("often")) {
      VectorKernels kernels = new VectorKernels();
      int times = args.length == 0 ? 1 : OFTEN;
      for (Tiling tiling : Tiling.values()) {
        kernels.callTilesWithoutTerms(tiling, times);
      }
      for (Loops loops : args.length == 0 ? new Loops[0] : Loops.values()) {
        kernels.callWithoutTurns(loops, times);
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
