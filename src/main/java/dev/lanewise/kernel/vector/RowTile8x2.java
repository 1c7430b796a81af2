package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.SpareRegisters.ZEROS;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 8 rows × 2 vectors, for a row-major A and a medium panel of B: {@link RowTile5x2} for more rows, which is what such
 * panels mostly have. Two terms at a time, as {@link RowTile4x4}: the index of a row of A costs as much as a multiply-add, and is found once
 * for both. Eleven rows are no faster, and six slower. {@link SpareRegisters} keeps from its loop five integers that it would bring back from
 * vector registers.
 */
final class RowTile8x2 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private RowTile8x2() {}

  /** Of the 8 rows the first 6 to 8 are written; the others read the last of them again. */
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
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    int a1 = aAt + lda;
    int a2 = aAt + 2 * lda;
    int a3 = aAt + 3 * lda;
    int a4 = aAt + 4 * lda;
    int a5 = aAt + 5 * lda;
    int a6 = aAt + row6 * lda;
    int a7 = aAt + row7 * lda;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    FloatVector c60 = c00;
    FloatVector c61 = c01;
    FloatVector c70 = c00;
    FloatVector c71 = c01;
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
      int s4 = startAt + 4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
      int s5 = startAt + 5 * ldStart;
      c50 = FloatVector.fromArray(SPECIES, start, s5);
      c51 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
      int s6 = startAt + row6 * ldStart;
      c60 = FloatVector.fromArray(SPECIES, start, s6);
      c61 = FloatVector.fromArray(SPECIES, start, s6 + LANES);
      int s7 = startAt + row7 * ldStart;
      c70 = FloatVector.fromArray(SPECIES, start, s7);
      c71 = FloatVector.fromArray(SPECIES, start, s7 + LANES);
    }
    FloatVector z0 = FloatVector.fromArray(SPECIES, ZEROS, 0);
    FloatVector z1 = FloatVector.fromArray(SPECIES, ZEROS, LANES);
    FloatVector z2 = FloatVector.fromArray(SPECIES, ZEROS, 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(SPECIES, ZEROS, 3 * LANES);
    FloatVector z4 = FloatVector.fromArray(SPECIES, ZEROS, 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(SPECIES, ZEROS, 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(SPECIES, ZEROS, 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(SPECIES, ZEROS, 7 * LANES);
    int even = k & ~1; // with p + 1 < k as its condition C2 does not see a counted loop, and leaves all checks in it
    int p = 0;
    for (; p < even; p += 2) {
      int row = bAt + p * Panels.MEDIUM;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
      int nextRow = row + Panels.MEDIUM;
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, nextRow);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, nextRow + LANES);
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[aAt + p + 1]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[a1 + p + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
      FloatVector y2 = FloatVector.broadcast(SPECIES, a[a2 + p + 1]);
      c20 = y2.fma(d0, c20);
      c21 = y2.fma(d1, c21);
      FloatVector y3 = FloatVector.broadcast(SPECIES, a[a3 + p + 1]);
      c30 = y3.fma(d0, c30);
      c31 = y3.fma(d1, c31);
      FloatVector y4 = FloatVector.broadcast(SPECIES, a[a4 + p + 1]);
      c40 = y4.fma(d0, c40);
      c41 = y4.fma(d1, c41);
      FloatVector y5 = FloatVector.broadcast(SPECIES, a[a5 + p + 1]);
      c50 = y5.fma(d0, c50);
      c51 = y5.fma(d1, c51);
      FloatVector y6 = FloatVector.broadcast(SPECIES, a[a6 + p + 1]);
      c60 = y6.fma(d0, c60);
      c61 = y6.fma(d1, c61);
      FloatVector y7 = FloatVector.broadcast(SPECIES, a[a7 + p + 1]);
      c70 = y7.fma(d0, c70);
      c71 = y7.fma(d1, c71);
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
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
    }
    if (Blocking.INTEL) {
      c00 = c00.sub(z0);
      c01 = c01.sub(z1);
      c10 = c10.sub(z2);
      c11 = c11.sub(z3);
      c20 = c20.sub(z4);
      c21 = c21.sub(z5);
      c30 = c30.sub(z6);
      c31 = c31.sub(z7);
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
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
    if (rows == 6) {
      return;
    }
    int t6 = cAt + 6 * ldc;
    c60.intoArray(c, t6);
    c61.intoArray(c, t6 + LANES);
    if (rows == 7) {
      return;
    }
    int t7 = cAt + 7 * ldc;
    c70.intoArray(c, t7);
    c71.intoArray(c, t7 + LANES);
  }
}
