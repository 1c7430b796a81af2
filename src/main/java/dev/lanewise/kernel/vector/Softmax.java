package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;

/**
 * Softmax of each row, its gradient, and its cross-entropy: which of {@link VectorRows}, {@link NarrowRows} and {@link PaddedRows} computes
 * it.
 */
final class Softmax extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Softmax() {}

  /** See {@link VectorKernels#callSoftmaxes}: of columns that end in the middle of a vector and at its end, of four vectors and more. */
  static void callByThemselves(int times, float[] x, float[] out) {
    for (int i = 0; i < times; i++) {
      if (LANES == Panels.NARROW) {
        VectorRows.softmax(2, 10, x, 0, out, 0);
      } else {
        NarrowRows.softmax(2, 10, x, 0, out, 0);
        NarrowRows.softmaxBackward(2, 10, x, 0, out, 0);
      }
      PaddedRows.softmax(2, 17, 32, x, 0, out, 0);
      PaddedRows.softmax(2, 32, 32, x, 0, out, 0);
      PaddedRows.softmax(2, 81, 96, x, 0, out, 0);
      backward(2, 17, 32, x, 0, out, 0);
      backward(2, 32, 32, x, 0, out, 0);
    }
  }

  /** See {@link VectorKernels#callCrossEntropies}. Of fewer columns what is chosen has no vectors itself, and is called with no row. */
  static void callCrossEntropiesByThemselves(int times, float[] z, float[] y, float[] delta, float[] out) {
    for (int i = 0; i < times; i++) {
      PaddedRows.softmaxCrossEntropy(2, 17, 32, 0.1f, z, 0, y, 0, delta, 0, out, 0);
      PaddedRows.softmaxCrossEntropy(2, 32, 32, 0.1f, z, 0, y, 0, delta, 0, out, 0);
      PaddedRows.softmaxCrossEntropy(2, 81, 96, 0.1f, z, 0, y, 0, delta, 0, out, 0);
    }
  }

  /** By what is fastest for so many columns. Rows that have no room for whole vectors come from no network, and are left to scalar code. */
  static void choose(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    if (VectorRows.fit(cols, ld)) {
      VectorRows.softmax(rows, cols, z, zAt, out, outAt);
    } else if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmax(rows, cols, z, zAt, out, outAt);
    } else if (PaddedRows.fit(ld)) {
      PaddedRows.softmax(rows, cols, ld, z, zAt, out, outAt);
    } else {
      SCALAR.softmax(rows, cols, ld, z, zAt, out, outAt);
    }
  }

  /** The same of softmax with cross-entropy. */
  static void chooseCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (VectorRows.fit(cols, ld)) {
      VectorRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else if (PaddedRows.fit(ld)) {
      PaddedRows.softmaxCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else {
      SCALAR.softmaxCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    }
  }

  /** The same of the gradient. */
  static void chooseBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmaxBackward(rows, cols, a, aAt, delta, deltaAt);
    } else {
      backward(rows, cols, ld, a, aAt, delta, deltaAt);
    }
  }

  static void backward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    if (Rows.scalarEdge(cols)) {
      SCALAR.softmaxBackward(rows, cols, ld, a, aAt, delta, deltaAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int p = aAt + i * ld;
      int d = deltaAt + i * ld;
      float sum = Rows.dot(cols, a, p, delta, d);
      int whole = SPECIES.loopBound(cols);
      for (int j = 0; j < whole; j += LANES) {
        fromArray(SPECIES, a, p + j).mul(fromArray(SPECIES, delta, d + j).sub(sum)).intoArray(delta, d + j);
      }
      for (int j = whole; j < cols; j++) {
        delta[d + j] = a[p + j] * (delta[d + j] - sum);
      }
    }
  }
}
