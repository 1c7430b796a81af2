package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Warmable;

/** The kernels on the Vector API: this class and its interfaces only say which file holds which. */
public final class VectorKernels implements Kernels, Warmable, VectorActivations, VectorLosses {

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
  public int rowsAtOnce(long weights) {
    return ForwardBlocking.rowsAtOnce(weights);
  }

  @Override
  public void useTiles(Tiling tiling) {
    TilingInUse.use(tiling);
  }

  @Override
  public Tiling tiling() {
    return TilingInUse.ofOthers();
  }

  @Override
  public void tryTiles(Tiling tiling) {
    TilingInUse.tryOut(tiling);
  }

  @Override
  public boolean gainsMuchFromFineTiles() {
    return !Simd.MANY_REGISTERS;
  }

  @Override
  public int[] rowsOfCoarseTiles() {
    return TileWarmUp.rowsOfCoarseTiles();
  }

  @Override
  public int termsOfLongExample(Tiling tiling) {
    return TileWarmUp.termsOfLongExample(tiling);
  }

  @Override
  public boolean hasWaysOfOddWidths() {
    return Blocking.ZEN4;
  }

  @Override
  public void callTilesWithoutTerms(Tiling tiling, int times) {
    TileWarmUp.callWithoutTerms(tiling, times);
  }

  @Override
  public void callMediumTilesWithoutTerms(int times) {
    TileWarmUp.callMediumWithoutTerms(times);
  }

  // Calls the chunks' loops and not their callers: a caller that is compiled first has the loop inlined; when C2 later compiles the
  // caller's caller, the loop is left a call in it, to a method that was never compiled for itself.
  @Override
  public void callWithoutTurns(Loops loops, int times) {
    switch (loops) {
      case COMMON -> callCommonWithoutTurns(times);
      case DROPOUT -> Dropout.callWithoutTurns(times);
      case DOTS -> RowDots.callWithoutTerms(times);
      default -> Updates.callWithoutTurns(loops, times);
    }
  }

  @Override
  public void callSoftmaxes(int times, float[] x, float[] out) {
    Softmax.callByThemselves(times, x, out);
  }

  @Override
  public void callCrossEntropies(int times, float[] x, float[] y, float[] delta, float[] out) {
    Softmax.callCrossEntropiesByThemselves(times, x, y, delta, out);
  }

  @Override
  public void callSquaredErrors(int times, float[] x, float[] y, float[] out) {
    RowSums.callSquaredErrorsByThemselves(times, x, y, out);
  }

  private static void callCommonWithoutTurns(int times) {
    float[] no = {};
    int[] order = new int[Elementwise.STREAMS];
    for (int i = 0; i < times; i++) {
      Activations.reluChunk(0, no, 0, no, 0);
      Activations.reluBackwardChunk(0, no, 0, no, 0);
      Columns.addRow(0, no, 0, no, 0);
      Columns.sums(0, 0, 0, 0, no, 0, no, 0);
      Columns.fourVectors(0, 0, 0, 0, no, 0, no, 0);
      Elementwise.copyEight(0, no, 0, 0, order, 0, no, 0, 0);
    }
  }

  @Override
  public void multiply(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    PlainProduct.run(
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
    PlainProduct.run(
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
    PlainProduct.run(
        m, n, k, a, aAt, lda, 1, b, bAt, ldb, true, start, startAt, ldStart, c, cAt, ldc, scratch);
  }

  @Override
  public void multiplyPacked(
      int m, int n, int k,
      float[] a, int aAt, int lda,
      float[] packed, int packedAt,
      float[] start, int startAt, int ldStart,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    Gemm.packedProduct(m, n, k, a, aAt, lda, packed, packedAt, start, startAt, ldStart, c, cAt, ldc, scratch);
  }

  @Override
  public void multiplyPackedTransposed(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    Gemm.packedTransposedProduct(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
  }

  @Override
  public void dotPacked(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    RowDots.run(m, n, k, from, to, a, aAt, lda, packed, c, cAt, ldc, scratch);
  }

  @Override
  public void gather(int rows, int cols, float[] x, int[] order, int orderAt, float[] out, int outAt, int ld) {
    Elementwise.gather(rows, cols, x, order, orderAt, out, outAt, ld);
  }

  @Override
  public void descendPacked(
      int m, int n, int k, int from, int to, float step,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    Descent.run(m, n, k, from, to, step, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
  }

  @Override
  public void gradientPacked(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] b, int bAt, int ldb,
      float[] packed, int packedAt,
      float[] scratch) {
    Descent.gradient(m, n, k, from, to, a, aAt, lda, b, bAt, ldb, packed, packedAt, scratch);
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
    Columns.sums(rows, ld, from, to, x, xAt, out, outAt);
  }

  @Override
  public void descend(int n, float step, float scale, float keep, float[] gradient, float[] w, int at) {
    Updates.descend(n, step, scale, keep, gradient, w, at);
  }

  @Override
  public void momentum(
      int n, float step, float scale, float keep, float momentum, boolean nesterov,
      float[] gradient, float[] w, float[] v, int at) {
    Updates.momentum(n, step, scale, keep, momentum, nesterov, gradient, w, v, at);
  }

  @Override
  public void rmsProp(
      int n, float step, float scale, float keep, float rho, float epsilon,
      float[] gradient, float[] w, float[] s, int at) {
    Updates.rmsProp(n, step, scale, keep, rho, epsilon, gradient, w, s, at);
  }

  @Override
  public void adagrad(
      int n, float step, float scale, float keep, float epsilon, float[] gradient, float[] w, float[] s, int at) {
    Updates.adagrad(n, step, scale, keep, epsilon, gradient, w, s, at);
  }

  @Override
  public void adam(
      int n, float step, float scale, float keep, float beta1, float beta2, float unbias, float epsilon,
      float[] gradient, float[] w, float[] m, float[] v, int at) {
    Updates.adam(n, step, scale, keep, beta1, beta2, unbias, epsilon, gradient, w, m, v, at);
  }

  @Override
  public void penalize(int n, float l1, float l2, float[] w, float[] gradient, int at) {
    Updates.penalize(n, l1, l2, w, gradient, at);
  }

  @Override
  public void clip(int n, float limit, float[] gradient, int at) {
    Updates.clip(n, limit, gradient, at);
  }

  @Override
  public float sumOfSquares(int n, float[] x, int at) {
    return RowSums.sumOfSquares(n, x, at);
  }

  @Override
  public void columnMoments(int rows, int ld, int from, int to, float[] x, int at, float[] mean, float[] variance) {
    Normalization.columnMoments(rows, ld, from, to, x, at, mean, variance);
  }

  @Override
  public void columnDots(int rows, int ld, int from, int to, float[] x, float[] y, int at, float[] out) {
    Normalization.columnDots(rows, ld, from, to, x, y, at, out);
  }

  @Override
  public void normalizeColumns(
      int rows, int ld, float[] mean, float[] inverse, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at) {
    Normalization.normalizeColumns(rows, ld, mean, inverse, scale, shift, x, hat, out, at);
  }

  @Override
  public void normalizeColumnsBackward(
      int rows, int ld, float[] meanDelta, float[] meanDot, float[] factor,
      float[] hat, float[] delta, float[] out, int at) {
    Normalization.normalizeColumnsBackward(rows, ld, meanDelta, meanDot, factor, hat, delta, out, at);
  }

  @Override
  public void normalizeRows(
      int rows, int cols, int ld, float epsilon, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at, float[] inverse, int inverseAt) {
    Normalization.normalizeRows(rows, cols, ld, epsilon, scale, shift, x, hat, out, at, inverse, inverseAt);
  }

  @Override
  public void normalizeRowsBackward(
      int rows, int cols, int ld, float[] scale,
      float[] hat, float[] delta, float[] out, int at, float[] inverse, int inverseAt) {
    Normalization.normalizeRowsBackward(rows, cols, ld, scale, hat, delta, out, at, inverse, inverseAt);
  }

  @Override
  public void dropout(int n, int key, int first, int threshold, float factor, float[] in, float[] out, int at) {
    Dropout.dropout(n, key, first, threshold, factor, in, out, at);
  }

  @Override
  public void scaleRows(int rows, int ld, float[] factors, int factorsAt, float[] x, int at) {
    Dropout.scaleRows(rows, ld, factors, factorsAt, x, at);
  }
}
