package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.NARROW;
import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * A register tile of a narrow panel of gradients, 16 whole rows × 1 vector: {@link GradientTile8x1} twice, which loads each vector of B
 * once for both and, of few terms, has one beginning and one end where those are half of the time.
 */
final class GradientTile16x1 {

  /** Rows of a tile. */
  static final int ROWS = 16;

  private GradientTile16x1() {}

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
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    FloatVector c10 = c0;
    FloatVector c11 = c0;
    FloatVector c12 = c0;
    FloatVector c13 = c0;
    FloatVector c14 = c0;
    FloatVector c15 = c0;
    int column = aAt;
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c0 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column])).reinterpretAsFloats().fma(b0, c0);
      c1 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 1])).reinterpretAsFloats().fma(b0, c1);
      c2 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 2])).reinterpretAsFloats().fma(b0, c2);
      c3 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 3])).reinterpretAsFloats().fma(b0, c3);
      c4 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 4])).reinterpretAsFloats().fma(b0, c4);
      c5 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 5])).reinterpretAsFloats().fma(b0, c5);
      c6 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 6])).reinterpretAsFloats().fma(b0, c6);
      c7 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 7])).reinterpretAsFloats().fma(b0, c7);
      c8 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 8])).reinterpretAsFloats().fma(b0, c8);
      c9 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 9])).reinterpretAsFloats().fma(b0, c9);
      c10 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 10])).reinterpretAsFloats().fma(b0, c10);
      c11 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 11])).reinterpretAsFloats().fma(b0, c11);
      c12 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 12])).reinterpretAsFloats().fma(b0, c12);
      c13 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 13])).reinterpretAsFloats().fma(b0, c13);
      c14 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 14])).reinterpretAsFloats().fma(b0, c14);
      c15 = IntVector.broadcast(INTS, Float.floatToRawIntBits(a[column + 15])).reinterpretAsFloats().fma(b0, c15);
      column += lda;
      row += ldb;
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c0 = d.fma(c0, FloatVector.fromArray(SPECIES, c, cAt));
      c1 = d.fma(c1, FloatVector.fromArray(SPECIES, c, cAt + NARROW));
      c2 = d.fma(c2, FloatVector.fromArray(SPECIES, c, cAt + 2 * NARROW));
      c3 = d.fma(c3, FloatVector.fromArray(SPECIES, c, cAt + 3 * NARROW));
      c4 = d.fma(c4, FloatVector.fromArray(SPECIES, c, cAt + 4 * NARROW));
      c5 = d.fma(c5, FloatVector.fromArray(SPECIES, c, cAt + 5 * NARROW));
      c6 = d.fma(c6, FloatVector.fromArray(SPECIES, c, cAt + 6 * NARROW));
      c7 = d.fma(c7, FloatVector.fromArray(SPECIES, c, cAt + 7 * NARROW));
      c8 = d.fma(c8, FloatVector.fromArray(SPECIES, c, cAt + 8 * NARROW));
      c9 = d.fma(c9, FloatVector.fromArray(SPECIES, c, cAt + 9 * NARROW));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + 10 * NARROW));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + 11 * NARROW));
      c12 = d.fma(c12, FloatVector.fromArray(SPECIES, c, cAt + 12 * NARROW));
      c13 = d.fma(c13, FloatVector.fromArray(SPECIES, c, cAt + 13 * NARROW));
      c14 = d.fma(c14, FloatVector.fromArray(SPECIES, c, cAt + 14 * NARROW));
      c15 = d.fma(c15, FloatVector.fromArray(SPECIES, c, cAt + 15 * NARROW));
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + NARROW);
    c2.intoArray(c, cAt + 2 * NARROW);
    c3.intoArray(c, cAt + 3 * NARROW);
    c4.intoArray(c, cAt + 4 * NARROW);
    c5.intoArray(c, cAt + 5 * NARROW);
    c6.intoArray(c, cAt + 6 * NARROW);
    c7.intoArray(c, cAt + 7 * NARROW);
    c8.intoArray(c, cAt + 8 * NARROW);
    c9.intoArray(c, cAt + 9 * NARROW);
    c10.intoArray(c, cAt + 10 * NARROW);
    c11.intoArray(c, cAt + 11 * NARROW);
    c12.intoArray(c, cAt + 12 * NARROW);
    c13.intoArray(c, cAt + 13 * NARROW);
    c14.intoArray(c, cAt + 14 * NARROW);
    c15.intoArray(c, cAt + 15 * NARROW);
  }
}
