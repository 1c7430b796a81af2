package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.BY_1;
import static dev.lanewise.kernel.vector.VectorMath.BY_2;
import static dev.lanewise.kernel.vector.VectorMath.BY_4;
import static dev.lanewise.kernel.vector.VectorMath.BY_8;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Kernels that go row by row: softmax, squared errors, and column sums. In sums, columns beyond the last whole vector are
 * read under a mask; where masks are slow, such rows are left to the scalar kernels.
 */
final class Rows extends NotInlined {

  /** Partial sums of a sum along a row, as in the scalar kernels. */
  private static final int PARTIAL_SUMS = 16;

  /** Rows so long that a column of them is in many pages of memory. */
  private static final int WIDE_ROW = 512;

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;
  private static final float LOWEST = Float.NEGATIVE_INFINITY;

  private Rows() {}

  static boolean scalarEdge(int cols) {
    return !MASKS && cols % LANES != 0;
  }

  static void softmax(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    if (scalarEdge(cols)) {
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

  /** Whether rows, with what follows them, are one vector each. */
  static boolean fitVectors(int cols, int ld) {
    return cols <= LANES && ld == LANES;
  }

  /**
   * Softmax of rows that {@linkplain #fitVectors fit}: each is loaded and stored once. The largest lane is found, and the sum made, in
   * the order of {@link VectorMath#total}, written out: a method of ours that takes vectors may be left a call by C2, and they
   * would be objects.
   */
  static void softmaxOfVectors(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector lowest = FloatVector.broadcast(SPECIES, LOWEST);
    for (int i = 0; i < rows; i++) {
      FloatVector row = lowest.blend(fromArray(SPECIES, z, zAt + i * LANES), lanes);
      FloatVector max = LANES >= 16 ? row.max(row.rearrange(BY_8)) : row;
      max = LANES >= 8 ? max.max(max.rearrange(BY_4)) : max;
      max = max.max(max.rearrange(BY_2));
      max = max.max(max.rearrange(BY_1));
      FloatVector e = zero.blend(VectorMath.expOfNegative(row.sub(max)), lanes);
      FloatVector sum = LANES >= 16 ? e.add(e.rearrange(BY_8)) : e;
      sum = LANES >= 8 ? sum.add(sum.rearrange(BY_4)) : sum;
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      zero.blend(e.div(sum.lane(0)), lanes).intoArray(out, outAt + i * LANES);
    }
  }

  // Longer rows: whole vectors, and the columns after them one by one. What ends the next two is in the order of VectorMath.total,
  // written out: together with a caller that C2 takes them into, they are too much for it to take in more, and sums would be
  // objects.

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

  /** Writes e^(z − max) to out and returns its sum, by partial sums that take turns as in {@link #sum}. */
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
    for (int j = whole; j < roundedUp(cols); j += LANES) {
      FloatVector sum = loadOrZero(cols, out, outAt, j).add(s0);
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

  static void softmaxBackward(int rows, int cols, int ld, float[] a, int aAt, float[] delta, int deltaAt) {
    if (scalarEdge(cols)) {
      SCALAR.softmaxBackward(rows, cols, ld, a, aAt, delta, deltaAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int p = aAt + i * ld;
      int d = deltaAt + i * ld;
      float sum = dot(cols, a, p, delta, d);
      int whole = SPECIES.loopBound(cols);
      for (int j = 0; j < whole; j += LANES) {
        fromArray(SPECIES, a, p + j).mul(fromArray(SPECIES, delta, d + j).sub(sum)).intoArray(delta, d + j);
      }
      for (int j = whole; j < cols; j++) {
        delta[d + j] = a[p + j] * (delta[d + j] - sum);
      }
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

  /** Σ (x − middle)². */
  static float squaredDistances(int cols, float middle, float[] x, int at) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(cols);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector distance = fromArray(SPECIES, x, at + j).sub(middle);
      FloatVector sum = distance.mul(distance).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    for (int j = whole; j < roundedUp(cols); j += LANES) {
      VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
      FloatVector distance = FloatVector.zero(SPECIES).blend(loadOrZero(cols, x, at, j).sub(middle), lanes);
      FloatVector sum = distance.mul(distance).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    return VectorMath.total(s0, s1, s2, s3);
  }

  /** Wide rows are added to the sums one after the other, as they lie in memory; narrow ones stay in a register. */
  static void columnSums(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    int whole = from + SPECIES.loopBound(to - from);
    if (ld >= WIDE_ROW) {
      for (int j = from; j < whole; j += CHUNK) {
        addRows(rows, ld, j, Math.min(whole, j + CHUNK), x, xAt, out, outAt);
      }
    } else {
      for (int j = from; j < whole; j += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
          // Not the other way round: the type of a sum that goes round the loop C2 knows only from calls that it has counted.
          sum = fromArray(SPECIES, x, xAt + i * ld + j).add(sum);
        }
        sum.intoArray(out, outAt + j);
      }
    }
    if (whole < to) {
      SCALAR.columnSums(rows, ld, whole, to, x, xAt, out, outAt);
    }
  }

  private static void addRows(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    Arrays.fill(out, outAt + from, outAt + to, 0f);
    for (int i = 0; i < rows; i++) {
      addRow(to - from, x, xAt + i * ld + from, out, outAt + from);
    }
  }

  static void addRow(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int j = 0; j < n; j += LANES) {
      fromArray(SPECIES, out, outAt + j).add(fromArray(SPECIES, x, xAt + j)).intoArray(out, outAt + j);
    }
  }

  static int roundedUp(int cols) {
    return (cols + PARTIAL_SUMS - 1) / PARTIAL_SUMS * PARTIAL_SUMS;
  }

  /** The vector of columns j and on, with zeros beyond the last column. */
  static FloatVector loadOrZero(int cols, float[] x, int at, int j) {
    return j < cols ? fromArray(SPECIES, x, at + j, SPECIES.indexInRange(j, cols)) : FloatVector.zero(SPECIES);
  }
}
