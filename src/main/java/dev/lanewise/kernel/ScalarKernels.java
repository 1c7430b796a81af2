package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.fma;

import java.util.Arrays;

/**
 * The kernels in plain Java: the specification that the vector kernels equal bit for bit, the oracle of the tests, and
 * what runs where vectors cannot.
 */
public final class ScalarKernels implements Kernels {

  /** The one instance; it has no state. */
  public static final ScalarKernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int vectorBits() {
    return Float.SIZE;
  }

  @Override
  public void multiply(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    product(m, n, k, a, aAt, lda, 1, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
  }

  @Override
  public void multiplyTransposedA(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    product(m, n, k, a, aAt, 1, lda, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
  }

  /** C = start + A·B, A read by a row and a column stride. */
  private static void product(
      int m, int n, int k,
      float[] a, int aAt, int rowStride, int columnStride,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    for (int i = 0; i < m; i++) {
      int row = cAt + i * ldc;
      int aRow = aAt + i * rowStride;
      begin(n, start, startAt + i * ldStart, c, row);
      int j = 0;
      for (; j + 8 <= n; j += 8) {
        eightColumns(k, a, aRow, columnStride, b, bAt + j, ldb, c, row + j);
      }
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
  }

  /**
   * Eight chains at a time, in registers. A loop along a row of C would read and write C once a term, and C2 of JDK 25
   * does not vectorise it, as B and C might be one array.
   */
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

  @Override
  public void multiplyTransposedB(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = start == null ? 0f : start[startAt + i * ldStart + j];
        for (int p = 0; p < k; p++) {
          sum = fma(a[aAt + i * lda + p], b[bAt + j * ldb + p], sum);
        }
        c[cAt + i * ldc + j] = sum;
      }
    }
  }

  @Override
  public void multiplyPacked(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      product(m, width, k, a, aAt, lda, 1, packed, Panels.at(k, j), width, start, startAt + j, ldStart, c, cAt + j, ldc);
    }
  }

  @Override
  public void multiplyPackedTransposed(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      int cols = Math.min(width, n - j);
      for (int pc = 0; pc == 0 || pc < k; pc += MAX_PANEL_DEPTH) {
        int depth = Math.min(MAX_PANEL_DEPTH, k - pc);
        Panels.transposedPanel(n, k, j, cols, pc, depth, packed, scratch, 0);
        product(m, width, depth, a, aAt + pc, lda, 1, scratch, 0, width, pc == 0 ? null : c, cAt + j, ldc, c, cAt + j, ldc);
      }
    }
  }

  @Override
  public void gather(int rows, int cols, float[] x, int[] order, int orderAt, float[] out, int outAt, int ld) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, order[orderAt + i] * cols, out, outAt + i * ld, cols);
    }
  }

  @Override
  public void descendPacked(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed,
      float[] scratch) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      for (int i = from; i < to; i++) {
        product(1, width, k, a, aAt + i, 1, lda, b, bAt + j, ldb, null, 0, 0, scratch, 0, width);
        scaledUpdate(width, step, scratch, 0, packed, Panels.at(m, j) + i * width);
      }
    }
  }

  @Override
  public void hadamard(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] * y[yAt + i];
    }
  }

  @Override
  public void scaledDifference(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = (x[xAt + i] - y[yAt + i]) * scale;
    }
  }

  @Override
  public void scaledUpdate(int n, float step, float[] g, int gAt, float[] w, int wAt) {
    float down = -step;
    for (int i = 0; i < n; i++) {
      w[wAt + i] = fma(down, g[gAt + i], w[wAt + i]);
    }
  }

  @Override
  public void relu(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float value = x[xAt + i];
      out[outAt + i] = value <= 0f ? 0f : value;
    }
  }

  @Override
  public void reluPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] > 0f ? 1f : 0f;
    }
  }

  @Override
  public void reluBackward(int n, float[] z, int zAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      delta[deltaAt + i] = z[zAt + i] > 0f ? delta[deltaAt + i] : 0f;
    }
  }

  @Override
  public void sigmoid(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.sigmoid(x[xAt + i]);
    }
  }

  @Override
  public void sigmoidPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float s = ScalarMath.sigmoid(x[xAt + i]);
      out[outAt + i] = s * (1f - s);
    }
  }

  @Override
  public void sigmoidBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      float s = a[aAt + i];
      delta[deltaAt + i] = delta[deltaAt + i] * (s * (1f - s));
    }
  }

  @Override
  public void tanh(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.tanh(x[xAt + i]);
    }
  }

  @Override
  public void tanhPrime(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      float t = ScalarMath.tanh(x[xAt + i]);
      out[outAt + i] = fma(-t, t, 1f);
    }
  }

  @Override
  public void tanhBackward(int n, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < n; i++) {
      float t = a[aAt + i];
      delta[deltaAt + i] = delta[deltaAt + i] * fma(-t, t, 1f);
    }
  }

  @Override
  public void exp(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = ScalarMath.exp(x[xAt + i]);
    }
  }

  @Override
  public int firstNonFinite(int n, float[] x, int at) {
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(x[at + i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void softmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      int to = outAt + i * ld;
      float max = max(cols, z, zAt + i * ld);
      float sum = exponentials(cols, z, zAt + i * ld, max, out, to);
      for (int j = 0; j < cols; j++) {
        out[to + j] /= sum;
      }
      Arrays.fill(out, to + cols, to + ld, 0f);
    }
  }

  private static float max(int cols, float[] z, int zAt) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < cols; j++) {
      max = Math.max(max, z[zAt + j]);
    }
    return max;
  }

  /** out = exp(z − max); returns its sum. */
  private static float exponentials(int cols, float[] z, int zAt, float max, float[] out, int outAt) {
    for (int j = 0; j < cols; j++) {
      out[outAt + j] = ScalarMath.expOfNegative(z[zAt + j] - max);
    }
    return RowSum.VALUES.over(cols, out, outAt, out, outAt);
  }

  @Override
  public void softmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    for (int i = 0; i < rows; i++) {
      int p = aAt + i * ld;
      int d = deltaAt + i * ld;
      float sum = RowSum.PRODUCTS.over(cols, a, p, delta, d);
      for (int j = 0; j < cols; j++) {
        delta[d + j] = a[p + j] * (delta[d + j] - sum);
      }
    }
  }

  @Override
  public void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      int from = zAt + i * ld;
      int target = yAt + i * ld;
      int to = deltaAt + i * ld;
      float max = max(cols, z, from);
      float weighted = RowSum.WEIGHTED_DISTANCES.over(cols, z, from, y, target, max);
      float sum = exponentials(cols, z, from, max, delta, to);
      float weights = RowSum.VALUES.over(cols, y, target, y, target);
      out[outAt + i] = (float) (weighted + weights * ScalarMath.log(sum));
      for (int j = 0; j < cols; j++) {
        delta[to + j] = (delta[to + j] / sum - y[target + j]) * scale;
      }
      Arrays.fill(delta, to + cols, to + ld, 0f);
    }
  }

  @Override
  public void squaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = RowSum.SQUARED_DIFFERENCES.over(cols, x, xAt + i * ld, y, yAt + i * ld);
    }
  }

  @Override
  public void binaryCrossEntropies(
      int rows, int cols, int ld, float[] z, int zAt, float[] y, int yAt, float[] out, int outAt) {
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < cols; j++) {
        double logit = z[zAt + i * ld + j];
        double target = y[yAt + i * ld + j];
        sum += Math.max(logit, 0) - logit * target + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
      }
      out[outAt + i] = (float) sum;
    }
  }

  @Override
  public void columnSums(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    Arrays.fill(out, outAt + from, outAt + to, 0f);
    for (int i = 0; i < rows; i++) {
      for (int j = from; j < to; j++) {
        out[outAt + j] += x[xAt + i * ld + j];
      }
    }
  }
}
