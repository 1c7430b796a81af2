package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 4 rows × 4 vectors: what {@link Tile6x4} is, without reading ahead, for the rows that are left when
 * tiles of six would leave most of the last one empty. Sixteen accumulators are still enough for the peak. Of the rows, the first {@code
 * rows} are written; the others read the last of them again.
 */
final class Tile4x4 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private Tile4x4() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    int last = rows - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
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
    }
    int step1 = row1 * rowStride;
    int step2 = (row2 - row1) * rowStride;
    int step3 = (row3 - row2) * rowStride;
    int row = bAt;
    int end = bAt + k * ldb; // no counted loop, as in Tile6x4
    int x = aAt;
    while (row != end) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      row += ldb;
      int i = x;
      x += columnStride;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      i += step1;
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      i += step2;
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      i += step3;
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      int w0 = cAt;
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, w0));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, w0 + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, w0 + 2 * LANES));
      c03 = d.fma(c03, FloatVector.fromArray(SPECIES, c, w0 + 3 * LANES));
      int w1 = cAt + row1 * ldc;
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, w1));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, w1 + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, w1 + 2 * LANES));
      c13 = d.fma(c13, FloatVector.fromArray(SPECIES, c, w1 + 3 * LANES));
      int w2 = cAt + row2 * ldc;
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, w2));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, w2 + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, w2 + 2 * LANES));
      c23 = d.fma(c23, FloatVector.fromArray(SPECIES, c, w2 + 3 * LANES));
      int w3 = cAt + row3 * ldc;
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, w3));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, w3 + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, w3 + 2 * LANES));
      c33 = d.fma(c33, FloatVector.fromArray(SPECIES, c, w3 + 3 * LANES));
    }
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
  }
}
