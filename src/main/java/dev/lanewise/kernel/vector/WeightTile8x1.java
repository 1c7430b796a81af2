package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of Cᵀ for 16 registers, 8 rows of packed weights × 1 vector of the batch: for so few rows of it that {@link
 * WeightTile5x2} would be half empty. A load for each multiply-add, and eight sums, just enough to hide their latency.
 */
final class WeightTile8x1 {

  /** Rows of a tile. */
  static final int ROWS = 8;

  /** Rows of the batch. */
  static final int BATCH = LANES;

  /** A term's number is that of its panel and one within it. */
  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(Panels.WIDE);

  private static final int PANEL_MASK = Panels.WIDE - 1;

  private WeightTile8x1() {}

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
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    if (!first) {
      c00 = FloatVector.fromArray(SPECIES, c, cAt);
      c10 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
      c20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
      c30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
      c40 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
      c50 = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
      c60 = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
      c70 = FloatVector.fromArray(SPECIES, c, cAt + 7 * LANES);
    }
    int row = bAt;
    int end = bAt + k * BATCH; // no counted loop, as in Tile6x4
    int p = 0;
    while (row != end) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      p++;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      row += BATCH;
      FloatVector x0 = FloatVector.broadcast(SPECIES, packed[i]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE]);
      c50 = x5.fma(b0, c50);
      FloatVector x6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE]);
      c60 = x6.fma(b0, c60);
      FloatVector x7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE]);
      c70 = x7.fma(b0, c70);
    }
    c00.intoArray(c, cAt);
    c10.intoArray(c, cAt + LANES);
    c20.intoArray(c, cAt + 2 * LANES);
    c30.intoArray(c, cAt + 3 * LANES);
    c40.intoArray(c, cAt + 4 * LANES);
    c50.intoArray(c, cAt + 5 * LANES);
    c60.intoArray(c, cAt + 6 * LANES);
    c70.intoArray(c, cAt + 7 * LANES);
  }
}
