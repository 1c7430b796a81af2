package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.SpareRegisters.ZEROS;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 4 rows × 4 vectors: {@link RowTile6x4} for four rows and fewer, and for eight. Two terms at a time: each index of a
 * row is found once for both. {@link SpareRegisters} keeps from its loop what it would bring back from vector registers.
 */
final class RowTile4x4 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private RowTile4x4() {}

  /** Of the 4 rows the first 2 to 4 are written; the others read the last of them again. */
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
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int a1 = aAt + lda;
    int a2 = aAt + row2 * lda;
    int a3 = aAt + row3 * lda;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c22 = c02;
    FloatVector c23 = c03;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c32 = c02;
    FloatVector c33 = c03;
    if (ldStart != 0) {
      int s1 = startAt + ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
      c12 = FloatVector.fromArray(SPECIES, start, s1 + 2 * LANES);
      c13 = FloatVector.fromArray(SPECIES, start, s1 + 3 * LANES);
      int s2 = startAt + row2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
      c22 = FloatVector.fromArray(SPECIES, start, s2 + 2 * LANES);
      c23 = FloatVector.fromArray(SPECIES, start, s2 + 3 * LANES);
      int s3 = startAt + row3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
      c32 = FloatVector.fromArray(SPECIES, start, s3 + 2 * LANES);
      c33 = FloatVector.fromArray(SPECIES, start, s3 + 3 * LANES);
    }
    FloatVector z0 = FloatVector.fromArray(SPECIES, ZEROS, 0);
    FloatVector z1 = FloatVector.fromArray(SPECIES, ZEROS, LANES);
    FloatVector z2 = FloatVector.fromArray(SPECIES, ZEROS, 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(SPECIES, ZEROS, 3 * LANES);
    FloatVector z4 = FloatVector.fromArray(SPECIES, ZEROS, 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(SPECIES, ZEROS, 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(SPECIES, ZEROS, 6 * LANES);
    int even = k & ~1; // with p + 1 < k as its condition C2 does not see a counted loop, and leaves all checks in it
    int p = 0;
    for (; p < even; p += 2) {
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      int nextRow = row + Panels.WIDE;
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, nextRow);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, nextRow + LANES);
      FloatVector d2 = FloatVector.fromArray(SPECIES, b, nextRow + 2 * LANES);
      FloatVector d3 = FloatVector.fromArray(SPECIES, b, nextRow + 3 * LANES);
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[aAt + p + 1]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      c02 = y0.fma(d2, c02);
      c03 = y0.fma(d3, c03);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[a1 + p + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
      c12 = y1.fma(d2, c12);
      c13 = y1.fma(d3, c13);
      FloatVector y2 = FloatVector.broadcast(SPECIES, a[a2 + p + 1]);
      c20 = y2.fma(d0, c20);
      c21 = y2.fma(d1, c21);
      c22 = y2.fma(d2, c22);
      c23 = y2.fma(d3, c23);
      FloatVector y3 = FloatVector.broadcast(SPECIES, a[a3 + p + 1]);
      c30 = y3.fma(d0, c30);
      c31 = y3.fma(d1, c31);
      c32 = y3.fma(d2, c32);
      c33 = y3.fma(d3, c33);
    }
    if (p < k) {
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
    }
    c00 = c00.sub(z0);
    c01 = c01.sub(z1);
    c02 = c02.sub(z2);
    c03 = c03.sub(z3);
    c10 = c10.sub(z4);
    c11 = c11.sub(z5);
    c12 = c12.sub(z6);
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    c13.intoArray(c, t1 + 3 * LANES);
    if (rows == 2) {
      return;
    }
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    c23.intoArray(c, t2 + 3 * LANES);
    if (rows == 3) {
      return;
    }
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    c33.intoArray(c, t3 + 3 * LANES);
  }
}
