package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
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
 * A register tile of a wide panel of gradients, 4 whole rows of 49 to 52 columns: {@link SharedRowTile4x4} down the columns of A; else as
 * {@link StridedGradientTile6x4}.
 */
final class SharedGradientTile4x4 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private SharedGradientTile4x4() {}

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
    FloatVector s0 = c00;
    int column = aAt;
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector last = FloatVector.fromArray(SPECIES, b, row + 3 * LANES).rearrange(FOUR_TIMES);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column])).reinterpretAsFloats();
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 1])).reinterpretAsFloats();
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 2])).reinterpretAsFloats();
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 3])).reinterpretAsFloats();
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      s0 = x0.blend(x1, FOURS_1).blend(x2, FOURS_2).blend(x3, FOURS_3).fma(last, s0);
      column += lda;
      row += ldb;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector last0 = zero.blend(s0, FIRST_FOUR);
    FloatVector last1 = zero.blend(s0.rearrange(FROM_4), FIRST_FOUR);
    FloatVector last2 = zero.blend(s0.rearrange(FROM_8), FIRST_FOUR);
    FloatVector last3 = zero.blend(s0.rearrange(FROM_12), FIRST_FOUR);
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c02 = d.fma(c02, FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES));
      last0 = d.fma(last0, FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + WIDE));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + WIDE + LANES));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 2 * LANES));
      last1 = d.fma(last1, FloatVector.fromArray(SPECIES, c, cAt + WIDE + 3 * LANES));
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + LANES));
      c22 = d.fma(c22, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 2 * LANES));
      last2 = d.fma(last2, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + 3 * LANES));
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + LANES));
      c32 = d.fma(c32, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 2 * LANES));
      last3 = d.fma(last3, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + 3 * LANES));
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    last0.intoArray(c, cAt + 3 * LANES);
    c10.intoArray(c, cAt + WIDE);
    c11.intoArray(c, cAt + WIDE + LANES);
    c12.intoArray(c, cAt + WIDE + 2 * LANES);
    last1.intoArray(c, cAt + WIDE + 3 * LANES);
    c20.intoArray(c, cAt + 2 * WIDE);
    c21.intoArray(c, cAt + 2 * WIDE + LANES);
    c22.intoArray(c, cAt + 2 * WIDE + 2 * LANES);
    last2.intoArray(c, cAt + 2 * WIDE + 3 * LANES);
    c30.intoArray(c, cAt + 3 * WIDE);
    c31.intoArray(c, cAt + 3 * WIDE + LANES);
    c32.intoArray(c, cAt + 3 * WIDE + 2 * LANES);
    last3.intoArray(c, cAt + 3 * WIDE + 3 * LANES);
  }
}
