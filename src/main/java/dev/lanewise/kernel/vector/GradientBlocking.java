package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.INTEL;
import static dev.lanewise.kernel.vector.Blocking.KNOWN;
import static dev.lanewise.kernel.vector.Blocking.PAIRS;
import static dev.lanewise.kernel.vector.Blocking.ZEN4;
import static dev.lanewise.kernel.vector.Blocking.ZEN5;
import static dev.lanewise.kernel.vector.Blocking.ZEN;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;
import static dev.lanewise.kernel.vector.Simd.MASKS;

import dev.lanewise.kernel.Hotspot;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/** How gradients go, {@link Descent}, stored or in a step of descent: which way, what is copied first, and how rows are cut. */
final class GradientBlocking {

  private GradientBlocking() {}

  /** Rows of Aᵀ that are packed at once in a step of descent: all, until they no longer come back from L3. */
  static final int DESCENT_MC = Kernels.MAX_BLOCK_ROWS;

  /**
   * Rows of a gradient of more terms than are summed in one go that are in scratch at once, where Aᵀ is not packed. All of B is packed
   * again for each lot of them.
   */
  static final int GRADIENT_ROWS = 768;

  /** The fewest terms of a gradient that is computed transposed and written row by row. */
  private static final int FEWEST_TURNED = 32;

  /** The most columns of a gradient that is computed transposed and written column by column. */
  private static final int MOST_WRITTEN_COLUMNS = 4;

  /**
   * Whether a gradient is of so few columns, each row of the error one vector, and of so few terms that it is nothing but tiles of one
   * vector, neither turned nor cut, over the error where it is.
   */
  static boolean isFewTermsOfOneVector(int n, int k, int ldb) {
    return BITS_512 && n > MOST_WRITTEN_COLUMNS && n <= Panels.NARROW && ldb == Panels.NARROW && k < FEWEST_TURNED;
  }

  /** The most terms whose lines and pages stay known while a gradient reads A in place, on Intel's processors with 32 registers. */
  private static final int TERMS_IN_PLACE = Panels.GROUP;

  /** The most where all of A is no longer than the following: C has room in L2 beside it. */
  private static final int TERMS_OF_SHORT_A = 2 * TERMS_IN_PLACE;

  private static final int SHORT_A_FLOATS = 3 << 15;

  /** Whether no copy of A makes such a gradient faster, on Intel's processors with 32 registers. */
  private static boolean staysInPlace(int k, int lda) {
    return k <= TERMS_IN_PLACE || (k <= TERMS_OF_SHORT_A && (long) k * lda <= SHORT_A_FLOATS);
  }

  /** Columns from which on copying an A pays that does not stay in L2. */
  private static final int FAR_A_COLUMNS = 128;

  /** From so many on more of them change nothing, and more terms than are summed in one go pay too. */
  private static final int MANY_FAR_A_COLUMNS = 256;

  /** What the floats of such an A, times its columns of the two above, come to at least: 393,216 with 256 columns. */
  private static final long FAR_A_PRODUCTS = 96L << 20;

  /**
   * Whether an A of so many terms does not stay in L2, and is used for columns enough to be copied on Intel's processors with 32
   * registers: in place each of its lines comes from L3 for two or three tiles, and a tile waits for as many of them as it has terms.
   */
  private static boolean isFar(int n, int k, int lda) {
    return INTEL && MANY_REGISTERS && n >= FAR_A_COLUMNS
        && (long) k * lda * Math.min(n, MANY_FAR_A_COLUMNS) >= FAR_A_PRODUCTS;
  }

  /** The most terms for which so many columns of A as stay in L2 are copied at once: with more, panels of B are copied too often for it. */
  private static final int MOST_BY_PARTS = 768;

  /** The fewest terms in blocks, where the weights are so large that fetching them ahead is what gains: 8 MiB. */
  private static final int FEWEST_IN_BLOCKS = 16;

  private static final long FAR_FLOATS = 1 << 21;

  /**
   * Whether a gradient of so many rows of packed weights, m × n, copies A in blocks first, see {@link BlockGradientTile6x4}: where it would
   * stay in place and the weights are 8 MiB and more, as the tile for an A in place fetches none ahead.
   */
  static boolean copiesBlocks(int rows, int m, int n, int k, int lda) {
    boolean pays = n >= PACKED_A_COLUMNS && (long) m * n >= FAR_FLOATS && k >= FEWEST_IN_BLOCKS && staysInPlace(k, lda);
    return INTEL && MANY_REGISTERS && MASKS && rows >= BlockGradientTile6x4.BLOCK && k > 0
        && (pays || (TilingInUse.tries() && !isTriedPacked(n)))
        && TilingInUse.isFiner();
  }

  /** Whether an example of so many columns, on Intel's processors with 32 registers, is one of a packed A: others are no wider. */
  private static boolean isTriedPacked(int n) {
    return n > 2 * Panels.WIDE;
  }

  /** Whether whole panels of six rows of a packed A have a tile of their own, {@link PackedGradientTile6x4}. */
  static boolean hasTileOfPackedA() {
    return INTEL && MANY_REGISTERS && TilingInUse.isFiner();
  }

  /** Rows of Aᵀ that are packed at once: all that scratch has room for, on Intel's processors what stays in L2. */
  static int packedRows(int rows, int k) {
    return INTEL && MANY_REGISTERS && k <= MOST_BY_PARTS ? rowsOfBlocks(rows, k) : DESCENT_MC;
  }

  /** Floats of A that stay in L2 beside a panel of weights: 1 MiB of 2 MiB, 768 KiB of less or where nobody says. */
  private static final int FLOATS_OF_BLOCKS = INTEL && Processor.secondCacheBytes() >= 2 << 20 ? 1 << 18 : 3 << 16;

  /**
   * Rows of a gradient whose columns of A are copied at once, in parts of much the same size: what stays in L2 for all panels, and
   * has room in scratch.
   */
  static int rowsOfBlocks(int rows, int k) {
    int most = Math.min(DESCENT_MC, Math.max(FLOATS_OF_BLOCKS / k, BlockGradientTile6x4.BLOCK));
    int parts = Math.ceilDiv(rows, most);
    return Math.ceilDiv(Math.ceilDiv(rows, parts), BlockGradientTile6x4.BLOCK) * BlockGradientTile6x4.BLOCK;
  }

  /**
   * Aᵀ is read in place while its k cache lines stay in L1. It is packed when k has more of them, or when its leading
   * dimension puts all of them into a few sets of the cache; and on Intel's processors from 64 on, as each of those lines is in a page of
   * its own.
   */
  private static final int TRANSPOSED_A_LINES = 512;

  /** A packed Aᵀ has to be used for so many columns: it pays from eight panels on. */
  private static final int PACKED_A_COLUMNS = 512;

  /** With panels of two vectors it pays from six of them on, as each line in place is in a page of its own. */
  private static final int PACKED_A_PAIR_COLUMNS = 96;

  /** From four on with lines that do not stay in L1. */
  private static final int LONG_PACKED_A_PAIR_COLUMNS = 64;

  /** And from sixteen on with few lines. */
  private static final int SHORT_PACKED_A_PAIR_COLUMNS = 256;

  /** Whether a transposed A is packed before use. */
  static boolean packsTransposedA(int n, int k, int lda) {
    if (PAIRS) {
      int least = k >= TRANSPOSED_A_LINES ? LONG_PACKED_A_PAIR_COLUMNS : k >= 64 ? PACKED_A_PAIR_COLUMNS : SHORT_PACKED_A_PAIR_COLUMNS;
      return k >= LANES && n >= least;
    }
    return n >= PACKED_A_COLUMNS && (INTEL ? k >= 64 : k > 64 && (k > TRANSPOSED_A_LINES || lda % Panels.SET_STRIDE == 0));
  }

  /** Gradients have a tile that is as fast in place: there packing pays with more floats of B than these, k × n. */
  private static final int UNPACKED_PAIR_FLOATS = 1 << 15;

  /** Or with more pages of A: the first table has 64, of which B and C need some. */
  private static final int PAGES_IN_PLACE = 50;

  private static final int PAGE_FLOATS = 1024;

  /** The same for the gradient of packed weights, which has a tile for an A in place. */
  static boolean packsA(int n, int k, int lda) {
    if (PAIRS && TilingInUse.tries()) { // examples of in place are no wider
      return k >= LANES && n > 2 * Panels.WIDE;
    }
    if (INTEL && MANY_REGISTERS) {
      if (TilingInUse.tries() && isTriedPacked(n)) {
        return true;
      }
      if (staysInPlace(k, lda)) {
        return false;
      }
    }
    if (n >= MANY_FAR_A_COLUMNS ? isFar(n, k, lda) || hasManyTerms(k) : k <= Blocking.KC && isFar(n, k, lda)) {
      return true;
    }
    long pages = (long) k * Math.min(lda, PAGE_FLOATS) / PAGE_FLOATS;
    return packsTransposedA(n, k, lda) && (!PAIRS || pages > PAGES_IN_PLACE || (long) k * n > UNPACKED_PAIR_FLOATS);
  }

  /** Terms from which on a copy of A pays with 256 columns, on Intel's processors: in place each of them is in a page of its own. */
  private static final int MANY_TERMS = 256;

  private static boolean hasManyTerms(int k) {
    return INTEL && MANY_REGISTERS && k >= MANY_TERMS;
  }

  /** With fewer rows in a lot, packing B for each would be too much of their product. */
  private static final int FEWEST_PACKED_ROWS = 96;

  /**
   * Rows of Aᵀ that are packed at once where their k is more than is summed in one go; 0 where room for so few is left that packing
   * B again for each lot of them would cost more.
   */
  static int packedRowsOfLongSums(int k) {
    int unit = (PAIRS ? Blocking.ROWS : 3) * Panels.NARROW; // 96 or 48: whole panels of six rows, and whole lines of the gradient
    int rows = Blocking.KC * DESCENT_MC / k / unit * unit;
    return rows < FEWEST_PACKED_ROWS ? 0 : rows;
  }

  /** The most rows of a gradient, times its terms, that read the error in place wherever it begins. */
  private static final long MOST_OVER_ERROR = 1 << 13;

  /** The most rows that do so whatever their terms, where G1 lets long errors begin on a cache line: {@code LineArrays}. */
  private static final int ROWS_OVER_ERROR = Hotspot.regionBytes() > 0 ? 160 : 0;

  /**
   * Whether so few rows of a gradient, of so many terms, read the error where it is, panel after panel, and not a copy of each, on Intel's
   * processors, Zen 4 and 5. Its lines are a row of it apart, often in few sets of L1, and where it begins anywhere each vector lies in two
   * of them: with more rows that costs more than the copy.
   */
  static boolean readsErrorInPlace(int rows, int k) {
    boolean few = rows <= ROWS_OVER_ERROR || (long) rows * k <= MOST_OVER_ERROR;
    return few && KNOWN && TilingInUse.isAll();
  }

  /** Whether a step of descent of so few terms goes along the rows of W and not tile by tile. */
  static boolean outerProduct(int k) {
    return (BITS_512 || PAIRS) && k > 0 && k <= OuterProduct4.TERMS && TilingInUse.isAll();
  }

  /**
   * Whether such a step, of so many weights, goes by the loop for one term. Where they come from memory, on Zen 5 the loop for four is the
   * faster one all the same.
   */
  static boolean hasOneTerm(int k, long weights) {
    return k == 1 && weights <= Blocking.MEMORY_FLOATS;
  }

  /** Whether so many columns are half of a panel of two vectors, which gradients have a tile for. */
  static boolean isHalf(int columns) {
    return PAIRS && columns <= LANES && TilingInUse.isAll();
  }

  /**
   * Whether the gradient of one to four columns is computed transposed and written column by column, of so many terms that it pays. Three
   * and four of a multiple of 64 rows are turned back in blocks, from 32 terms on.
   */
  static boolean writesColumns(int rows, int cols, int k) {
    return BITS_512 && cols <= MOST_WRITTEN_COLUMNS && k >= 8 * cols && TilingInUse.isAll() && (rows % Panels.WIDE != 0 || cols <= 2);
  }

  /** The most columns of which Intel's processors, Zen 4 and 5 compute gradients transposed whatever the terms, from 32 on. */
  private static final int NARROW_TURNED = 12;

  /**
   * Whether the gradient of so many columns that do not fill a wide panel is computed transposed. The tile for their panel computes what is
   * missing there in vain, and has each term of A in another page; turned, it is by tiles of six columns × 64 rows. On Intel's processors
   * and AMD's the former have some time to lose: from how many terms on turning pays there is by what 39 of those shapes took on an Emerald
   * Rapids, and 250 on a Zen 5. See also {@link #turnsByTens}.
   */
  static boolean turnsGradient(int rows, int cols, int k) {
    return Blocking.turns(rows, k, !KNOWN || cols <= NARROW_TURNED ? FEWEST_TURNED : fewestTurned(cols));
  }

  private static int fewestTurned(int cols) {
    if (cols <= Panels.NARROW) {
      return ZEN ? 48 : 64;
    }
    return switch (Math.ceilDiv(cols, StridedGradientTile6x4.ROWS)) { // tiles, of which the last has columns for nothing
      case 3 -> 48;
      case 4 -> ZEN ? 64 : 80;
      case 5 -> ZEN ? 160 : 320;
      default -> ZEN ? Integer.MAX_VALUE : 800;
    };
  }

  /** The fewest columns that Zen 4 and 5 compute gradients of by ten: eight are two tiles of six faster there. */
  private static final int ZEN_FEWEST_TENS = 9;

  /** Floats of A, 1.25 MiB, that two lines at a time are fast enough from. */
  private static final int TENS_FLOATS = 5 << 16;

  /**
   * Whether the gradient of so many columns that do not fill a wide panel is computed by {@link TurnedTile10x2}: where most of its ten are
   * there, or of twice ten, and A stays in L2, or much of it. Twice ten are copied first, which takes more terms to pay; on
   * Zen 4 and 5, which do so for nine and ten columns alone, they never do.
   */
  static boolean turnsByTens(int rows, int cols, int k, int lda) {
    boolean fillTen = cols >= (ZEN ? ZEN_FEWEST_TENS : 7) && cols <= TurnedTile10x2.COLUMNS && k >= FEWEST_TURNED;
    boolean fillTwenty = INTEL && cols > 17 && cols <= 2 * TurnedTile10x2.COLUMNS && k >= 48;
    return (fillTen || fillTwenty) && KNOWN && rows >= TurnedTile10x2.ROWS
        && (long) k * lda <= TENS_FLOATS && TilingInUse.isAll();
  }

  /** Whether the gradient of a panel that has so many columns left is by {@link SharedTiles}. */
  static boolean sharesLastVector(int rows, int width, int cols) {
    return ZEN4 && SharedVector.fits(width, cols) && rows >= SharedTiles.rowsOfTile(width) && TilingInUse.isAll();
  }

  /** Rows of a wide panel that are half of L2. */
  private static final int ROWS_IN_L2 = 4096;

  /** The most terms of a gradient whose tiles are over before what is read ahead has come. */
  private static final int FEW_TERMS = 32;

  /**
   * Whether a step of descent of few terms and so many rows of the weights, whose part of a panel stays in L2, reads each panel before its
   * tiles do, as {@link ForwardBlocking#readsPanel} says; from 16 terms on most such gradients are in blocks, whose tiles fetch what they
   * end in.
   */
  static boolean readsPanel(int rows, long weights, int k) {
    return INTEL && MANY_REGISTERS && k <= FEW_TERMS && rows <= ROWS_IN_L2 && weights > Blocking.MEMORY_FLOATS && TilingInUse.isFiner();
  }

  /** On Zen 5 gradients, which write weights too, read them ahead from fewer on: 4 MiB. */
  private static final long ZEN5_GRADIENT_AHEAD_FLOATS = 1 << 20;

  /** The most terms of a gradient for which that holds: of more, smaller weights are read ahead as well. */
  private static final int ZEN5_MOST_TERMS_NOT_AHEAD = 512;

  /**
   * {@link Blocking#readsAhead} for a gradient of so many terms, whose tiles read the rows of the weights that the next one ends in, or
   * fetch them where it {@link #prefetches}. Of few terms they would read a line for every other one or fewer, which holds up what the
   * processor fetches by itself; on Zen 4 and 5 that is so up to 32 terms, and up to 64 where the weights are in the last cache.
   */
  static boolean readsAhead(long weights, int k) {
    if (!ZEN) {
      return Blocking.readsAhead(weights);
    }
    if (TilingInUse.tries() && prefetches()) {
      return k > 2 * FEW_TERMS; // examples have fewer weights than it will be of use for
    }
    boolean few = k <= FEW_TERMS || (k <= 2 * FEW_TERMS && weights < Blocking.MEMORY_FLOATS);
    if (!ZEN5) {
      return !few && Blocking.readsAhead(weights);
    }
    long least = k <= ZEN5_MOST_TERMS_NOT_AHEAD ? ZEN5_GRADIENT_AHEAD_FLOATS : Blocking.AHEAD_FLOATS;
    return !few && Blocking.areAhead(weights, least);
  }

  /** Whether what tiles of gradients are to find near is fetched by {@link PrefetchForWrite}, and not by their own loads. */
  static boolean prefetches() {
    return ZEN5 && BITS_512 && TilingInUse.isAll();
  }

  /** The most terms of which a panel of B leaves L1 room. */
  private static final int ZEN_MOST_TERMS_BY_FIVES = 128;

  /**
   * Whether a gradient of so many terms, a negative number of none, is by tiles of five rows where nothing is read ahead: on Zen 4 and 5
   * those of six are faster with so many that a panel of B leaves L1 no room.
   */
  static boolean byFives(int k) {
    return !ZEN || !BITS_512 || Math.abs(k) <= ZEN_MOST_TERMS_BY_FIVES;
  }
}
