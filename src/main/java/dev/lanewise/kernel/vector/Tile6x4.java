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
 * <p>All 6 rows are read, and those from {@code first} on written: what is left below whole tiles is the end of a tile that begins above
 * it. That keeps the loop free of branches.
 *
 * <p>With every term one float of {@code ahead} is read, {@code aheadStep} after the one before. Java has no prefetch: this
 * is how what the next tile will need comes from memory while this one still computes. Lines read at that even, slow pace
 * are a stream to the processor, which fetches them before they are asked for.
 *
 * <p>For 32 registers: 24 accumulators, 4 vectors of B, and broadcasts of A that C2 schedules early.
 *
 * <p>The loop ends at an index, by steps that are no constants, and so is no counted loop to C2. Of one of those it would add up the
 * strides of rows beforehand, six numbers for which there are no registers, and where the collector asks for no safepoints in
 * counted loops (the serial and the parallel one) it kept indices in vector registers.
 */
final class Tile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  /** Vectors in a row of a tile. */
  static final int VECTORS = 4;

  private Tile6x4() {}

  /**
   * Returns what it read ahead, of no use to anybody: C2 would leave the reading out otherwise.
   *
   * @param first the first row that is written
   * @param ldb not 0
   */
  static int run(
      int first,
      int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] ahead, int aheadAt, int aheadStep) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return 0;
    }
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c22 = c02;
    FloatVector c23 = c03;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c32 = c02;
    FloatVector c33 = c03;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c42 = c02;
    FloatVector c43 = c03;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    FloatVector c52 = c02;
    FloatVector c53 = c03;
    if (ldStart != 0) {
      int s1 = startAt + ldStart;
      c10 = FloatVector.fromArray(SPECIES, start, s1);
      c11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
      c12 = FloatVector.fromArray(SPECIES, start, s1 + 2 * LANES);
      c13 = FloatVector.fromArray(SPECIES, start, s1 + 3 * LANES);
      int s2 = startAt + 2 * ldStart;
      c20 = FloatVector.fromArray(SPECIES, start, s2);
      c21 = FloatVector.fromArray(SPECIES, start, s2 + LANES);
      c22 = FloatVector.fromArray(SPECIES, start, s2 + 2 * LANES);
      c23 = FloatVector.fromArray(SPECIES, start, s2 + 3 * LANES);
      int s3 = startAt + 3 * ldStart;
      c30 = FloatVector.fromArray(SPECIES, start, s3);
      c31 = FloatVector.fromArray(SPECIES, start, s3 + LANES);
      c32 = FloatVector.fromArray(SPECIES, start, s3 + 2 * LANES);
      c33 = FloatVector.fromArray(SPECIES, start, s3 + 3 * LANES);
      int s4 = startAt + 4 * ldStart;
      c40 = FloatVector.fromArray(SPECIES, start, s4);
      c41 = FloatVector.fromArray(SPECIES, start, s4 + LANES);
      c42 = FloatVector.fromArray(SPECIES, start, s4 + 2 * LANES);
      c43 = FloatVector.fromArray(SPECIES, start, s4 + 3 * LANES);
      int s5 = startAt + 5 * ldStart;
      c50 = FloatVector.fromArray(SPECIES, start, s5);
      c51 = FloatVector.fromArray(SPECIES, start, s5 + LANES);
      c52 = FloatVector.fromArray(SPECIES, start, s5 + 2 * LANES);
      c53 = FloatVector.fromArray(SPECIES, start, s5 + 3 * LANES);
    }
    int seen = 0;
    int row = bAt;
    int end = bAt + k * ldb; // reached though it may be beyond the largest int, since row goes beyond as well
    int x = aAt;
    int next = aheadAt;
    while (row != end) {
      seen ^= Float.floatToRawIntBits(ahead[next]);
      next += aheadStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      row += ldb;
      int i = x;
      x += columnStride;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      i += rowStride;
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      i += rowStride;
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      i += rowStride;
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      i += rowStride;
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[i]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      i += rowStride;
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[i]);
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
      int w1 = cAt + ldc;
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, w1));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, w1 + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, w1 + 2 * LANES));
      c13 = d.fma(c13, FloatVector.fromArray(SPECIES, c, w1 + 3 * LANES));
      int w2 = cAt + 2 * ldc;
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, w2));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, w2 + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, w2 + 2 * LANES));
      c23 = d.fma(c23, FloatVector.fromArray(SPECIES, c, w2 + 3 * LANES));
      int w3 = cAt + 3 * ldc;
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, w3));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, w3 + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, w3 + 2 * LANES));
      c33 = d.fma(c33, FloatVector.fromArray(SPECIES, c, w3 + 3 * LANES));
      int w4 = cAt + 4 * ldc;
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, w4));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, w4 + LANES));
      c42 = d.fma(c42, FloatVector.fromArray(SPECIES, c, w4 + 2 * LANES));
      c43 = d.fma(c43, FloatVector.fromArray(SPECIES, c, w4 + 3 * LANES));
      int w5 = cAt + 5 * ldc;
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, w5));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, w5 + LANES));
      c52 = d.fma(c52, FloatVector.fromArray(SPECIES, c, w5 + 2 * LANES));
      c53 = d.fma(c53, FloatVector.fromArray(SPECIES, c, w5 + 3 * LANES));
    }
    if (first == 0) {
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + LANES);
      c02.intoArray(c, cAt + 2 * LANES);
      c03.intoArray(c, cAt + 3 * LANES);
    }
    if (first < 2) {
      int t1 = cAt + ldc;
      c10.intoArray(c, t1);
      c11.intoArray(c, t1 + LANES);
      c12.intoArray(c, t1 + 2 * LANES);
      c13.intoArray(c, t1 + 3 * LANES);
    }
    if (first < 3) {
      int t2 = cAt + 2 * ldc;
      c20.intoArray(c, t2);
      c21.intoArray(c, t2 + LANES);
      c22.intoArray(c, t2 + 2 * LANES);
      c23.intoArray(c, t2 + 3 * LANES);
    }
    if (first < 4) {
      int t3 = cAt + 3 * ldc;
      c30.intoArray(c, t3);
      c31.intoArray(c, t3 + LANES);
      c32.intoArray(c, t3 + 2 * LANES);
      c33.intoArray(c, t3 + 3 * LANES);
    }
    if (first < 5) {
      int t4 = cAt + 4 * ldc;
      c40.intoArray(c, t4);
      c41.intoArray(c, t4 + LANES);
      c42.intoArray(c, t4 + 2 * LANES);
      c43.intoArray(c, t4 + 3 * LANES);
    }
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    c51.intoArray(c, t5 + LANES);
    c52.intoArray(c, t5 + 2 * LANES);
    c53.intoArray(c, t5 + 3 * LANES);
    return seen;
  }
}
