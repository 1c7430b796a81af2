package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.LossKernels;

/** The losses among the {@link VectorKernels}: which file holds which. */
interface VectorLosses extends LossKernels {

  @Override
  default void absoluteError(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.absoluteError(n, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void absoluteErrorGradient(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.absoluteErrorGradient(n, scale, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void huber(int n, float bound, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.huber(n, bound, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void huberGradient(
      int n, float bound, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.huberGradient(n, bound, scale, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void hinge(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.hinge(n, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void hingeGradient(int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.hingeGradient(n, scale, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void squaredHingeGradient(
      int n, float scale, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.squaredHingeGradient(n, scale, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void binaryCrossEntropy(int n, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Errors.binaryCrossEntropy(n, x, xAt, y, yAt, out, outAt);
  }

  @Override
  default void rowTotals(int rows, int cols, int ld, float[] x, int xAt, float[] out, int outAt) {
    RowSums.totals(rows, cols, ld, x, xAt, out, outAt);
  }

  @Override
  default void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    callsCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
  }

  private static void callsCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    Softmax.chooseCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
  }

  @Override
  default void squaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    callsSquaredErrors(rows, cols, ld, x, xAt, y, yAt, out, outAt);
  }

  private static void callsSquaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    RowSums.chooseSquaredErrors(rows, cols, ld, x, xAt, y, yAt, out, outAt);
  }
}
