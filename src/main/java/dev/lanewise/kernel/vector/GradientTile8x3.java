package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of the first 48 columns of a wide panel of gradients, 8 whole rows × 3 vectors, where most of the fourth would be padding:
 * else as {@link StridedGradientTile6x4}.
 */
final class GradientTile8x3 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  /** Columns of a tile, used with vectors of 512 bits only. */
  static final int COLUMNS = 48;

  private GradientTile8x3() {}

  /** Sums over k terms, lda apart in A and ldb in B. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] c, int cAt, float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    FloatVector c60 = c00;
    FloatVector c61 = c00;
    FloatVector c62 = c00;
    FloatVector c70 = c00;
    FloatVector c71 = c00;
    FloatVector c72 = c00;
    int column = aAt;
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[column + 6]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      c62 = x6.fma(b2, c62);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[column + 7]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
      c72 = x7.fma(b2, c72);
      column += lda;
      row += ldb;
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + WIDE));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + WIDE + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 2 * LANES));
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 2 * LANES));
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 2 * LANES));
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + LANES));
      c42 = d.fma(c42, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + 2 * LANES));
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + LANES));
      c52 = d.fma(c52, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + 2 * LANES));
      c60 = d.fma(c60, FloatVector.fromArray(SPECIES, c, cAt + 6 * WIDE));
      c61 = d.fma(c61, FloatVector.fromArray(SPECIES, c, cAt + 6 * WIDE + LANES));
      c62 = d.fma(c62, FloatVector.fromArray(SPECIES, c, cAt + 6 * WIDE + 2 * LANES));
      c70 = d.fma(c70, FloatVector.fromArray(SPECIES, c, cAt + 7 * WIDE));
      c71 = d.fma(c71, FloatVector.fromArray(SPECIES, c, cAt + 7 * WIDE + LANES));
      c72 = d.fma(c72, FloatVector.fromArray(SPECIES, c, cAt + 7 * WIDE + 2 * LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c10.intoArray(c, cAt + WIDE);
    c11.intoArray(c, cAt + WIDE + LANES);
    c12.intoArray(c, cAt + WIDE + 2 * LANES);
    c20.intoArray(c, cAt + 2 * WIDE);
    c21.intoArray(c, cAt + 2 * WIDE + LANES);
    c22.intoArray(c, cAt + 2 * WIDE + 2 * LANES);
    c30.intoArray(c, cAt + 3 * WIDE);
    c31.intoArray(c, cAt + 3 * WIDE + LANES);
    c32.intoArray(c, cAt + 3 * WIDE + 2 * LANES);
    c40.intoArray(c, cAt + 4 * WIDE);
    c41.intoArray(c, cAt + 4 * WIDE + LANES);
    c42.intoArray(c, cAt + 4 * WIDE + 2 * LANES);
    c50.intoArray(c, cAt + 5 * WIDE);
    c51.intoArray(c, cAt + 5 * WIDE + LANES);
    c52.intoArray(c, cAt + 5 * WIDE + 2 * LANES);
    c60.intoArray(c, cAt + 6 * WIDE);
    c61.intoArray(c, cAt + 6 * WIDE + LANES);
    c62.intoArray(c, cAt + 6 * WIDE + 2 * LANES);
    c70.intoArray(c, cAt + 7 * WIDE);
    c71.intoArray(c, cAt + 7 * WIDE + LANES);
    c72.intoArray(c, cAt + 7 * WIDE + 2 * LANES);
  }
}
