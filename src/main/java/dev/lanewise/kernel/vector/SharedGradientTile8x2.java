package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.MEDIUM;
import static dev.lanewise.kernel.vector.SharedVector.FIRST_FOUR;
import static dev.lanewise.kernel.vector.SharedVector.FOURS_1;
import static dev.lanewise.kernel.vector.SharedVector.FOURS_2;
import static dev.lanewise.kernel.vector.SharedVector.FOURS_3;
import static dev.lanewise.kernel.vector.SharedVector.FOUR_TIMES;
import static dev.lanewise.kernel.vector.SharedVector.FROM_12;
import static dev.lanewise.kernel.vector.SharedVector.FROM_4;
import static dev.lanewise.kernel.vector.SharedVector.FROM_8;
import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * A register tile of a medium panel of gradients, 8 whole rows of 17 to 20 columns: {@link SharedRowTile8x2} down the columns of A; else as
 * {@link GradientTile8x2}.
 */
final class SharedGradientTile8x2 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private SharedGradientTile8x2() {}

  /** Sums over k terms, lda apart in A and ldb in B. */
  static void run(int k, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] c, int cAt, float[] down) {
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
    FloatVector s0 = c0;
    FloatVector s1 = c0;
    int column = aAt;
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector last = FloatVector.fromArray(SPECIES, b, row + LANES).rearrange(FOUR_TIMES);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column])).reinterpretAsFloats();
      c0 = x0.fma(b0, c0);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 1])).reinterpretAsFloats();
      c1 = x1.fma(b0, c1);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 2])).reinterpretAsFloats();
      c2 = x2.fma(b0, c2);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 3])).reinterpretAsFloats();
      c3 = x3.fma(b0, c3);
      s0 = x0.blend(x1, FOURS_1).blend(x2, FOURS_2).blend(x3, FOURS_3).fma(last, s0);
      FloatVector x4 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 4])).reinterpretAsFloats();
      c4 = x4.fma(b0, c4);
      FloatVector x5 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 5])).reinterpretAsFloats();
      c5 = x5.fma(b0, c5);
      FloatVector x6 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 6])).reinterpretAsFloats();
      c6 = x6.fma(b0, c6);
      FloatVector x7 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 7])).reinterpretAsFloats();
      c7 = x7.fma(b0, c7);
      s1 = x4.blend(x5, FOURS_1).blend(x6, FOURS_2).blend(x7, FOURS_3).fma(last, s1);
      column += lda;
      row += ldb;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector last0 = zero.blend(s0, FIRST_FOUR);
    FloatVector last1 = zero.blend(s0.rearrange(FROM_4), FIRST_FOUR);
    FloatVector last2 = zero.blend(s0.rearrange(FROM_8), FIRST_FOUR);
    FloatVector last3 = zero.blend(s0.rearrange(FROM_12), FIRST_FOUR);
    FloatVector last4 = zero.blend(s1, FIRST_FOUR);
    FloatVector last5 = zero.blend(s1.rearrange(FROM_4), FIRST_FOUR);
    FloatVector last6 = zero.blend(s1.rearrange(FROM_8), FIRST_FOUR);
    FloatVector last7 = zero.blend(s1.rearrange(FROM_12), FIRST_FOUR);
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c0 = d.fma(c0, FloatVector.fromArray(SPECIES, c, cAt));
      last0 = d.fma(last0, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c1 = d.fma(c1, FloatVector.fromArray(SPECIES, c, cAt + MEDIUM));
      last1 = d.fma(last1, FloatVector.fromArray(SPECIES, c, cAt + MEDIUM + LANES));
      c2 = d.fma(c2, FloatVector.fromArray(SPECIES, c, cAt + 2 * MEDIUM));
      last2 = d.fma(last2, FloatVector.fromArray(SPECIES, c, cAt + 2 * MEDIUM + LANES));
      c3 = d.fma(c3, FloatVector.fromArray(SPECIES, c, cAt + 3 * MEDIUM));
      last3 = d.fma(last3, FloatVector.fromArray(SPECIES, c, cAt + 3 * MEDIUM + LANES));
      c4 = d.fma(c4, FloatVector.fromArray(SPECIES, c, cAt + 4 * MEDIUM));
      last4 = d.fma(last4, FloatVector.fromArray(SPECIES, c, cAt + 4 * MEDIUM + LANES));
      c5 = d.fma(c5, FloatVector.fromArray(SPECIES, c, cAt + 5 * MEDIUM));
      last5 = d.fma(last5, FloatVector.fromArray(SPECIES, c, cAt + 5 * MEDIUM + LANES));
      c6 = d.fma(c6, FloatVector.fromArray(SPECIES, c, cAt + 6 * MEDIUM));
      last6 = d.fma(last6, FloatVector.fromArray(SPECIES, c, cAt + 6 * MEDIUM + LANES));
      c7 = d.fma(c7, FloatVector.fromArray(SPECIES, c, cAt + 7 * MEDIUM));
      last7 = d.fma(last7, FloatVector.fromArray(SPECIES, c, cAt + 7 * MEDIUM + LANES));
    }
    c0.intoArray(c, cAt);
    last0.intoArray(c, cAt + LANES);
    c1.intoArray(c, cAt + MEDIUM);
    last1.intoArray(c, cAt + MEDIUM + LANES);
    c2.intoArray(c, cAt + 2 * MEDIUM);
    last2.intoArray(c, cAt + 2 * MEDIUM + LANES);
    c3.intoArray(c, cAt + 3 * MEDIUM);
    last3.intoArray(c, cAt + 3 * MEDIUM + LANES);
    c4.intoArray(c, cAt + 4 * MEDIUM);
    last4.intoArray(c, cAt + 4 * MEDIUM + LANES);
    c5.intoArray(c, cAt + 5 * MEDIUM);
    last5.intoArray(c, cAt + 5 * MEDIUM + LANES);
    c6.intoArray(c, cAt + 6 * MEDIUM);
    last6.intoArray(c, cAt + 6 * MEDIUM + LANES);
    c7.intoArray(c, cAt + 7 * MEDIUM);
    last7.intoArray(c, cAt + 7 * MEDIUM + LANES);
  }
}
