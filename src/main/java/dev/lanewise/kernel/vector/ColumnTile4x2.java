package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 4 rows × 2 vectors, for 16 registers, an A given as k × m and a wide panel of B: see {@link RowTile4x2}
 * and, for its end, {@link Tile6x4}. It takes whole tiles only, and two terms a turn, as the check of A's index that each term
 * needs takes a part of the time. It takes what {@link GradientTile6x2} leaves, and eight rows.
 */
final class ColumnTile4x2 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private ColumnTile4x2() {}

  static void run(
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    if (ldStart != 0) {
      int s1 = startAt + ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
      int s2 = startAt + 2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
      int s3 = startAt + 3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    }
    int even = k & ~1;
    int p = 0;
    for (; p < even; p += 2) {
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      int column = aAt + p * lda;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, row + Panels.WIDE);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, row + Panels.WIDE + LANES);
      int column1 = column + lda;
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[column1]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[column1 + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
      FloatVector y2 = FloatVector.broadcast(SPECIES, a[column1 + 2]);
      c20 = y2.fma(d0, c20);
      c21 = y2.fma(d1, c21);
      FloatVector y3 = FloatVector.broadcast(SPECIES, a[column1 + 3]);
      c30 = y3.fma(d0, c30);
      c31 = y3.fma(d1, c31);
    }
    if (p < k) {
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      int column = aAt + p * lda;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      int w0 = cAt;
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, w0));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, w0 + LANES));
      int w1 = cAt + ldc;
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, w1));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, w1 + LANES));
      int w2 = cAt + 2 * ldc;
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, w2));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, w2 + LANES));
      int w3 = cAt + 3 * ldc;
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, w3));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, w3 + LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
  }
}
