package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of the first half of a panel of gradients, 10 whole rows × 1 vector, for 16 registers: what {@link GradientTile6x2}
 * computes, where no more than eight columns are left. The other half of the panel is padding: zeros, which are stored with a gradient
 * and stay as they are in a step of descent.
 */
final class GradientTile10x1 {

  /** Rows of a tile. */
  static final int ROWS = 10;

  private GradientTile10x1() {}

  /** Sums over k terms, lda apart in A. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    int column = aAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + p * WIDE);
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
      column += lda;
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c0 = d.fma(c0, FloatVector.fromArray(SPECIES, c, cAt));
      c1 = d.fma(c1, FloatVector.fromArray(SPECIES, c, cAt + WIDE));
      c2 = d.fma(c2, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE));
      c3 = d.fma(c3, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE));
      c4 = d.fma(c4, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE));
      c5 = d.fma(c5, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE));
      c6 = d.fma(c6, FloatVector.fromArray(SPECIES, c, cAt + 6 * WIDE));
      c7 = d.fma(c7, FloatVector.fromArray(SPECIES, c, cAt + 7 * WIDE));
      c8 = d.fma(c8, FloatVector.fromArray(SPECIES, c, cAt + 8 * WIDE));
      c9 = d.fma(c9, FloatVector.fromArray(SPECIES, c, cAt + 9 * WIDE));
    } else {
      FloatVector padding = FloatVector.zero(SPECIES);
      padding.intoArray(c, cAt + LANES);
      padding.intoArray(c, cAt + WIDE + LANES);
      padding.intoArray(c, cAt + 2 * WIDE + LANES);
      padding.intoArray(c, cAt + 3 * WIDE + LANES);
      padding.intoArray(c, cAt + 4 * WIDE + LANES);
      padding.intoArray(c, cAt + 5 * WIDE + LANES);
      padding.intoArray(c, cAt + 6 * WIDE + LANES);
      padding.intoArray(c, cAt + 7 * WIDE + LANES);
      padding.intoArray(c, cAt + 8 * WIDE + LANES);
      padding.intoArray(c, cAt + 9 * WIDE + LANES);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + WIDE);
    c2.intoArray(c, cAt + 2 * WIDE);
    c3.intoArray(c, cAt + 3 * WIDE);
    c4.intoArray(c, cAt + 4 * WIDE);
    c5.intoArray(c, cAt + 5 * WIDE);
    c6.intoArray(c, cAt + 6 * WIDE);
    c7.intoArray(c, cAt + 7 * WIDE);
    c8.intoArray(c, cAt + 8 * WIDE);
    c9.intoArray(c, cAt + 9 * WIDE);
  }
}
