package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.LossKernels;
import dev.lanewise.kernel.ScalarKernels;

/** The losses among the {@link VectorKernels}: which file holds which. */
interface VectorLosses extends LossKernels {

  @Override
  default void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (Rows.fitVectors(cols, ld)) {
      CrossEntropy.ofVectors(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else {
      CrossEntropy.run(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    }
  }

  @Override
  default void squaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    Rows.squaredErrors(rows, cols, ld, x, xAt, y, yAt, out, outAt);
  }

  /** Logarithms in double: left to the scalar kernels. */
  @Override
  default void binaryCrossEntropies(
      int rows, int cols, int ld, float[] z, int zAt, float[] y, int yAt, float[] out, int outAt) {
    ScalarKernels.INSTANCE.binaryCrossEntropies(rows, cols, ld, z, zAt, y, yAt, out, outAt);
  }
}
