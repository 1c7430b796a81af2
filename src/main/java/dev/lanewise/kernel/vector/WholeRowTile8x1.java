package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * A register tile of C, 8 whole rows × 1 vector of 16 columns: {@link RowTile8x1} as {@link WholeRowTile6x4} is {@link RowTile6x4}. One
 * term at a time: two are 3 % faster a term, but what is left of an odd number of them is some 60 instructions, 4 of 29 ns with 15 terms.
 *
 * <p>What is broadcast are the bits of a float, as an int: {@code VPBROADCASTD} from memory needs no more than a load. On Zen 4 {@code
 * VBROADCASTSS} of 512 bits also takes a place among multiply-adds, of which there are no more than broadcasts here: eight of each take 2.9
 * ns, and 2.2 so. Written out, since with a method for it the products of one JVM in twelve stayed scalar: most likely C2 had compiled that
 * by itself first, and then did not inline it.
 */
final class WholeRowTile8x1 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  private WholeRowTile8x1() {}

  /** All rows from the same row of start, or from zero where that is null. */
  static void run(
      float[] start, int startAt,
      int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
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
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    FloatVector c60 = c00;
    FloatVector c70 = c00;
    if (start != null) {
      c00 = FloatVector.fromArray(SPECIES, start, startAt);
      c10 = c00;
      c20 = c00;
      c30 = c00;
      c40 = c00;
      c50 = c00;
      c60 = c00;
      c70 = c00;
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * Panels.NARROW;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[aAt + p])).reinterpretAsFloats();
      c00 = x0.fma(b0, c00);
      FloatVector x1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a1 + p])).reinterpretAsFloats();
      c10 = x1.fma(b0, c10);
      FloatVector x2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a2 + p])).reinterpretAsFloats();
      c20 = x2.fma(b0, c20);
      FloatVector x3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a3 + p])).reinterpretAsFloats();
      c30 = x3.fma(b0, c30);
      FloatVector x4 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a4 + p])).reinterpretAsFloats();
      c40 = x4.fma(b0, c40);
      FloatVector x5 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a5 + p])).reinterpretAsFloats();
      c50 = x5.fma(b0, c50);
      FloatVector x6 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a6 + p])).reinterpretAsFloats();
      c60 = x6.fma(b0, c60);
      FloatVector x7 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[a7 + p])).reinterpretAsFloats();
      c70 = x7.fma(b0, c70);
    }
    c00.intoArray(c, cAt);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    int t4 = cAt + 4 * ldc;
    c40.intoArray(c, t4);
    int t5 = cAt + 5 * ldc;
    c50.intoArray(c, t5);
    int t6 = cAt + 6 * ldc;
    c60.intoArray(c, t6);
    int t7 = cAt + 7 * ldc;
    c70.intoArray(c, t7);
  }
}
