package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.LaneHalves.SWAP_1;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_2;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_4;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_1;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_2;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_4;
import static dev.lanewise.kernel.vector.RowDots.COLUMNS;
import static dev.lanewise.kernel.vector.RowDots.ROWS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;

/**
 * Dot products of one row for vectors shorter than a narrow panel is wide, in two passes, as there are registers for half of the sums:
 * first of rows of weights with even numbers, then of those with odd ones.
 */
final class DotsByHalves extends NotInlined {

  /** Columns that go in a turn, in a wide panel: a power of two. */
  private static final int IN_PANEL = Panels.WIDE / COLUMNS;

  private static final int SHIFT = Integer.numberOfTrailingZeros(IN_PANEL);

  /** Vectors of the partial sums of one dot product. */
  private static final int VECTORS = COLUMNS / LANES;

  // Where the vector of weights of each of eight sums lies, in a wide panel.
  private static final int AT_1 = place(1, Panels.WIDE);
  private static final int AT_2 = place(2, Panels.WIDE);
  private static final int AT_3 = place(3, Panels.WIDE);
  private static final int AT_4 = place(4, Panels.WIDE);
  private static final int AT_5 = place(5, Panels.WIDE);
  private static final int AT_6 = place(6, Panels.WIDE);
  private static final int AT_7 = place(7, Panels.WIDE);

  private DotsByHalves() {}

  /** From the first row's weights on: all vectors of one row, then those of the row after next. */
  private static int place(int sum, int width) {
    return sum / VECTORS * 2 * width + sum % VECTORS * LANES;
  }

  /**
   * Blocks of rows of weights.
   *
   * @param steps so many {@link RowDots#COLUMNS} columns in wide panels, nextPanel floats from one to the next
   * @param mediumSteps so many columns more in a medium panel that begins with mediumAt
   * @param restSteps those and what is in a narrow one: a second loop, as within one over both parts C2 would move all sums, some to the
   *     stack and back
   */
  static void run(
      int blocks, int steps, int nextPanel, float[] a, int aAt, float[] packed, int w,
      int mediumSteps, int mediumAt, int restSteps, int narrowAt, float[] c, int cAt) {
    if (steps < 0) { // one of callWithoutTerms
      return;
    }
    for (int h = 0; h < blocks; h++) {
      FloatVector even = FloatVector.zero(SPECIES);
      FloatVector odd = even;
      for (int first = 0; first < 2 * Panels.WIDE; first += Panels.WIDE) { // rows with even numbers, and with odd ones
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        int bAt = w + h * (ROWS * Panels.WIDE) + first;
        for (int i = 0; i < steps; i++) {
          int from = aAt + i * COLUMNS;
          int at = bAt + (i >>> SHIFT) * nextPanel + (i & IN_PANEL - 1) * COLUMNS;
          FloatVector x0 = fromArray(SPECIES, a, from);
          FloatVector x1 = fromArray(SPECIES, a, from + LANES);
          FloatVector x2 = VECTORS > 2 ? fromArray(SPECIES, a, from + 2 * LANES) : x0;
          FloatVector x3 = VECTORS > 2 ? fromArray(SPECIES, a, from + 3 * LANES) : x1;
          s0 = x0.fma(fromArray(SPECIES, packed, at), s0);
          s1 = x1.fma(fromArray(SPECIES, packed, at + AT_1), s1);
          s2 = x2.fma(fromArray(SPECIES, packed, at + AT_2), s2);
          s3 = x3.fma(fromArray(SPECIES, packed, at + AT_3), s3);
          s4 = x0.fma(fromArray(SPECIES, packed, at + AT_4), s4);
          s5 = x1.fma(fromArray(SPECIES, packed, at + AT_5), s5);
          s6 = x2.fma(fromArray(SPECIES, packed, at + AT_6), s6);
          s7 = x3.fma(fromArray(SPECIES, packed, at + AT_7), s7);
        }
        for (int i = 0; i < restSteps; i++) { // only where panels are of several widths
          int width = i < mediumSteps ? Panels.MEDIUM : Panels.NARROW;
          int from = aAt + (steps + i) * COLUMNS;
          int at = h * ROWS * width + (first == 0 ? 0 : width) + (i < mediumSteps ? mediumAt + i * COLUMNS : narrowAt);
          FloatVector x0 = fromArray(SPECIES, a, from);
          FloatVector x1 = fromArray(SPECIES, a, from + LANES);
          FloatVector x2 = VECTORS > 2 ? fromArray(SPECIES, a, from + 2 * LANES) : x0;
          FloatVector x3 = VECTORS > 2 ? fromArray(SPECIES, a, from + 3 * LANES) : x1;
          s0 = x0.fma(fromArray(SPECIES, packed, at), s0);
          s1 = x1.fma(fromArray(SPECIES, packed, at + place(1, width)), s1);
          s2 = x2.fma(fromArray(SPECIES, packed, at + place(2, width)), s2);
          s3 = x3.fma(fromArray(SPECIES, packed, at + place(3, width)), s3);
          s4 = x0.fma(fromArray(SPECIES, packed, at + place(4, width)), s4);
          s5 = x1.fma(fromArray(SPECIES, packed, at + place(5, width)), s5);
          s6 = x2.fma(fromArray(SPECIES, packed, at + place(6, width)), s6);
          s7 = x3.fma(fromArray(SPECIES, packed, at + place(7, width)), s7);
        }
        // Written out, as C2 inlines no method of ours late in a long one, or that has seldom been called: while kernels are warmed up.
        if (VECTORS == 2) {
          s0 = s0.add(s1);
          s4 = s4.add(s5);
          s2 = s2.add(s3);
          s6 = s6.add(s7);
          s0 = s0.blend(s4, UPPER_4).add(s4.blend(s0, UPPER_4).rearrange(SWAP_4));
          s1 = s2.blend(s6, UPPER_4).add(s6.blend(s2, UPPER_4).rearrange(SWAP_4));
        } else {
          s0 = s0.add(s2).add(s1.add(s3));
          s1 = s4.add(s6).add(s5.add(s7));
        }
        even = odd;
        odd = s0.blend(s1, UPPER_2).add(s1.blend(s0, UPPER_2).rearrange(SWAP_2));
      }
      even.blend(odd, UPPER_1).add(odd.blend(even, UPPER_1).rearrange(SWAP_1)).intoArray(c, cAt + h * ROWS);
    }
  }
}
