package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Blocking.ROWS;
import static dev.lanewise.kernel.vector.Blocking.WIDE;
import static dev.lanewise.kernel.vector.Blocking.panelWidth;
import static dev.lanewise.kernel.vector.Blocking.roundUp;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Copies of operands in the order in which a tile reads them.
 *
 * <p>A packed B of k × n is a row of panels: first panels of {@link Blocking#WIDE} columns, then of one vector each, the
 * last padded with zeros. A panel is k × width, row-major, so the panel of column j begins at j·k.
 *
 * <p>A packed Aᵀ is a row of panels of {@link Blocking#ROWS} rows of the product; a panel holds, k after k, one float
 * for each of its rows.
 */
final class Pack {

  private Pack() {}

  static int length(int k, int n) {
    return Math.multiplyExact(k, roundUp(n, LANES));
  }

  /** Rows from..to of a row-major B of k × n into a packed B. */
  static void rows(int k, int n, int from, int to, float[] b, int bAt, int ldb, float[] packed) {
    for (int j = 0, width; j < n; j += width) {
      width = panelWidth(n - j);
      int to0 = j * k;
      if (width == WIDE) {
        wideRows(to - from, b, bAt + from * ldb + j, ldb, packed, to0 + from * WIDE);
      } else {
        narrowRows(to - from, Math.min(LANES, n - j), b, bAt + from * ldb + j, ldb, packed, to0 + from * LANES);
      }
    }
  }

  /** One panel of a row-major B: k rows of {@code cols} columns, padded to the panel's width. */
  static void panel(int k, int cols, float[] b, int bAt, int ldb, float[] panel, int at) {
    if (cols == WIDE) {
      wideRows(k, b, bAt, ldb, panel, at);
      return;
    }
    if (cols < LANES) {
      Arrays.fill(panel, at, at + k * LANES, 0f);
    }
    narrowRows(k, cols, b, bAt, ldb, panel, at);
  }

  private static void wideRows(int k, float[] b, int bAt, int ldb, float[] panel, int at) {
    for (int p = 0; p < k; p++) {
      for (int v = 0; v < WIDE; v += LANES) {
        FloatVector.fromArray(SPECIES, b, bAt + p * ldb + v).intoArray(panel, at + p * WIDE + v);
      }
    }
  }

  private static void narrowRows(int k, int cols, float[] b, int bAt, int ldb, float[] panel, int at) {
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, bAt + p * ldb, panel, at + p * LANES, cols);
    }
  }

  /** Rows from..to, out of n, of the n × k transpose of a B into a packed B. */
  static void transposedRows(int k, int n, int from, int to, float[] b, int bAt, int ldb, float[] packed) {
    int wideColumns = n / WIDE * WIDE;
    for (int j = from; j < to; ) {
      int width = j < wideColumns ? WIDE : LANES;
      int first = j < wideColumns ? j / WIDE * WIDE : wideColumns + (j - wideColumns) / LANES * LANES;
      int next = Math.min(to, first + width);
      transpose(k, next - j, b, bAt + j * ldb, ldb, packed, first * k + j - first, width);
      j = next;
    }
  }

  /** One panel of a B given as n × k: {@code cols} of its rows, padded to the panel's width. */
  static void transposedPanel(int k, int cols, float[] b, int bAt, int ldb, float[] panel, int at) {
    int width = panelWidth(cols);
    if (cols < width) {
      Arrays.fill(panel, at, at + k * width, 0f);
    }
    transpose(k, cols, b, bAt, ldb, panel, at, width);
  }

  private static void transpose(int k, int cols, float[] b, int bAt, int ldb, float[] panel, int at, int width) {
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < cols; j++) {
        panel[at + p * width + j] = b[bAt + j * ldb + p];
      }
    }
  }

  /** m rows of the product's A out of an A given as k × m, panel after panel. */
  static void transposedA(int m, int k, float[] a, int aAt, int lda, float[] packed, int at) {
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      int panel = at + i * k;
      for (int p = 0; p < k; p++) {
        for (int r = 0; r < rows; r++) {
          packed[panel + p * ROWS + r] = a[aAt + p * lda + i + r];
        }
      }
    }
  }
}
