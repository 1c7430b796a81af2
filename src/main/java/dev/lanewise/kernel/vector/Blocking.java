package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;

import dev.lanewise.kernel.Kernels;

/**
 * Tile and block sizes: the one place to re-tune for another processor. Measured on Zen 5 (48 KiB L1d, 1 MiB L2) with
 * tile shapes that also hold on Zen 4.
 */
final class Blocking {

  /** Rows of the wide tile. */
  static final int ROWS = MANY_REGISTERS ? Tile6x4.ROWS : Tile4x2.ROWS;

  /** Columns of the wide tile. */
  static final int COLUMNS = (MANY_REGISTERS ? Tile6x4.VECTORS : Tile4x2.VECTORS) * LANES;

  /** Rows of the tile that is one vector wide, for a transposed A. */
  static final int COLUMN_TILE_ROWS = MANY_REGISTERS ? ColumnTile16.ROWS : ColumnTile8.ROWS;

  /** k in one go. A wide panel of B of this height is 256 KiB: a quarter of L2, which it is read from. */
  static final int KC = Kernels.MAX_BLOCK_DEPTH;

  /** Rows of Aᵀ that are packed at once. */
  static final int MC = Kernels.MAX_BLOCK_ROWS;

  /** A B of so many floats stays in L1 with its strides, so that packing it gains nothing. */
  private static final int DIRECT_FLOATS = 8192;

  /** With so few rows, packing B costs more than it saves. */
  private static final int DIRECT_ROWS = 24;

  /**
   * Aᵀ is read in place while its k cache lines stay in L1. It is packed when k has more of them, or when its leading
   * dimension is a multiple of this many floats, which puts all of them into a few sets of the cache.
   */
  private static final int SET_STRIDE = 256;

  private static final int TRANSPOSED_A_LINES = 512;

  private Blocking() {}

  /** Whether B is read where it is. */
  static boolean direct(int m, int n, int k) {
    return m <= DIRECT_ROWS || (long) k * n <= DIRECT_FLOATS;
  }

  /** Whether a transposed A is packed before use. */
  static boolean packsTransposedA(int n, int k, int lda) {
    return n >= 128 && k > 64 && (k > TRANSPOSED_A_LINES || lda % SET_STRIDE == 0);
  }
}
