package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Panels;

/**
 * The last panel of a product, wide or medium, where of its last vector one to four columns are there, by tiles whose rows have a {@link
 * SharedVector}: forwards, and gradients.
 */
final class SharedTiles extends NotInlined {

  /** Rows left over that other tiles are faster for. */
  private static final int MEDIUM_REST = 2;

  private SharedTiles() {}

  /** Rows of a tile of such a panel, the fewest that there are to be. */
  static int rowsOfTile(int width) {
    return width == Panels.WIDE ? SharedRowTile4x4.ROWS : SharedRowTile8x2.ROWS;
  }

  /**
   * C = start + A·B, all rows from the same row of start, or from zero where that is null. The last tile may begin in the one before it.
   *
   * @return how many of its m rows are done: all but one or two
   */
  static int rows(
      int width, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc) {
    int tile = rowsOfTile(width);
    int rest = width == Panels.WIDE ? 1 : MEDIUM_REST;
    int i = 0;
    for (; m - i > rest; i += tile) {
      int row = Math.min(i, m - tile);
      if (width == Panels.WIDE) {
        SharedRowTile4x4.run(k, a, aAt + row * lda, lda, b, bAt, start, startAt, c, cAt + row * ldc, ldc);
      } else {
        SharedRowTile8x2.run(k, a, aAt + row * lda, lda, b, bAt, start, startAt, c, cAt + row * ldc, ldc);
      }
    }
    return Math.min(i, m);
  }

  /**
   * The gradient, stored or a step of descent, lda apart in A and ldb in B. All rows: a step of descent that another way took up where this
   * one ends could begin before it.
   */
  static void gradient(
      int width, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] c, int cAt,
      float[] down) {
    int i = 0;
    if (width == Panels.WIDE) {
      for (; i + SharedGradientTile4x4.ROWS <= m; i += SharedGradientTile4x4.ROWS) {
        SharedGradientTile4x4.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.WIDE, down);
      }
    } else {
      for (; i + SharedGradientTile8x2.ROWS <= m; i += SharedGradientTile8x2.ROWS) {
        SharedGradientTile8x2.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.MEDIUM, down);
      }
      for (; i < m && m - i <= MEDIUM_REST; i++) {
        GradientTile1x2.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.MEDIUM, down);
      }
    }
    if (i < m) {
      Tiles.panel(width, m - i, k, a, aAt + i, 1, lda, b, bAt, ldb, null, 0, 0, c, cAt + i * width, width, down, null, 0, 0, 0);
    }
  }
}
