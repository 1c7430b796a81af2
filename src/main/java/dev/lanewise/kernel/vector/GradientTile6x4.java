package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of a wide panel of gradients, 6 whole rows × 4 vectors, for {@link Blocking#INTEL Intel's} processors: what {@link
 * ColumnTile6x4} computes from zero, where B and C are wide panels. Their rows are a constant apart, so that C2 checks the first and the
 * last index of a tile and not all 24; and as the six floats of a term follow each other in A, the first and the last of theirs.
 *
 * <p>A term a turn, and the place in A as a number that grows with it: 48 instructions for 24 multiply-adds, no integer of the loop on
 * the stack or in a vector register. With two terms there are some. So few checks also make it quick to compile, in half the time. A
 * packed A, of many terms and columns, is {@link PackedGradientTile6x4}'s, which is faster there.
 */
final class GradientTile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private GradientTile6x4() {}

  /** Sums over k terms, lda apart in A. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c43 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    FloatVector c53 = c00;
    int column = aAt;
    for (int p = 0; p < k; p++) {
      int row = bAt + p * WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
      column += lda;
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES));
      c03 = d.fma(c03, FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + WIDE));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + WIDE + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 2 * LANES));
      c13 = d.fma(c13, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 3 * LANES));
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 2 * LANES));
      c23 = d.fma(c23, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 3 * LANES));
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 2 * LANES));
      c33 = d.fma(c33, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 3 * LANES));
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + LANES));
      c42 = d.fma(c42, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + 2 * LANES));
      c43 = d.fma(c43, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + 3 * LANES));
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + LANES));
      c52 = d.fma(c52, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + 2 * LANES));
      c53 = d.fma(c53, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + 3 * LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    c10.intoArray(c, cAt + WIDE);
    c11.intoArray(c, cAt + WIDE + LANES);
    c12.intoArray(c, cAt + WIDE + 2 * LANES);
    c13.intoArray(c, cAt + WIDE + 3 * LANES);
    c20.intoArray(c, cAt + 2 * WIDE);
    c21.intoArray(c, cAt + 2 * WIDE + LANES);
    c22.intoArray(c, cAt + 2 * WIDE + 2 * LANES);
    c23.intoArray(c, cAt + 2 * WIDE + 3 * LANES);
    c30.intoArray(c, cAt + 3 * WIDE);
    c31.intoArray(c, cAt + 3 * WIDE + LANES);
    c32.intoArray(c, cAt + 3 * WIDE + 2 * LANES);
    c33.intoArray(c, cAt + 3 * WIDE + 3 * LANES);
    c40.intoArray(c, cAt + 4 * WIDE);
    c41.intoArray(c, cAt + 4 * WIDE + LANES);
    c42.intoArray(c, cAt + 4 * WIDE + 2 * LANES);
    c43.intoArray(c, cAt + 4 * WIDE + 3 * LANES);
    c50.intoArray(c, cAt + 5 * WIDE);
    c51.intoArray(c, cAt + 5 * WIDE + LANES);
    c52.intoArray(c, cAt + 5 * WIDE + 2 * LANES);
    c53.intoArray(c, cAt + 5 * WIDE + 3 * LANES);
  }
}
