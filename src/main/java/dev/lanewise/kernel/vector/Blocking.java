package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;

/**
 * Sizes of tiles and blocks that all products share, and what a processor is like: with {@link ForwardBlocking}, {@link BackwardBlocking},
 * {@link GradientBlocking} and the lists of {@link Tiles} and {@link TurnedError} what to tune again for another one. Measured on Zen 4 and
 * Zen 5 (32 and 48 KiB L1d, 1 MiB L2, 32 MiB L3 for several cores), on two Intel Xeons of 48 KiB and 2 MiB, for gradients of many columns
 * on the newer alone, for few rows also on an older one, Ice Lake (48 KiB, 1.25 MiB), and, what is for 16 registers, on Zen 3 (32 KiB, 512
 * KiB). Where a comment says L2 without a size, it is one of 1 MiB.
 */
final class Blocking {

  private Blocking() {}

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

  /** Weights of so many floats do not stay in L2 from one step to the next. */
  static final long AHEAD_FLOATS = 1 << 18;

  /** On Zen 4, whose tiles of whole rows, which read nothing ahead, gain more as long as most of them do: 2 MiB. */
  private static final long ZEN4_AHEAD_FLOATS = 1 << 19;

  /** On Zen 5, where reading ahead costs more than it gains of weights of less than 8 MiB, a fourth of its last cache. */
  private static final long ZEN5_AHEAD_FLOATS = 1 << 21;

  /** Weights of so many floats, half of the last cache, do not stay in it. */
  static final long MEMORY_FLOATS = 1 << 22;

  private static final Processor.Kind KIND = Processor.kind();

  /**
   * Whether the processor is Intel's: it does two multiply-adds of the widest vectors a cycle on units that other instructions need as
   * well, and fetches the next lines of memory unasked. Tiles with few other instructions are worth having then, and those of forwards
   * and errors read no weights ahead.
   */
  static final boolean INTEL = KIND == Processor.Kind.INTEL;

  /**
   * Whether the processor does two multiply-adds of 512 bits a cycle, in servers and desktops, and has other units for the rest: a tile
   * takes half as long as on those before it, so that its beginning and end are twice as much of it, and lines that are read ahead come
   * twice as late.
   */
  static final boolean ZEN5 = KIND == Processor.Kind.ZEN5;

  /**
   * Whether products use the tiles of whole rows and those of gradients alone that were made for Zen 5, which Zen 4 gains by as well, with
   * 512 bits. It does one such multiply-add a cycle, and differs from Zen 5 in what is read ahead; narrower vectors were not tried there.
   */
  static final boolean ZEN = ZEN5 || (KIND == Processor.Kind.ZEN4 && BITS_512);

  /**
   * Whether the processor is a Zen 4 with 512 bits: one such multiply-add a cycle, so that lanes for nothing cost twice what they cost
   * elsewhere, beside loads that are as many. It has tiles and scalars for some shapes with many; on a Zen 5 those were not measured.
   */
  static final boolean ZEN4 = ZEN && !ZEN5;

  /** Whether products of 512 bits were tuned for it: it has tiles for few rows and columns that others do not use. */
  static final boolean KNOWN = (INTEL || ZEN) && BITS_512;

  /** Whether so many rows and terms are enough for a panel of few columns to be computed transposed. */
  static boolean turns(int rows, int k, int fewest) {
    return BITS_512 && rows >= Panels.WIDE && k >= fewest && TilingInUse.isAll();
  }

  /**
   * Into what k is cut, where it is longer than {@code most}: equal parts, and no short one at the end, which would read and write all
   * of C for little. A multiple of {@link Panels#WIDE}, as {@code most} is.
   */
  static int evenly(int k, int most) {
    return k <= most ? most : Math.ceilDiv(Math.ceilDiv(k, Math.ceilDiv(k, most)), Panels.WIDE) * Panels.WIDE;
  }

  /** Whether a product reads the weights that its next tile or panel needs ahead; tiles of 16 registers have no room for that. */
  static boolean readsAhead(long weights) {
    return areAhead(weights, ZEN5 ? ZEN5_AHEAD_FLOATS : ZEN ? ZEN4_AHEAD_FLOATS : AHEAD_FLOATS);
  }

  /** The same from so many weights on. */
  static boolean areAhead(long weights, long least) {
    return MANY_REGISTERS && !INTEL && weights >= least;
  }
}
