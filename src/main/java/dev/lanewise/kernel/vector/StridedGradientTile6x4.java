package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of a wide panel of gradients, 6 whole rows × 4 vectors: {@link GradientTile6x4} for a B whose rows are no panel's, be it
 * an error that is read where it is, or A itself in a gradient that is computed transposed; on Zen 4 and 5 also for panels, with many terms
 * and for their last six rows. C2 checks the first and the last index of B with every term, 53 instructions for 48.
 *
 * <p>Each sum is stored before the weights of the next are loaded. When all weights were loaded first, C2 had 49 vectors there for 32
 * registers, and kept what it could not hold on the stack in the loop as well, in some processes and not in others: at 26 to 44 % of the
 * peak.
 */
final class StridedGradientTile6x4 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private StridedGradientTile6x4() {}

  /** Sums over k terms, lda apart in A and ldb in B. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] c, int cAt, float[] down) {
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
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES); // second, so that C2 checks two indices
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
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
      row += ldb;
    }
    if (down == null) {
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
      return;
    }
    FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
    d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt)).intoArray(c, cAt);
    d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES)).intoArray(c, cAt + LANES);
    d.fma(c02, FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES)).intoArray(c, cAt + 2 * LANES);
    d.fma(c03, FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES)).intoArray(c, cAt + 3 * LANES);
    d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + WIDE)).intoArray(c, cAt + WIDE);
    d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + WIDE + LANES)).intoArray(c, cAt + WIDE + LANES);
    d.fma(c12, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 2 * LANES)).intoArray(c, cAt + WIDE + 2 * LANES);
    d.fma(c13, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 3 * LANES)).intoArray(c, cAt + WIDE + 3 * LANES);
    d.fma(c20, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE)).intoArray(c, cAt + 2 * WIDE);
    d.fma(c21, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + LANES)).intoArray(c, cAt + 2 * WIDE + LANES);
    d.fma(c22, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 2 * LANES)).intoArray(c, cAt + 2 * WIDE + 2 * LANES);
    d.fma(c23, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 3 * LANES)).intoArray(c, cAt + 2 * WIDE + 3 * LANES);
    d.fma(c30, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE)).intoArray(c, cAt + 3 * WIDE);
    d.fma(c31, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + LANES)).intoArray(c, cAt + 3 * WIDE + LANES);
    d.fma(c32, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 2 * LANES)).intoArray(c, cAt + 3 * WIDE + 2 * LANES);
    d.fma(c33, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 3 * LANES)).intoArray(c, cAt + 3 * WIDE + 3 * LANES);
    d.fma(c40, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE)).intoArray(c, cAt + 4 * WIDE);
    d.fma(c41, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + LANES)).intoArray(c, cAt + 4 * WIDE + LANES);
    d.fma(c42, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + 2 * LANES)).intoArray(c, cAt + 4 * WIDE + 2 * LANES);
    d.fma(c43, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + 3 * LANES)).intoArray(c, cAt + 4 * WIDE + 3 * LANES);
    d.fma(c50, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE)).intoArray(c, cAt + 5 * WIDE);
    d.fma(c51, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + LANES)).intoArray(c, cAt + 5 * WIDE + LANES);
    d.fma(c52, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + 2 * LANES)).intoArray(c, cAt + 5 * WIDE + 2 * LANES);
    d.fma(c53, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + 3 * LANES)).intoArray(c, cAt + 5 * WIDE + 3 * LANES);
  }
}
