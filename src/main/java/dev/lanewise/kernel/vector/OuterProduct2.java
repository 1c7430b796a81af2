package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/** What {@link OuterProduct4} is, over a panel of two vectors and for 16 registers. */
final class OuterProduct2 {

  private OuterProduct2() {}

  /** As {@link OuterProduct4#run}. */
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
    FloatVector b10 = zero;
    FloatVector b11 = zero;
    FloatVector b20 = zero;
    FloatVector b21 = zero;
    FloatVector b30 = zero;
    FloatVector b31 = zero;
    if (k > 1) {
      int row = bAt + ldb;
      b10 = FloatVector.fromArray(SPECIES, b, row);
      b11 = FloatVector.fromArray(SPECIES, b, row + LANES);
    }
    if (k > 2) {
      int row = bAt + 2 * ldb;
      b20 = FloatVector.fromArray(SPECIES, b, row);
      b21 = FloatVector.fromArray(SPECIES, b, row + LANES);
    }
    if (k > 3) {
      int row = bAt + 3 * ldb;
      b30 = FloatVector.fromArray(SPECIES, b, row);
      b31 = FloatVector.fromArray(SPECIES, b, row + LANES);
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
      d.fma(s0, FloatVector.fromArray(SPECIES, w, at)).intoArray(w, at);
      d.fma(s1, FloatVector.fromArray(SPECIES, w, at + LANES)).intoArray(w, at + LANES);
    }
  }
}
