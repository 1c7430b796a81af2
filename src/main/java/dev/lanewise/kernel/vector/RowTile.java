package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 8 rows × 1 vector, for a row-major A: c = start + Σ a·b. Of the 8 rows the first {@code rows} are
 * written; the others read the last of them again. B, start and C are read and written in whole vectors.
 *
 * <p>One more row of B, for a term after the k, may come from another array: the last row where B ends with it.
 *
 * <p>A's rows are constant while k grows by 1, so C2 takes the range checks out of the loop; with eight of them the
 * indices still find registers. Sixteen rows are spilled: 3.6 ns a term where twice eight take 3.0 (Zen 5).
 */
final class RowTile {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private RowTile() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] more, int moreAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    int last = rows - 1;
    int a0 = aAt;
    int a1 = aAt + Math.min(1, last) * lda;
    int a2 = aAt + Math.min(2, last) * lda;
    int a3 = aAt + Math.min(3, last) * lda;
    int a4 = aAt + Math.min(4, last) * lda;
    int a5 = aAt + Math.min(5, last) * lda;
    int a6 = aAt + Math.min(6, last) * lda;
    int a7 = aAt + Math.min(7, last) * lda;
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
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + p * ldb);
      c0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
    }
    if (more != null) {
      FloatVector row = FloatVector.fromArray(SPECIES, more, moreAt);
      c0 = FloatVector.broadcast(SPECIES, a[a0 + k]).fma(row, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(row, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(row, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(row, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(row, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(row, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + k]).fma(row, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + k]).fma(row, c7);
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
