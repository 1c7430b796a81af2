package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of a medium panel of gradients, which a tile of four would take twice as long for; padding comes along. */
final class GradientTile1x2 {

  private GradientTile1x2() {}

  /** Sums over k terms, lda apart in A and ldb in B. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] c, int cAt, float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    int column = aAt;
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[column]);
      c0 = x.fma(FloatVector.fromArray(SPECIES, b, row), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
      column += lda;
      row += ldb;
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c0 = d.fma(c0, FloatVector.fromArray(SPECIES, c, cAt));
      c1 = d.fma(c1, FloatVector.fromArray(SPECIES, c, cAt + LANES));
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + LANES);
  }
}
