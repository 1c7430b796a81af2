package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Fetches the lines that a tile of a gradient will end in, as x64's {@code PREFETCHW} would, which Java has not: by stores whose mask is
 * empty. They write nothing, and nothing waits for the lines; a load would hold up all that comes behind it, for as long as its line takes
 * from memory. As with any store the line most likely leaves other cores' caches: so it is for what this thread alone will write.
 *
 * <p>All lines at once, between two tiles: where weights are near, that costs a gradient of 256 terms 1 to 2 %. In the loop of a tile, or
 * at its end, C2 no longer kept all sums in registers, in some processes and not in others.
 */
final class PrefetchForWrite extends NotInlined {

  /** What is fetched: a tile of a wide panel of gradients. */
  static final int FLOATS = StridedGradientTile6x4.ROWS * WIDE;

  private PrefetchForWrite() {}

  /** Fetches {@value #FLOATS} floats, or none where there are not so many. */
  static void run(float[] c, int at) {
    if (at < 0 || at > c.length - FLOATS) {
      return;
    }
    VectorMask<Float> none = SPECIES.indexInRange(at, 0);
    FloatVector any = FloatVector.zero(SPECIES);
    for (int i = 0; i < FLOATS; i += LANES) {
      any.intoArray(c, at + i, none);
    }
  }
}
