package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Panels;
import java.util.Arrays;

/** Transposes to panels of two vectors and from them, by {@link PairTranspose}. */
final class PairPanels extends NotInlined {

  /** Columns of such a panel. */
  private static final int BLOCK = 16;

  private static final int HALF = BLOCK / 2;

  private PairPanels() {}

  /**
   * Up to four panels, one behind the other, from panels of a block's columns. Where depth is no multiple of four, less than a block's,
   * vectors take some columns that are padding, zeros: what becomes of those is where the next panel comes, or behind the last one, where
   * out has room for a block.
   */
  static void transposed(int n, int from, int cols, int fromK, int depth, float[] packed, float[] out, int at) {
    int whole = cols / BLOCK * BLOCK;
    if (whole < cols) {
      Arrays.fill(out, at + whole * depth, at + (whole + BLOCK) * depth, 0f);
    }
    for (int p = 0; p < depth; p += BLOCK) {
      int terms = Math.min(BLOCK, depth - p);
      int rows = Panels.at(n, fromK + p) + from * BLOCK;
      int to = at + p * BLOCK;
      boolean byVectors = (terms == BLOCK || depth < BLOCK) && TilingInUse.isAll();
      int roundedUp = Math.ceilDiv(terms, PairTranspose.COLUMNS) * PairTranspose.COLUMNS;
      int i = 0;
      while (cols - i >= HALF || (i < cols && i % BLOCK == HALF)) {
        int row = Math.min(i, cols - HALF); // the last eight of a panel of more begin early enough to be whole
        int column = to + row / BLOCK * BLOCK * depth + row % BLOCK;
        if (byVectors) {
          PairTranspose.panel(roundedUp, packed, rows + row * BLOCK, out, column);
        } else {
          halfBlock(terms, packed, rows + row * BLOCK, out, column);
        }
        i += HALF;
      }
      for (; i < cols; i++) {
        int row = to + i / BLOCK * BLOCK * depth + i % BLOCK;
        for (int q = 0; q < terms; q++) {
          out[row + q * BLOCK] = packed[rows + i * BLOCK + q];
        }
      }
    }
  }

  /**
   * Eight rows of so many columns, by single floats, as before {@link PairTranspose} is compiled: at constant distances, so that C2 checks
   * few of the indices.
   */
  private static void halfBlock(int terms, float[] b, int bAt, float[] out, int at) {
    for (int p = 0; p < terms; p++) {
      int from = bAt + p;
      int to = at + p * BLOCK;
      out[to] = b[from];
      out[to + 1] = b[from + BLOCK];
      out[to + 2] = b[from + 2 * BLOCK];
      out[to + 3] = b[from + 3 * BLOCK];
      out[to + 4] = b[from + 4 * BLOCK];
      out[to + 5] = b[from + 5 * BLOCK];
      out[to + 6] = b[from + 6 * BLOCK];
      out[to + 7] = b[from + 7 * BLOCK];
    }
  }

  /**
   * Sixteen rows of a or fewer, k columns each, become a panel of two vectors and k terms; rows that are missing are zeros in it. What is
   * transposed are blocks at the head of scratch, whose rows are a constant apart.
   */
  static void intoPanel(int rows, int k, float[] a, int at, int lda, float[] scratch, int panelAt) {
    Arrays.fill(scratch, rows * BLOCK, BLOCK * BLOCK, 0f);
    int p = 0;
    for (; p + BLOCK <= k; p += BLOCK) {
      PairTranspose.copy(rows, a, at + p, lda, scratch, 0, BLOCK);
      transposeBlock(scratch, 0, panelAt + p * BLOCK);
    }
    if (p == k) {
      return;
    }
    if (p + BLOCK <= a.length - at - (rows - 1) * lda) { // so that no sum is beyond an int
      PairTranspose.copy(rows, a, at + p, lda, scratch, 0, BLOCK);
    } else {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(a, at + i * lda + p, scratch, i * BLOCK, k - p);
      }
    }
    transposeBlock(scratch, 0, BLOCK * BLOCK);
    System.arraycopy(scratch, BLOCK * BLOCK, scratch, panelAt + p * BLOCK, (k - p) * BLOCK);
  }

  /** The other way: what is in a panel of two vectors and a multiple of sixteen terms becomes sixteen rows of c, or fewer. */
  static void fromPanel(int rows, int cols, float[] scratch, int panelAt, float[] c, int at, int ldc) {
    for (int j = 0; j < cols; j += BLOCK) {
      transposeBlock(scratch, panelAt + j * BLOCK, 0);
      PairTranspose.copy(rows, scratch, 0, BLOCK, c, at + j, ldc);
    }
  }

  private static void transposeBlock(float[] scratch, int from, int to) {
    PairTranspose.panel(BLOCK, scratch, from, scratch, to);
    PairTranspose.panel(BLOCK, scratch, from + HALF * BLOCK, scratch, to + HALF);
  }
}
