package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;

/** Gradients of a panel of few columns, computed transposed: vectors lie along the rows of W, of which there are more. */
final class TurnedGradient extends NotInlined {

  /** 64, used with vectors of 512 bits only. */
  private static final int COLUMNS = Panels.WIDE;

  private TurnedGradient() {}

  /**
   * The gradient of a panel of W that is not wide, 64 of its rows at a time: stored, or a step of descent.
   *
   * @param rows a multiple of {@link Panels#WIDE}, by tens of {@link TurnedTile10x2#ROWS}
   * @param byTens whether {@link GradientBlocking#turnsByTens} says so
   */
  static void run(
      int rows, int width, int cols, int k, boolean byTens, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    // scratch from PANEL_AT: the gradient transposed, width × 64; sixteen rows of it turned back, 16 × width; δ by tens, k × 16 each
    int gradient = Gemm.PANEL_AT;
    int back = gradient + width * COLUMNS;
    Arrays.fill(scratch, gradient + cols * COLUMNS, back, 0f);
    boolean copies = byTens && (cols > TurnedTile10x2.COLUMNS || ldb != Panels.NARROW);
    float[] tens = copies ? scratch : b;
    int tensAt = copies ? back + width * Panels.NARROW : bAt;
    if (copies) {
      copyTens(cols, k, b, bAt, ldb, tens, tensAt);
    }
    for (int i = 0; i < rows; i += COLUMNS) {
      int columns = Math.min(COLUMNS, rows - i);
      if (byTens) {
        tens(columns, cols, k, tens, tensAt, a, aAt + i, lda, scratch, gradient);
      } else {
        Tiles.panel(
            COLUMNS, cols, k, b, bAt, 1, ldb, a, aAt + i, lda, null, 0, 0, scratch, gradient, COLUMNS,
            null, null, 0, 0, 0);
      }
      for (int r = 0; r < columns; r += Panels.NARROW) {
        int at = w + (i + r) * width;
        float[] out = descends ? scratch : packed;
        int outAt = descends ? back : at;
        for (int j = 0; j < width; j += Panels.NARROW) {
          BlockTranspose.run(scratch, gradient + j * COLUMNS + r, COLUMNS, out, outAt + j, width);
        }
        if (descends) {
          Elementwise.scaledUpdate(Panels.NARROW * width, step, scratch, back, packed, at);
        }
      }
    }
  }

  /**
   * The same of few columns, for any number of rows: 64 at a time, the last of which may be some of those before, again. Of fewer than 64
   * rows 49 and more go at once, beside what A has behind them, and others by sixteen. So few columns are written one by one, which takes
   * less than to turn blocks of sixteen.
   */
  static void fewColumns(
      int rows, int width, int cols, int k, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    if (!descends) {
      Arrays.fill(packed, w, w + rows * width, 0f);
    }
    int gradient = Gemm.PANEL_AT;
    for (int i = 0, tile; i < rows; i += tile) {
      tile = rows >= COLUMNS || rows - i > COLUMNS - Panels.NARROW ? COLUMNS : Panels.NARROW;
      int first = rows >= COLUMNS ? Math.min(i, rows - COLUMNS) : i;
      Tiles.panel(
          tile, cols, k, b, bAt, 1, ldb, a, aAt + first, lda, null, 0, 0, scratch, gradient, tile, null, null, 0, 0, 0);
      int fresh = Math.min(tile - i + first, rows - i);
      for (int j = 0; j < cols; j++) {
        int from = gradient + j * tile + i - first;
        int to = w + i * width + j;
        if (descends) {
          descendColumn(fresh, -step, scratch, from, packed, to, width);
        } else {
          storeColumn(fresh, scratch, from, packed, to, width);
        }
      }
    }
  }

  /** A step of descent of so many rows of one column, {@code ld} apart. */
  static void descendColumn(int rows, float down, float[] g, int gAt, float[] w, int at, int ld) {
    for (int i = 0; i < rows; i++) {
      w[at + i * ld] = ScalarMath.fma(down, g[gAt + i], w[at + i * ld]);
    }
  }

  /** So many floats to one column. */
  static void storeColumn(int rows, float[] g, int gAt, float[] out, int at, int ld) {
    for (int i = 0; i < rows; i++) {
      out[at + i * ld] = g[gAt + i];
    }
  }

  /** Each ten columns of an error as a narrow panel, one behind the other. */
  private static void copyTens(int cols, int k, float[] delta, int deltaAt, int ld, float[] out, int at) {
    int panel = at;
    for (int j = 0; j < cols; j += TurnedTile10x2.COLUMNS) {
      PanelCopy.run(k, Math.min(TurnedTile10x2.COLUMNS, cols - j), delta, deltaAt + j, ld, out, panel);
      panel += k * Panels.NARROW;
    }
  }

  /** So many columns of A by tiles of ten of the error's, what is computed beyond those becoming zero. */
  private static void tens(
      int columns, int cols, int k, float[] delta, int deltaAt, float[] a, int aAt, int lda, float[] c, int cAt) {
    int done = 0;
    for (int panel = deltaAt; done < cols; panel += k * Panels.NARROW) {
      for (int r = 0; r < columns; r += TurnedTile10x2.ROWS) {
        TurnedTile10x2.run(k, delta, panel, a, aAt + r, lda, c, cAt + done * COLUMNS + r);
      }
      done += TurnedTile10x2.COLUMNS;
    }
    Arrays.fill(c, cAt + cols * COLUMNS, cAt + done * COLUMNS, 0f);
  }
}
