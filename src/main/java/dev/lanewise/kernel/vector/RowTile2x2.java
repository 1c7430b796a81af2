package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/** A register tile of C, 2 rows × 2 vectors: {@link RowTile5x2} for what is left of the rows, as {@link RowTile2x1} says. */
final class RowTile2x2 {

  /** Rows of a tile. */
  static final int ROWS = RowTile2x1.ROWS;

  private RowTile2x2() {}

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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    int whole = k & ~1;
    int p = 0;
    for (; p < whole; p += 2) {
      int row = bAt + p * Panels.MEDIUM;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, row + Panels.MEDIUM);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, row + Panels.MEDIUM + LANES);
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[aAt + p + 1]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[a1 + p + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
    }
    if (p < k) {
      int row = bAt + p * Panels.MEDIUM;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    if (rows == 1) {
      return;
    }
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
  }
}
