package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of a wide panel of gradients, 4 whole rows × 4 vectors, however far apart B's rows are: {@link StridedGradientTile6x4}
 * for what tiles of five and six rows leave, or are too high for. {@link Tile4x4}, for all layouts, checks all indices of C and takes a
 * tenth longer.
 */
final class GradientTile4x4 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private GradientTile4x4() {}

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
      column += lda;
      row += ldb;
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
  }
}
