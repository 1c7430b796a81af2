package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Warmable;
import dev.lanewise.kernel.Warmable.Tiling;

/**
 * Which tiling products use: one for all threads, and another for the one that tries it. What is asked here has no branch, of which C2
 * would leave out the side that no thread has taken yet, and throw away all code with it when one does.
 */
final class TilingInUse {

  /**
   * What is in use, and what that says.
   *
   * @param isFirst whether it is the first tiles of Zen 4 and 5: the one for all layouts is brought to speed with the finer ones, by who
   *     tries these, and in use once all tiles are
   */
  private record Use(Tiling tiling, boolean isFiner, boolean isAll, boolean isFirst) {

    static Use of(Tiling tiling, boolean isFirst) {
      return new Use(tiling, tiling != Tiling.COARSE, tiling == Tiling.ALL, Blocking.ZEN && isFirst);
    }

    static Use byTrial(Tiling tiling) {
      return of(tiling, tiling == Tiling.COARSE);
    }

    static Use byAll(Tiling tiling) {
      return of(tiling, tiling != Tiling.ALL);
    }
  }

  /** What a thread uses that tries another tiling than others, and what others use: a pair that never changes. */
  private static volatile Use[] used = {Use.byTrial(Tiling.ALL), Use.byAll(Tiling.ALL)};

  /** The number of the thread that tries, or 0. */
  private static volatile long trial;

  private TilingInUse() {}

  /** See {@link Warmable#useTiles}. */
  static void use(Tiling tiling) {
    used = new Use[] {used[0], Use.byAll(tiling)};
  }

  /** See {@link Warmable#tiling}. */
  static Tiling ofOthers() {
    return used[1].tiling;
  }

  /** See {@link Warmable#tryTiles}. */
  static void tryOut(Tiling tiling) {
    trial = 0;
    if (tiling != null) {
      used = new Use[] {Use.byTrial(tiling), used[1]};
      trial = Thread.currentThread().threadId();
    }
  }

  private static Use ofThread() {
    int other = Long.signum(Thread.currentThread().threadId() - trial);
    return used[other * other];
  }

  /** What the calling thread uses. */
  static Tiling here() {
    return ofThread().tiling;
  }

  /** Whether this thread uses the first tiles of Zen 4 and 5. */
  static boolean isFirst() {
    return ofThread().isFirst;
  }

  /** Whether this thread uses the finer tiles. */
  static boolean isFiner() {
    return ofThread().isFiner;
  }

  /** Whether this thread uses everything that products have. */
  static boolean isAll() {
    return ofThread().isAll;
  }

  /** Whether this thread tries a tiling: with examples, which are smaller than what it will be of use for. */
  static boolean tries() {
    return Thread.currentThread().threadId() == trial;
  }
}
