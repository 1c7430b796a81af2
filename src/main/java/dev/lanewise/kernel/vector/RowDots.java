package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * The error of few rows handed back: dot products of rows of δ and rows of packed weights, both read in the order of memory, where a chain
 * of multiply-adds for each element would have the weights transposed, which takes longer than all of the rest for so few.
 *
 * <p>Each dot product is sixteen partial sums: one vector of 512 bits, two of 256, four of 128. Those of several rows of weights are
 * added up together, lanes of one beside lanes of another, so that each addition is one of a whole vector.
 */
final class RowDots extends NotInlined {

  /** Rows of weights of a block. */
  private static final int ROWS = LANES;

  /** Columns that are multiplied at a time: one term of each partial sum. */
  private static final int COLUMNS = Panels.NARROW;

  /** The same in a wide panel, a power of two. */
  private static final int IN_PANEL = Panels.WIDE / COLUMNS;

  /** Columns that go in a turn with vectors of 512 bits: half of a wide panel. */
  private static final int HALF = 2 * COLUMNS;

  private static final int SHIFT = Integer.numberOfTrailingZeros(IN_PANEL);

  /** Vectors of the partial sums of one dot product. */
  private static final int VECTORS = COLUMNS / LANES;

  // Where a term of each sum is, in a wide panel.
  private static final int AT_1 = place(1, Panels.WIDE);
  private static final int AT_2 = place(2, Panels.WIDE);
  private static final int AT_3 = place(3, Panels.WIDE);
  private static final int AT_4 = place(4, Panels.WIDE);
  private static final int AT_5 = place(5, Panels.WIDE);
  private static final int AT_6 = place(6, Panels.WIDE);
  private static final int AT_7 = place(7, Panels.WIDE);

  /** Few terms are multiplied sooner than a call comes and goes: several blocks have one, which stay in L1 for the next rows of A. */
  private static final int TERMS_A_CALL = 512;

  /** The upper half of every 16, 8, 4 and 2 lanes. */
  private static final VectorMask<Float> UPPER_8 = upper(8);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);
  private static final VectorMask<Float> UPPER_1 = upper(1);

  /** These halves changing places. */
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  /** The upper halves of one vector in the lower ones, and the lower halves of a second in the upper ones. */
  private static final IntVector INNER_8 = inner(8);
  private static final IntVector INNER_4 = inner(4);
  private static final IntVector INNER_2 = inner(2);
  private static final IntVector INNER_1 = inner(1);

  private static final VectorMask<Float> LOWER_8 = UPPER_8.not();

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private RowDots() {}

  /** Where a term of a sum is: of every other row, all vectors of one row after another. */
  private static int place(int sum, int width) {
    return sum / VECTORS * 2 * width + sum % VECTORS * LANES;
  }

  private static VectorMask<Float> upper(int half) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lane & half) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  private static VectorShuffle<Float> swap(int half) {
    return VectorShuffle.fromArray(SPECIES, IntStream.range(0, LANES).map(lane -> (lane ^ half) % LANES).toArray(), 0);
  }

  private static IntVector inner(int half) {
    return IntVector.fromArray(
        INTS, IntStream.range(0, LANES).map(lane -> (lane & half) == 0 ? lane + half : LANES + lane - half).toArray(), 0);
  }

  /** See {@link VectorKernels#callWithoutTurns}: they return at once. */
  static void callWithoutTerms(int times) {
    float[] no = {};
    for (int i = 0; i < times; i++) {
      if (LANES != COLUMNS) {
        one(0, -1, 0, no, 0, no, 0, 0, 0, 0, 0, no, 0);
      } else {
        block(0, -1, 0, no, 0, no, 0, 0, 0, 0, 0, no, 0);
        pair(0, -1, 0, no, 0, 0, no, 0, 0, 0, 0, 0, no, 0, 0);
      }
    }
  }

  /** See {@link dev.lanewise.kernel.Kernels#dotPacked}. */
  static void run(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc) {
    if (to - from < ROWS) {
      SCALAR.dotPacked(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc);
      return;
    }
    int panels = Math.ceilDiv(Panels.inWide(k), Panels.WIDE);
    int inWide = Math.min(k, panels * Panels.WIDE);
    int medium = Panels.width(k - inWide) == Panels.MEDIUM ? Panels.MEDIUM : 0;
    int inMedium = Math.min(k, inWide + medium);
    int mediumSteps = medium / COLUMNS;
    int restSteps = mediumSteps + Math.ceilDiv(k - inMedium, COLUMNS);
    int pairs = LANES == COLUMNS ? m / 2 * 2 : 0;
    int mostBlocks = m <= 2 ? Integer.MAX_VALUE : Math.max(1, TERMS_A_CALL / Math.max(k, 1));
    for (int i = from, rows; i < to; i += rows) {
      rows = Math.max(1, Math.min(mostBlocks, (to - i) / ROWS)) * ROWS;
      int row = Math.min(i, to - ROWS); // the last block computes anew what the one before has
      int at = Panels.LEAD + row * Panels.WIDE;
      int mediumAt = Panels.at(n, inWide) + row * Panels.MEDIUM;
      int narrowAt = Panels.at(n, inMedium) + row * Panels.NARROW;
      for (int r = 0; r < pairs; r += 2) {
        pair(
            rows / (ROWS / 2), 2 * panels, n * Panels.WIDE, a, aAt + r * lda, lda, packed, at,
            mediumSteps, mediumAt, restSteps, narrowAt, c, cAt + r * ldc + row, ldc);
      }
      for (int r = pairs; r < m; r++) {
        int aRow = aAt + r * lda;
        int cRow = cAt + r * ldc + row;
        if (LANES == COLUMNS) {
          block(
              rows / ROWS, 2 * panels, n * Panels.WIDE, a, aRow, packed, at, mediumSteps, mediumAt, restSteps, narrowAt, c, cRow);
        } else {
          one(
              rows / ROWS, panels * IN_PANEL, n * Panels.WIDE, a, aRow, packed, at, mediumSteps, mediumAt, restSteps, narrowAt, c, cRow);
        }
      }
    }
    Panels.clearPadding(m, to, to == n ? Panels.columns(n) : to, ldc, c, cAt);
  }

  /**
   * A row of A and blocks of rows of weights, for vectors shorter than {@value #COLUMNS} columns: in two passes, as there are registers for
   * half of the sums.
   *
   * @param steps so many {@value #COLUMNS} columns in wide panels, nextPanel floats from one to the next
   * @param mediumSteps so many columns more in a medium panel that begins with mediumAt
   * @param restSteps those and what is in a narrow one: a second loop, as within one over both parts C2 would move all sums, some to the
   *     stack and back
   */
  private static void one(
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

  /**
   * The same for 512 bits: all sums of a block in one pass over so many halves of wide panels, the lines of one column of all rows before
   * those of the next, which the processor fetches meanwhile. With a whole panel a turn C1 could not compile it with a profile, and C2, if
   * C1 has compiled it without one before, never would. What is behind them has code for each width: a loop for both, as {@link #pair} has,
   * takes up to 1.3 times as long for few terms.
   */
  private static void block(
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

  /**
   * The same for two rows of A, lda apart, and half blocks: twice as much is done with each vector of weights. For 512 bits, two lines
   * of each row a turn.
   */
  private static void pair(
      int blocks, int halves, int nextPanel, float[] a, int aAt, int lda, float[] packed, int w,
      int mediumSteps, int mediumAt, int restSteps, int narrowAt, float[] c, int cAt, int ldc) {
    if (halves < 0) {
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
      FloatVector t0 = s0;
      FloatVector t1 = s0;
      FloatVector t2 = s0;
      FloatVector t3 = s0;
      FloatVector t4 = s0;
      FloatVector t5 = s0;
      FloatVector t6 = s0;
      FloatVector t7 = s0;
      int bAt = w + h * (ROWS / 2 * Panels.WIDE);
      for (int i = 0; i < halves; i++) {
        int from = aAt + i * HALF;
        int at = bAt + (i >>> 1) * nextPanel + (i & 1) * HALF;
        FloatVector x0 = fromArray(SPECIES, a, from);
        FloatVector y0 = fromArray(SPECIES, a, from + lda);
        FloatVector x1 = fromArray(SPECIES, a, from + LANES);
        FloatVector y1 = fromArray(SPECIES, a, from + lda + LANES);
        FloatVector w0 = fromArray(SPECIES, packed, at);
        s0 = x0.fma(w0, s0);
        t0 = y0.fma(w0, t0);
        w0 = fromArray(SPECIES, packed, at + LANES);
        s0 = x1.fma(w0, s0);
        t0 = y1.fma(w0, t0);
        FloatVector w1 = fromArray(SPECIES, packed, at + Panels.WIDE);
        s1 = x0.fma(w1, s1);
        t1 = y0.fma(w1, t1);
        w1 = fromArray(SPECIES, packed, at + Panels.WIDE + LANES);
        s1 = x1.fma(w1, s1);
        t1 = y1.fma(w1, t1);
        FloatVector w2 = fromArray(SPECIES, packed, at + 2 * Panels.WIDE);
        s2 = x0.fma(w2, s2);
        t2 = y0.fma(w2, t2);
        w2 = fromArray(SPECIES, packed, at + 2 * Panels.WIDE + LANES);
        s2 = x1.fma(w2, s2);
        t2 = y1.fma(w2, t2);
        FloatVector w3 = fromArray(SPECIES, packed, at + 3 * Panels.WIDE);
        s3 = x0.fma(w3, s3);
        t3 = y0.fma(w3, t3);
        w3 = fromArray(SPECIES, packed, at + 3 * Panels.WIDE + LANES);
        s3 = x1.fma(w3, s3);
        t3 = y1.fma(w3, t3);
        FloatVector w4 = fromArray(SPECIES, packed, at + 4 * Panels.WIDE);
        s4 = x0.fma(w4, s4);
        t4 = y0.fma(w4, t4);
        w4 = fromArray(SPECIES, packed, at + 4 * Panels.WIDE + LANES);
        s4 = x1.fma(w4, s4);
        t4 = y1.fma(w4, t4);
        FloatVector w5 = fromArray(SPECIES, packed, at + 5 * Panels.WIDE);
        s5 = x0.fma(w5, s5);
        t5 = y0.fma(w5, t5);
        w5 = fromArray(SPECIES, packed, at + 5 * Panels.WIDE + LANES);
        s5 = x1.fma(w5, s5);
        t5 = y1.fma(w5, t5);
        FloatVector w6 = fromArray(SPECIES, packed, at + 6 * Panels.WIDE);
        s6 = x0.fma(w6, s6);
        t6 = y0.fma(w6, t6);
        w6 = fromArray(SPECIES, packed, at + 6 * Panels.WIDE + LANES);
        s6 = x1.fma(w6, s6);
        t6 = y1.fma(w6, t6);
        FloatVector w7 = fromArray(SPECIES, packed, at + 7 * Panels.WIDE);
        s7 = x0.fma(w7, s7);
        t7 = y0.fma(w7, t7);
        w7 = fromArray(SPECIES, packed, at + 7 * Panels.WIDE + LANES);
        s7 = x1.fma(w7, s7);
        t7 = y1.fma(w7, t7);
      }
      for (int i = 0; i < restSteps; i++) {
        int width = i < mediumSteps ? Panels.MEDIUM : Panels.NARROW;
        int from = aAt + halves * HALF + i * COLUMNS;
        int at = h * (ROWS / 2) * width + (i < mediumSteps ? mediumAt + i * COLUMNS : narrowAt);
        FloatVector x0 = fromArray(SPECIES, a, from);
        FloatVector y0 = fromArray(SPECIES, a, from + lda);
        FloatVector w0 = fromArray(SPECIES, packed, at);
        s0 = x0.fma(w0, s0);
        t0 = y0.fma(w0, t0);
        FloatVector w1 = fromArray(SPECIES, packed, at + width);
        s1 = x0.fma(w1, s1);
        t1 = y0.fma(w1, t1);
        FloatVector w2 = fromArray(SPECIES, packed, at + 2 * width);
        s2 = x0.fma(w2, s2);
        t2 = y0.fma(w2, t2);
        FloatVector w3 = fromArray(SPECIES, packed, at + 3 * width);
        s3 = x0.fma(w3, s3);
        t3 = y0.fma(w3, t3);
        FloatVector w4 = fromArray(SPECIES, packed, at + 4 * width);
        s4 = x0.fma(w4, s4);
        t4 = y0.fma(w4, t4);
        FloatVector w5 = fromArray(SPECIES, packed, at + 5 * width);
        s5 = x0.fma(w5, s5);
        t5 = y0.fma(w5, t5);
        FloatVector w6 = fromArray(SPECIES, packed, at + 6 * width);
        s6 = x0.fma(w6, s6);
        t6 = y0.fma(w6, t6);
        FloatVector w7 = fromArray(SPECIES, packed, at + 7 * width);
        s7 = x0.fma(w7, s7);
        t7 = y0.fma(w7, t7);
      }
      s0 = s0.blend(t0, UPPER_8).add(INNER_8.selectFrom(s0.reinterpretAsInts(), t0.reinterpretAsInts()).reinterpretAsFloats());
      s1 = s1.blend(t1, UPPER_8).add(INNER_8.selectFrom(s1.reinterpretAsInts(), t1.reinterpretAsInts()).reinterpretAsFloats());
      s2 = s2.blend(t2, UPPER_8).add(INNER_8.selectFrom(s2.reinterpretAsInts(), t2.reinterpretAsInts()).reinterpretAsFloats());
      s3 = s3.blend(t3, UPPER_8).add(INNER_8.selectFrom(s3.reinterpretAsInts(), t3.reinterpretAsInts()).reinterpretAsFloats());
      s4 = s4.blend(t4, UPPER_8).add(INNER_8.selectFrom(s4.reinterpretAsInts(), t4.reinterpretAsInts()).reinterpretAsFloats());
      s5 = s5.blend(t5, UPPER_8).add(INNER_8.selectFrom(s5.reinterpretAsInts(), t5.reinterpretAsInts()).reinterpretAsFloats());
      s6 = s6.blend(t6, UPPER_8).add(INNER_8.selectFrom(s6.reinterpretAsInts(), t6.reinterpretAsInts()).reinterpretAsFloats());
      s7 = s7.blend(t7, UPPER_8).add(INNER_8.selectFrom(s7.reinterpretAsInts(), t7.reinterpretAsInts()).reinterpretAsFloats());
      s0 = s0.blend(s4, UPPER_4).add(INNER_4.selectFrom(s0.reinterpretAsInts(), s4.reinterpretAsInts()).reinterpretAsFloats());
      s1 = s1.blend(s5, UPPER_4).add(INNER_4.selectFrom(s1.reinterpretAsInts(), s5.reinterpretAsInts()).reinterpretAsFloats());
      s2 = s2.blend(s6, UPPER_4).add(INNER_4.selectFrom(s2.reinterpretAsInts(), s6.reinterpretAsInts()).reinterpretAsFloats());
      s3 = s3.blend(s7, UPPER_4).add(INNER_4.selectFrom(s3.reinterpretAsInts(), s7.reinterpretAsInts()).reinterpretAsFloats());
      s0 = s0.blend(s2, UPPER_2).add(INNER_2.selectFrom(s0.reinterpretAsInts(), s2.reinterpretAsInts()).reinterpretAsFloats());
      s1 = s1.blend(s3, UPPER_2).add(INNER_2.selectFrom(s1.reinterpretAsInts(), s3.reinterpretAsInts()).reinterpretAsFloats());
      s0 = s0.blend(s1, UPPER_1).add(INNER_1.selectFrom(s0.reinterpretAsInts(), s1.reinterpretAsInts()).reinterpretAsFloats());
      s0.intoArray(c, cAt + h * (ROWS / 2), LOWER_8);
      s0.intoArray(c, cAt + h * (ROWS / 2) + ldc - LANES / 2, UPPER_8);
    }
  }
}
