package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Warmable.Tiling;

/** Panels of one vector of 512 bits, or of two, against rows of A: what {@link Tiles} are where a panel is not wide. */
final class NarrowTiles extends NotInlined {

  private NarrowTiles() {}

  /** All rows of C in a narrow panel. */
  static void rows(
      Tiling tiling, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    boolean useAll = tiling == Tiling.ALL; // until then these tiles are not compiled
    boolean byEights = useAll && eightsPay(k);
    int done = 0;
    if (Blocking.ZEN && useAll && ldStart == 0) {
      done = eights(m, k, a, aAt, lda, b, bAt, fromZero ? null : start, startAt, c, cAt, ldc);
    }
    for (int i = done, rows; i < m; i += rows) {
      int left = m - i;
      rows = Math.min(RowTile5x1.ROWS, left);
      int aRow = aAt + i * lda;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (byEights && areEights(left)) {
        rows = Math.min(RowTile8x1.ROWS, left);
        RowTile8x1.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (useAll && rows <= RowTile2x1.ROWS) {
        RowTile2x1.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else {
        RowTile5x1.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      }
    }
  }

  /** Whole tiles of eight rows, as far as they go: returns the rows that are done. The last may begin in the one before it. */
  private static int eights(
      int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc) {
    int i = 0;
    for (; m >= WholeRowTile8x1.ROWS && areEights(m - i); i += WholeRowTile8x1.ROWS) {
      int row = Math.min(i, m - WholeRowTile8x1.ROWS);
      WholeRowTile8x1.run(start, startAt, k, a, aAt + row * lda, lda, b, bAt, c, cAt + row * ldc, ldc);
    }
    return Math.min(i, m);
  }

  /** Whether so many rows are for tiles of eight: five are not, and ten, on Zen 4 and 5 nine too, are better off as two times five. */
  private static boolean areEights(int rows) {
    int least = Blocking.ZEN ? 2 * RowTile5x1.ROWS - 1 : 2 * RowTile5x1.ROWS;
    return rows > RowTile5x1.ROWS && (rows < least || rows > 2 * RowTile5x1.ROWS);
  }

  /** Whether so many terms are worth the longer beginning and end of {@link RowTile8x1}. Warm-up's negative number is: C2 sees the call. */
  private static boolean eightsPay(int k) {
    return Blocking.KNOWN && (k < 0 || k >= 16);
  }

  /** All rows of C in a medium panel. */
  static void mediumRows(
      int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    int done = 0;
    if (Blocking.ZEN && ldStart == 0) {
      done = mediumEights(m, k, a, aAt, lda, b, bAt, fromZero ? null : start, startAt, c, cAt, ldc);
    }
    for (int i = done, rows; i < m; i += rows) {
      rows = Math.min(RowTile8x2.ROWS, m - i);
      int aRow = aAt + i * lda;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (rows <= RowTile2x2.ROWS) {
        RowTile2x2.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (rows <= RowTile5x2.ROWS) {
        RowTile5x2.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else {
        RowTile8x2.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      }
    }
  }

  /** {@link #eights} of a medium panel. */
  private static int mediumEights(
      int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc) {
    int i = 0;
    for (; m >= WholeRowTile8x2.ROWS && m - i > RowTile5x2.ROWS; i += WholeRowTile8x2.ROWS) {
      int row = Math.min(i, m - WholeRowTile8x2.ROWS);
      WholeRowTile8x2.run(k, a, aAt + row * lda, lda, b, bAt, start, startAt, c, cAt + row * ldc, ldc);
    }
    return Math.min(i, m);
  }

  /** A gradient of one vector's columns whole, of rows of B that are one vector each. */
  static void gradient(int m, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, float[] down) {
    int width = Panels.NARROW;
    int done = gradients(TilingInUse.here(), width, m, k, a, aAt, lda, b, bAt, width, c, cAt, down);
    columns(
        width, m - done, k, a, aAt + done, lda, b, bAt, width, Tiles.ZEROS, 0, 0, c, cAt + done * width, width, down);
  }

  /** Whole tiles of a gradient, whose rows are a panel's. Returns their rows. */
  static int gradients(
      Tiling tiling, int width, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] c, int cAt,
      float[] down) {
    int i = 0;
    if (width == Panels.MEDIUM) {
      for (; i + GradientTile8x2.ROWS <= m; i += GradientTile8x2.ROWS) {
        GradientTile8x2.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.MEDIUM, down);
      }
      return i;
    }
    int whole = tiling == Tiling.ALL ? m : 0; // until then this tile is not compiled
    for (; i + GradientTile16x1.ROWS <= whole; i += GradientTile16x1.ROWS) {
      GradientTile16x1.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.NARROW, down);
    }
    for (; i + GradientTile8x1.ROWS <= whole; i += GradientTile8x1.ROWS) {
      GradientTile8x1.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.NARROW, down);
    }
    return i;
  }

  /** What {@link #gradients} leaves, and all other products of columns of A. */
  static void columns(
      int width, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    for (int i = 0; i < m; i += ColumnTile8x1.ROWS) {
      int rows = Math.min(ColumnTile8x1.ROWS, m - i);
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (width == Panels.MEDIUM && rows <= Tile4x2.ROWS) {
        Tile4x2.run(rows, k, a, aAt + i, 1, lda, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      } else if (width == Panels.MEDIUM) {
        ColumnTile8x2.run(rows, k, a, aAt + i, lda, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      } else {
        ColumnTile8x1.run(rows, k, a, aAt + i, lda, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      }
    }
  }
}
