package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.COLUMNS;
import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Kernels.Tiling;
import dev.lanewise.kernel.Panels;

/**
 * One panel of B against rows of A: cut into strips of columns as wide as a tile, and those into tiles of rows. In BLIS's
 * terms, loop IR. C and start are read and written over the whole width of the panel.
 */
final class Tiles extends NotInlined {

  /** So many calls of no terms for each look at all tilings: seldom enough that tiles are not compiled for it. */
  private static final int SHOW = 2000;

  private static final Tiling[] TILINGS = Tiling.values();

  /** What accumulators load when they start from nothing: one row, with leading dimension 0. */
  static final float[] ZEROS = new float[2 * Panels.GROUP];

  /** What a thread uses that tries another tiling than others, and what others use: a pair that never changes. */
  private static volatile Tiling[] used = {Tiling.ALL, Tiling.ALL};

  /** The number of the thread that tries, or 0. */
  private static volatile long trial;

  private Tiles() {}

  /** See {@link Kernels#useTiles}. */
  static void use(Tiling tiling) {
    used = new Tiling[] {used[0], tiling};
  }

  /** See {@link Kernels#tryTiles}. */
  static void tryOut(Tiling tiling) {
    trial = 0;
    if (tiling != null) {
      used = new Tiling[] {tiling, used[1]};
      trial = Thread.currentThread().threadId();
    }
  }

  /**
   * What the calling thread uses. Without a branch, of which C2 would leave out the side that a thread has not taken yet, and throw away
   * all code with it when one does.
   */
  private static Tiling here() {
    int other = Long.signum(Thread.currentThread().threadId() - trial);
    return used[other * other];
  }

  /** Whether this thread uses the finer tiles. */
  static boolean areFinerHere() {
    return here() != Tiling.COARSE;
  }

  /** Whether this thread tries a tiling: with examples, which are smaller than what it will be of use for. */
  static boolean tries() {
    return Thread.currentThread().threadId() == trial;
  }

  /** Whether this thread uses everything that products have. */
  static boolean isAllHere() {
    return here() == Tiling.ALL;
  }

  /**
   * Rows of A, by a row and a column stride, against a panel {@code width} columns wide. One that is not wide is packed: ldb is
   * its width, except where a tile takes the whole strip.
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
    Tiling tiling = here();
    boolean fromZero = start == null;
    float[] from = fromZero ? ZEROS : start;
    int ldFrom = fromZero ? 0 : ldStart;
    int j = 0;
    for (; j + COLUMNS <= width; j += COLUMNS) {
      int fromAt = fromZero ? 0 : startAt + j;
      if (MANY_REGISTERS) {
        strip(
            tiling, m, k, a, aAt, rowStride, columnStride, b, bAt + j, ldb, fromZero, from, fromAt, ldFrom, c, cAt + j, ldc, down,
            ahead, aheadAt, aheadNext, aheadFloats);
      } else {
        stripOfTwoVectors(
            tiling, m, k, a, aAt, rowStride, columnStride, b, bAt + j, ldb, fromZero, from, fromAt, ldFrom, c, cAt + j, ldc, down);
      }
    }
    if (j < width) {
      int fromAt = fromZero ? 0 : startAt + j;
      if (LANES != Panels.NARROW) {
        stripOfTwoVectors(
            tiling, m, k, a, aAt, rowStride, columnStride, b, bAt + j, ldb, fromZero, from, fromAt, ldFrom, c, cAt + j, ldc, down);
      } else if (columnStride == 1 && down == null) {
        rows(width, m, k, a, aAt, rowStride, b, bAt, from, fromAt, ldFrom, c, cAt, ldc);
      } else {
        columns(width, m, k, a, aAt, columnStride, b, bAt, from, fromAt, ldFrom, c, cAt, ldc, down);
      }
    }
  }

  /**
   * All rows of C in one wide panel: tiles from the top, as whole as can be, then what ends the panel best: see the branches. The first
   * tiles of {@link Blocking#LEAN} processors are those for rows of A, for gradients, and of four rows for all else: the one of six rows
   * for all layouts, the first elsewhere, takes C2 as long as two of them, and runs at two thirds of their speed.
   *
   * @param start what C continues from, ldStart apart; a bias, of which each row is the same, with 0
   * @param down what C is a step down from, or null for a product that is stored
   * @param ahead what is read ahead: of the tile of row i from aheadAt + i / 6 · aheadNext on, so many floats; null for nothing
   */
  private static void strip(
      Tiling tiling, int m, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      boolean fromZero, float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] ahead, int aheadAt, int aheadNext, int aheadFloats) {
    boolean useFiner = tiling != Tiling.COARSE;
    boolean lean = Blocking.LEAN && ldb == Panels.WIDE && ahead == null;
    boolean byRows = lean && columnStride == 1 && down == null;
    boolean leanGradient = lean && rowStride == 1 && fromZero && ldc == Panels.WIDE && (columnStride != ROWS || tiling != Tiling.ALL);
    boolean byColumns = lean && tiling == Tiling.ALL && rowStride == 1 && k % 2 == 0;
    // Packed panels of A come one by one, and are a row too high.
    boolean gradient = !Blocking.LEAN && tiling == Tiling.ALL && fromZero && ahead == null && m > ROWS
        && rowStride == 1 && ldb == Panels.WIDE && ldc == Panels.WIDE;
    int done = 0;
    if (gradient) {
      int last = m - GradientTile5x4.ROWS;
      // None where two tiles of four rows, or one of four and one of three, end the panel.
      for (; done <= last && m - done != 2 * Tile4x4.ROWS && m - done != Tile4x4.ROWS + 3; done += GradientTile5x4.ROWS) {
        GradientTile5x4.run(k, a, aAt + done, columnStride, b, bAt, c, cAt + done * Panels.WIDE, down);
      }
    }
    for (int i = done, rows; i < m; i += rows) {
      int left = m - i;
      boolean byFours = left <= Tile4x4.ROWS || left == Tile4x4.ROWS + 3 || left == 2 * Tile4x4.ROWS || m < Tile6x4.ROWS;
      int aRow = aAt + i * rowStride;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (left == 1 && useFiner) {
        rows = 1;
        Tile1x4.run(k, a, aRow, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      } else if (byRows) {
        rows = Math.min(RowTile5x4.ROWS, left);
        RowTile5x4.run(rows, k, a, aRow, rowStride, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else if (leanGradient && !byFours && left >= GradientTile6x4.ROWS) {
        rows = GradientTile6x4.ROWS;
        GradientTile6x4.run(k, a, aRow, columnStride, b, bAt, c, cRow, down);
      } else if (byColumns && !byFours && left >= ColumnTile6x4.ROWS) {
        rows = ColumnTile6x4.ROWS;
        ColumnTile6x4.run(k, a, aRow, columnStride, b, bAt, start, startRow, ldStart, c, cRow, ldc, down);
      } else if (Blocking.LEAN ? byFours || tiling != Tiling.ALL : byFours && useFiner) {
        rows = Math.min(Tile4x4.ROWS, left);
        Tile4x4.run(
            rows, k, a, aRow, rowStride, columnStride, b, bAt, ldb, start, startRow, ldStart, c, cRow, ldc, down);
      } else {
        // The last tile begins early enough to be whole. Where there are too few rows for one, each is six times the same row.
        boolean whole = m >= Tile6x4.ROWS;
        rows = whole ? Math.min(Tile6x4.ROWS, left) : 1;
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
      }
    }
  }

  /** All tiles of gradients whose A is in so many columns of {@link BlockGradientTile6x4}'s blocks, against one wide panel. */
  static void blocks(int m, int k, float[] a, int aAt, float[] panel, int panelAt, float[] c, int cAt, float[] down) {
    for (int i = 0; i < m; i += BlockGradientTile6x4.BLOCK) {
      for (int row = 0; row < BlockGradientTile6x4.BLOCK; row += BlockGradientTile6x4.ROWS) {
        for (int j = 0; j < Panels.WIDE; j += COLUMNS) {
          BlockGradientTile6x4.run(k, a, aAt + i * k + row, panel, panelAt + j, c, cAt + (i + row) * Panels.WIDE + j, down);
        }
      }
    }
  }

  /**
   * For 16 registers, and for panels that are not wide where vectors are shorter than a narrow one. The first tiles are two: one for whole
   * tiles of rows, one for all else.
   */
  private static void stripOfTwoVectors(
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
      if (byRows && left >= RowTile6x2.ROWS && (!useFiner || left > 2 * RowTile4x2.ROWS || left == RowTile6x2.ROWS)) {
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

  /** The whole tiles of {@link Gemm#packedRows} where a panel is two vectors: from a loop that decides nothing. Returns their rows. */
  static int packedPairs(
      int m, int k,
      float[] a, int aAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down,
      float[] panel, int panelAt) {
    boolean fromZero = start == null;
    float[] from = fromZero ? ZEROS : start;
    int ldFrom = fromZero ? 0 : ldStart;
    int i = 0;
    if (fromZero && ldc == Panels.WIDE) {
      for (; i + PackedGradientTile6x2.ROWS <= m; i += PackedGradientTile6x2.ROWS) {
        PackedGradientTile6x2.run(k, a, aAt + i * k, panel, panelAt, c, cAt + i * Panels.WIDE, down);
      }
      return i;
    }
    int whole = isAllHere() ? m : 0; // until then this tile is not compiled
    for (; i + ColumnTile6x2.ROWS <= whole; i += ColumnTile6x2.ROWS) {
      ColumnTile6x2.run(
          k, a, aAt + i * k, panel, panelAt, from, fromZero ? 0 : startAt + i * ldStart, ldFrom, c, cAt + i * ldc, ldc, down);
    }
    return i;
  }

  /** Whole tiles of the first half of a panel of gradients, likewise. */
  static int halfPairs(int m, int k, float[] a, int aAt, int lda, float[] panel, int panelAt, float[] c, int cAt, float[] down) {
    int i = 0;
    for (; i + GradientTile10x1.ROWS <= m; i += GradientTile10x1.ROWS) {
      GradientTile10x1.run(k, a, aAt + i, lda, panel, panelAt, c, cAt + i * Panels.WIDE, down);
    }
    return i;
  }

  private static void rows(
      int width, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    for (int i = 0; i < m; i += RowTile.ROWS) {
      int rows = Math.min(RowTile.ROWS, m - i);
      int aRow = aAt + i * lda;
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (width == Panels.MEDIUM) {
        RowTile5x2.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      } else {
        RowTile.run(rows, k, a, aRow, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc);
      }
    }
  }

  private static void columns(
      int width, int m, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] down) {
    for (int i = 0; i < m; i += ColumnTile.ROWS) {
      int rows = Math.min(ColumnTile.ROWS, m - i);
      int startRow = startAt + i * ldStart;
      int cRow = cAt + i * ldc;
      if (width == Panels.MEDIUM) {
        ColumnTile8x2.run(rows, k, a, aAt + i, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc, down);
      } else {
        ColumnTile.run(rows, k, a, aAt + i, lda, b, bAt, start, startRow, ldStart, c, cRow, ldc, down);
      }
    }
  }

  /**
   * Calls the tiles that this machine uses, and a tiling has first, with a negative number of terms, and what transposes likewise: they
   * return at once. The loops are in the methods that call, which are called seldom: C2 would compile one that is called as often as
   * what it calls, and what is small, then part of it, would be counted no more, and never be compiled for others.
   */
  static void callWithoutTerms(Tiling tiling, int times) {
    float[] no = {};
    switch (tiling) {
      case COARSE -> callCoarseWithoutTerms(times, no);
      case FINE -> callFinerWithoutTerms(times, no);
      case ALL -> callRarerWithoutTerms(times, no);
    }
    for (int i = SHOW; i <= times && !MANY_REGISTERS; i += SHOW) {
      showStripsOfTwoVectors(no);
    }
    for (int i = 1; i <= times && MANY_REGISTERS; i++) {
      strip(tiling, 0, -2, no, 0, 1, 1, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
      if (i % SHOW == 0) {
        showStrips(no);
      }
    }
  }

  /**
   * Lets C2 see what {@link #strip} chooses by before it is compiled: C2 would leave out what it has not seen, and all tiles would be
   * called by the interpreter for a while when another tiling comes into use. The largest number of rows here has a whole tile of
   * every kind, and leaves rows for another.
   */
  private static void showStrips(float[] no) {
    for (Tiling each : TILINGS) {
      for (int columnStride = 1; columnStride <= 2; columnStride++) {
        for (int m : new int[] {1, Tile4x4.ROWS}) {
          strip(
              each, m, -2, no, 0, 1, columnStride, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
        }
        for (int layout = 0; layout < 16; layout++) {
          int rowStride = 1 + (layout & 1);
          int ldb = (layout & 2) == 0 ? Panels.WIDE : 0;
          int ldc = (layout & 4) == 0 ? Panels.WIDE : 0;
          strip(
              each, ROWS + 3, -2, no, 0, rowStride, columnStride, no, 0, ldb, (layout & 8) == 0, no, 0, 0, no, 0, ldc, null,
              null, 0, 0, 0);
        }
      }
      strip(each, ROWS, -2, no, 0, 1, 1, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, no, 0, 0, -2);
    }
  }

  /** The same of {@link #stripOfTwoVectors}: every number of rows with which a panel ends, forwards and down the columns of A. */
  private static void showStripsOfTwoVectors(float[] no) {
    for (int m = 1; m <= 2 * RowTile6x2.ROWS; m++) {
      for (int layout = 0; layout < 64; layout++) {
        Tiling each = (layout & 32) == 0 ? Tiling.COARSE : Tiling.ALL;
        int rowStride = 1 + (layout & 1);
        int columnStride = 1 + (layout >> 1 & 1);
        int ldb = (layout & 4) == 0 ? Panels.WIDE : 0;
        int ldc = (layout & 8) == 0 ? Panels.WIDE : 0;
        boolean fromZero = (layout & 16) == 0;
        stripOfTwoVectors(each, m, -2, no, 0, rowStride, columnStride, no, 0, ldb, fromZero, no, 0, 0, no, 0, ldc, null);
      }
    }
  }

  private static void callFinerWithoutTerms(int times, float[] no) {
    for (int i = 0; i < times; i++) {
      if (MANY_REGISTERS) {
        Tile1x4.run(-1, no, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
        if (Blocking.LEAN) {
          BlockGradientTile6x4.run(-1, no, 0, no, 0, no, 0, null);
          Gemm.copyToBlock(0, no, 0, 0, no, 0);
          ReadAhead.run(0, no, 0);
        } else {
          Tile4x4.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
        }
      } else {
        RowTile4x2.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        GradientTile6x2.run(-1, no, 0, 0, no, 0, no, 0, null);
        ColumnTile4x2.run(-1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0, null);
      }
    }
  }

  private static void callRarerWithoutTerms(int times, float[] no) {
    for (int i = 0; i < times; i++) {
      if (Blocking.PAIRS || LANES == Panels.NARROW) {
        RowTile1x8.run(-1, no, 0, no, 0, 0, no, 0, no, 0);
      }
      if (LANES == Panels.NARROW) {
        WideTranspose.run(0, no, 0, no, 0);
        OuterProduct.run(1, -1, no, 0, 0, no, 0, 0, no, 0, no);
        WeightTile8x2.run(-1, no, 0, 0, no, 0, no, 0);
      }
      if (Blocking.PAIRS) {
        PairTranspose.panel(0, no, 0, no, 0);
        PairTranspose.copy(0, no, 0, 0, no, 0, 0);
        RowBack2.run(0, 0, no, 0, no, 0, no, 0);
        OuterProduct2.run(1, -1, no, 0, 0, no, 0, 0, no, 0, no);
        ColumnTile6x2.run(-1, no, 0, no, 0, no, 0, 0, no, 0, 0, null);
        GradientTile10x1.run(-1, no, 0, 0, no, 0, no, 0, null);
        WeightTile10x1.run(true, -1, no, 0, 0, no, 0, no, 0);
        WeightTile6x2.run(true, -1, no, 0, 0, no, 0, no, 0);
      }
      if (MANY_REGISTERS && Blocking.LEAN) {
        Tile6x4.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null, no, 0, 0);
        ColumnTile6x4.run(-1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0, null);
      } else if (MANY_REGISTERS) {
        GradientTile5x4.run(-1, no, 0, 0, no, 0, no, 0, null);
      }
    }
  }

  /** See {@link #callWithoutTerms}. */
  static void callMediumWithoutTerms(int times) {
    float[] no = {};
    for (int i = 0; i < times && LANES == Panels.NARROW; i++) {
      RowTile5x2.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
      ColumnTile8x2.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0, null);
    }
  }

  private static void callCoarseWithoutTerms(int times, float[] no) {
    for (int i = 0; i < times; i++) {
      Elementwise.scaledUpdateChunk(0, 0f, no, 0, no, 0); // of a gradient that goes through scratch
      Edge.panel(0, Panels.NARROW, no, 0, Panels.NARROW, no, 0);
      Gemm.copyVectors(0, no, 0, 0, no, 0);
      if (MANY_REGISTERS && Blocking.LEAN) {
        RowTile5x4.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        GradientTile6x4.run(-1, no, 0, 0, no, 0, no, 0, null);
        Tile4x4.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
      } else if (MANY_REGISTERS) {
        Tile6x4.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null, no, 0, 0);
      } else {
        RowTile6x2.run(-1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        PackedGradientTile6x2.run(-1, no, 0, no, 0, no, 0, null);
      }
      if (LANES == Panels.NARROW) {
        RowTile.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        ColumnTile.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0, null);
        Transpose.block(no, 0, -1, no, 0, 0);
      } else {
        Tile4x2.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
      }
    }
  }
}
