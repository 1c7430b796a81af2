package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;

/**
 * Products that are computed transposed, since that leaves less to do.
 *
 * <p>With a panel of few columns: in wide tiles, whose vectors lie along rows of the other operand. Those are full where ten columns
 * fill ten lanes of sixteen, and a tile needs a broadcast for each of the few columns only.
 *
 * <p>With transposed weights and few rows of a batch: the weights are not transposed then, but the rows that come and those that go.
 */
final class Turned extends NotInlined {

  /** 64, used with vectors of 512 bits only. */
  private static final int COLUMNS = Panels.WIDE;

  /** Columns of C that are in scratch at once, transposed: they stay in L1, and are whole tiles and whole blocks to turn back. */
  private static final int BLOCK_COLUMNS = 48;

  /** Terms that are summed in one go, of eight panels at a time; of four for few rows, which often wait for memory. */
  private static final int PAIR_DEPTH = 8 * Panels.WIDE;

  private static final int FEW_PAIR_DEPTH = 4 * Panels.WIDE;

  private Turned() {}

  /**
   * C = start + A·B for a narrow panel of B and a multiple of {@link Panels#WIDE} rows. A is transposed on the way, some terms of 64
   * rows at a time, and each block of Cᵀ is turned back.
   */
  static void forward(
      int m, int cols, int k,
      float[] a, int aAt, int lda,
      float[] packed, int packedAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int turned = Gemm.PANEL_AT;
    int aTurned = turned + Panels.NARROW * COLUMNS;
    for (int i = 0; i < m; i += COLUMNS) {
      start(start, startAt + i * ldStart, ldStart, scratch, turned);
      for (int pc = 0; pc < k; pc += Kernels.MAX_TURNED_DEPTH) {
        int depth = Math.min(Kernels.MAX_TURNED_DEPTH, k - pc);
        Transpose.rows(COLUMNS, depth, a, aAt + i * lda + pc, lda, scratch, aTurned);
        Tiles.panel(
            COLUMNS, cols, depth, packed, packedAt + pc * Panels.NARROW, 1, Panels.NARROW, scratch, aTurned, COLUMNS,
            scratch, turned, COLUMNS, scratch, turned, COLUMNS, null, null, 0, 0, 0);
      }
      for (int r = 0; r < COLUMNS; r += Panels.NARROW) {
        Transpose.block(scratch, turned + r, COLUMNS, c, cAt + (i + r) * ldc, ldc);
      }
    }
  }

  /** What 64 rows of C start from, transposed. Columns beyond the panel's end, which have no sum, keep it. */
  private static void start(float[] start, int startAt, int ldStart, float[] scratch, int turned) {
    if (start == null) {
      Arrays.fill(scratch, turned, turned + Panels.NARROW * COLUMNS, 0f);
    } else if (ldStart == 0) {
      for (int j = 0; j < Panels.NARROW; j++) {
        Arrays.fill(scratch, turned + j * COLUMNS, turned + (j + 1) * COLUMNS, start[startAt + j]);
      }
    } else {
      Transpose.rows(COLUMNS, Panels.NARROW, start, startAt, ldStart, scratch, turned);
    }
  }

  /**
   * Columns {@code from} to {@code to} of C = A·Bᵀ for a packed B of n rows: Cᵀ = B·Aᵀ, and what pads the rows of C becomes zero.
   * Scratch for as many rows as A has is enough: at most k + 71 rows of 32 floats, or k + 79 of 16, are fewer than a panel of 64 columns
   * takes, and where k is longer than that may be, fewer than a packed A.
   *
   * @param m a multiple of {@link Panels#MEDIUM}, or 16
   * @param k terms that lie in wide panels of B; it may have more in others
   * @param to as many columns as a tile has rows, or more, behind {@code from}
   */
  static void backward(
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
            Transpose.block(scratch, block + q * rows + r, rows, c, cAt + (i + r) * ldc + j + q, ldc);
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
  static void backwardOfTwoVectors(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int aTurned = Gemm.PANEL_AT + Kernels.TURNED_BLOCK;
    for (int i = 0, rows; i < m; i += rows) {
      rows = Math.min(WeightTile6x2.BATCH, m - i);
      Transpose.intoPanel(rows, k, a, aAt + i * lda, lda, scratch, aTurned);
      for (int j = from; j < to; j += Kernels.TURNED_COLUMNS) {
        int cols = Math.min(Kernels.TURNED_COLUMNS, to - j);
        blockOfTwoVectors(rows, n, k, j, cols, packed, scratch);
        int padded = Panels.columns(cols);
        Arrays.fill(scratch, Gemm.PANEL_AT + cols * Panels.WIDE, Gemm.PANEL_AT + padded * Panels.WIDE, 0f);
        Transpose.fromPanel(rows, padded, scratch, Gemm.PANEL_AT, c, cAt + i * ldc + j, ldc);
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

  /**
   * The gradient of a panel of W that is not wide, 64 of its rows at a time: stored, or a step of descent.
   *
   * @param rows a multiple of {@link Panels#WIDE}, by tens of {@link TurnedTile10x2#ROWS}
   * @param byTens whether {@link GradientBlocking#turnsByTens} says so
   */
  static void gradient(
      int rows, int width, int cols, int k, boolean byTens, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    // scratch from PANEL_AT: the gradient transposed, width × 64; sixteen rows of it turned back, 16 × width; δ by tens, k × 16 each
    int gradient = Gemm.PANEL_AT;
    int back = gradient + width * COLUMNS;
    Arrays.fill(scratch, gradient + cols * COLUMNS, back, 0f);
    boolean copies = byTens && (cols > TurnedTile10x2.COLUMNS || ldb != Panels.NARROW);
    float[] tens = copies ? scratch : b;
    int tensAt = copies ? back + width * Panels.NARROW : bAt;
    if (copies) {
      copyTens(cols, k, b, bAt, ldb, tens, tensAt);
    }
    for (int i = 0; i < rows; i += COLUMNS) {
      int columns = Math.min(COLUMNS, rows - i);
      if (byTens) {
        tens(columns, cols, k, tens, tensAt, a, aAt + i, lda, scratch, gradient);
      } else {
        Tiles.panel(
            COLUMNS, cols, k, b, bAt, 1, ldb, a, aAt + i, lda, null, 0, 0, scratch, gradient, COLUMNS,
            null, null, 0, 0, 0);
      }
      for (int r = 0; r < columns; r += Panels.NARROW) {
        int at = w + (i + r) * width;
        float[] out = descends ? scratch : packed;
        int outAt = descends ? back : at;
        for (int j = 0; j < width; j += Panels.NARROW) {
          Transpose.block(scratch, gradient + j * COLUMNS + r, COLUMNS, out, outAt + j, width);
        }
        if (descends) {
          Elementwise.scaledUpdate(Panels.NARROW * width, step, scratch, back, packed, at);
        }
      }
    }
  }

  /**
   * The same of few columns, for any number of rows: 64 at a time, the last of which may be some of those before, again. Of fewer than 64
   * rows 49 and more go at once, beside what A has behind them, and others by sixteen. So few columns are written one by one, which takes
   * less than to turn blocks of sixteen.
   */
  static void fewColumns(
      int rows, int width, int cols, int k, boolean descends, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int w,
      float[] scratch) {
    int gradient = Gemm.PANEL_AT;
    if (!descends) {
      Arrays.fill(packed, w, w + rows * width, 0f);
    }
    for (int i = 0, tile; i < rows; i += tile) {
      tile = rows >= COLUMNS || rows - i > COLUMNS - Panels.NARROW ? COLUMNS : Panels.NARROW;
      int first = rows >= COLUMNS ? Math.min(i, rows - COLUMNS) : i;
      Tiles.panel(
          tile, cols, k, b, bAt, 1, ldb, a, aAt + first, lda, null, 0, 0, scratch, gradient, tile, null, null, 0, 0, 0);
      int fresh = Math.min(tile - i + first, rows - i);
      for (int j = 0; j < cols; j++) {
        int from = gradient + j * tile + i - first;
        int to = w + i * width + j;
        if (descends) {
          descendColumn(fresh, -step, scratch, from, packed, to, width);
        } else {
          storeColumn(fresh, scratch, from, packed, to, width);
        }
      }
    }
  }

  private static void descendColumn(int rows, float down, float[] g, int gAt, float[] w, int at, int ld) {
    for (int i = 0; i < rows; i++) {
      w[at + i * ld] = ScalarMath.fma(down, g[gAt + i], w[at + i * ld]);
    }
  }

  private static void storeColumn(int rows, float[] g, int gAt, float[] out, int at, int ld) {
    for (int i = 0; i < rows; i++) {
      out[at + i * ld] = g[gAt + i];
    }
  }

  /** Each ten columns of an error as a narrow panel, one behind the other. */
  private static void copyTens(int cols, int k, float[] delta, int deltaAt, int ld, float[] out, int at) {
    int panel = at;
    for (int j = 0; j < cols; j += TurnedTile10x2.COLUMNS) {
      PanelCopy.run(k, Math.min(TurnedTile10x2.COLUMNS, cols - j), delta, deltaAt + j, ld, out, panel);
      panel += k * Panels.NARROW;
    }
  }

  /** So many columns of A by tiles of ten of the error's, what is computed beyond those becoming zero. */
  private static void tens(
      int columns, int cols, int k, float[] delta, int deltaAt, float[] a, int aAt, int lda, float[] c, int cAt) {
    int done = 0;
    for (int panel = deltaAt; done < cols; panel += k * Panels.NARROW) {
      for (int r = 0; r < columns; r += TurnedTile10x2.ROWS) {
        TurnedTile10x2.run(k, delta, panel, a, aAt + r, lda, c, cAt + done * COLUMNS + r);
      }
      done += TurnedTile10x2.COLUMNS;
    }
    Arrays.fill(c, cAt + cols * COLUMNS, cAt + done * COLUMNS, 0f);
  }
}
