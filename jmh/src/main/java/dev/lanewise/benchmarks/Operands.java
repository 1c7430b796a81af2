package dev.lanewise.benchmarks;

import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The arrays of a product C = A·B, A or B perhaps given transposed, and C = alpha·A·B + beta·C over them as other
 * people's libraries do it.
 */
final class Operands {

  final int m;
  final int n;
  final int k;
  final float[] a;
  final float[] b;
  final float[] c;
  private final boolean transposedA;
  private final boolean transposedB;
  private final int lda;
  private final int ldb;

  /** The same for native code, on cache lines where ours may be. */
  private final MemorySegment nativeA;

  private final MemorySegment nativeB;
  private final MemorySegment nativeC;

  /** Whether native code computed C last. */
  private boolean isNative;

  private final FMatrixRMaj ejmlA;
  private final FMatrixRMaj ejmlB;
  private final FMatrixRMaj ejmlC;

  /** A and B of random numbers between −1 and 1, C not written. */
  Operands(Shape shape, boolean transposedA, boolean transposedB) {
    this.transposedA = transposedA;
    this.transposedB = transposedB;
    m = shape.m();
    n = shape.n();
    k = shape.k();
    a = Floats.random(1, m * k, 1);
    b = Floats.random(2, k * n, 1);
    c = Floats.unwritten(m * n);
    lda = transposedA ? m : k;
    ldb = transposedB ? k : n;
    nativeA = onLines(a);
    nativeB = onLines(b);
    nativeC = onLines(c);
    ejmlA = transposedA ? FMatrixRMaj.wrap(k, m, a) : FMatrixRMaj.wrap(m, k, a);
    ejmlB = transposedB ? FMatrixRMaj.wrap(n, k, b) : FMatrixRMaj.wrap(k, n, b);
    ejmlC = FMatrixRMaj.wrap(m, n, c);
  }

  private static MemorySegment onLines(float[] values) {
    float[] array = new LineArrays(Long.MAX_VALUE).zeros(Panels.LEAD + values.length);
    System.arraycopy(values, 0, array, Panels.LEAD, values.length);
    return MemorySegment.ofArray(array).asSlice((long) Panels.LEAD * Float.BYTES, (long) values.length * Float.BYTES);
  }

  /** Gives C these values, for whoever multiplies next. */
  void setC(float[] values) {
    System.arraycopy(values, 0, c, 0, c.length);
    MemorySegment.copy(values, 0, nativeC, ValueLayout.JAVA_FLOAT, 0, c.length);
  }

  /** C, whoever computed it. */
  float[] answer() {
    if (isNative) {
      isNative = false;
      MemorySegment.copy(nativeC, ValueLayout.JAVA_FLOAT, 0, c, 0, c.length);
    }
    return c;
  }

  void openBlas(float alpha, float beta) {
    isNative = true;
    NativeBlas.Open.BLAS.multiply(
        transposedA, transposedB, m, n, k, alpha, nativeA, lda, nativeB, ldb, beta, nativeC, n);
  }

  void blis(float alpha, float beta) {
    isNative = true;
    NativeBlas.Blis.BLAS.multiply(
        transposedA, transposedB, m, n, k, alpha, nativeA, lda, nativeB, ldb, beta, nativeC, n);
  }

  void vectorBlas(float alpha, float beta) {
    Yardsticks.Netlib.multiply(transposedA, transposedB, m, n, k, alpha, a, lda, b, ldb, beta, c, n);
  }

  /** EJML multiplies (alpha 1, beta 0), and a transposed A it also adds (any alpha, beta 1). */
  void ejml(float alpha, float beta) {
    if (beta == 1 && transposedA) {
      CommonOps_FDRM.multAddTransA(alpha, ejmlA, ejmlB, ejmlC);
    } else if (alpha != 1 || beta != 0) {
      throw new IllegalArgumentException("EJML is not asked for alpha " + alpha + " and beta " + beta);
    } else if (transposedA) {
      CommonOps_FDRM.multTransA(ejmlA, ejmlB, ejmlC);
    } else if (transposedB) {
      CommonOps_FDRM.multTransB(ejmlA, ejmlB, ejmlC);
    } else {
      CommonOps_FDRM.mult(ejmlA, ejmlB, ejmlC);
    }
  }

  /** Computes one row of what C should be into the same row of an array as large. */
  @FunctionalInterface
  interface ExpectedRow {
    void into(int row, float[] out);
  }

  /**
   * C has the bits that it should have; of a large one, in rows spread over the whole of it.
   *
   * @throws IllegalStateException if a bit differs
   */
  void requireSameBits(ExpectedRow expectedRow) {
    float[] expected = new float[c.length];
    for (int i = 0; i < m; i = next(i)) {
      expectedRow.into(i, expected);
      Floats.requireSameBits(n, expected, i * n, c, i * n);
    }
  }

  /**
   * C comes close, in the same rows.
   *
   * @throws IllegalStateException if an element is further from what it should be than the tolerance
   */
  void requireClose(float tolerance, ExpectedRow expectedRow) {
    float[] computed = answer();
    float[] expected = new float[c.length];
    for (int i = 0; i < m; i = next(i)) {
      expectedRow.into(i, expected);
      Floats.requireClose(n, tolerance, expected, i * n, computed, i * n);
    }
  }

  /** The row to compare after another: the last is always one of them. */
  private int next(int row) {
    // Odd, so that every row of a tile has its turn.
    int step = 1 + 2 * (int) (((long) m * n * k) >> 26);
    return row == m - 1 ? m : Math.min(m - 1, row + step);
  }
}
