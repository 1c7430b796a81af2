package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A step of descent by one term: W += down · aᵀ·b over one panel of four vectors, row after row. {@link OuterProduct4} would multiply three
 * terms that are missing, which takes longer than the weights take from L2 or L3; those from memory are left to it, see {@link
 * GradientBlocking#hasOneTerm}.
 */
final class OuterProduct1 {

  private OuterProduct1() {}

  /** Rows of W from a row of A and one of B. */
  static void run(int rows, float[] a, int aAt, float[] b, int bAt, float[] w, int wAt, float[] down) {
    if (rows <= 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LANES);
    FloatVector b2 = FloatVector.fromArray(SPECIES, b, bAt + 2 * LANES);
    FloatVector b3 = FloatVector.fromArray(SPECIES, b, bAt + 3 * LANES);
    FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
    for (int i = 0; i < rows; i++) {
      int at = wAt + i * Panels.WIDE;
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + i]);
      d.fma(x.fma(b0, zero), FloatVector.fromArray(SPECIES, w, at)).intoArray(w, at);
      d.fma(x.fma(b1, zero), FloatVector.fromArray(SPECIES, w, at + LANES)).intoArray(w, at + LANES);
      d.fma(x.fma(b2, zero), FloatVector.fromArray(SPECIES, w, at + 2 * LANES)).intoArray(w, at + 2 * LANES);
      d.fma(x.fma(b3, zero), FloatVector.fromArray(SPECIES, w, at + 3 * LANES)).intoArray(w, at + 3 * LANES);
    }
  }
}
