package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 8 rows × 1 vector, for an A given as k × m; see {@link ColumnTile16} for its terms.
 *
 * <p>For 16 registers.
 */
final class ColumnTile8 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private ColumnTile8() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    int last = rows - 1;
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    if (ldStart != 0) {
      c1 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(1, last) * ldStart);
      c2 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(2, last) * ldStart);
      c3 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(3, last) * ldStart);
      c4 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(4, last) * ldStart);
      c5 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(5, last) * ldStart);
      c6 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(6, last) * ldStart);
      c7 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(7, last) * ldStart);
    }
    for (int p = 0; p < k; p++) {
      int column = aAt + p * lda;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + p * ldb);
      c0 = FloatVector.broadcast(SPECIES, a[column]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[column + 1]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[column + 2]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[column + 3]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[column + 4]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[column + 5]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[column + 6]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[column + 7]).fma(b0, c7);
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
