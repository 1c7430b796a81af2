package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 6 rows × 4 vectors: c = start + Σ a·b, in accumulators that are local variables and so stay in
 * registers. The product of a packed or an unpacked B (ldb is the step from one k to the next), of A or Aᵀ (two strides).
 *
 * <p>With a factor in {@code down[0]} the tile ends in c = c + down · (start + Σ a·b) instead: a step of gradient descent
 * without a gradient in memory. It comes in an array because a float that lives across the loop takes a vector register.
 *
 * <p>Of the 6 rows, the first {@code rows} are written. The others read the last of them again: that keeps the loop
 * free of branches and every index inside the arrays.
 *
 * <p>For 32 registers: 24 accumulators, 4 vectors of B, and broadcasts of A that C2 schedules early.
 */
final class Tile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  /** Vectors in a row of a tile. */
  static final int VECTORS = 4;

  private Tile6x4() {}

  static void run(
      int rows,
      int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    int last = rows - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    int a0 = aAt;
    int a1 = aAt + row1 * rowStride;
    int a2 = aAt + row2 * rowStride;
    int a3 = aAt + row3 * rowStride;
    int a4 = aAt + row4 * rowStride;
    int a5 = aAt + row5 * rowStride;
    int s0 = startAt;
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, s0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, s0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, s0 + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, start, s0 + 3 * LANES);
    int s1 = startAt + row1 * ldStart;
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, start, s1 + 2 * LANES);
    FloatVector c13 = FloatVector.fromArray(SPECIES, start, s1 + 3 * LANES);
    int s2 = startAt + row2 * ldStart;
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, s2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, start, s2 + 2 * LANES);
    FloatVector c23 = FloatVector.fromArray(SPECIES, start, s2 + 3 * LANES);
    int s3 = startAt + row3 * ldStart;
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, s3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, start, s3 + 2 * LANES);
    FloatVector c33 = FloatVector.fromArray(SPECIES, start, s3 + 3 * LANES);
    int s4 = startAt + row4 * ldStart;
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, s4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, start, s4 + 2 * LANES);
    FloatVector c43 = FloatVector.fromArray(SPECIES, start, s4 + 3 * LANES);
    int s5 = startAt + row5 * ldStart;
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, s5);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, start, s5 + 2 * LANES);
    FloatVector c53 = FloatVector.fromArray(SPECIES, start, s5 + 3 * LANES);
    for (int p = 0; p < k; p++) {
      int column = p * columnStride;
      int row = bAt + p * ldb;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + column]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + column]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + column]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + column]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + column]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      int w0 = cAt;
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, w0));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, w0 + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, w0 + 2 * LANES));
      c03 = d.fma(c03, FloatVector.fromArray(SPECIES, c, w0 + 3 * LANES));
      int w1 = cAt + row1 * ldc;
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, w1));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, w1 + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, w1 + 2 * LANES));
      c13 = d.fma(c13, FloatVector.fromArray(SPECIES, c, w1 + 3 * LANES));
      int w2 = cAt + row2 * ldc;
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, w2));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, w2 + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, w2 + 2 * LANES));
      c23 = d.fma(c23, FloatVector.fromArray(SPECIES, c, w2 + 3 * LANES));
      int w3 = cAt + row3 * ldc;
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, w3));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, w3 + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, w3 + 2 * LANES));
      c33 = d.fma(c33, FloatVector.fromArray(SPECIES, c, w3 + 3 * LANES));
      int w4 = cAt + row4 * ldc;
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, w4));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, w4 + LANES));
      c42 = d.fma(c42, FloatVector.fromArray(SPECIES, c, w4 + 2 * LANES));
      c43 = d.fma(c43, FloatVector.fromArray(SPECIES, c, w4 + 3 * LANES));
      int w5 = cAt + row5 * ldc;
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, w5));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, w5 + LANES));
      c52 = d.fma(c52, FloatVector.fromArray(SPECIES, c, w5 + 2 * LANES));
      c53 = d.fma(c53, FloatVector.fromArray(SPECIES, c, w5 + 3 * LANES));
    }
    int t0 = cAt;
    c00.intoArray(c, t0);
    c01.intoArray(c, t0 + LANES);
    c02.intoArray(c, t0 + 2 * LANES);
    c03.intoArray(c, t0 + 3 * LANES);
    if (rows == 1) {
      return;
    }
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    c13.intoArray(c, t1 + 3 * LANES);
    if (rows == 2) {
      return;
    }
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    c23.intoArray(c, t2 + 3 * LANES);
    if (rows == 3) {
      return;
    }
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    c33.intoArray(c, t3 + 3 * LANES);
    if (rows == 4) {
      return;
    }
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    c41.intoArray(c, t4 + LANES);
    c42.intoArray(c, t4 + 2 * LANES);
    c43.intoArray(c, t4 + 3 * LANES);
    if (rows == 5) {
      return;
    }
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
    c52.intoArray(c, t5 + 2 * LANES);
    c53.intoArray(c, t5 + 3 * LANES);
  }
}
