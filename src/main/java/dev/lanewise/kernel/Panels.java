package dev.lanewise.kernel;

import java.util.Arrays;

/**
 * A packed B of k × n: the order in which tiles of a product read it, the same for all kernels.
 *
 * <p>It is a row of panels: first panels of {@link #WIDE} columns, then of {@link #NARROW}, the last padded with zeros. A
 * panel is k × width, row-major, so the panel that begins with column j begins at index {@link #LEAD} + j · k. The widths
 * are multiples of any vector's lanes.
 */
public final class Panels {

  /** The columns of a wide panel: one tile of four vectors of 512 bits, or two or four tiles of shorter ones. */
  public static final int WIDE = 64;

  /** The columns of a narrow panel. */
  public static final int NARROW = 16;

  /**
   * Floats before the first panel. Large arrays begin on a page of the collector's, behind 16 bytes of their own: with
   * 48 more, panels lie on cache lines and no vector of them crosses one.
   */
  public static final int LEAD = 12;

  private static final int TRANSPOSE_BLOCK = 64;

  private Panels() {}

  /** The floats of a packed B. */
  public static int length(int k, int n) {
    return Math.addExact(LEAD, Math.multiplyExact(k, Math.ceilDiv(n, NARROW) * NARROW));
  }

  /** The width of the panel that begins where so many columns are left. */
  public static int width(int columnsLeft) {
    return columnsLeft >= WIDE ? WIDE : NARROW;
  }

  /** Where the panel that begins with a column begins, in a packed B with k rows. */
  public static int at(int k, int column) {
    return LEAD + column * k;
  }

  /** The first column of the panel that a column is in, of n. */
  private static int panelOf(int column, int n) {
    int wideColumns = n / WIDE * WIDE;
    return column < wideColumns
        ? column / WIDE * WIDE
        : wideColumns + (column - wideColumns) / NARROW * NARROW;
  }

  /** Packs rows from..to, out of k, of a row-major B. Padding is not written. */
  static void pack(int k, int n, int from, int to, float[] b, int bAt, int ldb, float[] packed) {
    for (int j = 0, width; j < n; j += width) {
      width = width(n - j);
      copyRows(
          to - from, Math.min(width, n - j), b, bAt + from * ldb + j, ldb, packed, at(k, j) + from * width, width);
    }
  }

  /** Writes rows from..to, out of k, to a row-major B. */
  static void unpack(int k, int n, int from, int to, float[] packed, float[] b, int bAt, int ldb) {
    for (int j = 0, width; j < n; j += width) {
      width = width(n - j);
      copyRows(
          to - from, Math.min(width, n - j), packed, at(k, j) + from * width, width, b, bAt + from * ldb + j, ldb);
    }
  }

  /** Packs rows from..to, out of n, of the transpose of a B. Padding is not written. */
  static void packTransposed(
      Kernels kernels, int k, int n, int from, int to, float[] b, int bAt, int ldb, float[] packed) {
    for (int j = from, next; j < to; j = next) {
      int panel = panelOf(j, n);
      int width = width(n - panel);
      next = Math.min(to, panel + width);
      kernels.transpose(k, next - j, b, bAt + j * ldb, ldb, packed, at(k, panel) + j - panel, width);
    }
  }

  /** Packs rows from..to of a packed B of k × n as columns of a packed Bᵀ of n × k. Padding is not written. */
  static void transposePacked(
      Kernels kernels, int k, int n, int from, int to, float[] packed, float[] transposed) {
    for (int i = from, next; i < to; i = next) {
      int panel = panelOf(i, k);
      int widthOut = width(k - panel);
      next = Math.min(to, panel + widthOut);
      for (int j = 0, width; j < n; j += width) {
        width = width(n - j);
        kernels.transpose(
            Math.min(width, n - j), next - i, packed, at(k, j) + i * width, width,
            transposed, at(n, panel) + j * widthOut + i - panel, widthOut);
      }
    }
  }

  /** Writes one panel of {@code cols} columns of a row-major B, k × cols, padding included. */
  public static void panel(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at) {
    int width = width(cols);
    if (cols < width) {
      Arrays.fill(out, at, at + k * width, 0f);
    }
    copyRows(k, cols, b, bAt, ldb, out, at, width);
  }

  private static void copyRows(int rows, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    for (int p = 0; p < rows; p++) {
      System.arraycopy(b, bAt + p * ldb, out, at + p * ldOut, cols);
    }
  }

  /**
   * out, k × cols, is the transpose of b: by blocks of k short enough for their lines of the panel to stay in L1, eight
   * columns at a time.
   */
  static void transpose(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    for (int p = 0; p < k; p += TRANSPOSE_BLOCK) {
      int rows = Math.min(TRANSPOSE_BLOCK, k - p);
      int to = at + p * ldOut;
      int j = 0;
      for (; j + 8 <= cols; j += 8) {
        transposeEight(rows, b, bAt + p + j * ldb, ldb, out, to + j, ldOut);
      }
      for (; j < cols; j++) {
        for (int q = 0; q < rows; q++) {
          out[to + q * ldOut + j] = b[bAt + p + q + j * ldb];
        }
      }
    }
  }

  private static void transposeEight(int k, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    int b1 = bAt + ldb;
    int b2 = b1 + ldb;
    int b3 = b2 + ldb;
    int b4 = b3 + ldb;
    int b5 = b4 + ldb;
    int b6 = b5 + ldb;
    int b7 = b6 + ldb;
    for (int p = 0; p < k; p++) {
      int to = at + p * ldOut;
      out[to] = b[bAt + p];
      out[to + 1] = b[b1 + p];
      out[to + 2] = b[b2 + p];
      out[to + 3] = b[b3 + p];
      out[to + 4] = b[b4 + p];
      out[to + 5] = b[b5 + p];
      out[to + 6] = b[b6 + p];
      out[to + 7] = b[b7 + p];
    }
  }
}
