package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * The error handed back by few rows of a batch, computed transposed: it is those rows that are transposed then, as they come and as they
 * go, and not the weights.
 */
final class TurnedError extends NotInlined {

  /** Columns of C that are in scratch at once, transposed: they stay in L1, and are whole tiles and whole blocks to turn back. */
  private static final int BLOCK_COLUMNS = 48;

  /** Terms that are summed in one go, of eight panels at a time; of four for few rows, which often wait for memory. */
  private static final int PAIR_DEPTH = 8 * Panels.WIDE;

  private static final int FEW_PAIR_DEPTH = 4 * Panels.WIDE;

  private TurnedError() {}

  /**
   * Columns {@code from} to {@code to} of C = A·Bᵀ for a packed B of n rows: Cᵀ = B·Aᵀ, and what pads the rows of C becomes zero.
   * Scratch for as many rows as A has is enough: at most k + 71 rows of 32 floats, or k + 79 of 16, are fewer than a panel of 64 columns
   * takes, and where k is longer than that may be, fewer than a packed A.
   *
   * @param m a multiple of {@link Panels#MEDIUM}, or 16
   * @param k terms that lie in wide panels of B; it may have more in others
   * @param to as many columns as a tile has rows, or more, behind {@code from}
   */
  static void run(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int i = 0, rows; i < m; i += rows) {
      rows = m - i >= WeightTile8x2.BATCH ? WeightTile8x2.BATCH : WeightTile16x1.BATCH;
      int tile = rows == WeightTile8x2.BATCH ? WeightTile8x2.ROWS : WeightTile16x1.ROWS;
      int block = Gemm.PANEL_AT + tile * rows; // the last tile may begin above it
      int aTurned = block + BLOCK_COLUMNS * rows;
      Transpose.rows(rows, k, a, aAt + i * lda, lda, scratch, aTurned);
      for (int j = from; j < to; j += BLOCK_COLUMNS) {
        int cols = Math.min(BLOCK_COLUMNS, to - j);
        for (int r = 0; r < cols; r += tile) {
          int row = Math.min(r, cols - tile);
          int w = Panels.LEAD + (j + row) * Panels.WIDE;
          if (rows == WeightTile8x2.BATCH) {
            WeightTile8x2.run(k, packed, w, n * Panels.WIDE, scratch, aTurned, scratch, block + row * rows);
          } else {
            WeightTile16x1.run(k, packed, w, n * Panels.WIDE, scratch, aTurned, scratch, block + row * rows);
          }
        }
        int padded = Panels.columns(cols);
        Arrays.fill(scratch, block + cols * rows, block + padded * rows, 0f);
        for (int r = 0; r < rows; r += Panels.NARROW) {
          for (int q = 0; q < padded; q += Panels.NARROW) {
            BlockTranspose.run(scratch, block + q * rows + r, rows, c, cAt + (i + r) * ldc + j + q, ldc);
          }
        }
      }
    }
  }

  /**
   * The same for 16 registers and any number of rows, sixteen at a time; rows that are missing are zeros.
   * Weights are read in the order of memory, a few panels at a time: their panels are often a power of two apart, and a tile over all of
   * them would wait for L3 with each.
   */
  static void ofTwoVectors(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int aTurned = Gemm.PANEL_AT + Kernels.TURNED_BLOCK;
    for (int i = 0, rows; i < m; i += rows) {
      rows = Math.min(WeightTile6x2.BATCH, m - i);
      PairPanels.intoPanel(rows, k, a, aAt + i * lda, lda, scratch, aTurned);
      for (int j = from; j < to; j += Kernels.TURNED_COLUMNS) {
        int cols = Math.min(Kernels.TURNED_COLUMNS, to - j);
        blockOfTwoVectors(rows, n, k, j, cols, packed, scratch);
        int padded = Panels.columns(cols);
        Arrays.fill(scratch, Gemm.PANEL_AT + cols * Panels.WIDE, Gemm.PANEL_AT + padded * Panels.WIDE, 0f);
        PairPanels.fromPanel(rows, padded, scratch, Gemm.PANEL_AT, c, cAt + i * ldc + j, ldc);
      }
    }
  }

  /**
   * Some rows of Cᵀ for m rows of the batch, at the head of scratch. The last tile begins early enough to be whole, and has its own
   * room behind them.
   */
  private static void blockOfTwoVectors(int m, int n, int k, int from, int cols, float[] packed, float[] scratch) {
    int block = Gemm.PANEL_AT;
    int aTurned = block + Kernels.TURNED_BLOCK;
    boolean few = m <= WeightTile10x1.BATCH;
    int tile = few ? WeightTile10x1.ROWS : WeightTile6x2.ROWS;
    int whole = cols / tile * tile;
    int apart = block + (whole + tile) * Panels.WIDE;
    int most = few ? FEW_PAIR_DEPTH : PAIR_DEPTH;
    for (int pc = 0; pc < k; pc += most) {
      int depth = Math.min(most, k - pc);
      int panel = Panels.at(n, pc);
      int b = aTurned + pc * Panels.WIDE;
      for (int r = 0; r < cols; r += tile) {
        int w = panel + (from + Math.min(r, cols - tile)) * Panels.WIDE;
        int at = r < whole ? block + r * Panels.WIDE : apart;
        if (few) {
          WeightTile10x1.run(pc == 0, depth, packed, w, n * Panels.WIDE, scratch, b, scratch, at);
        } else {
          WeightTile6x2.run(pc == 0, depth, packed, w, n * Panels.WIDE, scratch, b, scratch, at);
        }
      }
    }
    int rest = cols - whole;
    System.arraycopy(scratch, apart + (tile - rest) * Panels.WIDE, scratch, block + whole * Panels.WIDE, rest * Panels.WIDE);
  }
}
