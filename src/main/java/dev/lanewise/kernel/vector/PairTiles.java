package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.Warmable.Tiling;

/** Strips of two vectors: what {@link Tiles} are with 16 registers, and where vectors are shorter than a narrow panel. */
final class PairTiles extends NotInlined {

  private PairTiles() {}

  /**
   * For 16 registers, and for panels that are not wide where vectors are shorter than a narrow one. The first tiles are two: one for whole
   * tiles of rows, one for all else.
   */
  static void strip(
      Tiling tiling, int m, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    boolean useFiner = tiling != Tiling.COARSE;
    boolean byRows = ldb == Panels.WIDE && columnStride == 1 && down == null;
    boolean byColumns = useFiner && ldb == Panels.WIDE && rowStride == 1;
    boolean gradient = byColumns && ldc == Panels.WIDE && fromZero;
    for (int i = 0, rows; i < m; i += rows) {
      int left = m - i;
      rows = Math.min(Tile4x2.ROWS, left);
      int aRow = aAt + i * rowStride;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      boolean bySixes = left > 2 * RowTile4x2.ROWS || left == RowTile6x2.ROWS; // seven and eight are two tiles of four
      if (byRows && left >= RowTile6x2.ROWS && (bySixes || !useFiner)) {
        rows = RowTile6x2.ROWS;
        RowTile6x2.run(k, a, aRow, rowStride, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (byRows && useFiner) {
        RowTile4x2.run(rows, k, a, aRow, rowStride, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (gradient && left >= GradientTile6x2.ROWS && left != 2 * ColumnTile4x2.ROWS) {
        rows = GradientTile6x2.ROWS;
        GradientTile6x2.run(k, a, aRow, columnStride, b, bAt, c, cRow, down);
      } else if (byColumns && rows == ColumnTile4x2.ROWS) {
        ColumnTile4x2.run(k, a, aRow, columnStride, b, bAt, start, startRow, ldStart, c, cRow, ldc, down);
      } else {
        Tile4x2.run(
            rows, k, a, aRow, rowStride, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      }
    }
  }

  /** The whole tiles of {@link PackedA#multiply} where a panel is two vectors: from a loop that decides nothing. Returns their rows. */
  static int packed(
      int m, int k,
      float[] a, int aAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] panel, int panelAt) {
    boolean fromZero = start == null;
    float[] from = fromZero ? Tiles.ZEROS : start;
    int ldFrom = fromZero ? 0 : ldStart;
    int i = 0;
    if (fromZero && ldc == Panels.WIDE) {
      for (; i + PackedGradientTile6x2.ROWS <= m; i += PackedGradientTile6x2.ROWS) {
        PackedGradientTile6x2.run(k, a, aAt + i * k, panel, panelAt, c, cAt + i * Panels.WIDE, down);
      }
      return i;
    }
    int whole = TilingInUse.isAll() ? m : 0; // until then this tile is not compiled
    for (; i + ColumnTile6x2.ROWS <= whole; i += ColumnTile6x2.ROWS) {
      ColumnTile6x2.run(
          k, a, aAt + i * k, panel, panelAt, from, fromZero ? 0 : startAt + i * ldStart, ldFrom, c, cAt + i * ldc, ldc, down);
    }
    return i;
  }

  /** Whole tiles of the first half of a panel of gradients, likewise. */
  static int half(int m, int k, float[] a, int aAt, int lda, float[] panel, int panelAt, float[] c, int cAt, float[] down) {
    int i = 0;
    for (; i + GradientTile10x1.ROWS <= m; i += GradientTile10x1.ROWS) {
      GradientTile10x1.run(k, a, aAt + i, lda, panel, panelAt, c, cAt + i * Panels.WIDE, down);
    }
    return i;
  }
}
