package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 6 whole rows × 4 vectors, for a row-major A and a wide panel of B, all from one row of start, a bias, or from zero:
 * c = start + Σ a·b. For Zen 4 and 5, where nothing is read ahead.
 *
 * <p>A term takes 2.8 ns on a Zen 5, and what lies between the multiply-adds of two tiles is hidden behind those that wait for their turn,
 * as long as it is short enough. {@link RowTile6x4} looks how many rows there are and whether start is a matrix, and HotSpot moves some of
 * its indices to vector registers and back, which waits behind the multiply-adds as well. Of 64 terms it takes 187 to 193 ns, this one 184
 * to 187 from zero and 187 to 188 from a bias; in C it is 181 and 190.
 *
 * <p>The order of the parameters counts: those that are in use in the loop are in registers from the start.
 */
final class WholeRowTile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private WholeRowTile6x4() {}

  /** All rows from the same row of start, or from zero where that is null. */
  static void run(
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    int a1 = aAt + lda;
    int a2 = aAt + 2 * lda;
    int a3 = aAt + 3 * lda;
    int a4 = aAt + 4 * lda;
    int a5 = aAt + 5 * lda;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c43 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    FloatVector c53 = c00;
    if (start != null) {
      c00 = FloatVector.fromArray(SPECIES, start, startAt);
      c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
      c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
      c03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
      c10 = c00;
      c11 = c01;
      c12 = c02;
      c13 = c03;
      c20 = c00;
      c21 = c01;
      c22 = c02;
      c23 = c03;
      c30 = c00;
      c31 = c01;
      c32 = c02;
      c33 = c03;
      c40 = c00;
      c41 = c01;
      c42 = c02;
      c43 = c03;
      c50 = c00;
      c51 = c01;
      c52 = c02;
      c53 = c03;
    }
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
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    c13.intoArray(c, t1 + 3 * LANES);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    c23.intoArray(c, t2 + 3 * LANES);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    c33.intoArray(c, t3 + 3 * LANES);
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
    c42.intoArray(c, t4 + 2 * LANES);
    c43.intoArray(c, t4 + 3 * LANES);
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
    c52.intoArray(c, t5 + 2 * LANES);
    c53.intoArray(c, t5 + 3 * LANES);
  }
}
