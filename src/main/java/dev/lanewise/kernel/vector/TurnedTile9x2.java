package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.MEDIUM;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of {@link TurnedNines}: nine columns of forward products or of a gradient, transposed × 2 vectors along their rows. Twice
 * nine are what a panel of seventeen or eighteen columns has, of which two vectors a row would be half empty. The nine floats of a term
 * follow each other: C2 checks the first and the last index of theirs.
 */
final class TurnedTile9x2 {

  /** Columns of a tile. */
  static final int COLUMNS = 9;

  /** Rows of a tile: two vectors. */
  static final int ROWS = Panels.MEDIUM;

  private TurnedTile9x2() {}

  /**
   * Sums over k terms.
   *
   * @param x B forwards, the error in a gradient: of each of k terms nine floats
   * @param a Aᵀ forwards, A in a gradient: of each term two vectors
   * @param goesOn whether sums go on from C
   * @param c of rows of {@link Panels#MEDIUM}, one for each column
   */
  static void run(
      int k, float[] x, int xAt, int ldx, float[] a, int aAt, int lda, boolean goesOn, float[] c, int cAt) {
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
    if (goesOn) {
      c00 = FloatVector.fromArray(SPECIES, c, cAt);
      c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
      c10 = FloatVector.fromArray(SPECIES, c, cAt + MEDIUM);
      c11 = FloatVector.fromArray(SPECIES, c, cAt + MEDIUM + LANES);
      c20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * MEDIUM);
      c21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * MEDIUM + LANES);
      c30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * MEDIUM);
      c31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * MEDIUM + LANES);
      c40 = FloatVector.fromArray(SPECIES, c, cAt + 4 * MEDIUM);
      c41 = FloatVector.fromArray(SPECIES, c, cAt + 4 * MEDIUM + LANES);
      c50 = FloatVector.fromArray(SPECIES, c, cAt + 5 * MEDIUM);
      c51 = FloatVector.fromArray(SPECIES, c, cAt + 5 * MEDIUM + LANES);
      c60 = FloatVector.fromArray(SPECIES, c, cAt + 6 * MEDIUM);
      c61 = FloatVector.fromArray(SPECIES, c, cAt + 6 * MEDIUM + LANES);
      c70 = FloatVector.fromArray(SPECIES, c, cAt + 7 * MEDIUM);
      c71 = FloatVector.fromArray(SPECIES, c, cAt + 7 * MEDIUM + LANES);
      c80 = FloatVector.fromArray(SPECIES, c, cAt + 8 * MEDIUM);
      c81 = FloatVector.fromArray(SPECIES, c, cAt + 8 * MEDIUM + LANES);
    }
    int row = aAt;
    int column = xAt;
    for (int p = 0; p < k; p++) {
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, row);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[column]);
      c00 = x0.fma(a0, c00);
      c01 = x0.fma(a1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[column + 1]);
      c10 = x1.fma(a0, c10);
      c11 = x1.fma(a1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[column + 2]);
      c20 = x2.fma(a0, c20);
      c21 = x2.fma(a1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[column + 3]);
      c30 = x3.fma(a0, c30);
      c31 = x3.fma(a1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, x[column + 4]);
      c40 = x4.fma(a0, c40);
      c41 = x4.fma(a1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, x[column + 5]);
      c50 = x5.fma(a0, c50);
      c51 = x5.fma(a1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, x[column + 6]);
      c60 = x6.fma(a0, c60);
      c61 = x6.fma(a1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, x[column + 7]);
      c70 = x7.fma(a0, c70);
      c71 = x7.fma(a1, c71);
      FloatVector x8 = FloatVector.broadcast(SPECIES, x[column + 8]);
      c80 = x8.fma(a0, c80);
      c81 = x8.fma(a1, c81);
      row += lda;
      column += ldx;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + MEDIUM);
    c11.intoArray(c, cAt + MEDIUM + LANES);
    c20.intoArray(c, cAt + 2 * MEDIUM);
    c21.intoArray(c, cAt + 2 * MEDIUM + LANES);
    c30.intoArray(c, cAt + 3 * MEDIUM);
    c31.intoArray(c, cAt + 3 * MEDIUM + LANES);
    c40.intoArray(c, cAt + 4 * MEDIUM);
    c41.intoArray(c, cAt + 4 * MEDIUM + LANES);
    c50.intoArray(c, cAt + 5 * MEDIUM);
    c51.intoArray(c, cAt + 5 * MEDIUM + LANES);
    c60.intoArray(c, cAt + 6 * MEDIUM);
    c61.intoArray(c, cAt + 6 * MEDIUM + LANES);
    c70.intoArray(c, cAt + 7 * MEDIUM);
    c71.intoArray(c, cAt + 7 * MEDIUM + LANES);
    c80.intoArray(c, cAt + 8 * MEDIUM);
    c81.intoArray(c, cAt + 8 * MEDIUM + LANES);
  }
}
