package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.fma;

import java.util.Arrays;

/**
 * The kernels in plain Java: the specification that the vector kernels equal bit for bit, the oracle of the tests, and
 * what runs where vectors cannot.
 */
public final class ScalarKernels implements Kernels, ScalarActivations, ScalarLosses {

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
    ScalarProducts.product(m, n, k, a, aAt, lda, 1, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
  }

  @Override
  public void multiplyTransposedA(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    ScalarProducts.product(m, n, k, a, aAt, 1, lda, b, bAt, ldb, start, startAt, ldStart, c, cAt, ldc);
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
      float[] packed, int packedAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      ScalarProducts.product(m, width, k, a, aAt, lda, 1, packed, packedAt + j * k, width, start, startAt + j, ldStart, c, cAt + j, ldc);
    }
  }

  @Override
  public void multiplyPackedTransposed(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int j = from, width; j < to; j += width) {
      width = Panels.width(to - j);
      int cols = Math.min(width, to - j);
      for (int pc = 0; pc == 0 || pc < k; pc += MAX_PANEL_DEPTH) {
        int depth = Math.min(MAX_PANEL_DEPTH, k - pc);
        Panels.transposedPanel(n, k, j, cols, pc, depth, packed, scratch, 0);
        ScalarProducts.product(m, width, depth, a, aAt + pc, lda, 1, scratch, 0, width, pc == 0 ? null : c, cAt + j, ldc, c, cAt + j, ldc);
      }
    }
  }

  @Override
  public void dotPacked(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    for (int i = 0; i < m; i++) {
      for (int j = from; j < to; j++) {
        c[cAt + i * ldc + j] = ScalarProducts.dot(n, k, j, a, aAt + i * lda, packed);
      }
    }
    Panels.clearPadding(m, to, to == n ? Panels.columns(n) : to, ldc, c, cAt);
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
      float[] packed, int packedAt,
      float[] scratch) {
    int pairs = (to - from) / 2 * 2;
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      int panel = packedAt + j * m;
      ScalarProducts.descend(pairs, width, k, -step, a, aAt + from, lda, b, bAt + j, ldb, packed, panel + from * width);
      if (from + pairs < to) {
        int last = to - 1;
        ScalarProducts.product(1, width, k, a, aAt + last, 1, lda, b, bAt + j, ldb, null, 0, 0, scratch, 0, width);
        scaledUpdate(width, step, scratch, 0, packed, panel + last * width);
      }
    }
  }

  @Override
  public void gradientPacked(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      ScalarProducts.product(
          to - from, width, k, a, aAt + from, 1, lda, b, bAt + j, ldb, null, 0, 0,
          packed, packedAt + j * m + from * width, width);
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

  /** By eight at first: data in memory is checked when a program starts, and long before C2 gets there. */
  @Override
  public int firstNonFinite(int n, float[] x, int at) {
    int i = 0;
    for (int p = at; i <= n - 8; i += 8, p += 8) {
      int signs = overflowing(x[p]) | overflowing(x[p + 1]) | overflowing(x[p + 2]) | overflowing(x[p + 3])
          | overflowing(x[p + 4]) | overflowing(x[p + 5]) | overflowing(x[p + 6]) | overflowing(x[p + 7]);
      if (signs < 0) {
        break;
      }
    }
    for (; i < n; i++) {
      if (!Float.isFinite(x[at + i])) {
        return i;
      }
    }
    return -1;
  }

  /** Negative for NaN and the infinities, whose exponent, all ones, overflows into the sign with one more. */
  private static int overflowing(float x) {
    return (Float.floatToRawIntBits(x) & 0x7f800000) + 0x00800000;
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

  @Override
  public void descend(int n, float step, float scale, float keep, float[] gradient, float[] w, int at) {
    ScalarUpdates.descend(n, step, scale, keep, gradient, w, at);
  }

  @Override
  public void momentum(
      int n, float step, float scale, float keep, float momentum, boolean nesterov,
      float[] gradient, float[] w, float[] v, int at) {
    ScalarUpdates.momentum(n, step, scale, keep, momentum, nesterov, gradient, w, v, at);
  }

  @Override
  public void rmsProp(
      int n, float step, float scale, float keep, float rho, float epsilon,
      float[] gradient, float[] w, float[] s, int at) {
    ScalarUpdates.rmsProp(n, step, scale, keep, rho, epsilon, gradient, w, s, at);
  }

  @Override
  public void adagrad(
      int n, float step, float scale, float keep, float epsilon, float[] gradient, float[] w, float[] s, int at) {
    ScalarUpdates.adagrad(n, step, scale, keep, epsilon, gradient, w, s, at);
  }

  @Override
  public void adam(
      int n, float step, float scale, float keep, float beta1, float beta2, float unbias, float epsilon,
      float[] gradient, float[] w, float[] m, float[] v, int at) {
    ScalarUpdates.adam(n, step, scale, keep, beta1, beta2, unbias, epsilon, gradient, w, m, v, at);
  }

  @Override
  public void penalize(int n, float l1, float l2, float[] w, float[] gradient, int at) {
    ScalarUpdates.penalize(n, l1, l2, w, gradient, at);
  }

  @Override
  public void clip(int n, float limit, float[] gradient, int at) {
    ScalarUpdates.clip(n, limit, gradient, at);
  }

  @Override
  public float sumOfSquares(int n, float[] x, int at) {
    return ScalarUpdates.sumOfSquares(n, x, at);
  }

  @Override
  public void columnMoments(int rows, int ld, int from, int to, float[] x, int at, float[] mean, float[] variance) {
    ScalarNormalization.columnMoments(rows, ld, from, to, x, at, mean, variance);
  }

  @Override
  public void columnDots(int rows, int ld, int from, int to, float[] x, float[] y, int at, float[] out) {
    ScalarNormalization.columnDots(rows, ld, from, to, x, y, at, out);
  }

  @Override
  public void normalizeColumns(
      int rows, int ld, float[] mean, float[] inverse, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at) {
    ScalarNormalization.normalizeColumns(rows, ld, mean, inverse, scale, shift, x, hat, out, at);
  }

  @Override
  public void normalizeColumnsBackward(
      int rows, int ld, float[] meanDelta, float[] meanDot, float[] factor,
      float[] hat, float[] delta, float[] out, int at) {
    ScalarNormalization.normalizeColumnsBackward(rows, ld, meanDelta, meanDot, factor, hat, delta, out, at);
  }

  @Override
  public void normalizeRows(
      int rows, int cols, int ld, float epsilon, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at, float[] inverse, int inverseAt) {
    ScalarNormalization.normalizeRows(rows, cols, ld, epsilon, scale, shift, x, hat, out, at, inverse, inverseAt);
  }

  @Override
  public void normalizeRowsBackward(
      int rows, int cols, int ld, float[] scale,
      float[] hat, float[] delta, float[] out, int at, float[] inverse, int inverseAt) {
    ScalarNormalization.normalizeRowsBackward(rows, cols, ld, scale, hat, delta, out, at, inverse, inverseAt);
  }

  @Override
  public void dropout(int n, int key, int first, int threshold, float factor, float[] in, float[] out, int at) {
    ScalarDropout.dropout(n, key, first, threshold, factor, in, out, at);
  }

  @Override
  public void scaleRows(int rows, int ld, float[] factors, int factorsAt, float[] x, int at) {
    ScalarDropout.scaleRows(rows, ld, factors, factorsAt, x, at);
  }
}
