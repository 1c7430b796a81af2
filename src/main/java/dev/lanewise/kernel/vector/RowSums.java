package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Sums along rows: of elements, products and squares. Columns beyond the last whole vector are read under a mask; where masks are
 * slow, such rows are left to the scalar kernels.
 */
final class RowSums extends NotInlined {

  /** Partial sums of a sum along a row, as in the scalar kernels. */
  private static final int PARTIAL_SUMS = 16;

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private RowSums() {}

  /** See {@link VectorKernels#callSquaredErrors}. */
  static void callSquaredErrorsByThemselves(int times, float[] x, float[] y, float[] out) {
    for (int i = 0; i < times; i++) {
      if (LANES < Panels.NARROW) {
        NarrowRows.squaredErrors(2, 10, x, 0, y, 0, out, 0);
      }
      squaredErrors(2, 17, 32, x, 0, y, 0, out, 0);
      squaredErrors(2, 32, 32, x, 0, y, 0, out, 0);
    }
  }

  /** Squared errors by what is fastest for so many columns. */
  static void chooseSquaredErrors(int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    if (NarrowRows.fit(cols, ld)) {
      NarrowRows.squaredErrors(rows, cols, x, xAt, y, yAt, out, outAt);
    } else {
      squaredErrors(rows, cols, ld, x, xAt, y, yAt, out, outAt);
    }
  }

  static boolean scalarEdge(int cols) {
    return !MASKS && cols % LANES != 0;
  }

  // Vectors of a sum take turns: the first gets its terms, and the others move up. After 16 columns, zeros beyond the
  // last included, each is back in its place. A mask is for the last columns only, since a load under one is slower.

  static float sum(int cols, float[] x, int at) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(cols);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector sum = fromArray(SPECIES, x, at + j).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    for (int j = whole; j < roundedUp(cols); j += LANES) {
      FloatVector sum = loadOrZero(cols, x, at, j).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    return VectorMath.total(s0, s1, s2, s3);
  }

  static void totals(int rows, int cols, int ld, float[] x, int xAt, float[] out, int outAt) {
    if (scalarEdge(cols)) {
      SCALAR.rowTotals(rows, cols, ld, x, xAt, out, outAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = sum(cols, x, xAt + i * ld);
    }
  }

  static float dot(int cols, float[] x, int xAt, float[] y, int yAt) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(cols);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector sum = fromArray(SPECIES, x, xAt + j).mul(fromArray(SPECIES, y, yAt + j)).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    for (int j = whole; j < roundedUp(cols); j += LANES) {
      FloatVector sum = loadOrZero(cols, x, xAt, j).mul(loadOrZero(cols, y, yAt, j)).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    return VectorMath.total(s0, s1, s2, s3);
  }

  static void squaredErrors(
      int rows, int cols, int ld, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    if (scalarEdge(cols)) {
      SCALAR.squaredErrors(rows, cols, ld, x, xAt, y, yAt, out, outAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = squaredError(cols, x, xAt + i * ld, y, yAt + i * ld);
    }
  }

  private static float squaredError(int cols, float[] x, int xAt, float[] y, int yAt) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(cols);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector error = fromArray(SPECIES, x, xAt + j).sub(fromArray(SPECIES, y, yAt + j));
      FloatVector sum = error.mul(error).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    for (int j = whole; j < roundedUp(cols); j += LANES) {
      FloatVector error = loadOrZero(cols, x, xAt, j).sub(loadOrZero(cols, y, yAt, j));
      FloatVector sum = error.mul(error).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    return VectorMath.total(s0, s1, s2, s3);
  }

  /** Σ x². */
  static float sumOfSquares(int n, float[] x, int at) {
    return scalarEdge(n) ? SCALAR.sumOfSquares(n, x, at) : dot(n, x, at, x, at);
  }

  static int roundedUp(int cols) {
    return (cols + PARTIAL_SUMS - 1) / PARTIAL_SUMS * PARTIAL_SUMS;
  }

  /** The vector of columns j and on, with zeros beyond the last column. */
  static FloatVector loadOrZero(int cols, float[] x, int at, int j) {
    return j < cols ? fromArray(SPECIES, x, at + j, SPECIES.indexInRange(j, cols)) : FloatVector.zero(SPECIES);
  }
}
