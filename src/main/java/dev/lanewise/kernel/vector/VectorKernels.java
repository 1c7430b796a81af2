package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;

/** The kernels on the Vector API: this class and its interfaces only say which file holds which. */
public final class VectorKernels implements Kernels, VectorActivations, VectorLosses {

  /** For {@code KernelProvider}, which finds this class by name once it knows that the module is there. */
  public VectorKernels() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int vectorBits() {
    return Simd.SPECIES.vectorBitSize();
  }

  @Override
  public void useFinerTiles(Tiling tiling) {
    Tiles.useFiner(tiling);
  }

  @Override
  public void multiply(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    Gemm.product(
        m, n, k, a, aAt, lda, 1, b, bAt, ldb, false, start, startAt, ldStart, c, cAt, ldc, scratch);
  }

  @Override
  public void multiplyTransposedA(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    Gemm.product(
        m, n, k, a, aAt, 1, lda, b, bAt, ldb, false, start, startAt, ldStart, c, cAt, ldc, scratch);
  }

  @Override
  public void multiplyTransposedB(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    Gemm.product(
        m, n, k, a, aAt, lda, 1, b, bAt, ldb, true, start, startAt, ldStart, c, cAt, ldc, scratch);
  }

  @Override
  public void multiplyPacked(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc) {
    Gemm.packedProduct(m, n, k, a, aAt, lda, packed, start, startAt, ldStart, c, cAt, ldc);
  }

  @Override
  public void multiplyPackedTransposed(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    Gemm.packedTransposedProduct(m, n, k, a, aAt, lda, packed, c, cAt, ldc, scratch);
  }

  @Override
  public void gather(int rows, int cols, float[] x, int[] order, int orderAt, float[] out, int outAt, int ld) {
    Elementwise.gather(rows, cols, x, order, orderAt, out, outAt, ld);
  }

  @Override
  public void transpose(int k, int cols, float[] b, int bAt, int ldb, float[] out, int outAt, int ldOut) {
    Transpose.run(k, cols, b, bAt, ldb, out, outAt, ldOut);
  }

  @Override
  public void descendPacked(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed,
      float[] scratch) {
    Descent.run(m, n, k, from, to, step, a, aAt, lda, b, bAt, ldb, packed, scratch);
  }

  @Override
  public void hadamard(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Elementwise.hadamard(n, x, xAt, y, yAt, out, outAt);
  }

  @Override
  public void scaledDifference(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Elementwise.scaledDifference(n, scale, x, xAt, y, yAt, out, outAt);
  }

  @Override
  public void scaledUpdate(int n, float step, float[] g, int gAt, float[] w, int wAt) {
    Elementwise.scaledUpdate(n, step, g, gAt, w, wAt);
  }

  @Override
  public int firstNonFinite(int n, float[] x, int at) {
    return Elementwise.firstNonFinite(n, x, at);
  }

  @Override
  public void columnSums(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    Rows.columnSums(rows, ld, from, to, x, xAt, out, outAt);
  }
}
