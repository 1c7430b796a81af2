package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 6 whole rows × 4 vectors, for an A given as k × m and a wide panel of B: for {@link Blocking#INTEL
 * Intel's} processors; {@link Tile6x4} says how it ends.
 *
 * <p>Two terms a turn, so k has to be even. The step from one to the next is no constant, and its checks stay in the loop; they
 * also keep C2 from loading what the second term needs while there are no registers for it. 88 % of the peak of an
 * Intel Xeon, where a term a turn has 80 and {@link Tile6x4} 66.
 */
final class ColumnTile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private ColumnTile6x4() {}

  /** Sums over k terms, an even number. */
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
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    int s1 = startAt + ldStart;
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, start, s1 + 2 * LANES);
    FloatVector c13 = FloatVector.fromArray(SPECIES, start, s1 + 3 * LANES);
    int s2 = startAt + 2 * ldStart;
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, s2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, start, s2 + 2 * LANES);
    FloatVector c23 = FloatVector.fromArray(SPECIES, start, s2 + 3 * LANES);
    int s3 = startAt + 3 * ldStart;
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, s3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, start, s3 + 2 * LANES);
    FloatVector c33 = FloatVector.fromArray(SPECIES, start, s3 + 3 * LANES);
    int s4 = startAt + 4 * ldStart;
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, s4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, start, s4 + 2 * LANES);
    FloatVector c43 = FloatVector.fromArray(SPECIES, start, s4 + 3 * LANES);
    int s5 = startAt + 5 * ldStart;
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, s5);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, start, s5 + 2 * LANES);
    FloatVector c53 = FloatVector.fromArray(SPECIES, start, s5 + 3 * LANES);
    for (int p = 0; p < k; p += 2) {
      int column = aAt + p * lda;
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
      int next = aAt + (p + 1) * lda;
      int nextRow = row + Panels.WIDE;
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, nextRow);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, nextRow + LANES);
      FloatVector d2 = FloatVector.fromArray(SPECIES, b, nextRow + 2 * LANES);
      FloatVector d3 = FloatVector.fromArray(SPECIES, b, nextRow + 3 * LANES);
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[next]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      c02 = y0.fma(d2, c02);
      c03 = y0.fma(d3, c03);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[next + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
      c12 = y1.fma(d2, c12);
      c13 = y1.fma(d3, c13);
      FloatVector y2 = FloatVector.broadcast(SPECIES, a[next + 2]);
      c20 = y2.fma(d0, c20);
      c21 = y2.fma(d1, c21);
      c22 = y2.fma(d2, c22);
      c23 = y2.fma(d3, c23);
      FloatVector y3 = FloatVector.broadcast(SPECIES, a[next + 3]);
      c30 = y3.fma(d0, c30);
      c31 = y3.fma(d1, c31);
      c32 = y3.fma(d2, c32);
      c33 = y3.fma(d3, c33);
      FloatVector y4 = FloatVector.broadcast(SPECIES, a[next + 4]);
      c40 = y4.fma(d0, c40);
      c41 = y4.fma(d1, c41);
      c42 = y4.fma(d2, c42);
      c43 = y4.fma(d3, c43);
      FloatVector y5 = FloatVector.broadcast(SPECIES, a[next + 5]);
      c50 = y5.fma(d0, c50);
      c51 = y5.fma(d1, c51);
      c52 = y5.fma(d2, c52);
      c53 = y5.fma(d3, c53);
    }
    int t1 = cAt + ldc;
    int t2 = cAt + 2 * ldc;
    int t3 = cAt + 3 * ldc;
    int t4 = cAt + 4 * ldc;
    int t5 = cAt + 5 * ldc;
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES));
      c03 = d.fma(c03, FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, t1));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, t1 + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, t1 + 2 * LANES));
      c13 = d.fma(c13, FloatVector.fromArray(SPECIES, c, t1 + 3 * LANES));
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, t2));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, t2 + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, t2 + 2 * LANES));
      c23 = d.fma(c23, FloatVector.fromArray(SPECIES, c, t2 + 3 * LANES));
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, t3));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, t3 + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, t3 + 2 * LANES));
      c33 = d.fma(c33, FloatVector.fromArray(SPECIES, c, t3 + 3 * LANES));
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, t4));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, t4 + LANES));
      c42 = d.fma(c42, FloatVector.fromArray(SPECIES, c, t4 + 2 * LANES));
      c43 = d.fma(c43, FloatVector.fromArray(SPECIES, c, t4 + 3 * LANES));
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, t5));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, t5 + LANES));
      c52 = d.fma(c52, FloatVector.fromArray(SPECIES, c, t5 + 2 * LANES));
      c53 = d.fma(c53, FloatVector.fromArray(SPECIES, c, t5 + 3 * LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    c13.intoArray(c, t1 + 3 * LANES);
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    c23.intoArray(c, t2 + 3 * LANES);
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    c33.intoArray(c, t3 + 3 * LANES);
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
    c42.intoArray(c, t4 + 2 * LANES);
    c43.intoArray(c, t4 + 3 * LANES);
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
    c52.intoArray(c, t5 + 2 * LANES);
    c53.intoArray(c, t5 + 3 * LANES);
  }
}
