package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;
import static dev.lanewise.kernel.vector.Simd.MASKS;

import dev.lanewise.kernel.Hotspot;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/**
 * Tile and block sizes: the one place to re-tune for another processor. Measured on Zen 4 and Zen 5 (32 and 48 KiB L1d,
 * 1 MiB L2, 32 MiB L3 for several cores), on two Intel Xeons of 48 KiB and 2 MiB, for gradients of many columns on the newer alone, for few
 * rows also on an older one, Ice Lake (48 KiB, 1.25 MiB), and, what is for 16 registers, on Zen 3 (32 KiB, 512 KiB).
 */
final class Blocking {

  /** Whether two vectors are a panel, as with 16 registers of 256 bits. */
  static final boolean PAIRS = !MANY_REGISTERS && 2 * LANES == Panels.WIDE;

  /** Rows of the wide tile of a gradient: of a packed panel of Aᵀ. */
  static final int ROWS = MANY_REGISTERS ? Tile6x4.ROWS : PAIRS ? ColumnTile6x2.ROWS : ColumnTile4x2.ROWS;

  /** Columns of the wide tile. */
  static final int COLUMNS = (MANY_REGISTERS ? Tile6x4.VECTORS : Tile4x2.VECTORS) * LANES;

  /** k in one go, where B or Aᵀ is packed for one product. A wide panel of B of this height is 256 KiB. */
  static final int KC = Kernels.MAX_BLOCK_DEPTH;

  /** k in one go over a packed B. A wide panel is half of L2 then; each cut costs reading and writing C once more. */
  static final int PACKED_KC = Kernels.MAX_PANEL_DEPTH;

  /** Rows of Aᵀ that are packed at once, for one product. */
  static final int MC = 780;

  /** Rows of Aᵀ that are packed at once in a step of descent: all, until they no longer come back from L3. */
  static final int DESCENT_MC = Kernels.MAX_BLOCK_ROWS;

  /**
   * For so few rows a panel of 16 KiB is transposed at a time, which stays in L1: the panel costs more than its product. With more
   * rows reading and writing C once more a cut outweighs that.
   */
  private static final int FEW_ROWS = 12;

  /** Terms of a panel that is transposed for so few rows. */
  private static final int FEW_ROWS_DEPTH = Panels.GROUP;

  /** Floats of A that are read once for each panel of a packed B: 3 MiB, which come back from L3. */
  private static final int BLOCK_OF_A = 3 << 18;

  /** A multiple of the four and of the six rows of tiles that go forwards. */
  private static final int EVEN_ROWS = 12;

  /** A B of so many floats stays in L1 with its strides, so that packing it gains nothing. */
  private static final int DIRECT_FLOATS = 8192;

  /** With so few rows, packing B costs more than it saves. */
  private static final int DIRECT_ROWS = 24;

  /**
   * Aᵀ is read in place while its k cache lines stay in L1. It is packed when k has more of them, or when its leading
   * dimension puts all of them into a few sets of the cache; and on Intel's processors always, as each of those lines is in a page of
   * its own.
   */
  private static final int TRANSPOSED_A_LINES = 512;

  /**
   * Rows of a gradient of more terms than are summed in one go that are in scratch at once, where Aᵀ is not packed. All of B is packed
   * again for each lot of them.
   */
  static final int GRADIENT_ROWS = 768;

  /** With fewer rows in a lot, packing B for each would be too much of their product. */
  private static final int FEWEST_PACKED_ROWS = 96;

  /** A packed Aᵀ has to be used for so many columns: it pays from eight panels on. */
  private static final int PACKED_A_COLUMNS = 512;

  /** With panels of two vectors it pays from six of them on, as each line in place is in a page of its own. */
  private static final int PACKED_A_PAIR_COLUMNS = 96;

  /** From four on with lines that do not stay in L1. */
  private static final int LONG_PACKED_A_PAIR_COLUMNS = 64;

  /** And from sixteen on with few lines. */
  private static final int SHORT_PACKED_A_PAIR_COLUMNS = 256;

  /** Gradients have a tile that is as fast in place: there packing pays with more floats of B than these, k × n. */
  private static final int UNPACKED_PAIR_FLOATS = 1 << 15;

  /** Or with more pages of A: the first table has 64, of which B and C need some. */
  private static final int PAGES_IN_PLACE = 50;

  private static final int PAGE_FLOATS = 1024;

  /** The most terms whose lines and pages stay known while a gradient reads A in place, on Intel's processors with 32 registers. */
  private static final int TERMS_IN_PLACE = Panels.GROUP;

  /** The most where all of A is no longer than the following: C has room in L2 beside it. */
  private static final int TERMS_OF_SHORT_A = 2 * TERMS_IN_PLACE;

  private static final int SHORT_A_FLOATS = 3 << 15;

  /**
   * The most terms for which A is copied in blocks for 512 columns and more: with more terms, so few of its columns stay in L2 that panels
   * of B are packed again.
   */
  private static final int MOST_IN_BLOCKS = 768;

  /** The fewest, where the weights are so large that fetching them ahead is what gains: 8 MiB. */
  private static final int FEWEST_IN_BLOCKS = 16;

  private static final long FAR_FLOATS = 1 << 21;

  /** Columns from which on copying an A pays that does not stay in L2. */
  private static final int FAR_A_COLUMNS = 128;

  /** From so many on more of them change nothing, and more terms than are summed in one go pay too. */
  private static final int MANY_FAR_A_COLUMNS = 256;

  /** What the floats of such an A, times its columns of the two above, come to at least: 393,216 with 256 columns. */
  private static final long FAR_A_PRODUCTS = 96L << 20;

  /** Floats of A that stay in L2 beside a panel of weights: 1 MiB of 2 MiB, 768 KiB of less or where nobody says. */
  private static final int FLOATS_OF_BLOCKS = Processor.secondCacheBytes() >= 2 << 20 ? 1 << 18 : 3 << 16;

  /** Weights of so many floats do not stay in L2 from one step to the next. */
  private static final long AHEAD_FLOATS = 1 << 18;

  /** On Zen 5, where reading ahead costs more than it gains of weights of less than 8 MiB, a fourth of its last cache. */
  private static final long ZEN5_AHEAD_FLOATS = 1 << 21;

  /** On Zen 5 for gradients, which write them too. */
  private static final long ZEN5_GRADIENT_AHEAD_FLOATS = 1 << 20;

  /** The most terms of a gradient for which that holds: of more, smaller weights are read ahead as well. */
  private static final int ZEN5_MOST_TERMS_NOT_AHEAD = 512;

  /** Weights of so many floats, a fourth of the last cache, are read one by one also where that takes several passes. */
  private static final long TURNED_FLOATS = 1 << 21;

  /** Weights that stay in L2 are to be so many thirds of what is transposed in their place: else that costs as much. */
  private static final long TURNED_THIRDS = 4;

  /** On Intel's processors, where the other way, with panels that are transposed first, loses less. */
  private static final long LEAN_TURNED_THIRDS = 7;

  /** Larger weights are to be so many. */
  private static final long LARGE_TURNED_THIRDS = 9;

  /** The most columns of which Intel's processors compute gradients transposed for any number of terms that is worth it, and forwards. */
  private static final int NARROW_TURNED = 12;

  private static final int NARROW_TURNED_FORWARD = 8;

  /** The most columns that Zen 5 computes forwards transposed whatever the terms. */
  private static final int ZEN5_TURNED_FORWARD = 8;

  /** The most of which it does so with 48 to 511 terms. */
  private static final int ZEN5_TURNED_FORWARD_OF_SOME = 10;

  /** The fewest columns that Zen 5 computes gradients of by ten: eight are two tiles of six faster there. */
  private static final int ZEN5_FEWEST_TENS = 9;

  /** The most rows of a gradient, times its terms, that read the error in place wherever it begins. */
  private static final long MOST_OVER_ERROR = 1 << 13;

  /** The most rows that do so whatever their terms, where G1 lets long errors begin on a cache line: {@code LineArrays}. */
  private static final int ROWS_OVER_ERROR = Hotspot.regionBytes() > 0 ? 160 : 0;

  /** Floats of A, 1.25 MiB, that two lines at a time are fast enough from. */
  private static final int TENS_FLOATS = 5 << 16;

  /** With so few rows a tile would have to read half a cache line or more ahead with every term. */
  private static final int FEW_ROWS_OVER_MEMORY = 64;

  /** With so many rows reading a panel of weights first gains where it comes from the last cache, too. */
  private static final int MANY_ROWS = 128;

  /** Rows from which on an error of few terms is handed back to some at a time. */
  private static final int FEWEST_HANDED_BACK = 128;

  /** Floats of C, 512 KiB, which are in L2 no longer when an error is handed back to them. */
  private static final int HANDED_BACK_FLOATS = 1 << 17;

  private static final int HANDED_BACK_ROWS = 48;

  /** Rows of a wide panel that are half of L2. */
  private static final int ROWS_IN_L2 = 4096;

  /** Weights of so many floats, half of the last cache, do not stay in it. */
  private static final long MEMORY_FLOATS = 1 << 22;

  private static final Processor.Kind KIND = Processor.kind();

  /**
   * Whether the processor does two multiply-adds of the widest vectors a cycle on units that other instructions need as well, and
   * fetches the next lines of memory unasked: tiles with few other instructions are worth having then, and they do not read ahead.
   */
  static final boolean LEAN = KIND == Processor.Kind.INTEL;

  /**
   * Whether the processor does two multiply-adds of 512 bits a cycle, in servers and desktops, and has other units for the rest: a tile
   * takes half as long as on those before it, so that its beginning and end are twice as much of it, and lines that are read ahead come
   * twice as late.
   */
  static final boolean ZEN5 = KIND == Processor.Kind.ZEN5;

  /** Whether it does two such multiply-adds a cycle, of whatever kind it is. */
  static final boolean BROAD = LEAN || ZEN5;

  /** Terms of a gradient that are over before what is read ahead has come. */
  private static final int FEW_TERMS = 32;

  /** As many weights as leave L1 some room. */
  private static final int WEIGHTS_IN_L1 = 1 << 13;

  /** As many weights as half of L2. */
  private static final int WEIGHTS_IN_L2 = 1 << 18;

  private Blocking() {}

  /** Whether B is read where it is. */
  static boolean direct(int m, int n, int k) {
    return m <= DIRECT_ROWS || (long) k * n <= DIRECT_FLOATS;
  }

  /** Whether a transposed A is packed before use. */
  static boolean packsTransposedA(int n, int k, int lda) {
    if (PAIRS) {
      int least = k >= TRANSPOSED_A_LINES ? LONG_PACKED_A_PAIR_COLUMNS : k >= 64 ? PACKED_A_PAIR_COLUMNS : SHORT_PACKED_A_PAIR_COLUMNS;
      return k >= LANES && n >= least;
    }
    return n >= PACKED_A_COLUMNS && (LEAN ? k >= 64 : k > 64 && (k > TRANSPOSED_A_LINES || lda % Panels.SET_STRIDE == 0));
  }

  /** The same for the gradient of packed weights, which has a tile for an A in place. */
  static boolean packsTransposedAOfGradient(int n, int k, int lda) {
    if (PAIRS && TilingInUse.tries()) { // examples of in place are no wider
      return k >= LANES && n > 2 * Panels.WIDE;
    }
    if (LEAN && MANY_REGISTERS && staysInPlace(k, lda)) {
      return false;
    }
    if (k > KC && n >= MANY_FAR_A_COLUMNS && isFar(n, k, lda)) {
      return true;
    }
    long pages = (long) k * Math.min(lda, PAGE_FLOATS) / PAGE_FLOATS;
    return packsTransposedA(n, k, lda) && (!PAIRS || pages > PAGES_IN_PLACE || (long) k * n > UNPACKED_PAIR_FLOATS);
  }

  /** Whether no copy of A makes such a gradient faster, on Intel's processors with 32 registers. */
  private static boolean staysInPlace(int k, int lda) {
    return k <= TERMS_IN_PLACE || (k <= TERMS_OF_SHORT_A && (long) k * lda <= SHORT_A_FLOATS);
  }

  /**
   * Whether an A of so many terms does not stay in L2, and is used for columns enough to be copied on Intel's processors with 32
   * registers: in place each of its lines comes from L3 for two or three tiles, and a tile waits for as many of them as it has terms.
   */
  private static boolean isFar(int n, int k, int lda) {
    return LEAN && MANY_REGISTERS && n >= FAR_A_COLUMNS
        && (long) k * lda * Math.min(n, MANY_FAR_A_COLUMNS) >= FAR_A_PRODUCTS;
  }

  /**
   * Whether so few rows of a gradient, of so many terms, read the error where it is, panel after panel, and not a copy of each, on Intel's
   * processors and Zen 5. Its lines are a row of it apart, often in few sets of L1, and where it begins anywhere each vector lies in two of
   * them: with more rows that costs more than the copy.
   */
  static boolean readsErrorInPlace(int rows, int k) {
    boolean few = rows <= ROWS_OVER_ERROR || (long) rows * k <= MOST_OVER_ERROR;
    return few && BROAD && LANES == Panels.NARROW && TilingInUse.isAll();
  }

  /**
   * Whether a gradient of so many rows of packed weights, m × n, copies A in blocks first, see {@link BlockGradientTile6x4}: where
   * it is slower in place, and of few terms also where the weights are 8 MiB and more, as the tile for an A in place fetches none ahead.
   */
  static boolean copiesBlocks(int rows, int m, int n, int k, int lda) {
    boolean pays = n < PACKED_A_COLUMNS
        ? k <= KC && isFar(n, k, lda)
        : k <= MOST_IN_BLOCKS && ((long) m * n >= FAR_FLOATS ? k >= FEWEST_IN_BLOCKS : !staysInPlace(k, lda));
    return LEAN && MANY_REGISTERS && MASKS && rows >= BlockGradientTile6x4.BLOCK && k > 0
        && (pays || TilingInUse.tries())
        && TilingInUse.isFiner();
  }

  /**
   * Rows of such a gradient whose columns of A are copied at once, in parts of much the same size: what stays in L2 for all panels, and
   * has room in scratch.
   */
  static int rowsOfBlocks(int rows, int k) {
    int most = Math.min(DESCENT_MC, Math.max(FLOATS_OF_BLOCKS / k, BlockGradientTile6x4.BLOCK));
    int parts = Math.ceilDiv(rows, most);
    return Math.ceilDiv(Math.ceilDiv(rows, parts), BlockGradientTile6x4.BLOCK) * BlockGradientTile6x4.BLOCK;
  }

  /**
   * Rows of Aᵀ that are packed at once where their k is more than is summed in one go; 0 where room for so few is left that packing
   * B again for each lot of them would cost more.
   */
  static int packedRowsOfLongSums(int k) {
    int unit = (PAIRS ? ROWS : 3) * Panels.NARROW; // of a tile's rows, and of the rows that those of a narrow tile may be read of
    int rows = KC * DESCENT_MC / k / unit * unit;
    return rows < FEWEST_PACKED_ROWS ? 0 : rows;
  }

  /** Whether a step of descent of so few terms goes along the rows of W and not tile by tile. */
  static boolean outer(int k) {
    return (LANES == Panels.NARROW || PAIRS) && k > 0 && k <= OuterProduct4.TERMS && TilingInUse.isAll();
  }

  /** Whether an error of so few terms is handed back row by row where a panel is wide. */
  static boolean outerRows(int k) {
    return LANES == Panels.NARROW && k > 0 && k <= OuterRows4.TERMS && TilingInUse.isAll();
  }

  /**
   * Whether forwards through a narrow panel of so many columns are computed transposed, by wide tiles. Turning the result costs as much as
   * some thirty terms. Intel's processors and Zen 5 have a tile of eight rows × one vector, which is as fast from seven columns on, or
   * faster, on an Emerald Rapids, and from eleven on a Zen 5; there also with nine and ten of fewer than 48 terms and of 512 and more.
   */
  static boolean turnsForward(int rows, int cols, int k) {
    return turns(rows, k, 32) && (!LEAN || cols <= NARROW_TURNED_FORWARD) && (!ZEN5 || zen5TurnsForward(cols, k));
  }

  private static boolean zen5TurnsForward(int cols, int k) {
    return cols <= ZEN5_TURNED_FORWARD || (cols <= ZEN5_TURNED_FORWARD_OF_SOME && k >= 48 && k < 512);
  }

  /**
   * Whether the gradient of so many columns that do not fill a wide panel is computed transposed. The tile for their panel computes what is
   * missing there in vain, and has each term of A in another page; turned, it is by tiles of six columns × 64 rows. On Intel's processors
   * and Zen 5 the former have some time to lose: from how many terms on turning pays there is by what 39 of those shapes took on an Emerald
   * Rapids, and 250 on a Zen 5. See also {@link #turnsByTens}.
   */
  static boolean turnsGradient(int rows, int cols, int k) {
    return turns(rows, k, !BROAD || cols <= NARROW_TURNED ? 32 : fewestTurned(cols));
  }

  private static int fewestTurned(int cols) {
    if (cols <= Panels.NARROW) {
      return ZEN5 ? 48 : 64;
    }
    return switch (Math.ceilDiv(cols, StridedGradientTile6x4.ROWS)) { // tiles, of which the last has columns for nothing
      case 3 -> 48;
      case 4 -> ZEN5 ? 64 : 80;
      case 5 -> ZEN5 ? 160 : 320;
      default -> ZEN5 ? Integer.MAX_VALUE : 800;
    };
  }

  private static boolean turns(int rows, int k, int fewest) {
    return LANES == Panels.NARROW && rows >= Panels.WIDE && k >= fewest && TilingInUse.isAll();
  }

  /**
   * Whether the gradient of one to four columns is computed transposed and written column by column, of so many terms that it pays. Three
   * and four of a multiple of 64 rows are turned back in blocks, from 32 terms on.
   */
  static boolean writesColumns(int rows, int cols, int k) {
    return LANES == Panels.NARROW && cols <= 4 && k >= 8 * cols && TilingInUse.isAll() && (rows % Panels.WIDE != 0 || cols <= 2);
  }

  /**
   * Whether the gradient of so many columns that do not fill a wide panel is computed by {@link TurnedTile10x2}: where most of its ten are
   * there, or of twice ten, and A stays in L2, or much of it. Twice ten are copied first, which takes more terms to pay; on
   * Zen 5, which does so for nine and ten columns alone, they never do.
   */
  static boolean turnsByTens(int rows, int cols, int k, int lda) {
    boolean fillTen = cols >= (ZEN5 ? ZEN5_FEWEST_TENS : 7) && cols <= TurnedTile10x2.COLUMNS && k >= 32;
    boolean fillTwenty = LEAN && cols > 17 && cols <= 2 * TurnedTile10x2.COLUMNS && k >= 48;
    return (fillTen || fillTwenty) && BROAD && LANES == Panels.NARROW && rows >= TurnedTile10x2.ROWS
        && (long) k * lda <= TENS_FLOATS && TilingInUse.isAll();
  }

  /**
   * Whether an error is handed back through weights of n × k transposed, so many of its columns: the error is transposed on the way, and
   * so is what comes out, both smaller than the weights. Large weights come from L3, for each 32 rows a piece of each
   * panel at a time, and hold tiles up. Sixteen rows have a tile on Intel's processors and Zen 5, which gains with any weights that memory
   * is not too slow for.
   */
  static boolean turnsBack(int m, int n, int columns, int k) {
    long weights = (long) n * k;
    if (BROAD && m == WeightTile16x1.BATCH) {
      return LANES == Panels.NARROW && k >= Panels.WIDE && k <= Kernels.LONGEST_TURNED && columns >= WeightTile16x1.ROWS
          && weights <= MEMORY_FLOATS && TilingInUse.isAll();
    }
    return LANES == Panels.NARROW
        && m > 0 && m % Panels.MEDIUM == 0 && k >= Panels.WIDE && columns >= WeightTile8x2.ROWS
        && weights <= (m == Panels.MEDIUM ? MEMORY_FLOATS : TURNED_FLOATS)
        && (TilingInUse.tries() || thirds(weights) * m * (columns + k) <= 3L * columns * k)
        && TilingInUse.isAll();
  }

  /**
   * The same for 16 registers, by what each way takes, in picoseconds on a Zen 3: 21 a multiply-add, whichever way, and 230 a weight that
   * is transposed. A float of the error or of what comes out takes some 240, and is weighed at 450, as the ways cross between 96 and 128
   * rows through 512 × 512. Weights that are read from memory for each sixteen rows take 3 a multiply-add more.
   */
  static boolean turnsBackByTwoVectors(int m, int columns, int k) {
    if (!PAIRS || columns < WeightTile10x1.ROWS || k < LANES || k > Kernels.LONGEST_TURNED || m == 0 || !TilingInUse.isAll()) {
      return false;
    }
    long weights = (long) columns * k;
    long places = Math.ceilDiv(m, WeightTile6x2.BATCH) * (long) WeightTile6x2.BATCH;
    long multiplyAdd = weights >= MEMORY_FLOATS ? 24 : 21;
    return TilingInUse.tries() || 450L * m * (columns + k) + multiplyAdd * weights * places < 230 * weights + 21 * weights * m;
  }

  /** Whether so many columns are half of a panel of two vectors, which gradients have a tile for. */
  static boolean isHalf(int columns) {
    return PAIRS && columns <= LANES && TilingInUse.isAll();
  }

  /** Whether so many rows are computed over several panels at once: one row, where a panel is two vectors or vectors have 512 bits. */
  static boolean takesPanelsTogether(int m) {
    return (PAIRS || LANES == Panels.NARROW) && m == 1 && TilingInUse.isAll();
  }

  private static long thirds(long weights) {
    if (weights > AHEAD_FLOATS) {
      return LARGE_TURNED_THIRDS;
    }
    return LEAN ? LEAN_TURNED_THIRDS : TURNED_THIRDS;
  }

  /** Rows of A that one pass over the panels of a packed B takes. */
  static int rowsOverPackedB(int k) {
    return Math.max(EVEN_ROWS, BLOCK_OF_A / Math.max(k, 1) / EVEN_ROWS * EVEN_ROWS);
  }

  /**
   * Rows of so many columns that an error of k terms is handed back to at once. Of few terms a tile is soon done, and waits for the lines
   * that it writes, which come from L3 where C is no longer in L2: for some rows at a time they follow one another, and transposing the
   * weights anew for each costs less; not on Zen 5.
   */
  static int rowsHandedBack(int m, int columns, int k) {
    boolean waits = !ZEN5 && k <= Panels.MEDIUM && m >= FEWEST_HANDED_BACK && (long) m * columns >= HANDED_BACK_FLOATS;
    return waits ? HANDED_BACK_ROWS : Math.max(m, 1);
  }

  /** k in one go over a panel that is transposed for so many rows of A. */
  static int transposedDepth(int m, int k) {
    return m <= FEW_ROWS ? FEW_ROWS_DEPTH : evenly(k, PACKED_KC);
  }

  /**
   * Into what k is cut, where it is longer than {@code most}: equal parts, and no short one at the end, which would read and write all
   * of C for little. A multiple of {@link Panels#WIDE}, as {@code most} is.
   */
  static int evenly(int k, int most) {
    return k <= most ? most : Math.ceilDiv(Math.ceilDiv(k, Math.ceilDiv(k, most)), Panels.WIDE) * Panels.WIDE;
  }

  /**
   * Whether weights come from memory and are used for so few rows that memory is what counts. Their first tile asks for four lines a
   * term then, as many as come at once, and reading the next ones a line at a time while others compute would only hold those up.
   */
  static boolean waitsForMemory(int rows, int m, int n) {
    return rows <= FEW_ROWS_OVER_MEMORY && (long) m * n >= MEMORY_FLOATS;
  }

  /**
   * Whether a forward product of so many rows reads each panel of its weights, k × n or a thread's part, before its tiles do: alone,
   * reading has more than twice the speed that the first tile over a panel waits for.
   */
  static boolean readsPanel(int rows, int k, int n) {
    long weights = (long) k * n;
    return LEAN && MANY_REGISTERS && rows > 1
        && (weights > MEMORY_FLOATS || (rows >= MANY_ROWS && weights >= MEMORY_FLOATS / 2))
        && TilingInUse.isFiner();
  }

  /**
   * The same for a step of descent of few terms and so many rows of the weights, m × n, whose part of a panel stays in L2; from 16 terms on
   * most such gradients are in blocks, whose tiles fetch what they end in.
   */
  static boolean readsPanelOfDescent(int rows, int m, int n, int k) {
    return LEAN && MANY_REGISTERS && k <= Panels.MEDIUM && rows <= ROWS_IN_L2 && (long) m * n > MEMORY_FLOATS && TilingInUse.isFiner();
  }

  /** See {@link Kernels#rowsAtOnce}. On {@link #LEAN} processors tiles have six rows and four: multiples of both. */
  static int rowsAtOnce(long weights) {
    if (!LEAN || weights <= WEIGHTS_IN_L1) {
      return Kernels.ROWS_AT_ONCE;
    }
    if (weights <= WEIGHTS_IN_L2) {
      return 60;
    }
    return weights <= 8 * WEIGHTS_IN_L2 ? 120 : 240;
  }

  /** Whether a product reads the weights that its next tile or panel needs ahead; tiles of 16 registers have no room for that. */
  static boolean readsAhead(int m, int n) {
    return areAhead((long) m * n, ZEN5 ? ZEN5_AHEAD_FLOATS : AHEAD_FLOATS);
  }

  /**
   * The same for a gradient of so many terms, whose tiles read the rows of the weights that the next one ends in. Of few terms they would
   * read a line for every other one or fewer, which holds up what the processor fetches by itself; on Zen 5 that is so up to 32 terms, and
   * up to 64 where the weights are in the last cache.
   */
  static boolean readsAhead(int m, int n, int k) {
    boolean few = k <= FEW_TERMS || (k <= 2 * FEW_TERMS && (long) m * n < MEMORY_FLOATS);
    long least = ZEN5 && k <= ZEN5_MOST_TERMS_NOT_AHEAD ? ZEN5_GRADIENT_AHEAD_FLOATS : AHEAD_FLOATS;
    return areAhead((long) m * n, least) && !(ZEN5 && few);
  }

  private static boolean areAhead(long weights, long least) {
    return MANY_REGISTERS && !LEAN && weights >= least;
  }

  /**
   * Whether a gradient of so many terms, a negative number of none, is by tiles of five rows where nothing is read ahead: on Zen 5 those of
   * six are faster with so many that a panel of B leaves L1 no room.
   */
  static boolean byFives(int k) {
    return !ZEN5 || LANES != Panels.NARROW || Math.abs(k) <= 2 * Panels.WIDE;
  }
}
