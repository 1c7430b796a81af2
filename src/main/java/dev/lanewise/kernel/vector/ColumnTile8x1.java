package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * A register tile of C, 8 rows × 1 vector of 16 columns, for an A given as k × m and a narrow panel of B: c = start + Σ a·b, or
 * with a factor in {@code down[0]} c = c + down · (start + Σ a·b). Of the 8 rows the first {@code rows} are written, but 8
 * elements of A are read: they follow each other, so that one range check and one register do for all.
 *
 * <p>Broadcasts are of ints: see {@link WholeRowTile8x1}.
 */
final class ColumnTile8x1 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private ColumnTile8x1() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int lda,
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
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    FloatVector c60 = c00;
    FloatVector c70 = c00;
    if (ldStart != 0) {
      int s1 = startAt + row1 * ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      int s2 = startAt + row2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      int s3 = startAt + row3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      int s4 = startAt + row4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      int s5 = startAt + row5 * ldStart;
      c50 = FloatVector.fromArray(SPECIES, start, s5);
      int s6 = startAt + row6 * ldStart;
      c60 = FloatVector.fromArray(SPECIES, start, s6);
      int s7 = startAt + row7 * ldStart;
      c70 = FloatVector.fromArray(SPECIES, start, s7);
    }
    for (int p = 0; p < k; p++) {
      int column = aAt + p * lda;
      int row = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column])).reinterpretAsFloats();
      c00 = x0.fma(b0, c00);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 1])).reinterpretAsFloats();
      c10 = x1.fma(b0, c10);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 2])).reinterpretAsFloats();
      c20 = x2.fma(b0, c20);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 3])).reinterpretAsFloats();
      c30 = x3.fma(b0, c30);
      FloatVector x4 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 4])).reinterpretAsFloats();
      c40 = x4.fma(b0, c40);
      FloatVector x5 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 5])).reinterpretAsFloats();
      c50 = x5.fma(b0, c50);
      FloatVector x6 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 6])).reinterpretAsFloats();
      c60 = x6.fma(b0, c60);
      FloatVector x7 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 7])).reinterpretAsFloats();
      c70 = x7.fma(b0, c70);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      int w0 = cAt;
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, w0));
      int w1 = cAt + row1 * ldc;
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, w1));
      int w2 = cAt + row2 * ldc;
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, w2));
      int w3 = cAt + row3 * ldc;
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, w3));
      int w4 = cAt + row4 * ldc;
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, w4));
      int w5 = cAt + row5 * ldc;
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, w5));
      int w6 = cAt + row6 * ldc;
      c60 = d.fma(c60, FloatVector.fromArray(SPECIES, c, w6));
      int w7 = cAt + row7 * ldc;
      c70 = d.fma(c70, FloatVector.fromArray(SPECIES, c, w7));
    }
    c00.intoArray(c, cAt);
    if (rows == 1) {
      return;
    }
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    if (rows == 2) {
      return;
    }
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    if (rows == 3) {
      return;
    }
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    if (rows == 4) {
      return;
    }
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    if (rows == 5) {
      return;
    }
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
