package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * Products with a panel of few columns, computed transposed: in wide tiles, whose vectors lie along rows of the other operand. Those
 * are full where ten columns fill ten lanes of sixteen, and a tile needs a broadcast for each of the few columns only.
 */
final class Turned extends NotInlined {

  private static final int COLUMNS = Panels.WIDE;

  private Turned() {}

  /**
   * C = start + A·B for a narrow panel of B and a multiple of {@link Panels#WIDE} rows. A is transposed on the way, some terms of 64
   * rows at a time, and each block of Cᵀ is turned back.
   */
  static void forward(
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
        Transpose.wideRows(depth, a, aAt + i * lda + pc, lda, scratch, aTurned);
        Tiles.panel(
            COLUMNS, cols, depth, packed, packedAt + pc * Panels.NARROW, 1, Panels.NARROW, scratch, aTurned, COLUMNS,
            scratch, turned, COLUMNS, scratch, turned, COLUMNS, null, null, 0, 0, 0);
      }
      for (int r = 0; r < COLUMNS; r += Panels.NARROW) {
        Transpose.block(scratch, turned + r, COLUMNS, c, cAt + (i + r) * ldc, ldc);
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
      Transpose.wideRows(Panels.NARROW, start, startAt, ldStart, scratch, turned);
    }
  }

  /**
   * The gradient of a panel of W that is not wide, for a multiple of {@link Panels#WIDE} of its rows, 64 at a time: stored, or a step
   * of descent.
   */
  static void gradient(
      int rows, int width, int cols, int k, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    int gradient = Gemm.PANEL_AT;
    int turned = gradient + width * COLUMNS;
    Arrays.fill(scratch, gradient + cols * COLUMNS, turned, 0f);
    for (int i = 0; i < rows; i += COLUMNS) {
      Tiles.panel(
          COLUMNS, cols, k, b, bAt, 1, ldb, a, aAt + i, lda, null, 0, 0, scratch, gradient, COLUMNS,
          null, null, 0, 0, 0);
      for (int r = 0; r < COLUMNS; r += Panels.NARROW) {
        int at = w + (i + r) * width;
        float[] out = descends ? scratch : packed;
        int outAt = descends ? turned : at;
        for (int j = 0; j < width; j += Panels.NARROW) {
          Transpose.block(scratch, gradient + j * COLUMNS + r, COLUMNS, out, outAt + j, width);
        }
        if (descends) {
          Elementwise.scaledUpdate(Panels.NARROW * width, step, scratch, turned, packed, at);
        }
      }
    }
  }
}
