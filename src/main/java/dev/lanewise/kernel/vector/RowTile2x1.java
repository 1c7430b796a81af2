package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 2 rows × 1 vector of 16 columns: {@link RowTile5x1} for what is left of the rows, one or two, and for products of so
 * few. Five rows take some eight cycles a term; one or two take the four that a sum waits for the one before it.
 */
final class RowTile2x1 {

  /** Rows of a tile. */
  static final int ROWS = 2;

  private RowTile2x1() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    int last = rows - 1;
    int a1 = aAt + last * lda;
    int s1 = startAt + last * ldStart;
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = FloatVector.fromArray(SPECIES, start, s1);
    int whole = k & ~3;
    int p = 0;
    for (; p < whole; p += 4) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c0 = FloatVector.broadcast(SPECIES, a[aAt + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, row + Panels.NARROW);
      c0 = FloatVector.broadcast(SPECIES, a[aAt + p + 1]).fma(d0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p + 1]).fma(d0, c1);
      FloatVector e0 = FloatVector.fromArray(SPECIES, b, row + 2 * Panels.NARROW);
      c0 = FloatVector.broadcast(SPECIES, a[aAt + p + 2]).fma(e0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p + 2]).fma(e0, c1);
      FloatVector f0 = FloatVector.fromArray(SPECIES, b, row + 3 * Panels.NARROW);
      c0 = FloatVector.broadcast(SPECIES, a[aAt + p + 3]).fma(f0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p + 3]).fma(f0, c1);
    }
    for (; p < k; p++) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c0 = FloatVector.broadcast(SPECIES, a[aAt + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
    }
    c0.intoArray(c, cAt);
    if (rows == 1) {
      return;
    }
    int t1 = cAt + ldc;
    c1.intoArray(c, t1);
  }
}
