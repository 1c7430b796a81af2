package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of Cᵀ, 8 rows of packed weights × 2 vectors of the batch: cᵀ = Σ w·aᵀ, over terms that lie in wide panels. The
 * weights are read where they are, one float at a time, and used for 32 rows of the batch.
 *
 * <p>Their rows are a constant apart, so that eight indices are one, with eight offsets in the instructions, of which C2 checks the first
 * and the last. That leaves 94 % of the peak where panels of the transpose, made first, left 75 (32 rows against 512 × 512 weights, Zen 5).
 * Sixteen accumulators are twice what hides the latency of multiply-adds. Sixteen rows × 1 vector, a load for each
 * multiply-add, had 65 %, and 6 × 4, for 64 rows of the batch, 93.
 */
final class WeightTile8x2 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  /** Rows of the batch that a tile is for: two vectors of them. */
  static final int BATCH = 2 * Panels.NARROW;

  /** A term's number is that of its panel and one within it. */
  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(Panels.WIDE);

  private static final int PANEL_MASK = Panels.WIDE - 1;

  private WeightTile8x2() {}

  /**
   * Writes a block of 8 × 32.
   *
   * @param k terms, of one wide panel after the other
   * @param w where the first panel has the first row
   * @param panel from one panel to the next
   * @param b Aᵀ, of k × 32
   */
  static void run(int k, float[] packed, int w, int panel, float[] b, int bAt, float[] c, int cAt) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    int row = bAt;
    int end = bAt + k * BATCH; // no counted loop, as in Tile6x4
    int p = 0;
    while (row != end) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      p++;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      row += BATCH;
      FloatVector x0 = FloatVector.broadcast(SPECIES, packed[i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + 2 * LANES);
    c11.intoArray(c, cAt + 3 * LANES);
    c20.intoArray(c, cAt + 4 * LANES);
    c21.intoArray(c, cAt + 5 * LANES);
    c30.intoArray(c, cAt + 6 * LANES);
    c31.intoArray(c, cAt + 7 * LANES);
    c40.intoArray(c, cAt + 8 * LANES);
    c41.intoArray(c, cAt + 9 * LANES);
    c50.intoArray(c, cAt + 10 * LANES);
    c51.intoArray(c, cAt + 11 * LANES);
    c60.intoArray(c, cAt + 12 * LANES);
    c61.intoArray(c, cAt + 13 * LANES);
    c70.intoArray(c, cAt + 14 * LANES);
    c71.intoArray(c, cAt + 15 * LANES);
  }
}
