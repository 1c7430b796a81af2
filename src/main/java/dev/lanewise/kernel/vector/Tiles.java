package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.COLUMNS;
import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;

import dev.lanewise.kernel.Warmable.Tiling;
import dev.lanewise.kernel.Panels;

/**
 * One panel of B against rows of A: cut into strips of columns as wide as a tile, and those into tiles of rows. In BLIS's
 * terms, loop IR. C and start are read and written over the whole width of the panel.
 */
final class Tiles extends NotInlined {

  /** Whether gradients end by tiles of their own of six rows and of four, and not by those for all layouts. */
  private static final boolean GRADIENT_ENDS = Blocking.ZEN && BITS_512;

  /** What accumulators load when they start from nothing: one row, with leading dimension 0. */
  static final float[] ZEROS = new float[2 * Panels.GROUP];

  private Tiles() {}

  /**
   * Rows of A, by a row and a column stride, against a panel {@code width} columns wide. One that is not wide is packed where
   * columnStride is 1: ldb is its width then, except where a tile takes the whole strip.
   *
   * @param start null for zero
   * @param down null, or in [0] what the product is multiplied by before it is added to C
   * @param ahead null, or what to read before its turn: while the i-th tile of six rows computes, {@code aheadFloats} from
   *     {@code aheadAt + i · aheadNext} on
   */
  static void panel(
      int width, int m, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] ahead, int aheadAt, int aheadNext, int aheadFloats) {
    Tiling tiling = TilingInUse.here();
    boolean first = TilingInUse.isFirst();
    boolean fromZero = start == null;
    float[] from = fromZero ? ZEROS : start;
    int ldFrom = fromZero ? 0 : ldStart;
    int j = 0;
    for (; j + COLUMNS <= width; j += COLUMNS) {
      int fromAt = fromZero ? 0 : startAt + j;
      if (MANY_REGISTERS) {
        strip(
            tiling, first, m, k, a, aAt, rowStride, columnStride, b, bAt + j, ldb, fromZero, from, fromAt, ldFrom, c, cAt + j, ldc, down,
            ahead, aheadAt, aheadNext, aheadFloats);
      } else {
        PairTiles.strip(
            tiling, m, k, a, aAt, rowStride, columnStride, b, bAt + j, ldb, fromZero, from, fromAt, ldFrom, c, cAt + j, ldc, down);
      }
    }
    if (j < width) {
      int fromAt = fromZero ? 0 : startAt + j;
      if (!BITS_512) {
        PairTiles.strip(
            tiling, m, k, a, aAt, rowStride, columnStride, b, bAt + j, ldb, fromZero, from, fromAt, ldFrom, c, cAt + j, ldc, down);
      } else if (columnStride == 1 && down == null) {
        if (width == Panels.MEDIUM) {
          NarrowTiles.mediumRows(m, k, a, aAt, rowStride, b, bAt, fromZero, from, fromAt, ldFrom, c, cAt, ldc);
        } else {
          NarrowTiles.rows(tiling, m, k, a, aAt, rowStride, b, bAt, fromZero, from, fromAt, ldFrom, c, cAt, ldc);
        }
      } else {
        int done = 0;
        if (fromZero && ldc == width) {
          done = NarrowTiles.gradients(tiling, width, m, k, a, aAt, columnStride, b, bAt, ldb, c, cAt, down);
        }
        NarrowTiles.columns(
            width, m - done, k, a, aAt + done, columnStride, b, bAt, ldb, from, fromAt, ldFrom, c, cAt + done * ldc, ldc, down);
      }
    }
  }

  /**
   * All rows of C in a strip of four vectors of a wide panel: tiles from the top, as whole as can be, then what ends the panel best.
   *
   * @param first whether by {@link #firstTiles}: an argument, so that C2 can be shown both ways whatever is in use
   * @param start what C continues from, ldStart apart; a bias, of which each row is the same, with 0
   * @param down what C is a step down from, or null for a product that is stored
   * @param ahead what is read ahead: of the tile of row i from aheadAt + i / 6 · aheadNext on, so many floats; null for nothing
   */
  static void strip(
      Tiling tiling, boolean first, int m, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] ahead, int aheadAt, int aheadNext, int aheadFloats) {
    if (Blocking.INTEL) { // which reads nothing ahead
      leanStrip(tiling, m, k, a, aAt, rowStride, columnStride, b, bAt, ldb, fromZero, start, startAt, ldStart, c, cAt, ldc, down);
      return;
    }
    //         COARSE                   FINE                            ALL
    // Zen     firstTiles, Tile1x4      firstTiles, Tile4x4, Tile1x4    gradientTiles or rowTiles; Tile4x4, Tile1x4, general
    // others  general                  general, Tile4x4, Tile1x4       gradientTiles; Tile4x4, Tile1x4, general
    int done = 0;
    if (first) {
      done = firstTiles(m, k, a, aAt, rowStride, columnStride, b, bAt, ldb, fromZero, start, startAt, ldStart, c, cAt, ldc, down);
    } else if (tiling == Tiling.ALL && fromZero && ahead == null && rowStride == 1 && ldc == Panels.WIDE
        // A packed panel of A, whose columns are as far apart as a tile has rows, comes alone and is one tile for all layouts. Other
        // gradients of so few rows have tiles of their own on Zen 4 and 5.
        && (m > ROWS || (Blocking.ZEN && columnStride != ROWS))) {
      done = gradientTiles(m, k, a, aAt, columnStride, b, bAt, ldb, c, cAt, down);
    } else if (Blocking.ZEN && tiling == Tiling.ALL && ahead == null && ldStart == 0
        && columnStride == 1 && ldb == Panels.WIDE && down == null) {
      done = rowTiles(m, k, a, aAt, rowStride, b, bAt, fromZero ? null : start, startAt, c, cAt, ldc);
    }
    boolean useFiner = tiling != Tiling.COARSE;
    for (int i = done, rows; i < m; i += rows) {
      int aRow = aAt + i * rowStride;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (useFiner ? m - i == 1 : first) {
        rows = 1;
        Tile1x4.run(k, a, aRow, columnStride, b, bAt, ldb, start, startRow, c, cRow, down);
      } else if (first || (useFiner && endsByFours(m, i))) {
        rows = Math.min(Tile4x4.ROWS, m - i);
        Tile4x4.run(
            rows, k, a, aRow, rowStride, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      } else {
        rows = general(
            m, i, k, a, aRow, rowStride, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down,
            ahead, aheadAt, aheadNext, aheadFloats);
      }
    }
  }

  /**
   * The first tiles on Zen 4 and 5, those that large layers need forwards, back and down, as far as they go: returns the rows that are
   * done. With the one for all layouts as the first a large network ran at 79 to 96 % of its speed on Zen 5 until all were there.
   */
  private static int firstTiles(
      int m, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    int i = 0;
    if (columnStride == 1 && ldb == Panels.WIDE && down == null) {
      for (; i < m; i += RowTile6x4.ROWS) {
        RowTile6x4.run(
            Math.min(RowTile6x4.ROWS, m - i), k, a, aAt + i * rowStride, rowStride, b, bAt, start, startAt + i * ldStart, ldStart,
            c, cAt + i * ldc, ldc);
      }
    } else if (rowStride == 1 && ldb == Panels.WIDE && fromZero && ldc == Panels.WIDE) {
      for (; m - i >= GradientTile5x4.ROWS; i += GradientTile5x4.ROWS) {
        GradientTile5x4.run(k, a, aAt + i, columnStride, b, bAt, c, cAt + i * Panels.WIDE, down);
      }
    }
    return Math.min(i, m);
  }

  /** Whole tiles for rows of A alone, as far as they go: returns the rows that are done. The last may begin in the one before it. */
  private static int rowTiles(
      int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt,
      float[] c, int cAt, int ldc) {
    int i = 0;
    for (; !endsByFours(m, i); i += WholeRowTile6x4.ROWS) {
      int row = Math.min(i, m - WholeRowTile6x4.ROWS);
      WholeRowTile6x4.run(k, a, aAt + row * lda, lda, b, bAt, start, startAt, c, cAt + row * ldc, ldc);
    }
    for (; m - i > 1 && m >= WholeRowTile4x4.ROWS; i += WholeRowTile4x4.ROWS) {
      int row = Math.min(i, m - WholeRowTile4x4.ROWS);
      WholeRowTile4x4.run(start, startAt, k, a, aAt + row * lda, lda, b, bAt, c, cAt + row * ldc, ldc);
    }
    return Math.min(i, m);
  }

  /**
   * Tiles for gradients alone, as far as they go: returns the rows that are done. None of five rows where two tiles of four, or one of
   * four and one of three, end the panel.
   */
  private static int gradientTiles(
      int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] c, int cAt,
      float[] down) {
    int i = 0;
    if (ldb == Panels.WIDE && GradientBlocking.byFives(k)) {
      for (int end = rowsOfFives(m); i < end; i += GradientTile5x4.ROWS) {
        GradientTile5x4.run(k, a, aAt + i, lda, b, bAt, c, cAt + i * Panels.WIDE, down);
      }
    }
    for (; GRADIENT_ENDS && m - i >= StridedGradientTile6x4.ROWS && !endsByFours(m, i); i += StridedGradientTile6x4.ROWS) {
      StridedGradientTile6x4.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.WIDE, down);
    }
    for (; GRADIENT_ENDS && m - i >= GradientTile4x4.ROWS; i += GradientTile4x4.ROWS) {
      GradientTile4x4.run(k, a, aAt + i, lda, b, bAt, ldb, c, cAt + i * Panels.WIDE, down);
    }
    return i;
  }

  /** Where no rows are next, far enough below 0 to stay there. */
  static final int NOTHING_AFTER = Integer.MIN_VALUE;

  /** How many tiles before its turn one is fetched: with one or three the gradients of step C gain less. */
  private static final int TILES_AHEAD = 2;

  /**
   * Whole tiles of a gradient of weights that come from afar: before each the lines of a later one are fetched. Returns the rows that are
   * done.
   *
   * @param aNext from where a tile's rows of A begin to where the next one's do
   * @param cAfter where the rows begin that are next when these are done, or {@link #NOTHING_AFTER}: others' rows are not to be fetched
   */
  static int prefetchedTiles(
      int m, int k,
      float[] a, int aAt, int aNext, int lda,
      float[] b, int bAt, int ldb,
      float[] c, int cAt, int cAfter,
      float[] down) {
    int tiles = m / StridedGradientTile6x4.ROWS;
    for (int i = 0; i < tiles; i++) {
      int later = i + TILES_AHEAD;
      int fetched = later < tiles ? cAt + later * PrefetchForWrite.FLOATS : cAfter + (later - tiles) * PrefetchForWrite.FLOATS;
      PrefetchForWrite.run(c, fetched);
      StridedGradientTile6x4.run(k, a, aAt + i * aNext, lda, b, bAt, ldb, c, cAt + i * PrefetchForWrite.FLOATS, down);
    }
    return tiles * StridedGradientTile6x4.ROWS;
  }

  /** How many of so many rows are for tiles of five: not the last seven or eight, nor the last six where a tile of gradients has six. */
  private static int rowsOfFives(int m) {
    int rest = m % GradientTile5x4.ROWS;
    boolean endsOtherwise = rest == 2 || rest == 3 || (rest == 1 && GRADIENT_ENDS);
    return Math.max(0, m - rest - (endsOtherwise ? GradientTile5x4.ROWS : 0));
  }

  /**
   * The same for {@link Blocking#INTEL Intel's} processors. Their first tiles are those for rows of A, for gradients, and of one row for
   * all else, which C2 has compiled in a fifth of the time that the one of four rows takes it. The one of six rows for all layouts, the
   * first elsewhere, takes C2 as long as two tiles, and runs at two thirds of their speed.
   */
  private static void leanStrip(
      Tiling tiling, int m, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    boolean ofPanel = ldb == Panels.WIDE;
    boolean byRows = ofPanel && columnStride == 1 && down == null;
    boolean ofGradient = rowStride == 1 && fromZero && ldc == Panels.WIDE;
    boolean gradient = ofPanel && ofGradient && (columnStride != ROWS || tiling != Tiling.ALL);
    boolean strided = !ofPanel && ofGradient && tiling == Tiling.ALL && BITS_512;
    boolean byColumns = ofPanel && tiling == Tiling.ALL && rowStride == 1 && k % 2 == 0;
    for (int i = 0, rows; i < m; i += rows) {
      int left = m - i;
      boolean byFours = tiling != Tiling.COARSE && endsByFours(m, i);
      int aRow = aAt + i * rowStride;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (left == 1 && tiling != Tiling.COARSE) {
        rows = 1;
        Tile1x4.run(k, a, aRow, columnStride, b, bAt, ldb, start, startRow, c, cRow, down);
      } else if (byRows && tiling != Tiling.COARSE && areFours(left)) {
        rows = Math.min(RowTile4x4.ROWS, left);
        RowTile4x4.run(rows, k, a, aRow, rowStride, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (byRows) {
        rows = Math.min(RowTile6x4.ROWS, left);
        RowTile6x4.run(rows, k, a, aRow, rowStride, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (gradient && !byFours && left >= GradientTile6x4.ROWS) {
        rows = GradientTile6x4.ROWS;
        GradientTile6x4.run(k, a, aRow, columnStride, b, bAt, c, cRow, down);
      } else if (strided && !byFours && left >= StridedGradientTile6x4.ROWS) {
        rows = StridedGradientTile6x4.ROWS;
        StridedGradientTile6x4.run(k, a, aRow, columnStride, b, bAt, ldb, c, cRow, down);
      } else if (byColumns && !byFours && left >= ColumnTile6x4.ROWS) {
        rows = ColumnTile6x4.ROWS;
        ColumnTile6x4.run(k, a, aRow, columnStride, b, bAt, start, startRow, ldStart, c, cRow, ldc, down);
      } else if (byFours && ofGradient && tiling == Tiling.ALL && BITS_512 && left >= GradientTile4x4.ROWS) {
        rows = GradientTile4x4.ROWS;
        GradientTile4x4.run(k, a, aRow, columnStride, b, bAt, ldb, c, cRow, down);
      } else if (tiling == Tiling.COARSE) {
        rows = 1;
        Tile1x4.run(k, a, aRow, columnStride, b, bAt, ldb, start, startRow, c, cRow, down);
      } else if (byFours || tiling != Tiling.ALL) {
        rows = Math.min(Tile4x4.ROWS, left);
        Tile4x4.run(
            rows, k, a, aRow, rowStride, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      } else {
        rows = general(
            m, i, k, a, aRow, rowStride, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down, null, 0, 0, 0);
      }
    }
  }

  /** Whether so many rows are one or two tiles of four, and not six and a rest: seven are that, and the last goes by {@link Tile1x4}. */
  private static boolean areFours(int rows) {
    return rows <= RowTile4x4.ROWS || rows == 2 * RowTile4x4.ROWS;
  }

  /** Whether what is left of m rows from row i on is one or two tiles of four, and no six rows and a rest. */
  private static boolean endsByFours(int m, int i) {
    int left = m - i;
    return left <= Tile4x4.ROWS || left == Tile4x4.ROWS + 3 || left == 2 * Tile4x4.ROWS || m < Tile6x4.ROWS;
  }

  /**
   * One tile of six rows for all layouts, from row i of m on; returns how many it has written. The last begins early enough to be whole.
   * Where there are too few rows for one, each is six times the same row.
   */
  static int general(
      int m, int i, int k,
      float[] a, int aRow, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startRow, int ldStart,
      float[] c, int cRow, int ldc,
      float[] down,
      float[] ahead, int aheadAt, int aheadNext, int aheadFloats) {
    boolean whole = m >= Tile6x4.ROWS;
    int rows = whole ? Math.min(Tile6x4.ROWS, m - i) : 1;
    int first = Tile6x4.ROWS - rows;
    int apart = whole ? 1 : 0;
    int back = first * apart;
    int next = 0;
    int step = 0;
    if (ahead != null && k != 0) {
      int each = Math.ceilDiv(aheadFloats, k);
      long at = aheadAt + (long) (i / Tile6x4.ROWS) * aheadNext;
      if (at >= 0 && at <= ahead.length - (long) k * each) { // else there is nothing left to read
        next = (int) at;
        step = each;
      }
    }
    Tile6x4.run(
        first, k, a, aRow - back * rowStride, apart * rowStride, columnStride, b, bAt, ldb,
        start, startRow - back * ldStart, apart * ldStart, c, cRow - back * ldc, apart * ldc, down,
        step == 0 ? c : ahead, next, step);
    return rows;
  }

  /** All tiles of gradients whose A is in so many columns of {@link BlockGradientTile6x4}'s blocks, against one wide panel. */
  static void blocks(int m, int k, float[] a, int aAt, float[] panel, int panelAt, float[] c, int cAt, float[] down) {
    int floats = BlockGradientTile6x4.ROWS * COLUMNS;
    int step = Math.ceilDiv(floats, k);
    for (int i = 0; i < m; i += BlockGradientTile6x4.BLOCK) {
      for (int row = 0; row < BlockGradientTile6x4.BLOCK; row += BlockGradientTile6x4.ROWS) {
        for (int j = 0; j < Panels.WIDE; j += COLUMNS) {
          int at = cAt + (i + row) * Panels.WIDE + j;
          int next = at + floats;
          BlockGradientTile6x4.run(
              k, a, aAt + i * k + row, panel, panelAt + j, c, at, down, next <= c.length - step * k - LANES ? next : 0, step);
        }
      }
    }
  }

  /**
   * A gradient's whole tiles from the panels that {@link PackedA#panels} makes and a wide panel of B, from zero.
   *
   * @return how many of its m rows they are
   */
  static int packedGradient(int m, int k, float[] a, int aAt, float[] panel, int panelAt, float[] c, int cAt, float[] down) {
    int done = 0;
    for (; done + PackedGradientTile6x4.ROWS <= m; done += PackedGradientTile6x4.ROWS) {
      for (int j = 0; j < Panels.WIDE; j += COLUMNS) {
        PackedGradientTile6x4.run(k, a, aAt + done * k, panel, panelAt + j, c, cAt + done * Panels.WIDE + j, down);
      }
    }
    return done;
  }
}
