package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.INTEL;
import static dev.lanewise.kernel.vector.Blocking.KNOWN;
import static dev.lanewise.kernel.vector.Blocking.MEMORY_FLOATS;
import static dev.lanewise.kernel.vector.Blocking.PAIRS;
import static dev.lanewise.kernel.vector.Blocking.ZEN4;
import static dev.lanewise.kernel.vector.Blocking.ZEN;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/** How errors are handed back, {@link Gemm#packedTransposedProduct}: which way, and how rows and k are cut. */
final class BackwardBlocking {

  private BackwardBlocking() {}

  /**
   * For so few rows a panel of 16 KiB is transposed at a time, which stays in L1: the panel costs more than its product. With more
   * rows reading and writing C once more a cut outweighs that.
   */
  private static final int FEW_ROWS = 12;

  /** Terms of a panel that is transposed for so few rows. */
  private static final int FEW_ROWS_DEPTH = Panels.GROUP;

  /** k in one go over a panel that is transposed for so many rows of A. */
  static int transposedDepth(int m, int k) {
    return m <= FEW_ROWS ? FEW_ROWS_DEPTH : Blocking.evenly(k, Blocking.PACKED_KC);
  }

  /**
   * Whether an error of so few rows is handed back to so few columns, of so few terms, that it is one panel and tiles of one vector,
   * neither turned nor cut. One column may be {@link #byScalars}.
   */
  static boolean isFewRowsOfOneVector(int m, int columns, int k) {
    return BITS_512 && columns > 1 && columns <= Panels.NARROW && m < Panels.WIDE && k < Panels.WIDE;
  }

  /** Rows from which on an error of few terms is handed back to some at a time. */
  private static final int FEWEST_HANDED_BACK = 128;

  /** Floats of C, 512 KiB, which are in L2 no longer when an error is handed back to them. */
  private static final int HANDED_BACK_FLOATS = 1 << 17;

  private static final int HANDED_BACK_ROWS = 48;

  /** The most terms of which a tile is done so soon that it waits for the lines it writes. */
  private static final int FEW_TERMS = 32;

  /**
   * Rows of so many columns that an error of k terms is handed back to at once. Of few terms a tile is soon done, and waits for the lines
   * that it writes, which come from L3 where C is no longer in L2: for some rows at a time they follow one another, and transposing the
   * weights anew for each costs less; not on Zen 4 and 5.
   */
  static int rowsHandedBack(int m, int columns, int k) {
    boolean waits = !ZEN && k <= FEW_TERMS && m >= FEWEST_HANDED_BACK && (long) m * columns >= HANDED_BACK_FLOATS;
    return waits ? HANDED_BACK_ROWS : Math.max(m, 1);
  }

  /** Whether an error of so few terms is handed back row by row where a panel is wide. */
  static boolean outerRows(int k) {
    return BITS_512 && k > 0 && k <= OuterRows4.TERMS && TilingInUse.isAll();
  }

  /** Weights of so many floats, a fourth of the last cache, are read one by one also where that takes several passes. */
  private static final long TURNED_FLOATS = 1 << 21;

  /** Weights that stay in L2 are to be so many thirds of what is transposed in their place: else that costs as much. */
  private static final long TURNED_THIRDS = 4;

  /** On Intel's processors, where the other way, with panels that are transposed first, loses less. */
  private static final long INTEL_TURNED_THIRDS = 7;

  /** Larger weights are to be so many. */
  private static final long LARGE_TURNED_THIRDS = 9;

  /**
   * Whether an error is handed back through weights of n × k transposed, so many of its columns: the error is transposed on the way, and so
   * is what comes out, both smaller than the weights. Large weights come from L3, for each 32 rows a piece of each panel at a time, and
   * hold tiles up. Sixteen rows have a tile on Intel's processors, Zen 4 and 5, which gains with any weights that memory is not too slow
   * for.
   */
  static boolean turnsBack(int m, int n, int columns, int k) {
    if (!BITS_512 || k < Panels.WIDE || k > Kernels.LONGEST_TURNED || !TilingInUse.isAll()) {
      return false;
    }
    long weights = (long) n * k;
    if (KNOWN && m == WeightTile16x1.BATCH) {
      return columns >= WeightTile16x1.ROWS && weights <= MEMORY_FLOATS;
    }
    return m > 0 && m % WeightTile8x2.BATCH == 0 && columns >= WeightTile8x2.ROWS
        && weights <= (m == WeightTile8x2.BATCH ? MEMORY_FLOATS : TURNED_FLOATS)
        && (TilingInUse.tries() || thirds(weights) * m * (columns + k) <= 3L * columns * k);
  }

  /** Whether one column that is a panel to itself is by {@link OneColumn}. */
  static boolean byScalars(int m, int k) {
    return ZEN4 && m % OneColumn.ROWS == 0 && k > 0 && TilingInUse.isAll();
  }

  private static long thirds(long weights) {
    if (weights > Blocking.AHEAD_FLOATS) {
      return LARGE_TURNED_THIRDS;
    }
    return INTEL ? INTEL_TURNED_THIRDS : TURNED_THIRDS;
  }

  /** Picoseconds of each multiply-add on a Zen 3, whichever way. */
  private static final long PAIR_MULTIPLY_ADD = 21;

  /** Of each with weights that are read from memory for each sixteen rows. */
  private static final long PAIR_FAR_MULTIPLY_ADD = 24;

  /** Of each weight that is transposed. */
  private static final long PAIR_TRANSPOSE = 230;

  /** Of each float of the error or of what comes out: some 240, weighed more, so that the ways cross at some 130 rows of 512 × 512. */
  private static final long PAIR_MOVE = 450;

  /** The same for 16 registers, by what each way takes. */
  static boolean turnsBackByTwoVectors(int m, int columns, int k) {
    if (!PAIRS || columns < WeightTile10x1.ROWS || k < LANES || k > Kernels.LONGEST_TURNED || m == 0 || !TilingInUse.isAll()) {
      return false;
    }
    long weights = (long) columns * k;
    long places = Math.ceilDiv(m, WeightTile6x2.BATCH) * (long) WeightTile6x2.BATCH;
    long turned = PAIR_MOVE * m * (columns + k) + (weights >= MEMORY_FLOATS ? PAIR_FAR_MULTIPLY_ADD : PAIR_MULTIPLY_ADD) * weights * places;
    return TilingInUse.tries() || turned < PAIR_TRANSPOSE * weights + PAIR_MULTIPLY_ADD * weights * m;
  }
}
