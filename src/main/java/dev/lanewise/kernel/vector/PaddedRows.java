package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.BY_1;
import static dev.lanewise.kernel.vector.VectorMath.BY_2;
import static dev.lanewise.kernel.vector.VectorMath.BY_4;
import static dev.lanewise.kernel.vector.VectorMath.BY_8;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Softmax with cross-entropy of rows of any number of columns that are followed by room for whole vectors: ld is a multiple of {@link
 * Panels#NARROW}. No load is under a mask, and no column by itself.
 *
 * <p>Pass after pass over some rows, each of few steps that wait for one another, so that a processor has several rows in hand. Vectors of
 * a sum take turns as in {@link RowSums}; what ends it is in the order of {@link VectorMath#total}, written out: a method of ours that
 * takes vectors may be left a call by C2.
 */
final class PaddedRows extends NotInlined {

  /** Floats that a pass goes over before the next does: they stay in L1. */
  private static final int FLOATS = 2048;

  private PaddedRows() {}

  static boolean fit(int ld) {
    return ld > 0 && ld % Panels.NARROW == 0;
  }

  static void softmaxCrossEntropy(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    int most = Math.max(1, FLOATS / ld);
    for (int i = 0; i < rows; i += most) {
      int some = Math.min(most, rows - i);
      int at = deltaAt + i * ld;
      differences(some, cols, ld, z, zAt + i * ld, delta, at);
      weightedDistances(some, cols, ld, delta, at, y, yAt + i * ld, out, outAt + i);
      NarrowRows.exponentials(some * ld, delta, at);
      losses(some, cols, ld, scale, y, yAt + i * ld, delta, at, out, outAt + i);
    }
  }

  /**
   * out = z − max z, and −∞, whose exponential is zero, where that has no columns. The largest by comparisons, each one instruction where a
   * maximum as Java has it is six, and four at a time, since each waits for the one before it. In a row with NaN it may be another number,
   * and all results are NaN.
   */
  private static void differences(int rows, int cols, int ld, float[] z, int zAt, float[] out, int outAt) {
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int whole = SPECIES.loopBound(cols);
    VectorMask<Float> rest = SPECIES.indexInRange(whole, Math.max(whole, cols));
    for (int i = 0; i < rows; i++) {
      int from = zAt + i * ld;
      int to = outAt + i * ld;
      FloatVector max0 = lowest;
      FloatVector max1 = lowest;
      FloatVector max2 = lowest;
      FloatVector max3 = lowest;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector x = fromArray(SPECIES, z, from + j);
        FloatVector max = x.blend(max0, x.compare(LT, max0));
        max0 = max1;
        max1 = max2;
        max2 = max3;
        max3 = max;
      }
      FloatVector last = lowest;
      if (whole < cols) {
        last = lowest.blend(fromArray(SPECIES, z, from + whole), rest);
        max0 = last.blend(max0, last.compare(LT, max0));
      }
      max0 = max0.blend(max1, max0.compare(LT, max1));
      max2 = max2.blend(max3, max2.compare(LT, max3));
      max0 = max0.blend(max2, max0.compare(LT, max2));
      FloatVector other = LANES >= 16 ? max0.rearrange(BY_8) : max0;
      max0 = max0.blend(other, max0.compare(LT, other));
      other = LANES >= 8 ? max0.rearrange(BY_4) : max0;
      max0 = max0.blend(other, max0.compare(LT, other));
      other = max0.rearrange(BY_2);
      max0 = max0.blend(other, max0.compare(LT, other));
      other = max0.rearrange(BY_1);
      max0 = max0.blend(other, max0.compare(LT, other));
      for (int j = 0; j < whole; j += LANES) {
        fromArray(SPECIES, z, from + j).sub(max0).intoArray(out, to + j);
      }
      int done = whole;
      if (whole < cols) {
        lowest.blend(last.sub(max0), rest).intoArray(out, to + whole);
        done += LANES;
      }
      for (int j = done; j < ld; j += LANES) {
        lowest.intoArray(out, to + j);
      }
    }
  }

  /** out[i] = Σ y·(max − z) over row i, given z − max. */
  private static void weightedDistances(
      int rows, int cols, int ld, float[] differences, int at, float[] y, int yAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int from = at + i * ld;
      int target = yAt + i * ld;
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector s3 = zero;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector weight = fromArray(SPECIES, y, target + j);
        FloatVector term = weight.mul(fromArray(SPECIES, differences, from + j));
        FloatVector sum = term.blend(0f, weight.compare(EQ, 0f)).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
      }
      for (int j = whole; j < RowSums.roundedUp(cols); j += LANES) {
        VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
        FloatVector weight = zero.blend(fromArray(SPECIES, y, target + j), lanes);
        FloatVector term = weight.mul(fromArray(SPECIES, differences, from + j));
        FloatVector sum = term.blend(0f, weight.compare(EQ, 0f)).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
      }
      FloatVector total = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
      total = LANES == 4 ? total.add(s1.add(s3)) : total.add(total.rearrange(BY_4));
      total = total.add(total.rearrange(BY_2));
      out[outAt + i] = 0f - total.add(total.rearrange(BY_1)).lane(0);
    }
  }

  /** Adds Σ y · ln Σ e to what each row loses, and turns exponentials e into the gradient (e / Σ e − y) · scale. */
  private static void losses(
      int rows, int cols, int ld, float scale, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    int whole = SPECIES.loopBound(cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    VectorMask<Float> rest = SPECIES.indexInRange(whole, Math.max(whole, cols));
    for (int i = 0; i < rows; i++) {
      int target = yAt + i * ld;
      int to = deltaAt + i * ld;
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector s3 = zero;
      FloatVector w0 = zero;
      FloatVector w1 = zero;
      FloatVector w2 = zero;
      FloatVector w3 = zero;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector sum = fromArray(SPECIES, delta, to + j).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
        FloatVector weights = fromArray(SPECIES, y, target + j).add(w0);
        w0 = LANES == 16 ? weights : w1;
        w1 = LANES == 8 ? weights : w2;
        w2 = w3;
        w3 = weights;
      }
      for (int j = whole; j < RowSums.roundedUp(cols); j += LANES) {
        FloatVector sum = fromArray(SPECIES, delta, to + j).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
        VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
        FloatVector weights = zero.blend(fromArray(SPECIES, y, target + j), lanes).add(w0);
        w0 = LANES == 16 ? weights : w1;
        w1 = LANES == 8 ? weights : w2;
        w2 = w3;
        w3 = weights;
      }
      FloatVector total = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
      total = LANES == 4 ? total.add(s1.add(s3)) : total.add(total.rearrange(BY_4));
      total = total.add(total.rearrange(BY_2));
      total = total.add(total.rearrange(BY_1));
      FloatVector weight = LANES == 16 ? w0.add(w0.rearrange(BY_8)) : LANES == 8 ? w0.add(w1) : w0.add(w2);
      weight = LANES == 4 ? weight.add(w1.add(w3)) : weight.add(weight.rearrange(BY_4));
      weight = weight.add(weight.rearrange(BY_2));
      weight = weight.add(weight.rearrange(BY_1));
      float divisor = total.lane(0);
      out[outAt + i] += weight.lane(0) * ScalarMath.log(divisor);
      FloatVector by = FloatVector.broadcast(SPECIES, divisor);
      for (int j = 0; j < whole; j += LANES) {
        fromArray(SPECIES, delta, to + j).div(by).sub(fromArray(SPECIES, y, target + j)).mul(factor).intoArray(delta, to + j);
      }
      if (whole < cols) {
        zero.blend(fromArray(SPECIES, delta, to + whole).div(by).sub(fromArray(SPECIES, y, target + whole)).mul(factor), rest)
            .intoArray(delta, to + whole);
      }
    }
  }
}
