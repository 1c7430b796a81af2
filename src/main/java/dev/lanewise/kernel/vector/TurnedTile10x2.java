package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.NARROW;
import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of the gradient of a narrow panel, or of half a medium one, transposed: 10 columns of the error × 2 vectors along the
 * rows of A, for processors that are {@link Blocking#KNOWN}; A is k × m, the error k × n. Ten columns, so that A, whose rows may be in a few
 * sets of the first cache only, is read once and not twice. The ten floats of a term follow each other: C2 checks the first and the last
 * index of theirs.
 */
final class TurnedTile10x2 {

  /** Columns of a tile. */
  static final int COLUMNS = 10;

  /** Columns of A, which are rows of the gradient: two vectors. */
  static final int ROWS = Panels.MEDIUM;

  private TurnedTile10x2() {}

  /**
   * Sums over k terms.
   *
   * @param delta has rows of {@link Panels#NARROW}
   * @param c of rows of {@link Panels#WIDE}, one for each column
   */
  static void run(int k, float[] delta, int deltaAt, float[] a, int aAt, int lda, float[] c, int cAt) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c60 = c00;
    FloatVector c61 = c00;
    FloatVector c70 = c00;
    FloatVector c71 = c00;
    FloatVector c80 = c00;
    FloatVector c81 = c00;
    FloatVector c90 = c00;
    FloatVector c91 = c00;
    int row = aAt;
    for (int p = 0; p < k; p++) {
      int column = deltaAt + p * NARROW;
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, row);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, row + LANES);
      row += lda;
      FloatVector x0 = FloatVector.broadcast(SPECIES, delta[column]);
      c00 = x0.fma(a0, c00);
      c01 = x0.fma(a1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, delta[column + 1]);
      c10 = x1.fma(a0, c10);
      c11 = x1.fma(a1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, delta[column + 2]);
      c20 = x2.fma(a0, c20);
      c21 = x2.fma(a1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, delta[column + 3]);
      c30 = x3.fma(a0, c30);
      c31 = x3.fma(a1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, delta[column + 4]);
      c40 = x4.fma(a0, c40);
      c41 = x4.fma(a1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, delta[column + 5]);
      c50 = x5.fma(a0, c50);
      c51 = x5.fma(a1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, delta[column + 6]);
      c60 = x6.fma(a0, c60);
      c61 = x6.fma(a1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, delta[column + 7]);
      c70 = x7.fma(a0, c70);
      c71 = x7.fma(a1, c71);
      FloatVector x8 = FloatVector.broadcast(SPECIES, delta[column + 8]);
      c80 = x8.fma(a0, c80);
      c81 = x8.fma(a1, c81);
      FloatVector x9 = FloatVector.broadcast(SPECIES, delta[column + 9]);
      c90 = x9.fma(a0, c90);
      c91 = x9.fma(a1, c91);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + WIDE);
    c11.intoArray(c, cAt + WIDE + LANES);
    c20.intoArray(c, cAt + 2 * WIDE);
    c21.intoArray(c, cAt + 2 * WIDE + LANES);
    c30.intoArray(c, cAt + 3 * WIDE);
    c31.intoArray(c, cAt + 3 * WIDE + LANES);
    c40.intoArray(c, cAt + 4 * WIDE);
    c41.intoArray(c, cAt + 4 * WIDE + LANES);
    c50.intoArray(c, cAt + 5 * WIDE);
    c51.intoArray(c, cAt + 5 * WIDE + LANES);
    c60.intoArray(c, cAt + 6 * WIDE);
    c61.intoArray(c, cAt + 6 * WIDE + LANES);
    c70.intoArray(c, cAt + 7 * WIDE);
    c71.intoArray(c, cAt + 7 * WIDE + LANES);
    c80.intoArray(c, cAt + 8 * WIDE);
    c81.intoArray(c, cAt + 8 * WIDE + LANES);
    c90.intoArray(c, cAt + 9 * WIDE);
    c91.intoArray(c, cAt + 9 * WIDE + LANES);
  }
}
