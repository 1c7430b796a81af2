package dev.lanewise.kernel;

import java.util.Arrays;

/**
 * A packed B of k × n: the order in which tiles of a product read it, the same for all kernels.
 *
 * <p>It is a row of panels: first panels of {@link #WIDE} columns, then one of {@link #MEDIUM} and one of {@link #NARROW} where
 * there are columns for them, the last padded with zeros. With sixteen registers all are of the same width, {@link #NARROW}. A panel is
 * k × width, row-major, so the panel that begins with column j begins at index {@link #LEAD} + j · k. The widths are multiples of any
 * vector's lanes.
 */
public final class Panels {

  /**
   * Columns that belong together whatever the width of a panel: threads share columns in multiples of so many, and sums over
   * weights go by them, so that results do not depend on the processor.
   */
  public static final int GROUP = 64;

  /**
   * The columns of a wide panel: one tile of four vectors of 512 bits, or two or four tiles of shorter ones. With 16 registers one
   * tile of two vectors of 256 bits, or two of 128, and all panels are so wide: of a wider one a tile would read a line of every four,
   * which lie in a fourth of the sets of the first cache.
   */
  public static final int WIDE = Hotspot.hasSixteenRegisters() ? 16 : GROUP;

  /** The columns of a medium panel: as many as two narrow ones, by tiles that load half as much for each multiply-add. */
  public static final int MEDIUM = 32;

  /** The columns of a narrow panel. */
  public static final int NARROW = 16;

  /**
   * Floats before the first panel, and before the first row of a batch in training. Large arrays begin on a page of the collector's, behind
   * some bytes of their own: with these after them, panels and rows lie on cache lines and no vector of them crosses one.
   */
  public static final int LEAD = (64 - Hotspot.arrayHeaderBytes()) / Float.BYTES;

  /**
   * Rows so many floats apart, or a multiple of that, have the lines of a column in few sets of a cache: in four of its 64, where lines
   * are of 64 bytes.
   */
  public static final int SET_STRIDE = 256;

  /** Rows of fewer columns are not worth more room. */
  private static final int LONG_ROW = 512;

  private static final int TRANSPOSE_BLOCK = 64;

  private Panels() {}

  /** The columns of all panels of a B of n columns, padding included: n rounded up. */
  public static int columns(int n) {
    return Math.ceilDiv(n, NARROW) * NARROW;
  }

  /**
   * From one row of a batch to the next: room for {@link #columns}, and one line more where long rows would be a multiple of {@link
   * #SET_STRIDE} apart. A gradient reads the batch by its columns, and need not copy it then.
   */
  public static int stride(int n) {
    int columns = columns(n);
    return columns >= LONG_ROW && columns % SET_STRIDE == 0 ? columns + NARROW : columns;
  }

  /** Makes zero of what follows the columns of each row, up to the next. */
  public static void clearPadding(int rows, int cols, int ld, float[] x, int at) {
    clearPadding(rows, cols, ld, ld, x, at);
  }

  /** The same up to a column. */
  public static void clearPadding(int rows, int cols, int to, int ld, float[] x, int at) {
    for (int i = 0; i < rows && cols < to; i++) {
      Arrays.fill(x, at + i * ld + cols, at + i * ld + to, 0f);
    }
  }

  /** The floats of a packed B. */
  public static int length(int k, int n) {
    return Math.addExact(LEAD, Math.multiplyExact(k, columns(n)));
  }

  /**
   * The width of the panel that begins where so many columns are left: the widest that pads no more columns than narrow ones
   * would.
   */
  public static int width(int columnsLeft) {
    return Math.min(WIDE, groupWidth(columnsLeft));
  }

  /** The columns of the group that begins where so many columns are left: {@link #GROUP}, or fewer at the end, of whole panels. */
  public static int groupWidth(int columnsLeft) {
    if (columnsLeft > GROUP - NARROW) {
      return GROUP;
    }
    return columnsLeft > NARROW ? MEDIUM : NARROW;
  }

  /** How many of so many columns are in wide panels. */
  public static int inWide(int columns) {
    int rest = columns % WIDE;
    return width(rest) == WIDE ? columns : columns - rest;
  }

  /** Whether one of the panels of so many columns is of {@link #MEDIUM} width. */
  static boolean hasMedium(int columns) {
    return width(columns % WIDE) == MEDIUM;
  }

  /** Where the panel that begins with a column begins, in a packed B with k rows. */
  public static int at(int k, int column) {
    return LEAD + column * k;
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

  /**
   * Writes one panel of the transpose of a packed B of n × k: rows {@code from} to {@code from + cols} of B are its columns,
   * k from {@code fromK} (a multiple of {@link #WIDE}) to {@code fromK + depth} its rows, and the columns beyond are zero.
   */
  public static void transposedPanel(
      int n, int k, int from, int cols, int fromK, int depth, float[] packed, float[] out, int at) {
    int width = width(n - from);
    if (cols < width) {
      Arrays.fill(out, at, at + depth * width, 0f);
    }
    for (int p = fromK, widthIn; p < fromK + depth; p += widthIn) {
      widthIn = width(k - p);
      transpose(
          Math.min(widthIn, fromK + depth - p), cols, packed, at(n, p) + from * widthIn, widthIn,
          out, at + (p - fromK) * width, width);
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
  public static void transpose(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
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
