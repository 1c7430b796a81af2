package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, one row × 8 vectors: over two panels of four vectors at a time, or four of two. The sums of one panel alone would
 * wait for each other, four cycles a term, whatever the caches have to give.
 */
final class RowTile1x8 extends NotInlined {

  /** Columns of the tile. */
  static final int COLUMNS = 8 * LANES;

  /** Vectors of a panel. */
  private static final int VECTORS = Panels.WIDE / LANES;

  private RowTile1x8() {}

  /**
   * Writes one row of start + A·B.
   *
   * @param panel how far apart the panels begin
   */
  static void run(
      int k, float[] a, int aAt, float[] b, int bAt, int panel, float[] start, int startAt, float[] c, int cAt) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, start, startAt + 4 * LANES);
    FloatVector c5 = FloatVector.fromArray(SPECIES, start, startAt + 5 * LANES);
    FloatVector c6 = FloatVector.fromArray(SPECIES, start, startAt + 6 * LANES);
    FloatVector c7 = FloatVector.fromArray(SPECIES, start, startAt + 7 * LANES);
    int b1 = bAt + 1 / VECTORS * panel + 1 % VECTORS * LANES;
    int b2 = bAt + 2 / VECTORS * panel + 2 % VECTORS * LANES;
    int b3 = bAt + 3 / VECTORS * panel + 3 % VECTORS * LANES;
    int b4 = bAt + 4 / VECTORS * panel + 4 % VECTORS * LANES;
    int b5 = bAt + 5 / VECTORS * panel + 5 % VECTORS * LANES;
    int b6 = bAt + 6 / VECTORS * panel + 6 % VECTORS * LANES;
    int b7 = bAt + 7 / VECTORS * panel + 7 % VECTORS * LANES;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p]);
      int row = p * Panels.WIDE;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + row), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + row), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + row), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, b, b4 + row), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, b, b5 + row), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, b, b6 + row), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, b, b7 + row), c7);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + LANES);
    c2.intoArray(c, cAt + 2 * LANES);
    c3.intoArray(c, cAt + 3 * LANES);
    c4.intoArray(c, cAt + 4 * LANES);
    c5.intoArray(c, cAt + 5 * LANES);
    c6.intoArray(c, cAt + 6 * LANES);
    c7.intoArray(c, cAt + 7 * LANES);
  }
}
