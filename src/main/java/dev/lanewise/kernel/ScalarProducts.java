package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.fma;

import java.util.Arrays;

/** What the products of {@link ScalarKernels} are made of: sums in registers, each in the order of its terms. */
final class ScalarProducts {

  private ScalarProducts() {}

  /** C = start + A·B, A read by a row and a column stride. */
  static void product(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    for (int i = 0; i < m; i += 2) {
      int rows = Math.min(2, m - i);
      int row = cAt + i * ldc;
      int aRow = aAt + i * rowStride;
      for (int r = 0; r < rows; r++) {
        begin(n, start, startAt + (i + r) * ldStart, c, row + r * ldc);
      }
      int j = 0;
      for (; j + 8 <= n; j += 8) {
        if (rows == 2) {
          eightColumnsOfTwoRows(
              k, a, aRow, aRow + rowStride, columnStride, b, bAt + j, ldb, c, row + j, row + ldc + j, false, 0f);
        } else {
          eightColumns(k, a, aRow, columnStride, b, bAt + j, ldb, c, row + j);
        }
      }
      for (int r = 0; r < rows && j < n; r++) {
        lastColumns(j, n, k, a, aRow + r * rowStride, columnStride, b, bAt, ldb, c, row + r * ldc);
      }
    }
  }

  /**
   * Sixteen chains at a time, in registers, for which ten numbers are read for each term. A loop along a row of C would read and write C
   * once a term, and C2 of JDK 25 does not vectorise it, as B and C might be one array.
   *
   * @param descends whether the sums begin from nothing, and C moves by {@code down} times them; else they go on from C
   */
  private static void eightColumnsOfTwoRows(
      int k, float[] a, int aAt, int nextA, int columnStride, float[] b, int bAt, int ldb, float[] c, int cAt, int nextC,
      boolean descends, float down) {
    float c0 = 0f;
    float c1 = 0f;
    float c2 = 0f;
    float c3 = 0f;
    float c4 = 0f;
    float c5 = 0f;
    float c6 = 0f;
    float c7 = 0f;
    float d0 = 0f;
    float d1 = 0f;
    float d2 = 0f;
    float d3 = 0f;
    float d4 = 0f;
    float d5 = 0f;
    float d6 = 0f;
    float d7 = 0f;
    if (!descends) {
      c0 = c[cAt];
      c1 = c[cAt + 1];
      c2 = c[cAt + 2];
      c3 = c[cAt + 3];
      c4 = c[cAt + 4];
      c5 = c[cAt + 5];
      c6 = c[cAt + 6];
      c7 = c[cAt + 7];
      d0 = c[nextC];
      d1 = c[nextC + 1];
      d2 = c[nextC + 2];
      d3 = c[nextC + 3];
      d4 = c[nextC + 4];
      d5 = c[nextC + 5];
      d6 = c[nextC + 6];
      d7 = c[nextC + 7];
    }
    for (int p = 0; p < k; p++) {
      float x = a[aAt + p * columnStride];
      float y = a[nextA + p * columnStride];
      int row = bAt + p * ldb;
      float b0 = b[row];
      c0 = fma(x, b0, c0);
      d0 = fma(y, b0, d0);
      float b1 = b[row + 1];
      c1 = fma(x, b1, c1);
      d1 = fma(y, b1, d1);
      float b2 = b[row + 2];
      c2 = fma(x, b2, c2);
      d2 = fma(y, b2, d2);
      float b3 = b[row + 3];
      c3 = fma(x, b3, c3);
      d3 = fma(y, b3, d3);
      float b4 = b[row + 4];
      c4 = fma(x, b4, c4);
      d4 = fma(y, b4, d4);
      float b5 = b[row + 5];
      c5 = fma(x, b5, c5);
      d5 = fma(y, b5, d5);
      float b6 = b[row + 6];
      c6 = fma(x, b6, c6);
      d6 = fma(y, b6, d6);
      float b7 = b[row + 7];
      c7 = fma(x, b7, c7);
      d7 = fma(y, b7, d7);
    }
    if (descends) {
      c[cAt] = fma(down, c0, c[cAt]);
      c[cAt + 1] = fma(down, c1, c[cAt + 1]);
      c[cAt + 2] = fma(down, c2, c[cAt + 2]);
      c[cAt + 3] = fma(down, c3, c[cAt + 3]);
      c[cAt + 4] = fma(down, c4, c[cAt + 4]);
      c[cAt + 5] = fma(down, c5, c[cAt + 5]);
      c[cAt + 6] = fma(down, c6, c[cAt + 6]);
      c[cAt + 7] = fma(down, c7, c[cAt + 7]);
      c[nextC] = fma(down, d0, c[nextC]);
      c[nextC + 1] = fma(down, d1, c[nextC + 1]);
      c[nextC + 2] = fma(down, d2, c[nextC + 2]);
      c[nextC + 3] = fma(down, d3, c[nextC + 3]);
      c[nextC + 4] = fma(down, d4, c[nextC + 4]);
      c[nextC + 5] = fma(down, d5, c[nextC + 5]);
      c[nextC + 6] = fma(down, d6, c[nextC + 6]);
      c[nextC + 7] = fma(down, d7, c[nextC + 7]);
      return;
    }
    c[cAt] = c0;
    c[cAt + 1] = c1;
    c[cAt + 2] = c2;
    c[cAt + 3] = c3;
    c[cAt + 4] = c4;
    c[cAt + 5] = c5;
    c[cAt + 6] = c6;
    c[cAt + 7] = c7;
    c[nextC] = d0;
    c[nextC + 1] = d1;
    c[nextC + 2] = d2;
    c[nextC + 3] = d3;
    c[nextC + 4] = d4;
    c[nextC + 5] = d5;
    c[nextC + 6] = d6;
    c[nextC + 7] = d7;
  }

  /**
   * W += down · Aᵀ·B, of an even number of rows of W, eights of columns in rows one after another: the sums go to W as they are, with the
   * bits of a gradient that is stored first.
   */
  static void descend(
      int m, int n, int k, float down, float[] a, int aAt, int lda, float[] b, int bAt, int ldb, float[] w, int wAt) {
    for (int i = 0; i < m; i += 2) {
      int row = wAt + i * n;
      for (int j = 0; j < n; j += 8) {
        eightColumnsOfTwoRows(k, a, aAt + i, aAt + i + 1, lda, b, bAt + j, ldb, w, row + j, row + n + j, true, down);
      }
    }
  }

  /** Eight chains, for a last row. */
  private static void eightColumns(
      int k, float[] a, int aAt, int columnStride, float[] b, int bAt, int ldb, float[] c, int cAt) {
    float c0 = c[cAt];
    float c1 = c[cAt + 1];
    float c2 = c[cAt + 2];
    float c3 = c[cAt + 3];
    float c4 = c[cAt + 4];
    float c5 = c[cAt + 5];
    float c6 = c[cAt + 6];
    float c7 = c[cAt + 7];
    for (int p = 0; p < k; p++) {
      float x = a[aAt + p * columnStride];
      int row = bAt + p * ldb;
      c0 = fma(x, b[row], c0);
      c1 = fma(x, b[row + 1], c1);
      c2 = fma(x, b[row + 2], c2);
      c3 = fma(x, b[row + 3], c3);
      c4 = fma(x, b[row + 4], c4);
      c5 = fma(x, b[row + 5], c5);
      c6 = fma(x, b[row + 6], c6);
      c7 = fma(x, b[row + 7], c7);
    }
    c[cAt] = c0;
    c[cAt + 1] = c1;
    c[cAt + 2] = c2;
    c[cAt + 3] = c3;
    c[cAt + 4] = c4;
    c[cAt + 5] = c5;
    c[cAt + 6] = c6;
    c[cAt + 7] = c7;
  }

  /** The columns of a row from {@code from} on, fewer than eight. */
  private static void lastColumns(
      int from, int n, int k, float[] a, int aRow, int columnStride, float[] b, int bAt, int ldb, float[] c, int row) {
    int j = from;
    for (; j + 4 <= n; j += 4) {
      fourColumns(k, a, aRow, columnStride, b, bAt + j, ldb, c, row + j);
    }
    for (; j < n; j++) {
      float sum = c[row + j];
      for (int p = 0; p < k; p++) {
        sum = fma(a[aRow + p * columnStride], b[bAt + j + p * ldb], sum);
      }
      c[row + j] = sum;
    }
  }

  /** Four chains, for the columns after the last eight. */
  private static void fourColumns(
      int k, float[] a, int aAt, int columnStride, float[] b, int bAt, int ldb, float[] c, int cAt) {
    float c0 = c[cAt];
    float c1 = c[cAt + 1];
    float c2 = c[cAt + 2];
    float c3 = c[cAt + 3];
    for (int p = 0; p < k; p++) {
      float x = a[aAt + p * columnStride];
      int row = bAt + p * ldb;
      c0 = fma(x, b[row], c0);
      c1 = fma(x, b[row + 1], c1);
      c2 = fma(x, b[row + 2], c2);
      c3 = fma(x, b[row + 3], c3);
    }
    c[cAt] = c0;
    c[cAt + 1] = c1;
    c[cAt + 2] = c2;
    c[cAt + 3] = c3;
  }

  private static void begin(int n, float[] start, int startAt, float[] c, int cAt) {
    if (start == null) {
      Arrays.fill(c, cAt, cAt + n, 0f);
    } else {
      System.arraycopy(start, startAt, c, cAt, n);
    }
  }

  /** Of a row of A, zeros as its padding, and row j of a packed B. */
  static float dot(int n, int k, int j, float[] a, int aAt, float[] packed) {
    float even = quarter(0, n, k, j, a, aAt, packed) + quarter(2, n, k, j, a, aAt, packed);
    return even + (quarter(1, n, k, j, a, aAt, packed) + quarter(3, n, k, j, a, aAt, packed));
  }

  /** The sum of the partial sums first, first + 4, first + 8 and first + 12: four at a time, so that they need no array. */
  private static float quarter(int first, int n, int k, int j, float[] a, int aAt, float[] packed) {
    float s0 = 0f;
    float s4 = 0f;
    float s8 = 0f;
    float s12 = 0f;
    for (int p = 0, width; p < k; p += width) {
      width = Panels.width(k - p);
      int row = Panels.at(n, p) + j * width;
      for (int q = first; q < width; q += Panels.NARROW) {
        int x = aAt + p + q;
        s0 = fma(a[x], packed[row + q], s0);
        s4 = fma(a[x + 4], packed[row + q + 4], s4);
        s8 = fma(a[x + 8], packed[row + q + 8], s8);
        s12 = fma(a[x + 12], packed[row + q + 12], s12);
      }
    }
    return (s0 + s8) + (s4 + s12);
  }
}
