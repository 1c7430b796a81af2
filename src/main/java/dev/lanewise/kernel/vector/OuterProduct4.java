package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A step of descent by at most four terms: W += down · Σ aᵀ·b over one panel of four vectors. The terms of B stay in
 * registers, and W passes by row after row; a tile would be entered and left for every six of them, which takes longer than its
 * few terms.
 *
 * <p>Terms that are missing are −0 · 0, which changes no sum, not even one of −0.
 */
final class OuterProduct4 {

  /** The most terms. */
  static final int TERMS = 4;

  private OuterProduct4() {}

  /** Rows of W from 1 to 4 rows of A, lda apart, and as many of B, ldb apart. */
  static void run(
      int rows, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] w, int wAt,
      float[] down) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector b00 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b01 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
    FloatVector b02 = FloatVector.fromArray(SPECIES, b, bAt + 2 * LANES);
    FloatVector b03 = FloatVector.fromArray(SPECIES, b, bAt + 3 * LANES);
    FloatVector b10 = zero;
    FloatVector b11 = zero;
    FloatVector b12 = zero;
    FloatVector b13 = zero;
    FloatVector b20 = zero;
    FloatVector b21 = zero;
    FloatVector b22 = zero;
    FloatVector b23 = zero;
    FloatVector b30 = zero;
    FloatVector b31 = zero;
    FloatVector b32 = zero;
    FloatVector b33 = zero;
    if (k > 1) {
      int row = bAt + ldb;
      b10 = FloatVector.fromArray(SPECIES, b, row);
      b11 = FloatVector.fromArray(SPECIES, b, row + LANES);
      b12 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      b13 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
    }
    if (k > 2) {
      int row = bAt + 2 * ldb;
      b20 = FloatVector.fromArray(SPECIES, b, row);
      b21 = FloatVector.fromArray(SPECIES, b, row + LANES);
      b22 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      b23 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
    }
    if (k > 3) {
      int row = bAt + 3 * ldb;
      b30 = FloatVector.fromArray(SPECIES, b, row);
      b31 = FloatVector.fromArray(SPECIES, b, row + LANES);
      b32 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      b33 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
    }
    FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
    int a1 = aAt + (k > 1 ? lda : 0);
    int a2 = aAt + (k > 2 ? 2 * lda : 0);
    int a3 = aAt + (k > 3 ? 3 * lda : 0);
    for (int i = 0; i < rows; i++) {
      int at = wAt + i * Panels.WIDE;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + i]);
      FloatVector x1 = FloatVector.broadcast(SPECIES, k > 1 ? a[a1 + i] : -0f);
      FloatVector x2 = FloatVector.broadcast(SPECIES, k > 2 ? a[a2 + i] : -0f);
      FloatVector x3 = FloatVector.broadcast(SPECIES, k > 3 ? a[a3 + i] : -0f);
      FloatVector s0 = x3.fma(b30, x2.fma(b20, x1.fma(b10, x0.fma(b00, zero))));
      FloatVector s1 = x3.fma(b31, x2.fma(b21, x1.fma(b11, x0.fma(b01, zero))));
      FloatVector s2 = x3.fma(b32, x2.fma(b22, x1.fma(b12, x0.fma(b02, zero))));
      FloatVector s3 = x3.fma(b33, x2.fma(b23, x1.fma(b13, x0.fma(b03, zero))));
      d.fma(s0, FloatVector.fromArray(SPECIES, w, at)).intoArray(w, at);
      d.fma(s1, FloatVector.fromArray(SPECIES, w, at + LANES)).intoArray(w, at + LANES);
      d.fma(s2, FloatVector.fromArray(SPECIES, w, at + 2 * LANES)).intoArray(w, at + 2 * LANES);
      d.fma(s3, FloatVector.fromArray(SPECIES, w, at + 3 * LANES)).intoArray(w, at + 3 * LANES);
    }
  }
}
