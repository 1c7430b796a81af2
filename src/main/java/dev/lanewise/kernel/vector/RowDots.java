package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;

/**
 * The error of few rows handed back: dot products of rows of δ and rows of packed weights, both read in the order of memory, where a chain
 * of multiply-adds for each element would have the weights transposed, which takes longer than all of the rest for so few.
 *
 * <p>Each dot product is sixteen partial sums: one vector of 512 bits, two of 256, four of 128. Those of several rows of weights are
 * added up together, lanes of one beside lanes of another, so that each addition is one of a whole vector.
 */
final class RowDots extends NotInlined {

  /** Rows of weights of a block. */
  static final int ROWS = LANES;

  /** Columns that are multiplied at a time: one term of each partial sum. */
  static final int COLUMNS = Panels.NARROW;

  /** Columns that go in a turn with vectors of 512 bits: half of a wide panel. */
  static final int HALF = 2 * COLUMNS;

  /** Few terms are multiplied sooner than a call comes and goes: several blocks have one, which stay in L1 for the next rows of A. */
  private static final int TERMS_A_CALL = 512;

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private RowDots() {}

  /** See {@link VectorKernels#callWithoutTurns}: they return at once. */
  static void callWithoutTerms(int times) {
    float[] no = {};
    for (int i = 0; i < times; i++) {
      if (LANES != COLUMNS) {
        DotsByHalves.run(0, -1, 0, no, 0, no, 0, 0, 0, 0, 0, no, 0);
      } else {
        DotBlock.run(0, -1, 0, no, 0, no, 0, 0, 0, 0, 0, no, 0);
        DotPair.run(0, -1, 0, no, 0, 0, no, 0, 0, 0, 0, 0, no, 0, 0);
      }
    }
    if (LANES == COLUMNS && !Blocking.ZEN5) {
      DotsInOrder.callWithoutTerms(times);
    }
  }

  /** See {@link dev.lanewise.kernel.Kernels#dotPacked}. */
  static void run(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (to - from < ROWS) {
      SCALAR.dotPacked(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
      return;
    }
    if (DotsInOrder.pays(m, n, k)) {
      DotsInOrder.run(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
      Panels.clearPadding(m, to, to == n ? Panels.columns(n) : to, ldc, c, cAt);
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
        DotPair.run(
            rows / (ROWS / 2), 2 * panels, n * Panels.WIDE, a, aAt + r * lda, lda, packed, at,
            mediumSteps, mediumAt, restSteps, narrowAt, c, cAt + r * ldc + row, ldc);
      }
      for (int r = pairs; r < m; r++) {
        int aRow = aAt + r * lda;
        int cRow = cAt + r * ldc + row;
        if (LANES == COLUMNS) {
          DotBlock.run(
              rows / ROWS, 2 * panels, n * Panels.WIDE, a, aRow, packed, at, mediumSteps, mediumAt, restSteps, narrowAt, c, cRow);
        } else {
          DotsByHalves.run(
              rows / ROWS, panels * (Panels.WIDE / COLUMNS), n * Panels.WIDE, a, aRow, packed, at,
              mediumSteps, mediumAt, restSteps, narrowAt, c, cRow);
        }
      }
    }
    Panels.clearPadding(m, to, to == n ? Panels.columns(n) : to, ldc, c, cAt);
  }
}
