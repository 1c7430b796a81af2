package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of C, 4 whole rows × 4 vectors: {@link WholeRowTile6x4} for what tiles of six rows leave. Here start comes first: the
 * other order takes 3 % longer.
 */
final class WholeRowTile4x4 {

  /** Rows of a tile. */
  static final int ROWS = 4;

  private WholeRowTile4x4() {}

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
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    if (start != null) {
      c00 = FloatVector.fromArray(SPECIES, start, startAt);
      c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
      c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
      c03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
      c10 = c00;
      c11 = c01;
      c12 = c02;
      c13 = c03;
      c20 = c00;
      c21 = c01;
      c22 = c02;
      c23 = c03;
      c30 = c00;
      c31 = c01;
      c32 = c02;
      c33 = c03;
    }
    for (int p = 0; p < k; p++) {
      int row = bAt + p * Panels.WIDE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    int t1 = cAt + ldc;
    c10.intoArray(c, t1);
    c11.intoArray(c, t1 + LANES);
    c12.intoArray(c, t1 + 2 * LANES);
    c13.intoArray(c, t1 + 3 * LANES);
    int t2 = cAt + 2 * ldc;
    c20.intoArray(c, t2);
    c21.intoArray(c, t2 + LANES);
    c22.intoArray(c, t2 + 2 * LANES);
    c23.intoArray(c, t2 + 3 * LANES);
    int t3 = cAt + 3 * ldc;
    c30.intoArray(c, t3);
    c31.intoArray(c, t3 + LANES);
    c32.intoArray(c, t3 + 2 * LANES);
    c33.intoArray(c, t3 + 3 * LANES);
  }
}
