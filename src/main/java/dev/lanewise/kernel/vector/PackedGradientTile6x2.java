package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A register tile of a panel of gradients, 6 whole rows × 2 vectors: what {@link ColumnTile6x2} computes from zero of the same operands,
 * where C is a wide panel. Its rows are a constant apart, so that C2 checks the first and the last index of a tile and not all 24.
 */
final class PackedGradientTile6x2 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  private PackedGradientTile6x2() {}

  /** Sums over k terms, {@value #ROWS} apart in A. */
  static void run(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] down) {
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
    int last = k - 1;
    for (int p = 0; p < k; p += 2) {
      int row = bAt + p * WIDE;
      int column = aAt + p * ROWS;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      if (p == last) {
        break;
      }
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, row + WIDE);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, row + WIDE + LANES);
      FloatVector y0 = FloatVector.broadcast(SPECIES, a[column + ROWS]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      FloatVector y1 = FloatVector.broadcast(SPECIES, a[column + ROWS + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
      FloatVector y2 = FloatVector.broadcast(SPECIES, a[column + ROWS + 2]);
      c20 = y2.fma(d0, c20);
      c21 = y2.fma(d1, c21);
      FloatVector y3 = FloatVector.broadcast(SPECIES, a[column + ROWS + 3]);
      c30 = y3.fma(d0, c30);
      c31 = y3.fma(d1, c31);
      FloatVector y4 = FloatVector.broadcast(SPECIES, a[column + ROWS + 4]);
      c40 = y4.fma(d0, c40);
      c41 = y4.fma(d1, c41);
      FloatVector y5 = FloatVector.broadcast(SPECIES, a[column + ROWS + 5]);
      c50 = y5.fma(d0, c50);
      c51 = y5.fma(d1, c51);
    }
    if (down != null) {
      FloatVector d = FloatVector.broadcast(SPECIES, down[0]);
      c00 = d.fma(c00, FloatVector.fromArray(SPECIES, c, cAt));
      c01 = d.fma(c01, FloatVector.fromArray(SPECIES, c, cAt + LANES));
      c10 = d.fma(c10, FloatVector.fromArray(SPECIES, c, cAt + WIDE));
      c11 = d.fma(c11, FloatVector.fromArray(SPECIES, c, cAt + WIDE + LANES));
      c20 = d.fma(c20, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE));
      c21 = d.fma(c21, FloatVector.fromArray(SPECIES, c, cAt + 2 * WIDE + LANES));
      c30 = d.fma(c30, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE));
      c31 = d.fma(c31, FloatVector.fromArray(SPECIES, c, cAt + 3 * WIDE + LANES));
      c40 = d.fma(c40, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE));
      c41 = d.fma(c41, FloatVector.fromArray(SPECIES, c, cAt + 4 * WIDE + LANES));
      c50 = d.fma(c50, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE));
      c51 = d.fma(c51, FloatVector.fromArray(SPECIES, c, cAt + 5 * WIDE + LANES));
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
  }
}
