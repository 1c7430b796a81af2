package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of Cᵀ for 16 registers, 5 rows of packed weights × 2 vectors of the batch: what {@link WeightTile8x2} is elsewhere. A
 * sixth row would need a register more than there are.
 */
final class WeightTile5x2 {

  /** Rows of a tile. */
  static final int ROWS = 5;

  /** Rows of the batch. */
  static final int BATCH = 2 * LANES;

  /** A term's number is that of its panel and one within it. */
  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(Panels.WIDE);

  private static final int PANEL_MASK = Panels.WIDE - 1;

  private WeightTile5x2() {}

  /**
   * As {@link WeightTile8x2#run}, with its own size of a block.
   *
   * @param first whether sums begin, or go on with what the block has
   */
  static void run(boolean first, int k, float[] packed, int w, int panel, float[] b, int bAt, float[] c, int cAt) {
    if (k < 0) { // one of Tiles.callWithoutTerms
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
    if (!first) {
      c00 = FloatVector.fromArray(SPECIES, c, cAt);
      c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
      c10 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
      c11 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
      c20 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
      c21 = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
      c30 = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
      c31 = FloatVector.fromArray(SPECIES, c, cAt + 7 * LANES);
      c40 = FloatVector.fromArray(SPECIES, c, cAt + 8 * LANES);
      c41 = FloatVector.fromArray(SPECIES, c, cAt + 9 * LANES);
    }
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
  }
}
