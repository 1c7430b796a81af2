package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * A register tile of C, 5 rows × 1 vector of 16 columns, for a row-major A and a narrow panel of B: c = start + Σ a·b. Of the
 * 5 rows the first {@code rows} are written; the others read the last of them again.
 *
 * <p>Each term costs a broadcast a row. Five rows are what the indices find registers for, and divide the 10, 15 and 20 rows that small
 * batches have. Broadcasts are of ints: see {@link WholeRowTile8x1}.
 */
final class RowTile5x1 {

  /** Rows of a tile. */
  static final int ROWS = 5;

  private RowTile5x1() {}

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
    int a0 = aAt;
    int a1 = aAt + row1 * lda;
    int a2 = aAt + row2 * lda;
    int a3 = aAt + row3 * lda;
    int a4 = aAt + row4 * lda;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    if (ldStart != 0) {
      int s1 = startAt + row1 * ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      int s2 = startAt + row2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      int s3 = startAt + row3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      int s4 = startAt + row4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a0 + p])).reinterpretAsFloats();
      c00 = x0.fma(b0, c00);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a1 + p])).reinterpretAsFloats();
      c10 = x1.fma(b0, c10);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a2 + p])).reinterpretAsFloats();
      c20 = x2.fma(b0, c20);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a3 + p])).reinterpretAsFloats();
      c30 = x3.fma(b0, c30);
      FloatVector x4 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a4 + p])).reinterpretAsFloats();
      c40 = x4.fma(b0, c40);
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
  }
}
