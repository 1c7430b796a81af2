package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ScalarMath.C2;
import static dev.lanewise.kernel.ScalarMath.C3;
import static dev.lanewise.kernel.ScalarMath.C4;
import static dev.lanewise.kernel.ScalarMath.C5;
import static dev.lanewise.kernel.ScalarMath.C6;
import static dev.lanewise.kernel.ScalarMath.EXP_MIN;
import static dev.lanewise.kernel.ScalarMath.INVERSE_LN2;
import static dev.lanewise.kernel.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernel.ScalarMath.LN2_LOW;
import static dev.lanewise.kernel.ScalarMath.ROUNDER_OF_LOW;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.BY_1;
import static dev.lanewise.kernel.vector.VectorMath.BY_2;
import static dev.lanewise.kernel.vector.VectorMath.BY_4;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Softmax, alone and with cross-entropy, of rows that are, with what follows them, two vectors of eight lanes: of up to sixteen classes.
 * Pass after pass over all rows, each of steps that wait for few others, so that a processor has several rows in hand. Sums are in the
 * order of {@link VectorMath#total}, written out: a method of ours that takes vectors may be left a call by C2.
 */
final class PairSoftmax extends NotInlined {

  private PairSoftmax() {}

  /** Whether rows, with what follows them, are two vectors each. */
  static boolean fits(int cols, int ld) {
    return 2 * LANES == Panels.NARROW && cols <= Panels.NARROW && ld == Panels.NARROW;
  }

  static void forward(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    differences(rows, cols, z, zAt, out, outAt);
    exponentials(rows * Panels.NARROW, out, outAt);
    divide(rows, cols, out, outAt);
  }

  static void crossEntropy(
      int rows, int cols, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    differences(rows, cols, z, zAt, delta, deltaAt);
    weightedDistances(rows, cols, delta, deltaAt, y, yAt, out, outAt);
    exponentials(rows * Panels.NARROW, delta, deltaAt);
    losses(rows, cols, scale, y, yAt, delta, deltaAt, out, outAt);
  }

  /** out = z − max z. What follows the columns becomes −∞, whose exponential is zero. */
  private static void differences(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    if (rows == 0) { // one of WarmUp's calls, of no vector
      return;
    }
    VectorMask<Float> low = SPECIES.indexInRange(0, cols);
    VectorMask<Float> high = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      int from = zAt + i * Panels.NARROW;
      int to = outAt + i * Panels.NARROW;
      FloatVector z0 = lowest.blend(fromArray(SPECIES, z, from), low);
      FloatVector z1 = lowest.blend(fromArray(SPECIES, z, from + LANES), high);
      // The larger as in Softmax.max, where NaN is or is not; in a row with one all that is computed will be.
      FloatVector max = z0.blend(z1, z0.compare(LT, z1));
      FloatVector other = max.rearrange(BY_4);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_2);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_1);
      max = max.blend(other, max.compare(LT, other));
      lowest.blend(z0.sub(max), low).intoArray(out, to);
      lowest.blend(z1.sub(max), high).intoArray(out, to + LANES);
    }
  }

  /** out[i] = Σ y·(max − z) over row i, given z − max. */
  private static void weightedDistances(
      int rows, int cols, float[] differences, int at, float[] y, int yAt, float[] out, int outAt) {
    if (rows == 0) {
      return;
    }
    VectorMask<Float> low = SPECIES.indexInRange(0, cols);
    VectorMask<Float> high = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int from = at + i * Panels.NARROW;
      int target = yAt + i * Panels.NARROW;
      FloatVector weight0 = zero.blend(fromArray(SPECIES, y, target), low);
      FloatVector weight1 = zero.blend(fromArray(SPECIES, y, target + LANES), high);
      FloatVector term0 = zero.sub(weight0.mul(fromArray(SPECIES, differences, from)));
      FloatVector term1 = zero.sub(weight1.mul(fromArray(SPECIES, differences, from + LANES)));
      FloatVector sum = term0.blend(0f, weight0.compare(EQ, 0f)).add(term1.blend(0f, weight1.compare(EQ, 0f)));
      sum = sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      out[outAt + i] = sum.add(sum.rearrange(BY_1)).lane(0);
    }
  }

  /** {@link VectorMath#expOfNegative}. */
  private static void exponentials(int n, float[] x, int at) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector difference = fromArray(SPECIES, x, at + i);
      FloatVector rounded =
          difference.fma(FloatVector.broadcast(SPECIES, INVERSE_LN2), FloatVector.broadcast(SPECIES, ROUNDER_OF_LOW));
      FloatVector power = rounded.sub(ROUNDER_OF_LOW);
      FloatVector high = power.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), difference);
      FloatVector r = power.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high);
      FloatVector.broadcast(SPECIES, C6)
          .fma(r, FloatVector.broadcast(SPECIES, C5))
          .fma(r, FloatVector.broadcast(SPECIES, C4))
          .fma(r, FloatVector.broadcast(SPECIES, C3))
          .fma(r, FloatVector.broadcast(SPECIES, C2))
          .fma(r.mul(r), r)
          .add(1f)
          .mul(rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats())
          .mul(0x1p-64f)
          .blend(0f, difference.compare(LT, EXP_MIN))
          .intoArray(x, at + i);
    }
  }

  /** x / Σ x, and zeros behind the columns. */
  private static void divide(int rows, int cols, float[] x, int at) {
    if (rows == 0) {
      return;
    }
    VectorMask<Float> low = SPECIES.indexInRange(0, cols);
    VectorMask<Float> high = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int row = at + i * Panels.NARROW;
      FloatVector e0 = fromArray(SPECIES, x, row);
      FloatVector e1 = fromArray(SPECIES, x, row + LANES);
      FloatVector sum = e0.add(e1);
      sum = sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      zero.blend(e0.div(sum), low).intoArray(x, row);
      zero.blend(e1.div(sum), high).intoArray(x, row + LANES);
    }
  }

  /** Adds Σ y · ln Σ e to what each row loses, and turns exponentials e into the gradient (e / Σ e − y) · scale. */
  private static void losses(
      int rows, int cols, float scale, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (rows == 0) {
      return;
    }
    VectorMask<Float> low = SPECIES.indexInRange(0, cols);
    VectorMask<Float> high = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int target = yAt + i * Panels.NARROW;
      int to = deltaAt + i * Panels.NARROW;
      FloatVector e0 = fromArray(SPECIES, delta, to);
      FloatVector e1 = fromArray(SPECIES, delta, to + LANES);
      FloatVector sum = e0.add(e1);
      sum = sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      float divisor = sum.add(sum.rearrange(BY_1)).lane(0);
      FloatVector weight0 = zero.blend(fromArray(SPECIES, y, target), low);
      FloatVector weight1 = zero.blend(fromArray(SPECIES, y, target + LANES), high);
      FloatVector weights = zero.add(weight0).add(zero.add(weight1));
      weights = weights.add(weights.rearrange(BY_4));
      weights = weights.add(weights.rearrange(BY_2));
      float weight = weights.add(weights.rearrange(BY_1)).lane(0);
      out[outAt + i] = (float) (out[outAt + i] + weight * ScalarMath.log(divisor));
      zero.blend(e0.div(divisor).sub(weight0).mul(scale), low).intoArray(delta, to);
      zero.blend(e1.div(divisor).sub(weight1).mul(scale), high).intoArray(delta, to + LANES);
    }
  }
}
