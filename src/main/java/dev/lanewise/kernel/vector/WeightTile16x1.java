package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of Cᵀ, 16 rows of packed weights × 1 vector of the batch: {@link WeightTile8x2} for sixteen rows of it. A load for
 * each multiply-add leaves no room for much else, so that two terms, whose weights follow each other, share a turn: 150 GFLOP/s for 16 rows
 * against 512 × 512 weights where one term a turn had 133, 12 rows a tile 140, and panels of the transpose, made first, 96 (Xeon).
 */
final class WeightTile16x1 {

  /** Rows of a tile. */
  static final int ROWS = 16;

  /** Rows of the batch. */
  static final int BATCH = Panels.NARROW;

  /** A term's number is that of its panel and one within it. */
  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(Panels.WIDE);

  private static final int PANEL_MASK = Panels.WIDE - 1;

  private WeightTile16x1() {}

  /** As {@link WeightTile8x2#run}, for Aᵀ of k × 16 and a block of 16 × 16. */
  static void run(int k, float[] packed, int w, int panel, float[] b, int bAt, float[] c, int cAt) {
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
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c13 = FloatVector.zero(SPECIES);
    FloatVector c14 = FloatVector.zero(SPECIES);
    FloatVector c15 = FloatVector.zero(SPECIES);
    int row = bAt;
    int end = bAt + (k & ~1) * BATCH; // no counted loop, as in Tile6x4
    int p = 0;
    while (row != end) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      p += 2;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, row + BATCH);
      row += 2 * BATCH;
      FloatVector x0 = FloatVector.broadcast(SPECIES, packed[i]);
      c0 = x0.fma(b0, c0);
      FloatVector y0 = FloatVector.broadcast(SPECIES, packed[i + 1]);
      c0 = y0.fma(d0, c0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE]);
      c1 = x1.fma(b0, c1);
      FloatVector y1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE + 1]);
      c1 = y1.fma(d0, c1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE]);
      c2 = x2.fma(b0, c2);
      FloatVector y2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE + 1]);
      c2 = y2.fma(d0, c2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE]);
      c3 = x3.fma(b0, c3);
      FloatVector y3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE + 1]);
      c3 = y3.fma(d0, c3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE]);
      c4 = x4.fma(b0, c4);
      FloatVector y4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE + 1]);
      c4 = y4.fma(d0, c4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE]);
      c5 = x5.fma(b0, c5);
      FloatVector y5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE + 1]);
      c5 = y5.fma(d0, c5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE]);
      c6 = x6.fma(b0, c6);
      FloatVector y6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE + 1]);
      c6 = y6.fma(d0, c6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE]);
      c7 = x7.fma(b0, c7);
      FloatVector y7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE + 1]);
      c7 = y7.fma(d0, c7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, packed[i + 8 * Panels.WIDE]);
      c8 = x8.fma(b0, c8);
      FloatVector y8 = FloatVector.broadcast(SPECIES, packed[i + 8 * Panels.WIDE + 1]);
      c8 = y8.fma(d0, c8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, packed[i + 9 * Panels.WIDE]);
      c9 = x9.fma(b0, c9);
      FloatVector y9 = FloatVector.broadcast(SPECIES, packed[i + 9 * Panels.WIDE + 1]);
      c9 = y9.fma(d0, c9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, packed[i + 10 * Panels.WIDE]);
      c10 = x10.fma(b0, c10);
      FloatVector y10 = FloatVector.broadcast(SPECIES, packed[i + 10 * Panels.WIDE + 1]);
      c10 = y10.fma(d0, c10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, packed[i + 11 * Panels.WIDE]);
      c11 = x11.fma(b0, c11);
      FloatVector y11 = FloatVector.broadcast(SPECIES, packed[i + 11 * Panels.WIDE + 1]);
      c11 = y11.fma(d0, c11);
      FloatVector x12 = FloatVector.broadcast(SPECIES, packed[i + 12 * Panels.WIDE]);
      c12 = x12.fma(b0, c12);
      FloatVector y12 = FloatVector.broadcast(SPECIES, packed[i + 12 * Panels.WIDE + 1]);
      c12 = y12.fma(d0, c12);
      FloatVector x13 = FloatVector.broadcast(SPECIES, packed[i + 13 * Panels.WIDE]);
      c13 = x13.fma(b0, c13);
      FloatVector y13 = FloatVector.broadcast(SPECIES, packed[i + 13 * Panels.WIDE + 1]);
      c13 = y13.fma(d0, c13);
      FloatVector x14 = FloatVector.broadcast(SPECIES, packed[i + 14 * Panels.WIDE]);
      c14 = x14.fma(b0, c14);
      FloatVector y14 = FloatVector.broadcast(SPECIES, packed[i + 14 * Panels.WIDE + 1]);
      c14 = y14.fma(d0, c14);
      FloatVector x15 = FloatVector.broadcast(SPECIES, packed[i + 15 * Panels.WIDE]);
      c15 = x15.fma(b0, c15);
      FloatVector y15 = FloatVector.broadcast(SPECIES, packed[i + 15 * Panels.WIDE + 1]);
      c15 = y15.fma(d0, c15);
    }
    if (p != k) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x0 = FloatVector.broadcast(SPECIES, packed[i]);
      c0 = x0.fma(b0, c0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE]);
      c1 = x1.fma(b0, c1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE]);
      c2 = x2.fma(b0, c2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE]);
      c3 = x3.fma(b0, c3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE]);
      c4 = x4.fma(b0, c4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE]);
      c5 = x5.fma(b0, c5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, packed[i + 6 * Panels.WIDE]);
      c6 = x6.fma(b0, c6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, packed[i + 7 * Panels.WIDE]);
      c7 = x7.fma(b0, c7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, packed[i + 8 * Panels.WIDE]);
      c8 = x8.fma(b0, c8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, packed[i + 9 * Panels.WIDE]);
      c9 = x9.fma(b0, c9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, packed[i + 10 * Panels.WIDE]);
      c10 = x10.fma(b0, c10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, packed[i + 11 * Panels.WIDE]);
      c11 = x11.fma(b0, c11);
      FloatVector x12 = FloatVector.broadcast(SPECIES, packed[i + 12 * Panels.WIDE]);
      c12 = x12.fma(b0, c12);
      FloatVector x13 = FloatVector.broadcast(SPECIES, packed[i + 13 * Panels.WIDE]);
      c13 = x13.fma(b0, c13);
      FloatVector x14 = FloatVector.broadcast(SPECIES, packed[i + 14 * Panels.WIDE]);
      c14 = x14.fma(b0, c14);
      FloatVector x15 = FloatVector.broadcast(SPECIES, packed[i + 15 * Panels.WIDE]);
      c15 = x15.fma(b0, c15);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + LANES);
    c2.intoArray(c, cAt + 2 * LANES);
    c3.intoArray(c, cAt + 3 * LANES);
    c4.intoArray(c, cAt + 4 * LANES);
    c5.intoArray(c, cAt + 5 * LANES);
    c6.intoArray(c, cAt + 6 * LANES);
    c7.intoArray(c, cAt + 7 * LANES);
    c8.intoArray(c, cAt + 8 * LANES);
    c9.intoArray(c, cAt + 9 * LANES);
    c10.intoArray(c, cAt + 10 * LANES);
    c11.intoArray(c, cAt + 11 * LANES);
    c12.intoArray(c, cAt + 12 * LANES);
    c13.intoArray(c, cAt + 13 * LANES);
    c14.intoArray(c, cAt + 14 * LANES);
    c15.intoArray(c, cAt + 15 * LANES);
  }
}
