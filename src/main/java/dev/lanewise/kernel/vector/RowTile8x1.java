package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.SpareRegisters.ZEROS;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 8 rows × 1 vector of 16 columns: {@link RowTile5x1} for more rows and many terms, for {@link Blocking#INTEL
 * Intel's} processors; on Zen 4 and 5 for six and seven rows in all, and where start is a matrix. Two terms at a time, as in {@link
 * RowTile8x2}; one at a time eight rows gain little, and five lose by two. {@link SpareRegisters} leaves two of five integers that its loop
 * would bring back from vector registers.
 */
final class RowTile8x1 {

  /** Rows of a tile. */
  static final int ROWS = RowTile8x2.ROWS;

  private RowTile8x1() {}

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
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    FloatVector c60 = c00;
    FloatVector c70 = c00;
    if (ldStart != 0) {
      int s1 = startAt + ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      int s2 = startAt + 2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      int s3 = startAt + 3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      int s4 = startAt + 4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      int s5 = startAt + 5 * ldStart;
      c50 = FloatVector.fromArray(SPECIES, start, s5);
      int s6 = startAt + row6 * ldStart;
      c60 = FloatVector.fromArray(SPECIES, start, s6);
      int s7 = startAt + row7 * ldStart;
      c70 = FloatVector.fromArray(SPECIES, start, s7);
    }
    FloatVector z0 = FloatVector.fromArray(SPECIES, ZEROS, 0);
    FloatVector z1 = FloatVector.fromArray(SPECIES, ZEROS, LANES);
    FloatVector z2 = FloatVector.fromArray(SPECIES, ZEROS, 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(SPECIES, ZEROS, 3 * LANES);
    FloatVector z4 = FloatVector.fromArray(SPECIES, ZEROS, 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(SPECIES, ZEROS, 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(SPECIES, ZEROS, 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(SPECIES, ZEROS, 7 * LANES);
    FloatVector z8 = FloatVector.fromArray(SPECIES, ZEROS, 8 * LANES);
    FloatVector z9 = FloatVector.fromArray(SPECIES, ZEROS, 9 * LANES);
    FloatVector z10 = FloatVector.fromArray(SPECIES, ZEROS, 10 * LANES);
    FloatVector z11 = FloatVector.fromArray(SPECIES, ZEROS, 11 * LANES);
    FloatVector z12 = FloatVector.fromArray(SPECIES, ZEROS, 12 * LANES);
    FloatVector z13 = FloatVector.fromArray(SPECIES, ZEROS, 13 * LANES);
    FloatVector z14 = FloatVector.fromArray(SPECIES, ZEROS, 14 * LANES);
    FloatVector z15 = FloatVector.fromArray(SPECIES, ZEROS, 15 * LANES);
    FloatVector z16 = FloatVector.fromArray(SPECIES, ZEROS, 16 * LANES);
    FloatVector z17 = FloatVector.fromArray(SPECIES, ZEROS, 17 * LANES);
    FloatVector z18 = FloatVector.fromArray(SPECIES, ZEROS, 18 * LANES);
    FloatVector z19 = FloatVector.fromArray(SPECIES, ZEROS, 19 * LANES);
    int even = k & ~1; // with p + 1 < k as its condition C2 does not see a counted loop, and leaves all checks in it
    int p = 0;
    for (; p < even; p += 2) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
      int nextRow = row + Panels.NARROW;
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, nextRow);
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[aAt + p + 1]);
      c00 = y0.fma(d0, c00);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[a1 + p + 1]);
      c10 = y1.fma(d0, c10);
      FloatVector y2 = FloatVector.broadcast(SPECIES, a[a2 + p + 1]);
      c20 = y2.fma(d0, c20);
      FloatVector y3 = FloatVector.broadcast(SPECIES, a[a3 + p + 1]);
      c30 = y3.fma(d0, c30);
      FloatVector y4 = FloatVector.broadcast(SPECIES, a[a4 + p + 1]);
      c40 = y4.fma(d0, c40);
      FloatVector y5 = FloatVector.broadcast(SPECIES, a[a5 + p + 1]);
      c50 = y5.fma(d0, c50);
      FloatVector y6 = FloatVector.broadcast(SPECIES, a[a6 + p + 1]);
      c60 = y6.fma(d0, c60);
      FloatVector y7 = FloatVector.broadcast(SPECIES, a[a7 + p + 1]);
      c70 = y7.fma(d0, c70);
    }
    if (p < k) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + p]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + p]);
      c70 = x7.fma(b0, c70);
    }
    if (Blocking.INTEL) {
      c00 = c00.sub(z0);
      c10 = c10.sub(z1);
      c20 = c20.sub(z2);
      c30 = c30.sub(z3);
      c40 = c40.sub(z4);
      c50 = c50.sub(z5);
      c60 = c60.sub(z6);
      c70 = c70.sub(z7);
      c00 = c00.sub(z8);
      c10 = c10.sub(z9);
      c20 = c20.sub(z10);
      c30 = c30.sub(z11);
      c40 = c40.sub(z12);
      c50 = c50.sub(z13);
      c60 = c60.sub(z14);
      c70 = c70.sub(z15);
      c00 = c00.sub(z16);
      c10 = c10.sub(z17);
      c20 = c20.sub(z18);
      c30 = c30.sub(z19);
    }
    c00.intoArray(c, cAt);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    if (rows == 6) {
      return;
    }
    int t6 = cAt + 6 * ldc;
    c60.intoArray(c, t6);
    if (rows == 7) {
      return;
    }
    int t7 = cAt + 7 * ldc;
    c70.intoArray(c, t7);
  }
}
