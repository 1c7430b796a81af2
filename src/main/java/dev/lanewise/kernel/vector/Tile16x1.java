package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A register tile of C one vector wide, 16 rows high; see {@link Tile6x4} for its terms. Of B only the first
 * {@code cols} lanes are read, so that a B in place is not read beyond its end; start and C are whole vectors.
 *
 * <p>Masked loads of start and masked stores of C would save the copies of {@link Edge}. They were tried at 16 rows:
 * C2 then left the vectors of this method objects while the digits trained, and a fit took 3.6 s instead of 0.8 s.
 */
final class Tile16x1 {

  /** Rows of a tile. */
  static final int ROWS = 16;

  /** Vectors in a row of a tile. */
  static final int VECTORS = 1;

  private Tile16x1() {}

  static void run(
      int rows,
      int cols,
      int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    int last = rows - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    int row8 = Math.min(8, last);
    int row9 = Math.min(9, last);
    int row10 = Math.min(10, last);
    int row11 = Math.min(11, last);
    int row12 = Math.min(12, last);
    int row13 = Math.min(13, last);
    int row14 = Math.min(14, last);
    int row15 = Math.min(15, last);
    int a0 = aAt;
    int a1 = aAt + row1 * rowStride;
    int a2 = aAt + row2 * rowStride;
    int a3 = aAt + row3 * rowStride;
    int a4 = aAt + row4 * rowStride;
    int a5 = aAt + row5 * rowStride;
    int a6 = aAt + row6 * rowStride;
    int a7 = aAt + row7 * rowStride;
    int a8 = aAt + row8 * rowStride;
    int a9 = aAt + row9 * rowStride;
    int a10 = aAt + row10 * rowStride;
    int a11 = aAt + row11 * rowStride;
    int a12 = aAt + row12 * rowStride;
    int a13 = aAt + row13 * rowStride;
    int a14 = aAt + row14 * rowStride;
    int a15 = aAt + row15 * rowStride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    FloatVector c10 = c0;
    FloatVector c11 = c0;
    FloatVector c12 = c0;
    FloatVector c13 = c0;
    FloatVector c14 = c0;
    FloatVector c15 = c0;
    if (ldStart != 0) {
      c1 = FloatVector.fromArray(SPECIES, start, startAt + row1 * ldStart);
      c2 = FloatVector.fromArray(SPECIES, start, startAt + row2 * ldStart);
      c3 = FloatVector.fromArray(SPECIES, start, startAt + row3 * ldStart);
      c4 = FloatVector.fromArray(SPECIES, start, startAt + row4 * ldStart);
      c5 = FloatVector.fromArray(SPECIES, start, startAt + row5 * ldStart);
      c6 = FloatVector.fromArray(SPECIES, start, startAt + row6 * ldStart);
      c7 = FloatVector.fromArray(SPECIES, start, startAt + row7 * ldStart);
      c8 = FloatVector.fromArray(SPECIES, start, startAt + row8 * ldStart);
      c9 = FloatVector.fromArray(SPECIES, start, startAt + row9 * ldStart);
      c10 = FloatVector.fromArray(SPECIES, start, startAt + row10 * ldStart);
      c11 = FloatVector.fromArray(SPECIES, start, startAt + row11 * ldStart);
      c12 = FloatVector.fromArray(SPECIES, start, startAt + row12 * ldStart);
      c13 = FloatVector.fromArray(SPECIES, start, startAt + row13 * ldStart);
      c14 = FloatVector.fromArray(SPECIES, start, startAt + row14 * ldStart);
      c15 = FloatVector.fromArray(SPECIES, start, startAt + row15 * ldStart);
    }
    for (int p = 0; p < k; p++) {
      int column = p * columnStride;
      int row = bAt + p * ldb;
      FloatVector b0 =
          MASKS ? FloatVector.fromArray(SPECIES, b, row, lanes) : FloatVector.fromArray(SPECIES, b, row);
      c0 = FloatVector.broadcast(SPECIES, a[a0 + column]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + column]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + column]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + column]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + column]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + column]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + column]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + column]).fma(b0, c7);
      c8 = FloatVector.broadcast(SPECIES, a[a8 + column]).fma(b0, c8);
      c9 = FloatVector.broadcast(SPECIES, a[a9 + column]).fma(b0, c9);
      c10 = FloatVector.broadcast(SPECIES, a[a10 + column]).fma(b0, c10);
      c11 = FloatVector.broadcast(SPECIES, a[a11 + column]).fma(b0, c11);
      c12 = FloatVector.broadcast(SPECIES, a[a12 + column]).fma(b0, c12);
      c13 = FloatVector.broadcast(SPECIES, a[a13 + column]).fma(b0, c13);
      c14 = FloatVector.broadcast(SPECIES, a[a14 + column]).fma(b0, c14);
      c15 = FloatVector.broadcast(SPECIES, a[a15 + column]).fma(b0, c15);
    }
    c0.intoArray(c, cAt);
    if (rows == 1) {
      return;
    }
    c1.intoArray(c, cAt + ldc);
    if (rows == 2) {
      return;
    }
    c2.intoArray(c, cAt + 2 * ldc);
    if (rows == 3) {
      return;
    }
    c3.intoArray(c, cAt + 3 * ldc);
    if (rows == 4) {
      return;
    }
    c4.intoArray(c, cAt + 4 * ldc);
    if (rows == 5) {
      return;
    }
    c5.intoArray(c, cAt + 5 * ldc);
    if (rows == 6) {
      return;
    }
    c6.intoArray(c, cAt + 6 * ldc);
    if (rows == 7) {
      return;
    }
    c7.intoArray(c, cAt + 7 * ldc);
    if (rows == 8) {
      return;
    }
    c8.intoArray(c, cAt + 8 * ldc);
    if (rows == 9) {
      return;
    }
    c9.intoArray(c, cAt + 9 * ldc);
    if (rows == 10) {
      return;
    }
    c10.intoArray(c, cAt + 10 * ldc);
    if (rows == 11) {
      return;
    }
    c11.intoArray(c, cAt + 11 * ldc);
    if (rows == 12) {
      return;
    }
    c12.intoArray(c, cAt + 12 * ldc);
    if (rows == 13) {
      return;
    }
    c13.intoArray(c, cAt + 13 * ldc);
    if (rows == 14) {
      return;
    }
    c14.intoArray(c, cAt + 14 * ldc);
    if (rows == 15) {
      return;
    }
    c15.intoArray(c, cAt + 15 * ldc);
  }
}
