package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * A register tile of Cᵀ for 16 registers, 6 rows of packed weights × 2 vectors of the batch: what {@link WeightTile8x2} is elsewhere.
 *
 * <p>Four terms a turn, whose indices differ by constants, as a panel's width is a multiple of four. Between them are the ways out that
 * other numbers of terms need. They also keep C2 from taking four terms for one block, of which it would load all operands first: sums
 * stay in all twelve registers, at 30 instructions a term.
 */
final class WeightTile6x2 {

  /** Rows of a tile. */
  static final int ROWS = 6;

  /** Rows of the batch. */
  static final int BATCH = 2 * LANES;

  /** Terms of a turn. */
  private static final int TURN = 4;

  /** A term's number is that of its panel and one within it. */
  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(Panels.WIDE);

  private static final int PANEL_MASK = Panels.WIDE - 1;

  private WeightTile6x2() {}

  /**
   * As {@link WeightTile8x2#run}, with its own size of a block.
   *
   * @param first whether sums begin, or go on with what the block has
   */
  static void run(boolean first, int k, float[] packed, int w, int panel, float[] b, int bAt, float[] c, int cAt) {
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
      c50 = FloatVector.fromArray(SPECIES, c, cAt + 10 * LANES);
      c51 = FloatVector.fromArray(SPECIES, c, cAt + 11 * LANES);
    }
    int row = bAt;
    int end = bAt + k * BATCH; // no counted loop, as in Tile6x4
    int p = 0;
    while (row != end) {
      int i = w + (p >>> PANEL_SHIFT) * panel + (p & PANEL_MASK);
      p += TURN;
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
      if (row == end) {
        break;
      }
      FloatVector d0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector d1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      row += BATCH;
      FloatVector y0 = FloatVector.broadcast(SPECIES, packed[i + 1]);
      c00 = y0.fma(d0, c00);
      c01 = y0.fma(d1, c01);
      FloatVector y1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE + 1]);
      c10 = y1.fma(d0, c10);
      c11 = y1.fma(d1, c11);
      FloatVector y2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE + 1]);
      c20 = y2.fma(d0, c20);
      c21 = y2.fma(d1, c21);
      FloatVector y3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE + 1]);
      c30 = y3.fma(d0, c30);
      c31 = y3.fma(d1, c31);
      FloatVector y4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE + 1]);
      c40 = y4.fma(d0, c40);
      c41 = y4.fma(d1, c41);
      FloatVector y5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE + 1]);
      c50 = y5.fma(d0, c50);
      c51 = y5.fma(d1, c51);
      if (row == end) {
        break;
      }
      FloatVector f0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector f1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      row += BATCH;
      FloatVector z0 = FloatVector.broadcast(SPECIES, packed[i + 2]);
      c00 = z0.fma(f0, c00);
      c01 = z0.fma(f1, c01);
      FloatVector z1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE + 2]);
      c10 = z1.fma(f0, c10);
      c11 = z1.fma(f1, c11);
      FloatVector z2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE + 2]);
      c20 = z2.fma(f0, c20);
      c21 = z2.fma(f1, c21);
      FloatVector z3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE + 2]);
      c30 = z3.fma(f0, c30);
      c31 = z3.fma(f1, c31);
      FloatVector z4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE + 2]);
      c40 = z4.fma(f0, c40);
      c41 = z4.fma(f1, c41);
      FloatVector z5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE + 2]);
      c50 = z5.fma(f0, c50);
      c51 = z5.fma(f1, c51);
      if (row == end) {
        break;
      }
      FloatVector h0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector h1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      row += BATCH;
      FloatVector u0 = FloatVector.broadcast(SPECIES, packed[i + 3]);
      c00 = u0.fma(h0, c00);
      c01 = u0.fma(h1, c01);
      FloatVector u1 = FloatVector.broadcast(SPECIES, packed[i + Panels.WIDE + 3]);
      c10 = u1.fma(h0, c10);
      c11 = u1.fma(h1, c11);
      FloatVector u2 = FloatVector.broadcast(SPECIES, packed[i + 2 * Panels.WIDE + 3]);
      c20 = u2.fma(h0, c20);
      c21 = u2.fma(h1, c21);
      FloatVector u3 = FloatVector.broadcast(SPECIES, packed[i + 3 * Panels.WIDE + 3]);
      c30 = u3.fma(h0, c30);
      c31 = u3.fma(h1, c31);
      FloatVector u4 = FloatVector.broadcast(SPECIES, packed[i + 4 * Panels.WIDE + 3]);
      c40 = u4.fma(h0, c40);
      c41 = u4.fma(h1, c41);
      FloatVector u5 = FloatVector.broadcast(SPECIES, packed[i + 5 * Panels.WIDE + 3]);
      c50 = u5.fma(h0, c50);
      c51 = u5.fma(h1, c51);
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
  }
}
