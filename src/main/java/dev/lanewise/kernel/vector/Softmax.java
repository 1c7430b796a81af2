package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.BY_1;
import static dev.lanewise.kernel.vector.VectorMath.BY_2;
import static dev.lanewise.kernel.vector.VectorMath.BY_4;
import static dev.lanewise.kernel.vector.VectorMath.BY_8;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Softmax of each row, its gradient, and its cross-entropy, by what is fastest for so many columns: {@link OneVectorRows},
 * {@link NarrowRows}, {@link PaddedRows}, or what is here. Columns beyond the last whole vector are as in {@link RowSums} here.
 */
final class Softmax extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;
  private static final float LOWEST = Float.NEGATIVE_INFINITY;

  private Softmax() {}

  /** See {@link VectorKernels#callSoftmaxes}: of columns that end in the middle of a vector and at its end, of four vectors and more. */
  static void callByThemselves(int times, float[] x, float[] out) {
    for (int i = 0; i < times; i++) {
      if (LANES == Panels.NARROW) {
        OneVectorRows.softmax(2, 10, x, 0, out, 0);
      } else {
        NarrowRows.softmax(2, 10, x, 0, out, 0);
        NarrowRows.softmaxBackward(2, 10, x, 0, out, 0);
      }
      forward(2, 17, 32, x, 0, out, 0);
      forward(2, 32, 32, x, 0, out, 0);
      forward(2, 81, 96, x, 0, out, 0);
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

  static void choose(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    if (OneVectorRows.fit(cols, ld)) {
      OneVectorRows.softmax(rows, cols, z, zAt, out, outAt);
    } else if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmax(rows, cols, z, zAt, out, outAt);
    } else {
      forward(rows, cols, ld, z, zAt, out, outAt);
    }
  }

  /** Rows without room for whole vectors come from no network, and are left to scalar code. */
  static void chooseCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (OneVectorRows.fit(cols, ld)) {
      OneVectorRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else if (PaddedRows.fit(ld)) {
      PaddedRows.softmaxCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else {
      SCALAR.softmaxCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    }
  }

  static void chooseBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmaxBackward(rows, cols, a, aAt, delta, deltaAt);
    } else {
      backward(rows, cols, ld, a, aAt, delta, deltaAt);
    }
  }

  static void forward(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    if (RowSums.scalarEdge(cols)) {
      SCALAR.softmax(rows, cols, ld, z, zAt, out, outAt);
      return;
    }
    if (rows == 0) {
      return;
    }
    // A row's maximum is found, and it is divided by its sum, beside the exponentials of its neighbour: each ends in steps that wait
    // for one another, and a processor looks far enough ahead to do something else meanwhile.
    float max = max(cols, z, zAt);
    float sum = 0;
    for (int i = 0; i < rows; i++) {
      int next = zAt + (i + 1) * ld;
      int to = outAt + i * ld;
      float nextMax = i + 1 < rows ? max(cols, z, next) : 0;
      float nextSum = expOfDifference(cols, max, z, zAt + i * ld, out, to);
      if (i > 0) {
        divide(cols, sum, out, to - ld);
      }
      Arrays.fill(out, to + cols, to + ld, 0f);
      max = nextMax;
      sum = nextSum;
    }
    divide(cols, sum, out, outAt + (rows - 1) * ld);
  }

  // Whole vectors, and the columns after them one by one. What ends the next two is in the order of VectorMath.total, written out:
  // together with a caller that C2 takes them into, they are too much for it to take in more, and sums would be objects.

  /**
   * The largest of x; where one is NaN, that or another, and all that is computed from it will be NaN. Four at a time, as each
   * comparison waits for the one before it. A comparison is one instruction, and a maximum as Java has it six.
   */
  static float max(int cols, float[] x, int at) {
    int whole = SPECIES.loopBound(cols);
    FloatVector max0 = FloatVector.broadcast(SPECIES, LOWEST);
    FloatVector max1 = max0;
    FloatVector max2 = max0;
    FloatVector max3 = max0;
    int j = 0;
    for (; j + 4 * LANES <= whole; j += 4 * LANES) {
      FloatVector x0 = fromArray(SPECIES, x, at + j);
      FloatVector x1 = fromArray(SPECIES, x, at + j + LANES);
      FloatVector x2 = fromArray(SPECIES, x, at + j + 2 * LANES);
      FloatVector x3 = fromArray(SPECIES, x, at + j + 3 * LANES);
      max0 = x0.blend(max0, x0.compare(LT, max0));
      max1 = x1.blend(max1, x1.compare(LT, max1));
      max2 = x2.blend(max2, x2.compare(LT, max2));
      max3 = x3.blend(max3, x3.compare(LT, max3));
    }
    for (; j < whole; j += LANES) {
      FloatVector x0 = fromArray(SPECIES, x, at + j);
      max0 = x0.blend(max0, x0.compare(LT, max0));
    }
    FloatVector maxima = max0.max(max1).max(max2.max(max3));
    maxima = LANES >= 16 ? maxima.max(maxima.rearrange(BY_8)) : maxima;
    maxima = LANES >= 8 ? maxima.max(maxima.rearrange(BY_4)) : maxima;
    maxima = maxima.max(maxima.rearrange(BY_2));
    float max = maxima.max(maxima.rearrange(BY_1)).lane(0);
    for (; j < cols; j++) {
      max = Math.max(max, x[at + j]);
    }
    return max;
  }

  /** Writes e^(z − max) to out and returns its sum, by partial sums that take turns as in {@link Rows#sum}. */
  static float expOfDifference(int cols, float max, float[] z, int zAt, float[] out, int outAt) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(cols);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector e = VectorMath.expOfNegative(fromArray(SPECIES, z, zAt + j).sub(max));
      e.intoArray(out, outAt + j);
      FloatVector sum = e.add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    for (int j = whole; j < cols; j++) {
      out[outAt + j] = ScalarMath.expOfNegative(z[zAt + j] - max);
    }
    for (int j = whole; j < RowSums.roundedUp(cols); j += LANES) {
      FloatVector sum = RowSums.loadOrZero(cols, out, outAt, j).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    FloatVector total = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
    total = LANES == 4 ? total.add(s1.add(s3)) : total.add(total.rearrange(BY_4));
    total = total.add(total.rearrange(BY_2));
    return total.add(total.rearrange(BY_1)).lane(0);
  }

  private static void divide(int cols, float divisor, float[] x, int at) {
    int whole = SPECIES.loopBound(cols);
    FloatVector by = FloatVector.broadcast(SPECIES, divisor);
    for (int j = 0; j < whole; j += LANES) {
      fromArray(SPECIES, x, at + j).div(by).intoArray(x, at + j);
    }
    for (int j = whole; j < cols; j++) {
      x[at + j] /= divisor;
    }
  }

  static void backward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    if (RowSums.scalarEdge(cols)) {
      SCALAR.softmaxBackward(rows, cols, ld, a, aAt, delta, deltaAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int p = aAt + i * ld;
      int d = deltaAt + i * ld;
      float sum = RowSums.dot(cols, a, p, delta, d);
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
