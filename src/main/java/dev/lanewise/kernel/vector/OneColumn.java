package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarMath;
import jdk.incubator.vector.FloatVector;

/**
 * The error of one last column, which is a narrow panel of the weights' transpose to itself, by scalar multiply-adds of eight rows at a
 * time. A vector would have fifteen lanes for nothing, Zen 4 does two multiply-adds of floats a cycle and one of 512 bits, and nothing needs
 * to be transposed.
 */
final class OneColumn extends NotInlined {

  /** Rows at a time, as many as it takes to hide the latency of multiply-adds. */
  static final int ROWS = 8;

  private OneColumn() {}

  /**
   * Column j of C = A·Bᵀ for a packed B of n × k, and zeros behind it.
   *
   * @param m a multiple of eight
   */
  static void run(int m, int n, int k, int j, float[] a, int aAt, int lda, float[] packed, float[] c, int cAt, int ldc) {
    clear(m, c, cAt + j, ldc);
    for (int p = 0, width; p < k; p += width) {
      width = Panels.width(k - p);
      int terms = Math.min(width, k - p);
      for (int i = 0; i < m; i += ROWS) {
        eight(terms, a, aAt + i * lda + p, lda, packed, Panels.at(n, p) + j * width, c, cAt + i * ldc + j, ldc);
      }
    }
  }

  /** A vector's columns of so many rows become zero. */
  static void clear(int rows, float[] c, int cAt, int ldc) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      zero.intoArray(c, cAt + i * ldc);
    }
  }

  private static void eight(int k, float[] a, int a0, int lda, float[] w, int wAt, float[] c, int c0, int ldc) {
    int a1 = a0 + lda;
    int a2 = a0 + 2 * lda;
    int a3 = a0 + 3 * lda;
    int a4 = a0 + 4 * lda;
    int a5 = a0 + 5 * lda;
    int a6 = a0 + 6 * lda;
    int a7 = a0 + 7 * lda;
    float s0 = c[c0];
    float s1 = c[c0 + ldc];
    float s2 = c[c0 + 2 * ldc];
    float s3 = c[c0 + 3 * ldc];
    float s4 = c[c0 + 4 * ldc];
    float s5 = c[c0 + 5 * ldc];
    float s6 = c[c0 + 6 * ldc];
    float s7 = c[c0 + 7 * ldc];
    for (int p = 0; p < k; p++) {
      float x = w[wAt + p];
      s0 = ScalarMath.fma(a[a0 + p], x, s0);
      s1 = ScalarMath.fma(a[a1 + p], x, s1);
      s2 = ScalarMath.fma(a[a2 + p], x, s2);
      s3 = ScalarMath.fma(a[a3 + p], x, s3);
      s4 = ScalarMath.fma(a[a4 + p], x, s4);
      s5 = ScalarMath.fma(a[a5 + p], x, s5);
      s6 = ScalarMath.fma(a[a6 + p], x, s6);
      s7 = ScalarMath.fma(a[a7 + p], x, s7);
    }
    c[c0] = s0;
    c[c0 + ldc] = s1;
    c[c0 + 2 * ldc] = s2;
    c[c0 + 3 * ldc] = s3;
    c[c0 + 4 * ldc] = s4;
    c[c0 + 5 * ldc] = s5;
    c[c0 + 6 * ldc] = s6;
    c[c0 + 7 * ldc] = s7;
  }
}
