package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 5 rows × 2 vectors, for a row-major A and a medium panel of B: c = start + Σ a·b. It is {@link RowTile5x1} for twice
 * the columns, a broadcast is used twice, and ten sums hide the latency of multiply-adds that five do not. Of its rows the first 3 to 5 are
 * written, one or two have {@link RowTile2x2}, and more {@link RowTile8x2}.
 */
final class RowTile5x2 {

  /** Rows of a tile. */
  static final int ROWS = RowTile5x1.ROWS;

  private RowTile5x2() {}

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
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int a0 = aAt;
    int a1 = aAt + lda;
    int a2 = aAt + 2 * lda;
    int a3 = aAt + row3 * lda;
    int a4 = aAt + row4 * lda;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    if (ldStart != 0) {
      int s1 = startAt + ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
      int s2 = startAt + 2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
      int s3 = startAt + row3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
      int s4 = startAt + row4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * Panels.MEDIUM;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    if (rows == 3) {
      return;
    }
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    if (rows == 4) {
      return;
    }
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
  }
}
