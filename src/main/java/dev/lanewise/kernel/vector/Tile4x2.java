package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 4 rows × 2 vectors: what {@link Tile6x4} is, without reading ahead, for 16 registers; and for the last
 * rows of a medium panel of gradients, where {@link ColumnTile8x2} would take twice as long.
 *
 * <p>6×2 is 10 % faster than this on Zen 5 but three times slower on Zen 4, where its spilled accumulators put a store in
 * the chain; 4×2 spills nothing.
 */
final class Tile4x2 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  /** Vectors in a row of a tile. */
  static final int VECTORS = 2;

  private Tile4x2() {}

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
    int a0 = aAt;
    int a1 = aAt + row1 * rowStride;
    int a2 = aAt + row2 * rowStride;
    int a3 = aAt + row3 * rowStride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    if (ldStart != 0) {
      int s1 = startAt + row1 * ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
      int s2 = startAt + row2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
      int s3 = startAt + row3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    }
    for (int p = 0; p < k; p++) {
      int column = p * columnStride;
      int row = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + column]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + column]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + column]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      int w0 = cAt;
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, w0));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, w0 + LANES));
      int w1 = cAt + row1 * ldc;
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, w1));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, w1 + LANES));
      int w2 = cAt + row2 * ldc;
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, w2));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, w2 + LANES));
      int w3 = cAt + row3 * ldc;
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, w3));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, w3 + LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    if (rows == 1) {
      return;
    }
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    if (rows == 2) {
      return;
    }
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    if (rows == 3) {
      return;
    }
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
  }
}
