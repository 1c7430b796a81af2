package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, one row × 8 vectors, for panels of two vectors: over four of them at a time. Two sums alone would wait for each
 * other, four cycles a term, whatever the caches have to give.
 */
final class RowTile1x8 extends NotInlined {

  /** Columns of the tile. */
  static final int COLUMNS = Panels.GROUP;

  private RowTile1x8() {}

  /**
   * Writes one row of start + A·B.
   *
   * @param panel how far apart the four panels begin
   */
  static void run(
      int k, float[] a, int aAt, float[] b, int bAt, int panel, float[] start, int startAt, float[] c, int cAt) {
    if (k < 0) { // one of Tiles.callWithoutTerms
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
    int b1 = bAt + panel;
    int b2 = b1 + panel;
    int b3 = b2 + panel;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + p]);
      int row = p * Panels.WIDE;
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + row), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + row + LANES), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + row), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + row + LANES), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + row), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + row + LANES), c7);
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
