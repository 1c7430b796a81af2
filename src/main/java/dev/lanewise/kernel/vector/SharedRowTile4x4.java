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
 * A register tile of C, 4 whole rows of 49 to 52 columns of a wide panel: three vectors each and one {@link SharedVector}; else as
 * {@link SharedRowTile8x2}.
 */
final class SharedRowTile4x4 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private SharedRowTile4x4() {}

  /** All rows from the same row of start, or from zero where that is null. */
  static void run(
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    int a1 = aAt + lda;
    int a2 = aAt + 2 * lda;
    int a3 = aAt + 3 * lda;
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
    FloatVector padding = c00;
    if (start != null) {
      c00 = FloatVector.fromArray(SPECIES, start, startAt);
      c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
      c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
      c10 = c00;
      c11 = c01;
      c12 = c02;
      c20 = c00;
      c21 = c01;
      c22 = c02;
      c30 = c00;
      c31 = c01;
      c32 = c02;
      padding = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
      s0 = padding.rearrange(FOUR_TIMES);
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector last = FloatVector.fromArray(SPECIES, b, row + 3 * LANES).rearrange(FOUR_TIMES);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[aAt + p])).reinterpretAsFloats();
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a1 + p])).reinterpretAsFloats();
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a2 + p])).reinterpretAsFloats();
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a3 + p])).reinterpretAsFloats();
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      s0 = x0.blend(x1, FOURS_1).blend(x2, FOURS_2).blend(x3, FOURS_3).fma(last, s0);
    }
    FloatVector last0 = padding.blend(s0, FIRST_FOUR);
    FloatVector last1 = padding.blend(s0.rearrange(FROM_4), FIRST_FOUR);
    FloatVector last2 = padding.blend(s0.rearrange(FROM_8), FIRST_FOUR);
    FloatVector last3 = padding.blend(s0.rearrange(FROM_12), FIRST_FOUR);
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    last0.intoArray(c, cAt + 3 * LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    last1.intoArray(c, t1 + 3 * LANES);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    last2.intoArray(c, t2 + 3 * LANES);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    last3.intoArray(c, t3 + 3 * LANES);
  }
}
