package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 16 rows × 1 vector, for an A given as k × m: c = start + Σ a·b. Of the 16 rows the first
 * {@code rows} are written, but as many elements of A are read as the tile is high: they follow each other, so that one
 * range check and one register do for all.
 *
 * <p>For 32 registers.
 */
final class ColumnTile16 {

  /** Rows of a tile. */
  static final int ROWS = 16;

  private ColumnTile16() {}

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
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    FloatVector c10 = c0;
    FloatVector c11 = c0;
    FloatVector c12 = c0;
    FloatVector c13 = c0;
    FloatVector c14 = c0;
    FloatVector c15 = c0;
    if (ldStart != 0) {
      c1 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(1, last) * ldStart);
      c2 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(2, last) * ldStart);
      c3 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(3, last) * ldStart);
      c4 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(4, last) * ldStart);
      c5 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(5, last) * ldStart);
      c6 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(6, last) * ldStart);
      c7 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(7, last) * ldStart);
      c8 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(8, last) * ldStart);
      c9 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(9, last) * ldStart);
      c10 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(10, last) * ldStart);
      c11 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(11, last) * ldStart);
      c12 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(12, last) * ldStart);
      c13 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(13, last) * ldStart);
      c14 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(14, last) * ldStart);
      c15 = FloatVector.fromArray(SPECIES, start, startAt + Math.min(15, last) * ldStart);
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
      c8 = FloatVector.broadcast(SPECIES, a[column + 8]).fma(b0, c8);
      c9 = FloatVector.broadcast(SPECIES, a[column + 9]).fma(b0, c9);
      c10 = FloatVector.broadcast(SPECIES, a[column + 10]).fma(b0, c10);
      c11 = FloatVector.broadcast(SPECIES, a[column + 11]).fma(b0, c11);
      c12 = FloatVector.broadcast(SPECIES, a[column + 12]).fma(b0, c12);
      c13 = FloatVector.broadcast(SPECIES, a[column + 13]).fma(b0, c13);
      c14 = FloatVector.broadcast(SPECIES, a[column + 14]).fma(b0, c14);
      c15 = FloatVector.broadcast(SPECIES, a[column + 15]).fma(b0, c15);
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
