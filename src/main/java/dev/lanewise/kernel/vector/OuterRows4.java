package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A·B for at most four terms and one panel of four vectors, as {@link OuterProduct4} is for steps of descent: the terms of B stay in
 * registers, and rows of C are written one after the other.
 *
 * <p>Terms that are missing are −0 · 0, which changes no sum, not even one of −0.
 */
final class OuterRows4 {

  /** The most terms. */
  static final int TERMS = 4;

  private OuterRows4() {}

  /** Rows of C, ldc apart, from rows of 1 to 4 terms of A, lda apart, and as many rows of B. */
  static void run(
      int rows, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] c, int cAt, int ldc) {
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
      int row = bAt + Panels.WIDE;
      b10 = FloatVector.fromArray(SPECIES, b, row);
      b11 = FloatVector.fromArray(SPECIES, b, row + LANES);
      b12 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      b13 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
    }
    if (k > 2) {
      int row = bAt + 2 * Panels.WIDE;
      b20 = FloatVector.fromArray(SPECIES, b, row);
      b21 = FloatVector.fromArray(SPECIES, b, row + LANES);
      b22 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      b23 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
    }
    if (k > 3) {
      int row = bAt + 3 * Panels.WIDE;
      b30 = FloatVector.fromArray(SPECIES, b, row);
      b31 = FloatVector.fromArray(SPECIES, b, row + LANES);
      b32 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      b33 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
    }
    for (int i = 0; i < rows; i++) {
      int row = aAt + i * lda;
      int at = cAt + i * ldc;
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[row]);
      FloatVector x1 = FloatVector.broadcast(SPECIES, k > 1 ? a[row + 1] : -0f);
      FloatVector x2 = FloatVector.broadcast(SPECIES, k > 2 ? a[row + 2] : -0f);
      FloatVector x3 = FloatVector.broadcast(SPECIES, k > 3 ? a[row + 3] : -0f);
      x3.fma(b30, x2.fma(b20, x1.fma(b10, x0.fma(b00, zero)))).intoArray(c, at);
      x3.fma(b31, x2.fma(b21, x1.fma(b11, x0.fma(b01, zero)))).intoArray(c, at + LANES);
      x3.fma(b32, x2.fma(b22, x1.fma(b12, x0.fma(b02, zero)))).intoArray(c, at + 2 * LANES);
      x3.fma(b33, x2.fma(b23, x1.fma(b13, x0.fma(b03, zero)))).intoArray(c, at + 3 * LANES);
    }
  }
}
