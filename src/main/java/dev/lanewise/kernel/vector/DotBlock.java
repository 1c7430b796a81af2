package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.LaneHalves.SWAP_1;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_2;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_4;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_8;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_1;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_2;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_4;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_8;
import static dev.lanewise.kernel.vector.RowDots.COLUMNS;
import static dev.lanewise.kernel.vector.RowDots.HALF;
import static dev.lanewise.kernel.vector.RowDots.ROWS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * Dot products of one row for 512 bits: all sums of a block in one pass, the lines of one column of all rows before those of the next,
 * which the processor fetches meanwhile.
 */
final class DotBlock extends NotInlined {

  private DotBlock() {}

  /**
   * Blocks of rows of weights, over so many halves of wide panels: with a whole panel a turn C1 could not compile it with a profile, and
   * C2, if C1 has compiled it without one before, never would. What is behind them has code for each width: a loop for both, as
   * {@link DotPair} has, takes up to 1.3 times as long for few terms.
   *
   * @param halves of wide panels, nextPanel floats from one panel to the next; the rest as in {@link DotsByHalves#run}
   */
  static void run(
      int blocks, int halves, int nextPanel, float[] a, int aAt, float[] packed, int w,
      int mediumSteps, int mediumAt, int restSteps, int narrowAt, float[] c, int cAt) {
    if (halves < 0) { // one of callWithoutTerms
      return;
    }
    for (int h = 0; h < blocks; h++) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      FloatVector s8 = s0;
      FloatVector s9 = s0;
      FloatVector s10 = s0;
      FloatVector s11 = s0;
      FloatVector s12 = s0;
      FloatVector s13 = s0;
      FloatVector s14 = s0;
      FloatVector s15 = s0;
      int bAt = w + h * (ROWS * Panels.WIDE);
      for (int i = 0; i < halves; i++) {
        int from = aAt + i * HALF;
        int at = bAt + (i >>> 1) * nextPanel + (i & 1) * HALF;
        FloatVector x0 = fromArray(SPECIES, a, from);
        FloatVector x1 = fromArray(SPECIES, a, from + LANES);
        s0 = x0.fma(fromArray(SPECIES, packed, at), s0);
        s1 = x0.fma(fromArray(SPECIES, packed, at + Panels.WIDE), s1);
        s2 = x0.fma(fromArray(SPECIES, packed, at + 2 * Panels.WIDE), s2);
        s3 = x0.fma(fromArray(SPECIES, packed, at + 3 * Panels.WIDE), s3);
        s4 = x0.fma(fromArray(SPECIES, packed, at + 4 * Panels.WIDE), s4);
        s5 = x0.fma(fromArray(SPECIES, packed, at + 5 * Panels.WIDE), s5);
        s6 = x0.fma(fromArray(SPECIES, packed, at + 6 * Panels.WIDE), s6);
        s7 = x0.fma(fromArray(SPECIES, packed, at + 7 * Panels.WIDE), s7);
        s8 = x0.fma(fromArray(SPECIES, packed, at + 8 * Panels.WIDE), s8);
        s9 = x0.fma(fromArray(SPECIES, packed, at + 9 * Panels.WIDE), s9);
        s10 = x0.fma(fromArray(SPECIES, packed, at + 10 * Panels.WIDE), s10);
        s11 = x0.fma(fromArray(SPECIES, packed, at + 11 * Panels.WIDE), s11);
        s12 = x0.fma(fromArray(SPECIES, packed, at + 12 * Panels.WIDE), s12);
        s13 = x0.fma(fromArray(SPECIES, packed, at + 13 * Panels.WIDE), s13);
        s14 = x0.fma(fromArray(SPECIES, packed, at + 14 * Panels.WIDE), s14);
        s15 = x0.fma(fromArray(SPECIES, packed, at + 15 * Panels.WIDE), s15);
        s0 = x1.fma(fromArray(SPECIES, packed, at + LANES), s0);
        s1 = x1.fma(fromArray(SPECIES, packed, at + Panels.WIDE + LANES), s1);
        s2 = x1.fma(fromArray(SPECIES, packed, at + 2 * Panels.WIDE + LANES), s2);
        s3 = x1.fma(fromArray(SPECIES, packed, at + 3 * Panels.WIDE + LANES), s3);
        s4 = x1.fma(fromArray(SPECIES, packed, at + 4 * Panels.WIDE + LANES), s4);
        s5 = x1.fma(fromArray(SPECIES, packed, at + 5 * Panels.WIDE + LANES), s5);
        s6 = x1.fma(fromArray(SPECIES, packed, at + 6 * Panels.WIDE + LANES), s6);
        s7 = x1.fma(fromArray(SPECIES, packed, at + 7 * Panels.WIDE + LANES), s7);
        s8 = x1.fma(fromArray(SPECIES, packed, at + 8 * Panels.WIDE + LANES), s8);
        s9 = x1.fma(fromArray(SPECIES, packed, at + 9 * Panels.WIDE + LANES), s9);
        s10 = x1.fma(fromArray(SPECIES, packed, at + 10 * Panels.WIDE + LANES), s10);
        s11 = x1.fma(fromArray(SPECIES, packed, at + 11 * Panels.WIDE + LANES), s11);
        s12 = x1.fma(fromArray(SPECIES, packed, at + 12 * Panels.WIDE + LANES), s12);
        s13 = x1.fma(fromArray(SPECIES, packed, at + 13 * Panels.WIDE + LANES), s13);
        s14 = x1.fma(fromArray(SPECIES, packed, at + 14 * Panels.WIDE + LANES), s14);
        s15 = x1.fma(fromArray(SPECIES, packed, at + 15 * Panels.WIDE + LANES), s15);
      }
      int from = aAt + halves * HALF;
      int mAt = mediumAt + h * (ROWS * Panels.MEDIUM);
      for (int i = 0; i < mediumSteps; i++) {
        int at = mAt + i * COLUMNS;
        FloatVector x0 = fromArray(SPECIES, a, from + i * COLUMNS);
        s0 = x0.fma(fromArray(SPECIES, packed, at), s0);
        s1 = x0.fma(fromArray(SPECIES, packed, at + Panels.MEDIUM), s1);
        s2 = x0.fma(fromArray(SPECIES, packed, at + 2 * Panels.MEDIUM), s2);
        s3 = x0.fma(fromArray(SPECIES, packed, at + 3 * Panels.MEDIUM), s3);
        s4 = x0.fma(fromArray(SPECIES, packed, at + 4 * Panels.MEDIUM), s4);
        s5 = x0.fma(fromArray(SPECIES, packed, at + 5 * Panels.MEDIUM), s5);
        s6 = x0.fma(fromArray(SPECIES, packed, at + 6 * Panels.MEDIUM), s6);
        s7 = x0.fma(fromArray(SPECIES, packed, at + 7 * Panels.MEDIUM), s7);
        s8 = x0.fma(fromArray(SPECIES, packed, at + 8 * Panels.MEDIUM), s8);
        s9 = x0.fma(fromArray(SPECIES, packed, at + 9 * Panels.MEDIUM), s9);
        s10 = x0.fma(fromArray(SPECIES, packed, at + 10 * Panels.MEDIUM), s10);
        s11 = x0.fma(fromArray(SPECIES, packed, at + 11 * Panels.MEDIUM), s11);
        s12 = x0.fma(fromArray(SPECIES, packed, at + 12 * Panels.MEDIUM), s12);
        s13 = x0.fma(fromArray(SPECIES, packed, at + 13 * Panels.MEDIUM), s13);
        s14 = x0.fma(fromArray(SPECIES, packed, at + 14 * Panels.MEDIUM), s14);
        s15 = x0.fma(fromArray(SPECIES, packed, at + 15 * Panels.MEDIUM), s15);
      }
      if (mediumSteps < restSteps) {
        int at = narrowAt + h * (ROWS * Panels.NARROW);
        FloatVector x0 = fromArray(SPECIES, a, from + mediumSteps * COLUMNS);
        s0 = x0.fma(fromArray(SPECIES, packed, at), s0);
        s1 = x0.fma(fromArray(SPECIES, packed, at + Panels.NARROW), s1);
        s2 = x0.fma(fromArray(SPECIES, packed, at + 2 * Panels.NARROW), s2);
        s3 = x0.fma(fromArray(SPECIES, packed, at + 3 * Panels.NARROW), s3);
        s4 = x0.fma(fromArray(SPECIES, packed, at + 4 * Panels.NARROW), s4);
        s5 = x0.fma(fromArray(SPECIES, packed, at + 5 * Panels.NARROW), s5);
        s6 = x0.fma(fromArray(SPECIES, packed, at + 6 * Panels.NARROW), s6);
        s7 = x0.fma(fromArray(SPECIES, packed, at + 7 * Panels.NARROW), s7);
        s8 = x0.fma(fromArray(SPECIES, packed, at + 8 * Panels.NARROW), s8);
        s9 = x0.fma(fromArray(SPECIES, packed, at + 9 * Panels.NARROW), s9);
        s10 = x0.fma(fromArray(SPECIES, packed, at + 10 * Panels.NARROW), s10);
        s11 = x0.fma(fromArray(SPECIES, packed, at + 11 * Panels.NARROW), s11);
        s12 = x0.fma(fromArray(SPECIES, packed, at + 12 * Panels.NARROW), s12);
        s13 = x0.fma(fromArray(SPECIES, packed, at + 13 * Panels.NARROW), s13);
        s14 = x0.fma(fromArray(SPECIES, packed, at + 14 * Panels.NARROW), s14);
        s15 = x0.fma(fromArray(SPECIES, packed, at + 15 * Panels.NARROW), s15);
      }
      s0 = s0.blend(s8, UPPER_8).add(s8.blend(s0, UPPER_8).rearrange(SWAP_8));
      s2 = s2.blend(s10, UPPER_8).add(s10.blend(s2, UPPER_8).rearrange(SWAP_8));
      s4 = s4.blend(s12, UPPER_8).add(s12.blend(s4, UPPER_8).rearrange(SWAP_8));
      s6 = s6.blend(s14, UPPER_8).add(s14.blend(s6, UPPER_8).rearrange(SWAP_8));
      s0 = s0.blend(s4, UPPER_4).add(s4.blend(s0, UPPER_4).rearrange(SWAP_4));
      s2 = s2.blend(s6, UPPER_4).add(s6.blend(s2, UPPER_4).rearrange(SWAP_4));
      s0 = s0.blend(s2, UPPER_2).add(s2.blend(s0, UPPER_2).rearrange(SWAP_2));
      s1 = s1.blend(s9, UPPER_8).add(s9.blend(s1, UPPER_8).rearrange(SWAP_8));
      s3 = s3.blend(s11, UPPER_8).add(s11.blend(s3, UPPER_8).rearrange(SWAP_8));
      s5 = s5.blend(s13, UPPER_8).add(s13.blend(s5, UPPER_8).rearrange(SWAP_8));
      s7 = s7.blend(s15, UPPER_8).add(s15.blend(s7, UPPER_8).rearrange(SWAP_8));
      s1 = s1.blend(s5, UPPER_4).add(s5.blend(s1, UPPER_4).rearrange(SWAP_4));
      s3 = s3.blend(s7, UPPER_4).add(s7.blend(s3, UPPER_4).rearrange(SWAP_4));
      s1 = s1.blend(s3, UPPER_2).add(s3.blend(s1, UPPER_2).rearrange(SWAP_2));
      s0.blend(s1, UPPER_1).add(s1.blend(s0, UPPER_1).rearrange(SWAP_1)).intoArray(c, cAt + h * ROWS);
    }
  }
}
