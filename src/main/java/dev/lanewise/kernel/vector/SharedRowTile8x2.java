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
 * A register tile of C, 8 whole rows of 17 to 20 columns of a medium panel: a vector each and {@link SharedVector} for each four; else as
 * {@link WholeRowTile8x2}. There are almost as many broadcasts as multiply-adds: of ints, as in {@link WholeRowTile8x1}. One term at a time,
 * as there.
 */
final class SharedRowTile8x2 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private SharedRowTile8x2() {}

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
    int a4 = aAt + 4 * lda;
    int a5 = aAt + 5 * lda;
    int a6 = aAt + 6 * lda;
    int a7 = aAt + 7 * lda;
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
    FloatVector padding = c0;
    if (start != null) {
      c0 = FloatVector.fromArray(SPECIES, start, startAt);
      c1 = c0;
      c2 = c0;
      c3 = c0;
      c4 = c0;
      c5 = c0;
      c6 = c0;
      c7 = c0;
      padding = FloatVector.fromArray(SPECIES, start, startAt + LANES);
      s0 = padding.rearrange(FOUR_TIMES);
      s1 = s0;
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * MEDIUM;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector last = FloatVector.fromArray(SPECIES, b, row + LANES).rearrange(FOUR_TIMES);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[aAt + p])).reinterpretAsFloats();
      c0 = x0.fma(b0, c0);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a1 + p])).reinterpretAsFloats();
      c1 = x1.fma(b0, c1);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a2 + p])).reinterpretAsFloats();
      c2 = x2.fma(b0, c2);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a3 + p])).reinterpretAsFloats();
      c3 = x3.fma(b0, c3);
      s0 = x0.blend(x1, FOURS_1).blend(x2, FOURS_2).blend(x3, FOURS_3).fma(last, s0);
      FloatVector x4 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a4 + p])).reinterpretAsFloats();
      c4 = x4.fma(b0, c4);
      FloatVector x5 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a5 + p])).reinterpretAsFloats();
      c5 = x5.fma(b0, c5);
      FloatVector x6 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a6 + p])).reinterpretAsFloats();
      c6 = x6.fma(b0, c6);
      FloatVector x7 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a7 + p])).reinterpretAsFloats();
      c7 = x7.fma(b0, c7);
      s1 = x4.blend(x5, FOURS_1).blend(x6, FOURS_2).blend(x7, FOURS_3).fma(last, s1);
    }
    FloatVector last0 = padding.blend(s0, FIRST_FOUR);
    FloatVector last1 = padding.blend(s0.rearrange(FROM_4), FIRST_FOUR);
    FloatVector last2 = padding.blend(s0.rearrange(FROM_8), FIRST_FOUR);
    FloatVector last3 = padding.blend(s0.rearrange(FROM_12), FIRST_FOUR);
    FloatVector last4 = padding.blend(s1, FIRST_FOUR);
    FloatVector last5 = padding.blend(s1.rearrange(FROM_4), FIRST_FOUR);
    FloatVector last6 = padding.blend(s1.rearrange(FROM_8), FIRST_FOUR);
    FloatVector last7 = padding.blend(s1.rearrange(FROM_12), FIRST_FOUR);
    c0.intoArray(c, cAt);
    last0.intoArray(c, cAt + LANES);
    int t1 = cAt + ldc;
    c1.intoArray(c, t1);
    last1.intoArray(c, t1 + LANES);
    int t2 = cAt + 2 * ldc;
    c2.intoArray(c, t2);
    last2.intoArray(c, t2 + LANES);
    int t3 = cAt + 3 * ldc;
    c3.intoArray(c, t3);
    last3.intoArray(c, t3 + LANES);
    int t4 = cAt + 4 * ldc;
    c4.intoArray(c, t4);
    last4.intoArray(c, t4 + LANES);
    int t5 = cAt + 5 * ldc;
    c5.intoArray(c, t5);
    last5.intoArray(c, t5 + LANES);
    int t6 = cAt + 6 * ldc;
    c6.intoArray(c, t6);
    last6.intoArray(c, t6 + LANES);
    int t7 = cAt + 7 * ldc;
    c7.intoArray(c, t7);
    last7.intoArray(c, t7 + LANES);
  }
}
