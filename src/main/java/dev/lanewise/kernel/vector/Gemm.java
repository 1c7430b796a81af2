package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.EDGE;
import static dev.lanewise.kernel.vector.Blocking.KC;
import static dev.lanewise.kernel.vector.Blocking.MC;
import static dev.lanewise.kernel.vector.Blocking.NARROW_ROWS;
import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Blocking.WIDE;
import static dev.lanewise.kernel.vector.Blocking.panelWidth;
import static dev.lanewise.kernel.vector.Blocking.roundUp;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MANY_REGISTERS;
import static dev.lanewise.kernel.vector.Simd.MASKS;

/**
 * C = start + A·B by panels of B and tiles of C. In BLIS's terms: loop PC cuts k, loop IC cuts a packed Aᵀ, loop JR goes
 * over panels of B and loop IR over tiles of rows. A panel of B is packed just before its only use, so that it is read
 * back from L2; A is read in place. Small products read B in place as well.
 *
 * <p>Scratch holds, in this order, the tile of {@link Edge}, a panel of B, and packed panels of Aᵀ.
 */
final class Gemm {

  /** What accumulators load when they start from nothing, with leading dimension 0. */
  private static final float[] ZEROS = new float[WIDE];

  private Gemm() {}

  static int scratchLength(int m, int k) {
    return EDGE + Math.min(k, KC) * (WIDE + roundUp(Math.min(m, MC), ROWS));
  }

  /** A by a row and a column stride; B row-major, or given as n × k. */
  static void product(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb, boolean transposedB,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    boolean edgeNeedsPadding = !MASKS && n % LANES != 0;
    if (!transposedB && !edgeNeedsPadding && Blocking.direct(m, n, k)) {
      for (int j = 0, width; j < n; j += width) {
        width = panelWidth(n - j);
        panel(m, Math.min(width, n - j), k, a, aAt, rowStride, columnStride, b, bAt + j, ldb,
            start, start == null ? 0 : startAt + j, ldStart, c, cAt + j, ldc, scratch);
      }
      return;
    }
    boolean packA = rowStride == 1 && columnStride != 1 && Blocking.packsTransposedA(n, k, columnStride);
    int mc = packA ? MC : m;
    for (int pc = 0; pc == 0 || pc < k; pc += KC) {
      int kc = Math.min(KC, k - pc);
      boolean first = pc == 0;
      for (int ic = 0; ic < m; ic += mc) {
        int rows = Math.min(mc, m - ic);
        int aBlock = aAt + ic * rowStride + pc * columnStride;
        int packedAt = EDGE + kc * WIDE;
        if (packA) {
          Pack.transposedA(rows, kc, a, aBlock, columnStride, scratch, packedAt);
        }
        for (int j = 0, width; j < n; j += width) {
          width = panelWidth(n - j);
          int cols = Math.min(width, n - j);
          if (transposedB) {
            Pack.transposedPanel(kc, cols, b, bAt + j * ldb + pc, ldb, scratch, EDGE);
          } else {
            Pack.panel(kc, cols, b, bAt + pc * ldb + j, ldb, scratch, EDGE);
          }
          int cBlock = cAt + ic * ldc + j;
          float[] from = first ? start : c;
          int fromAt = first ? start == null ? 0 : startAt + ic * ldStart + j : cBlock;
          int ldFrom = first ? ldStart : ldc;
          if (packA && cols == WIDE) {
            packedRows(rows, kc, scratch, packedAt, scratch, from, fromAt, ldFrom, c, cBlock, ldc);
          } else {
            panel(rows, cols, kc, a, aBlock, rowStride, columnStride, scratch, EDGE, width,
                from, fromAt, ldFrom, c, cBlock, ldc, scratch);
          }
        }
      }
    }
  }

  /** A row-major, B as {@link Pack} leaves it. */
  static void packedProduct(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int j = 0, width; j < n; j += width) {
      width = panelWidth(n - j);
      int cols = Math.min(width, n - j);
      for (int pc = 0; pc == 0 || pc < k; pc += KC) {
        boolean first = pc == 0;
        panel(m, cols, Math.min(KC, k - pc), a, aAt + pc, lda, 1, packed, j * k + pc * width, width,
            first ? start : c,
            first ? start == null ? 0 : startAt + j : cAt + j,
            first ? ldStart : ldc,
            c, cAt + j, ldc, scratch);
      }
    }
  }

  /** One panel of B, {@code cols} columns of C: all rows, tile by tile. */
  private static void panel(
      int m, int cols, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    if (start == null) {
      start = ZEROS;
      ldStart = 0;
    }
    if (cols == WIDE) {
      for (int i = 0; i < m; i += ROWS) {
        wide(Math.min(ROWS, m - i), k, a, aAt + i * rowStride, rowStride, columnStride, b, bAt, ldb,
            start, startAt + i * ldStart, ldStart, c, cAt + i * ldc, ldc);
      }
      return;
    }
    for (int i = 0; i < m; i += NARROW_ROWS) {
      int rows = Math.min(NARROW_ROWS, m - i);
      int aRow = aAt + i * rowStride;
      if (cols == LANES) {
        narrow(rows, cols, k, a, aRow, rowStride, columnStride, b, bAt, ldb,
            start, startAt + i * ldStart, ldStart, c, cAt + i * ldc, ldc);
      } else {
        Edge.load(rows, cols, start, startAt + i * ldStart, ldStart, scratch);
        narrow(rows, cols, k, a, aRow, rowStride, columnStride, b, bAt, ldb, scratch, 0, LANES, scratch, 0, LANES);
        Edge.store(rows, cols, scratch, c, cAt + i * ldc, ldc);
      }
    }
  }

  /** The rows of a packed Aᵀ against one wide panel of B. */
  private static void packedRows(
      int m, int k,
      float[] a, int aAt,
      float[] b,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    if (start == null) {
      start = ZEROS;
      ldStart = 0;
    }
    for (int i = 0; i < m; i += ROWS) {
      wide(Math.min(ROWS, m - i), k, a, aAt + i * k, 1, ROWS, b, EDGE, WIDE,
          start, startAt + i * ldStart, ldStart, c, cAt + i * ldc, ldc);
    }
  }

  private static void wide(
      int rows, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    if (MANY_REGISTERS) {
      Tile6x4.run(rows, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
    } else {
      Tile4x2.run(rows, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
    }
  }

  private static void narrow(
      int rows, int cols, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    if (MANY_REGISTERS) {
      Tile16x1.run(rows, cols, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
    } else {
      Tile8x1.run(rows, cols, k, a, aAt, rowStride, columnStride, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
    }
  }
}
