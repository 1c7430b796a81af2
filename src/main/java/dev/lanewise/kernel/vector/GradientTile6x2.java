package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of a wide panel of gradients, 6 whole rows × 2 vectors: what {@link ColumnTile4x2} computes from zero for an A given as
 * k × m, where B and C are wide panels. The rows of C are a constant apart, so that C2 checks the first and the last index of a tile and
 * not all 24; and as the six floats of a term follow each other in A, the first and the last of theirs.
 *
 * <p>Within a term are two ways out of the loop that are never taken. C2 takes what is between them for blocks of their own, and loads of
 * each what its own sums need; in one block it loads all six rows first, and keeps sums in memory: 44 % of the peak on a Zen 3 for 97.
 * They are after the third row and the fifth, each with a condition of its own: of two that are the same it drops one. A packed A has
 * {@link PackedGradientTile6x2}.
 */
final class GradientTile6x2 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private GradientTile6x2() {}

  /** Sums over k terms, lda apart in A. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    int never = -1 - k;
    int column = aAt;
    for (int p = 0; p < k; p++) {
      int row = bAt + p * WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      if (p == never) {
        break;
      }
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      if (p == never - 1) {
        break;
      }
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      column += lda;
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + WIDE));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + WIDE + LANES));
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + LANES));
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + LANES));
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + LANES));
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + WIDE);
    c11.intoArray(c, cAt + WIDE + LANES);
    c20.intoArray(c, cAt + 2 * WIDE);
    c21.intoArray(c, cAt + 2 * WIDE + LANES);
    c30.intoArray(c, cAt + 3 * WIDE);
    c31.intoArray(c, cAt + 3 * WIDE + LANES);
    c40.intoArray(c, cAt + 4 * WIDE);
    c41.intoArray(c, cAt + 4 * WIDE + LANES);
    c50.intoArray(c, cAt + 5 * WIDE);
    c51.intoArray(c, cAt + 5 * WIDE + LANES);
  }
}
