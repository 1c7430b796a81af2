package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.INTEL;
import static dev.lanewise.kernel.vector.Blocking.MEMORY_FLOATS;
import static dev.lanewise.kernel.vector.Blocking.PAIRS;
import static dev.lanewise.kernel.vector.Blocking.ZEN4;
import static dev.lanewise.kernel.vector.Blocking.ZEN;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/** How forward products go, {@link Gemm#packedProduct}: which way, and how rows and k are cut. */
final class ForwardBlocking {

  private ForwardBlocking() {}

  /** Floats of A that are read once for each panel of a packed B: 3 MiB, which come back from L3. */
  private static final int BLOCK_OF_A = 3 << 18;

  /** A multiple of the four and of the six rows of tiles that go forwards. */
  private static final int EVEN_ROWS = 12;

  /** Rows of A that one pass over the panels of a packed B takes. */
  static int rowsOverPackedB(int k) {
    return Math.max(EVEN_ROWS, BLOCK_OF_A / Math.max(k, 1) / EVEN_ROWS * EVEN_ROWS);
  }

  /** Whether so many rows are computed over several panels at once: one row, where a panel is two vectors or vectors have 512 bits. */
  static boolean takesPanelsTogether(int m) {
    return (PAIRS || BITS_512) && m == 1 && TilingInUse.isAll();
  }

  /**
   * Whether a product is of so few rows and columns that it is nothing but tiles of one vector: neither turned, which takes {@link
   * Panels#WIDE} rows, nor cut. Then nothing else need be asked, which a small product takes a tenth of its time for.
   */
  static boolean isFewRowsOfOneVector(int m, int n, int k) {
    return BITS_512 && n > 0 && n <= Panels.NARROW && m < Panels.WIDE && k <= Blocking.PACKED_KC;
  }

  /** The most columns that Intel's processors compute forwards transposed. */
  private static final int INTEL_TURNED = 8;

  /** The most columns that Zen 4 and 5 compute forwards transposed whatever the terms. */
  private static final int ZEN_TURNED = ZEN4 ? 7 : 8;

  /** The most of which they do so with 48 to 511 terms. */
  private static final int ZEN_TURNED_OF_SOME = ZEN4 ? 8 : 10;

  /**
   * Whether forwards through a narrow panel of so many columns are computed transposed, by wide tiles. Turning the result costs as much as
   * some thirty terms. Intel's processors, Zen 4 and 5 have a tile of eight rows × one vector, which is as fast from seven columns on, or
   * faster, on an Emerald Rapids, from nine on a Zen 4 and from eleven on a Zen 5; on these two also with one and two columns less of fewer
   * than 48 terms and of 512 and more.
   */
  static boolean turnsForward(int rows, int cols, int k) {
    return Blocking.turns(rows, k, 32) && (!INTEL || cols <= INTEL_TURNED) && (!ZEN || zenTurns(cols, k));
  }

  private static boolean zenTurns(int cols, int k) {
    return cols <= ZEN_TURNED || (cols <= ZEN_TURNED_OF_SOME && k >= 48 && k < 512);
  }

  /** Whether forwards through a panel that has so many columns left, all from one row, are by {@link SharedTiles}. */
  static boolean sharesLastVector(int rows, int width, int cols, int k) {
    return ZEN4 && SharedVector.fits(width, cols) && rows >= SharedTiles.rowsOfTile(width) && k <= Blocking.PACKED_KC
        && TilingInUse.isAll();
  }

  /** With so many rows reading a panel of weights first gains where it comes from the last cache, too. */
  private static final int MANY_ROWS = 128;

  /**
   * Whether a forward product of so many rows reads each panel of so many weights, or a thread's part of them, before its tiles do: alone,
   * reading has more than twice the speed that the first tile over a panel waits for.
   */
  static boolean readsPanel(int rows, long weights) {
    return INTEL && MANY_REGISTERS && rows > 1
        && (weights > MEMORY_FLOATS || (rows >= MANY_ROWS && weights >= MEMORY_FLOATS / 2))
        && TilingInUse.isFiner();
  }

  /** With so few rows a tile would have to read half a cache line or more ahead with every term. */
  private static final int FEW_ROWS_OVER_MEMORY = 64;

  /**
   * Whether so many weights come from memory and are used for so few rows that memory is what counts. Their first tile asks for four lines
   * a term then, as many as come at once, and reading the next ones a line at a time while others compute would only hold those up.
   */
  static boolean waitsForMemory(int rows, long weights) {
    return rows <= FEW_ROWS_OVER_MEMORY && weights >= MEMORY_FLOATS;
  }

  /** As many weights as leave L1 some room. */
  private static final int WEIGHTS_IN_L1 = 1 << 13;

  /** As many weights as half of an L2 of 2 MiB. */
  private static final int WEIGHTS_IN_L2 = 1 << 18;

  /** See {@link Kernels#rowsAtOnce}. On {@link Blocking#INTEL Intel's} processors tiles have six rows and four: multiples of both. */
  static int rowsAtOnce(long weights) {
    if (!INTEL || weights <= WEIGHTS_IN_L1) {
      return Kernels.ROWS_AT_ONCE;
    }
    if (weights <= WEIGHTS_IN_L2) {
      return 60;
    }
    return weights <= 8 * WEIGHTS_IN_L2 ? 120 : 240;
  }
}
