package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A register tile of C one vector wide, 8 rows high; see {@link Tile4x2} for its terms. Of B only the first
 * {@code cols} lanes are read, so that a B in place is not read beyond its end; start and C are whole vectors.
 *
 * <p>Masked loads of start and masked stores of C would save the copies of {@link Edge}. They were tried at 16 rows:
 * C2 then left the vectors of this method objects while the digits trained, and a fit took 3.6 s instead of 0.8 s.
 */
final class Tile8x1 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  /** Vectors in a row of a tile. */
  static final int VECTORS = 1;

  private Tile8x1() {}

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
    int a0 = aAt;
    int a1 = aAt + row1 * rowStride;
    int a2 = aAt + row2 * rowStride;
    int a3 = aAt + row3 * rowStride;
    int a4 = aAt + row4 * rowStride;
    int a5 = aAt + row5 * rowStride;
    int a6 = aAt + row6 * rowStride;
    int a7 = aAt + row7 * rowStride;
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    if (ldStart != 0) {
      c1 = FloatVector.fromArray(SPECIES, start, startAt + row1 * ldStart);
      c2 = FloatVector.fromArray(SPECIES, start, startAt + row2 * ldStart);
      c3 = FloatVector.fromArray(SPECIES, start, startAt + row3 * ldStart);
      c4 = FloatVector.fromArray(SPECIES, start, startAt + row4 * ldStart);
      c5 = FloatVector.fromArray(SPECIES, start, startAt + row5 * ldStart);
      c6 = FloatVector.fromArray(SPECIES, start, startAt + row6 * ldStart);
      c7 = FloatVector.fromArray(SPECIES, start, startAt + row7 * ldStart);
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
  }
}
