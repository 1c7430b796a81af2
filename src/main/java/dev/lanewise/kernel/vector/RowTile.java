package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.NARROW;
import static dev.lanewise.kernel.vector.Simd.NARROW_LANES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 5 rows × 16 columns, for a row-major A and a narrow panel of B: c = start + Σ a·b. Of the 5 rows the
 * first {@code rows} are written; the others read the last of them again.
 *
 * <p>The columns are two vectors of 256 bits even where there are 512: a processor that makes two halves of a wide vector
 * (Zen 4) loads one broadcast of 512 bits a cycle but two of 256, and with a vector each, broadcasts are what such a tile
 * waits for. Five rows are what the indices still find registers for, and ten chains hide the latency of a multiply-add:
 * 5 × 2 runs at 88 % of the peak there, 8 × 2 at 72, 6 × 2 at 65, 4 × 2 at 61, and 8 rows × 1 vector of 512 bits at 64.
 */
final class RowTile {

  /** Rows of a tile. */
  static final int ROWS = 5;

  private RowTile() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
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
    FloatVector c00 = FloatVector.fromArray(NARROW, start, startAt);
    FloatVector c01 = FloatVector.fromArray(NARROW, start, startAt + NARROW_LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    if (ldStart != 0) {
      int s1 = startAt + row1 * ldStart;
      c10 = FloatVector.fromArray(NARROW, start, s1);
      c11 = FloatVector.fromArray(NARROW, start, s1 + NARROW_LANES);
      int s2 = startAt + row2 * ldStart;
      c20 = FloatVector.fromArray(NARROW, start, s2);
      c21 = FloatVector.fromArray(NARROW, start, s2 + NARROW_LANES);
      int s3 = startAt + row3 * ldStart;
      c30 = FloatVector.fromArray(NARROW, start, s3);
      c31 = FloatVector.fromArray(NARROW, start, s3 + NARROW_LANES);
      int s4 = startAt + row4 * ldStart;
      c40 = FloatVector.fromArray(NARROW, start, s4);
      c41 = FloatVector.fromArray(NARROW, start, s4 + NARROW_LANES);
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(NARROW, b, row);
      FloatVector b1 = FloatVector.fromArray(NARROW, b, row + NARROW_LANES);
      FloatVector x0 = FloatVector.broadcast(NARROW, a[a0 + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(NARROW, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(NARROW, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(NARROW, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(NARROW, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + NARROW_LANES);
    if (rows == 1) {
      return;
    }
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + NARROW_LANES);
    if (rows == 2) {
      return;
    }
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + NARROW_LANES);
    if (rows == 3) {
      return;
    }
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + NARROW_LANES);
    if (rows == 4) {
      return;
    }
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + NARROW_LANES);
  }
}
