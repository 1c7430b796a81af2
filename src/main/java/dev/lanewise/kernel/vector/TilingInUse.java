package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Warmable;
import dev.lanewise.kernel.Warmable.Tiling;

/** Which tiling products use: one for all threads, and another for the one that tries it. */
final class TilingInUse {

  /** What a thread uses that tries another tiling than others, and what others use: a pair that never changes. */
  private static volatile Tiling[] used = {Tiling.ALL, Tiling.ALL};

  /** The number of the thread that tries, or 0. */
  private static volatile long trial;

  private TilingInUse() {}

  /** See {@link Warmable#useTiles}. */
  static void use(Tiling tiling) {
    used = new Tiling[] {used[0], tiling};
  }

  /** See {@link Warmable#tiling}. */
  static Tiling ofOthers() {
    return used[1];
  }

  /** See {@link Warmable#tryTiles}. */
  static void tryOut(Tiling tiling) {
    trial = 0;
    if (tiling != null) {
      used = new Tiling[] {tiling, used[1]};
      trial = Thread.currentThread().threadId();
    }
  }

  /**
   * What the calling thread uses. Without a branch, of which C2 would leave out the side that a thread has not taken yet, and throw away
   * all code with it when one does.
   */
  static Tiling here() {
    int other = Long.signum(Thread.currentThread().threadId() - trial);
    return used[other * other];
  }

  /** Whether this thread uses the finer tiles. */
  static boolean isFiner() {
    return here() != Tiling.COARSE;
  }

  /** Whether this thread uses everything that products have. */
  static boolean isAll() {
    return here() == Tiling.ALL;
  }

  /** Whether this thread tries a tiling: with examples, which are smaller than what it will be of use for. */
  static boolean tries() {
    return Thread.currentThread().threadId() == trial;
  }
}
