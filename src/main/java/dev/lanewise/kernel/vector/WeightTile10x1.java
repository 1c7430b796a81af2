package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of Cᵀ for 16 registers, 10 rows of packed weights × 1 vector of the batch: for so few rows of it that {@link
 * WeightTile6x2} would be half empty. A load for each multiply-add, whose lines have the same place in L1, so that they come one a
 * cycle; therefore two terms of a row follow each other, which are in one line.
 */
final class WeightTile10x1 {

  /** Rows of a tile. */
  static final int ROWS = 10;

  /** Rows of the batch. */
  static final int BATCH = LANES;

  /** A term's number is that of its panel and one within it. */
  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(Panels.WIDE);

  private static final int PANEL_MASK = Panels.WIDE - 1;

  private WeightTile10x1() {}

  /** As {@link WeightTile6x2#run}, with as much room from row to row. */
  static void run(boolean first, int k, float[] packed, int w, int panel, float[] b, int bAt, float[] c, int cAt) {
    if (k < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    FloatVector c6 = FloatVector.zero(SPECIES);
    FloatVector c7 = FloatVector.zero(SPECIES);
    FloatVector c8 = FloatVector.zero(SPECIES);
    FloatVector c9 = FloatVector.zero(SPECIES);
    if (!first) {
      c0 = FloatVector.fromArray(SPECIES, c, cAt);
      c1 = FloatVector.fromArray(SPECIES, c, cAt + Panels.WIDE);
      c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * Panels.WIDE);
      c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * Panels.WIDE);
      c4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * Panels.WIDE);
      c5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * Panels.WIDE);
      c6 = FloatVector.fromArray(SPECIES, c, cAt + 6 * Panels.WIDE);
      c7 = FloatVector.fromArray(SPECIES, c, cAt + 7 * Panels.WIDE);
      c8 = FloatVector.fromArray(SPECIES, c, cAt + 8 * Panels.WIDE);
      c9 = FloatVector.fromArray(SPECIES, c, cAt + 9 * Panels.WIDE);
    }
    int row = bAt;
    int end = bAt + (k & ~1) * Panels.WIDE; // no counted loop, as in Tile6x4
    int p = 0;
    while (row != end) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      p += 2;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + Panels.WIDE);
      row += 2 * Panels.WIDE;
      c0 = FloatVector.broadcast(SPECIES, packed[i]).fma(b0, c0);
      c0 = FloatVector.broadcast(SPECIES, packed[i + 1]).fma(b1, c0);
      c1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE]).fma(b0, c1);
      c1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE + 1]).fma(b1, c1);
      c2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE]).fma(b0, c2);
      c2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE + 1]).fma(b1, c2);
      c3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE]).fma(b0, c3);
      c3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE + 1]).fma(b1, c3);
      c4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE]).fma(b0, c4);
      c4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE + 1]).fma(b1, c4);
      c5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE]).fma(b0, c5);
      c5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE + 1]).fma(b1, c5);
      c6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE]).fma(b0, c6);
      c6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE + 1]).fma(b1, c6);
      c7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE]).fma(b0, c7);
      c7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE + 1]).fma(b1, c7);
      c8 = FloatVector.broadcast(SPECIES, packed[i + 8 * Panels.WIDE]).fma(b0, c8);
      c8 = FloatVector.broadcast(SPECIES, packed[i + 8 * Panels.WIDE + 1]).fma(b1, c8);
      c9 = FloatVector.broadcast(SPECIES, packed[i + 9 * Panels.WIDE]).fma(b0, c9);
      c9 = FloatVector.broadcast(SPECIES, packed[i + 9 * Panels.WIDE + 1]).fma(b1, c9);
    }
    if (p != k) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      c0 = FloatVector.broadcast(SPECIES, packed[i]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE]).fma(b0, c7);
      c8 = FloatVector.broadcast(SPECIES, packed[i + 8 * Panels.WIDE]).fma(b0, c8);
      c9 = FloatVector.broadcast(SPECIES, packed[i + 9 * Panels.WIDE]).fma(b0, c9);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + Panels.WIDE);
    c2.intoArray(c, cAt + 2 * Panels.WIDE);
    c3.intoArray(c, cAt + 3 * Panels.WIDE);
    c4.intoArray(c, cAt + 4 * Panels.WIDE);
    c5.intoArray(c, cAt + 5 * Panels.WIDE);
    c6.intoArray(c, cAt + 6 * Panels.WIDE);
    c7.intoArray(c, cAt + 7 * Panels.WIDE);
    c8.intoArray(c, cAt + 8 * Panels.WIDE);
    c9.intoArray(c, cAt + 9 * Panels.WIDE);
  }
}
