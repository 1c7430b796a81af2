package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.SpareRegisters.ZEROS;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 6 rows × 4 vectors, for a row-major A and a wide panel of B: c = start + Σ a·b. It is {@link
 * Tile6x4} for {@link Blocking#INTEL Intel's} processors, which do two multiply-adds of 512 bits a cycle on units that also do all the
 * rest. Zen 4 and 5, whose units do not, have it until all tiles are there, and then {@link WholeRowTile6x4}.
 *
 * <p>There each other instruction counts. {@link Tile6x4} checks an index for each row and term, and takes twice as many
 * instructions around its multiply-adds as there are of these: 70 % of the peak of an Intel Xeon. Here C2 takes the checks out of the
 * loop, and {@link SpareRegisters} keeps from the loop what it would bring back from vector registers: 98 to 100 %. One term a turn; of two
 * C2 loads the operands of both first, and keeps sums in memory.
 */
final class RowTile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private RowTile6x4() {}

  /** Of the 6 rows the first {@code rows} are written; the others read the last of them again. */
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
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    int a1 = aAt + row1 * lda;
    int a2 = aAt + row2 * lda;
    int a3 = aAt + row3 * lda;
    int a4 = aAt + row4 * lda;
    int a5 = aAt + row5 * lda;
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
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c42 = c02;
    FloatVector c43 = c03;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    FloatVector c52 = c02;
    FloatVector c53 = c03;
    if (ldStart != 0) {
      int s1 = startAt + row1 * ldStart;
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
      int s4 = startAt + row4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
      c42 = FloatVector.fromArray(SPECIES, start, s4 + 2 * LANES);
      c43 = FloatVector.fromArray(SPECIES, start, s4 + 3 * LANES);
      int s5 = startAt + row5 * ldStart;
      c50 = FloatVector.fromArray(SPECIES, start, s5);
      c51 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
      c52 = FloatVector.fromArray(SPECIES, start, s5 + 2 * LANES);
      c53 = FloatVector.fromArray(SPECIES, start, s5 + 3 * LANES);
    }
    FloatVector z0 = FloatVector.fromArray(SPECIES, ZEROS, 0);
    FloatVector z1 = FloatVector.fromArray(SPECIES, ZEROS, LANES);
    FloatVector z2 = FloatVector.fromArray(SPECIES, ZEROS, 2 * LANES);
    for (int p = 0; p < k; p++) {
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
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
    }
    c00 = c00.sub(z0);
    c01 = c01.sub(z1);
    c02 = c02.sub(z2);
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    if (rows == 1) {
      return;
    }
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
    if (rows == 4) {
      return;
    }
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
    c42.intoArray(c, t4 + 2 * LANES);
    c43.intoArray(c, t4 + 3 * LANES);
    if (rows == 5) {
      return;
    }
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
    c52.intoArray(c, t5 + 2 * LANES);
    c53.intoArray(c, t5 + 3 * LANES);
  }
}
