package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * Forward products with a panel of few columns, computed transposed: in wide tiles, whose vectors lie along the rows of A. Those are full
 * where ten columns fill ten lanes of sixteen, and a tile needs a broadcast for each of the few columns only.
 *
 * <p>Gradients of few columns are so too ({@link TurnedGradient}), and errors, for another reason ({@link TurnedError}).
 */
final class TurnedForward extends NotInlined {

  /** 64, used with vectors of 512 bits only. */
  private static final int COLUMNS = Panels.WIDE;

  private TurnedForward() {}

  /**
   * C = start + A·B for a narrow panel of B and a multiple of {@link Panels#WIDE} rows. A is transposed on the way, some terms of 64
   * rows at a time, and each block of Cᵀ is turned back.
   */
  static void run(
      int m, int cols, int k,
      float[] a, int aAt, int lda,
      float[] packed, int packedAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int turned = Gemm.PANEL_AT;
    int aTurned = turned + Panels.NARROW * COLUMNS;
    for (int i = 0; i < m; i += COLUMNS) {
      start(start, startAt + i * ldStart, ldStart, scratch, turned);
      for (int pc = 0; pc < k; pc += Kernels.MAX_TURNED_DEPTH) {
        int depth = Math.min(Kernels.MAX_TURNED_DEPTH, k - pc);
        Transpose.rows(COLUMNS, depth, a, aAt + i * lda + pc, lda, scratch, aTurned);
        Tiles.panel(
            COLUMNS, cols, depth, packed, packedAt + pc * Panels.NARROW, 1, Panels.NARROW, scratch, aTurned, COLUMNS,
            scratch, turned, COLUMNS, scratch, turned, COLUMNS, null, null, 0, 0, 0);
      }
      for (int r = 0; r < COLUMNS; r += Panels.NARROW) {
        BlockTranspose.run(scratch, turned + r, COLUMNS, c, cAt + (i + r) * ldc, ldc);
      }
    }
  }

  /** What 64 rows of C start from, transposed. Columns beyond the panel's end, which have no sum, keep it. */
  private static void start(float[] start, int startAt, int ldStart, float[] scratch, int turned) {
    if (start == null) {
      Arrays.fill(scratch, turned, turned + Panels.NARROW * COLUMNS, 0f);
    } else if (ldStart == 0) {
      for (int j = 0; j < Panels.NARROW; j++) {
        Arrays.fill(scratch, turned + j * COLUMNS, turned + (j + 1) * COLUMNS, start[startAt + j]);
      }
    } else {
      Transpose.rows(COLUMNS, Panels.NARROW, start, startAt, ldStart, scratch, turned);
    }
  }
}
