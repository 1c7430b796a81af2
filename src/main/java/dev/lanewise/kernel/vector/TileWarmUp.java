package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;

import dev.lanewise.kernel.Warmable.Tiling;
import dev.lanewise.kernel.Panels;

/** The calls without terms that bring {@link Tiles} and all that they choose from to C2; why is {@code WarmUp}'s business. */
final class TileWarmUp extends NotInlined {

  /** So many calls of no terms for each look at all tilings: seldom enough that tiles are not compiled for it. */
  private static final int SHOW = 2000;

  private static final Tiling[] TILINGS = Tiling.values();

  private TileWarmUp() {}

  /**
   * The numbers of rows that the first tiles make a difference of: those by which one may end, and of the tile of six rows for all layouts
   * fewer than it has, and every number that is left over where it has been whole.
   */
  static int[] rowsOfCoarseTiles() {
    if (!MANY_REGISTERS) {
      return new int[] {1, 2, 3, 4, RowTile6x2.ROWS, 2 * RowTile6x2.ROWS};
    }
    return Blocking.INTEL || Blocking.ZEN
        ? new int[] {1, 2, 3, 4, 2 * ROWS - 1}
        : new int[] {3, ROWS + 1, ROWS + 2, ROWS + 3, ROWS + 4, ROWS + 5, 2 * ROWS};
  }

  /** See {@link dev.lanewise.kernel.Warmable#termsOfLongExample}. */
  static int termsOfLongExample(Tiling tiling) {
    if (!Blocking.ZEN || !MANY_REGISTERS) {
      return 0;
    }
    return switch (tiling) {
      case COARSE -> 64; // with 32 and fewer a tile may have an index in a vector register
      case FINE -> 1024; // with 64 to 512 that for all layouts has three and four
      case ALL -> 0;
    };
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
    if (!MANY_REGISTERS) {
      for (int i = SHOW; i <= times; i += SHOW) {
        showStripsOfTwoVectors(no);
      }
      return;
    }
    for (int i = 1; i <= times; i++) {
      Tiles.strip(tiling, false, 0, -2, no, 0, 1, 1, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
      if (i % SHOW == 0) {
        showStrips(no);
      }
    }
  }

  /**
   * Lets C2 see what {@link Tiles#strip} and {@link NarrowTiles#rows} choose by before they are compiled: C2 would leave out what it has
   * not seen, and all tiles would be called by the interpreter for a while when another tiling comes into use. The largest number of rows
   * here has a whole tile of every kind, and leaves rows for another.
   */
  private static void showStrips(float[] no) {
    for (Tiling each : TILINGS) {
      showStrips(each, false, no);
      if (Blocking.ZEN) {
        showStrips(each, true, no);
      }
      for (int m = 1; m <= 2 * RowTile5x1.ROWS + 1 && BITS_512; m++) {
        for (int layout = 0; layout < 4; layout++) {
          NarrowTiles.rows(each, m, -2, no, 0, 0, no, 0, (layout & 1) == 0, no, 0, layout >> 1, no, 0, 0);
        }
      }
    }
  }

  private static void showStrips(Tiling each, boolean first, float[] no) {
    for (int columnStride = 1; columnStride <= 2; columnStride++) {
      for (int m : new int[] {1, 3, Tile4x4.ROWS}) {
        Tiles.strip(
            each, first, m, -2, no, 0, 1, columnStride, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
      }
      for (int layout = 0; layout < 16; layout++) {
        int rowStride = 1 + (layout & 1);
        int ldb = (layout & 2) == 0 ? Panels.WIDE : 0;
        int ldc = (layout & 4) == 0 ? Panels.WIDE : 0;
        Tiles.strip(
            each, first, ROWS + 3, -2, no, 0, rowStride, columnStride, no, 0, ldb, (layout & 8) == 0, no, 0, rowStride - 1, no, 0, ldc,
            null, null, 0, 0, 0);
      }
    }
    Tiles.strip(each, first, ROWS, -2, no, 0, 1, 1, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, no, 0, 0, -2);
    Tiles.strip(each, first, ROWS, -2, no, 0, 1, ROWS, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
    for (int m : new int[] {ROWS + 1, ROWS + 2, ROWS + 3, ROWS + 5}) { // what whole tiles may leave; some are of more terms
      for (int terms : new int[] {2, 3 * Panels.WIDE}) {
        Tiles.strip(each, first, m, -terms, no, 0, 1, 1, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
      }
      Tiles.strip(each, first, m, -2, no, 0, 1, 1, no, 0, 0, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
      Tiles.strip(each, first, m, -2, no, 0, 0, 1, no, 0, Panels.WIDE, true, no, 0, 0, no, 0, Panels.WIDE, null, null, 0, 0, 0);
    }
  }

  /** The same of {@link PairTiles#strip}: every number of rows with which a panel ends, forwards and down the columns of A. */
  private static void showStripsOfTwoVectors(float[] no) {
    for (int m = 1; m <= 2 * RowTile6x2.ROWS; m++) {
      for (int layout = 0; layout < 64; layout++) {
        Tiling each = (layout & 32) == 0 ? Tiling.COARSE : Tiling.ALL;
        int rowStride = 1 + (layout & 1);
        int columnStride = 1 + (layout >> 1 & 1);
        int ldb = (layout & 4) == 0 ? Panels.WIDE : 0;
        int ldc = (layout & 8) == 0 ? Panels.WIDE : 0;
        boolean fromZero = (layout & 16) == 0;
        PairTiles.strip(each, m, -2, no, 0, rowStride, columnStride, no, 0, ldb, fromZero, no, 0, 0, no, 0, ldc, null);
      }
    }
  }

  private static void callFinerWithoutTerms(int times, float[] no) {
    for (int i = 0; i < times; i++) {
      if (MANY_REGISTERS) {
        Tile4x4.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
        if (Blocking.INTEL) {
          RowTile4x4.run(RowTile4x4.ROWS, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
          BlockGradientTile6x4.run(-1, no, 0, no, 0, no, 0, null, 0, 0);
          PackedGradientTile6x4.run(-1, no, 0, no, 0, no, 0, null);
          PackedA.toBlock(0, no, 0, 0, no, 0);
          ReadAhead.run(0, no, 0);
        } else if (Blocking.ZEN) {
          int _ = Tiles.general(Tile6x4.ROWS, 0, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null, null, 0, 0, 0); // and its tile
        } else {
          Tile1x4.run(-1, no, 0, 0, no, 0, 0, no, 0, no, 0, null);
        }
        if (BITS_512) {
          BlockTranspose.run(no, 0, -1, no, 0, 0);
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
      if (Blocking.PAIRS || BITS_512) {
        RowTile1x8.run(-1, no, 0, no, 0, 0, no, 0, no, 0);
      }
      if (BITS_512) {
        WideTranspose.run(0, no, 0, no, 0);
        OuterProduct1.run(0, no, 0, no, 0, no, 0, no);
        OuterProduct4.run(1, -1, no, 0, 0, no, 0, 0, no, 0, no);
        OuterRows4.run(1, -1, no, 0, 0, no, 0, no, 0, 0);
        GradientTile8x1.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
        GradientTile16x1.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
        RowTile2x1.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        WeightTile8x2.run(-1, no, 0, 0, no, 0, no, 0);
        if (Blocking.KNOWN) {
          WeightTile16x1.run(-1, no, 0, 0, no, 0, no, 0);
          RowTile8x1.run(RowTile8x1.ROWS, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
          GradientTile4x4.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
          TurnedTile10x2.run(-1, no, 0, no, 0, 0, no, 0);
          StridedGradientTile6x4.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
        }
        if (Blocking.ZEN) {
          WholeRowTile8x1.run(no, 0, -1, no, 0, 0, no, 0, no, 0, 0);
        }
        if (Blocking.ZEN4) {
          SharedRowTile8x2.run(-1, no, 0, 0, no, 0, no, 0, no, 0, 0);
          SharedRowTile4x4.run(-1, no, 0, 0, no, 0, no, 0, no, 0, 0);
          SharedGradientTile8x2.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
          SharedGradientTile4x4.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
          GradientTile1x2.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
          OneColumn.clear(0, no, 0, 0);
        }
        if (Blocking.ZEN5) {
          PrefetchForWrite.run(no, -1);
        }
      }
      if (Blocking.PAIRS) {
        PairTranspose.panel(0, no, 0, no, 0);
        PairTranspose.copy(0, no, 0, 0, no, 0, 0);
        OuterProduct2.run(1, -1, no, 0, 0, no, 0, 0, no, 0, no);
        ColumnTile6x2.run(-1, no, 0, no, 0, no, 0, 0, no, 0, 0, null);
        GradientTile10x1.run(-1, no, 0, 0, no, 0, no, 0, null);
        WeightTile10x1.run(true, -1, no, 0, 0, no, 0, no, 0);
        WeightTile6x2.run(true, -1, no, 0, 0, no, 0, no, 0);
      }
      if (MANY_REGISTERS && Blocking.INTEL) {
        Tile6x4.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null, no, 0, 0);
        ColumnTile6x4.run(-1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0, null);
      } else if (MANY_REGISTERS && Blocking.ZEN) {
        WholeRowTile6x4.run(-1, no, 0, 0, no, 0, no, 0, no, 0, 0);
        WholeRowTile4x4.run(no, 0, -1, no, 0, 0, no, 0, no, 0, 0);
      } else if (MANY_REGISTERS) {
        GradientTile5x4.run(-1, no, 0, 0, no, 0, no, 0, null);
      }
    }
  }

  /** See {@link #callWithoutTerms}. */
  static void callMediumWithoutTerms(int times) {
    float[] no = {};
    for (int i = 0; i < times && BITS_512; i++) {
      RowTile2x2.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
      RowTile5x2.run(3, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
      RowTile8x2.run(RowTile8x2.ROWS, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
      if (Blocking.ZEN) {
        WholeRowTile8x2.run(-1, no, 0, 0, no, 0, no, 0, no, 0, 0);
      }
      Tile4x2.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
      GradientTile8x2.run(-1, no, 0, 0, no, 0, 0, no, 0, null);
      ColumnTile8x2.run(1, -1, no, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
    }
  }

  private static void callCoarseWithoutTerms(int times, float[] no) {
    for (int i = 0; i < times; i++) {
      Elementwise.scaledUpdateChunk(0, 0f, no, 0, no, 0); // of a gradient that goes through scratch
      PanelCopy.run(0, Panels.NARROW, no, 0, Panels.NARROW, no, 0);
      PanelCopy.run(0, Panels.WIDE, no, 0, Panels.WIDE, no, 0);
      PackedA.toPanel(0, no, 0, 0, no, 0);
      if (MANY_REGISTERS && Blocking.INTEL) {
        RowTile6x4.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        GradientTile6x4.run(-1, no, 0, 0, no, 0, no, 0, null);
        Tile1x4.run(-1, no, 0, 0, no, 0, 0, no, 0, no, 0, null);
      } else if (MANY_REGISTERS && Blocking.ZEN) {
        RowTile6x4.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        GradientTile5x4.run(-1, no, 0, 0, no, 0, no, 0, null);
        Tile1x4.run(-1, no, 0, 0, no, 0, 0, no, 0, no, 0, null);
      } else if (MANY_REGISTERS) {
        int _ = Tiles.general(Tile6x4.ROWS, 0, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null, null, 0, 0, 0); // and its tile
      } else {
        RowTile6x2.run(-1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        PackedGradientTile6x2.run(-1, no, 0, no, 0, no, 0, null);
      }
      if (BITS_512) {
        RowTile5x1.run(1, -1, no, 0, 0, no, 0, no, 0, 0, no, 0, 0);
        ColumnTile8x1.run(1, -1, no, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
      } else {
        Tile4x2.run(1, -1, no, 0, 0, 0, no, 0, 0, no, 0, 0, no, 0, 0, null);
      }
    }
  }
}
