package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;

import dev.lanewise.kernel.Panels;
import java.util.Arrays;

/**
 * Transposes a matrix by blocks, {@link BlockTranspose} and {@link WideTranspose}. Panels of two vectors have {@link PairPanels}; what is
 * narrower is left to plain Java, as are edges of a matrix that is not packed and, until there are finer tiles, all of it.
 */
final class Transpose extends NotInlined {

  private static final int BLOCK = 16;

  private Transpose() {}

  /**
   * One panel of the transpose of a packed B, as {@link Panels#transposedPanel} has it, and up to 15 rows of anything behind
   * it. Rows of B that are fewer than a block are completed with zeros first, further behind.
   */
  static void panel(
      int n, int k, int from, int cols, int fromK, int depth, float[] packed, float[] out, int at) {
    if (LANES != BLOCK || !TilingInUse.isFiner()) { // plain Java, until there is time to compile a block
      Panels.transposedPanel(n, k, from, cols, fromK, depth, packed, out, at);
      return;
    }
    int width = Panels.width(n - from);
    int stage = at + (depth + BLOCK) * width;
    boolean wide = cols == Panels.WIDE && TilingInUse.isAll();
    for (int p = fromK, widthIn; p < fromK + depth; p += widthIn) {
      widthIn = Panels.width(k - p);
      int panelIn = Panels.at(n, p) + from * widthIn;
      if (wide && widthIn == Panels.WIDE) {
        WideTranspose.run(WideTranspose.BLOCKS, packed, panelIn, out, at + (p - fromK) * width);
        continue;
      }
      int i = 0;
      for (; i + BLOCK <= cols; i += BLOCK) {
        for (int q = 0; q < widthIn; q += BLOCK) {
          BlockTranspose.run(packed, panelIn + i * widthIn + q, widthIn, out, at + (p - fromK + q) * width + i, width);
        }
      }
      if (i < cols) {
        for (int q = 0; q < widthIn; q += BLOCK) {
          int rows = cols - i;
          PanelCopy.run(rows, BLOCK, packed, panelIn + i * widthIn + q, widthIn, out, stage);
          Arrays.fill(out, stage + rows * BLOCK, stage + BLOCK * BLOCK, 0f);
          BlockTranspose.run(out, stage, BLOCK, out, at + (p - fromK + q) * width + i, width);
        }
      }
    }
  }

  /** out, k × cols, is the transpose of b, cols × k; by vectors only where they are a block's columns, once there are finer tiles. */
  static void run(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    int wholeK = 0;
    int wholeCols = 0;
    if (LANES == BLOCK && TilingInUse.isFiner()) {
      wholeK = k / BLOCK * BLOCK;
      wholeCols = cols / BLOCK * BLOCK;
      blocks(wholeK, wholeCols, b, bAt, ldb, out, at, ldOut);
    }
    if (wholeCols > 0 && wholeK < k) {
      Panels.transpose(k - wholeK, wholeCols, b, bAt + wholeK, ldb, out, at + wholeK * ldOut, ldOut);
    }
    if (wholeCols < cols) {
      Panels.transpose(k, cols - wholeCols, b, bAt + wholeCols * ldb, ldb, out, at + wholeCols, ldOut);
    }
  }

  private static void blocks(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    for (int j = 0; j < cols; j += BLOCK) {
      for (int p = 0; p < k; p += BLOCK) {
        BlockTranspose.run(b, bAt + j * ldb + p, ldb, out, at + p * ldOut + j, ldOut);
      }
    }
  }

  /**
   * out, k × rows, is the transpose of so many rows of a, a multiple of a block's. Where a has room for it, k is rounded up to a
   * block's, and out gets that many rows more of anything.
   */
  static void rows(int rows, int k, float[] a, int at, int lda, float[] out, int outAt) {
    int roundedUp = Math.ceilDiv(k, BLOCK) * BLOCK;
    int whole = roundedUp <= a.length - at - (rows - 1) * lda ? roundedUp : k / BLOCK * BLOCK;
    for (int i = 0; i < rows; i += BLOCK) {
      for (int p = 0; p < whole; p += BLOCK) {
        BlockTranspose.run(a, at + i * lda + p, lda, out, outAt + p * rows + i, rows);
      }
    }
    if (whole < k) {
      Panels.transpose(k - whole, rows, a, at + whole, lda, out, outAt + whole * rows, rows);
    }
  }
}
