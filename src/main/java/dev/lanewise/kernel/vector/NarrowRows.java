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
 * Softmax and losses of rows that are, with what follows their columns, a narrow panel wide: of up to sixteen classes or targets, where
 * that is two vectors or four. No load is under a mask, which is slow, and not to be had on arm64.
 *
 * <p>Pass after pass over all rows, each of few steps that wait for one another, so that a processor has several rows in hand. Sums are in the
 * order of {@link VectorMath#total}, written out: a method of ours that takes vectors may be left a call by C2.
 */
final class NarrowRows extends NotInlined {

  private static final int LD = Panels.NARROW;
  private static final boolean FOUR = 4 * LANES == LD;

  private NarrowRows() {}

  /** Whether rows, with what follows them, are two vectors each or four. */
  static boolean fit(int cols, int ld) {
    return LANES < LD && cols <= LD && ld == LD;
  }

  static void softmax(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    differences(rows, cols, z, zAt, out, outAt);
    exponentials(rows * LD, out, outAt);
    divide(rows, cols, out, outAt);
  }

  static void softmaxCrossEntropy(
      int rows, int cols, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    differences(rows, cols, z, zAt, delta, deltaAt);
    weightedDistances(rows, cols, delta, deltaAt, y, yAt, out, outAt);
    exponentials(rows * LD, delta, deltaAt);
    losses(rows, cols, scale, y, yAt, delta, deltaAt, out, outAt);
  }

  /** out = z − max z. What follows the columns becomes −∞, whose exponential is zero. */
  private static void differences(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    if (rows == 0) { // nothing, or one of WarmUp's calls
      return;
    }
    VectorMask<Float> in0 = SPECIES.indexInRange(0, cols);
    VectorMask<Float> in1 = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    VectorMask<Float> in2 = SPECIES.indexInRange(2 * LANES, Math.max(2 * LANES, cols));
    VectorMask<Float> in3 = SPECIES.indexInRange(3 * LANES, Math.max(3 * LANES, cols));
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      int from = zAt + i * LD;
      int to = outAt + i * LD;
      FloatVector z0 = lowest.blend(fromArray(SPECIES, z, from), in0);
      FloatVector z1 = lowest.blend(fromArray(SPECIES, z, from + LANES), in1);
      FloatVector z2 = FOUR ? lowest.blend(fromArray(SPECIES, z, from + 2 * LANES), in2) : lowest;
      FloatVector z3 = FOUR ? lowest.blend(fromArray(SPECIES, z, from + 3 * LANES), in3) : lowest;
      // By comparisons, as in PaddedRows: in a row with NaN the largest may be another number, and all results are NaN.
      FloatVector max = z0.blend(z1, z0.compare(LT, z1));
      FloatVector other = FOUR ? z2.blend(z3, z2.compare(LT, z3)) : max.rearrange(BY_4);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_2);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_1);
      max = max.blend(other, max.compare(LT, other));
      lowest.blend(z0.sub(max), in0).intoArray(out, to);
      lowest.blend(z1.sub(max), in1).intoArray(out, to + LANES);
      if (FOUR) {
        lowest.blend(z2.sub(max), in2).intoArray(out, to + 2 * LANES);
        lowest.blend(z3.sub(max), in3).intoArray(out, to + 3 * LANES);
      }
    }
  }

  /** out[i] = Σ y·(max − z) over row i, given z − max. */
  private static void weightedDistances(
      int rows, int cols, float[] differences, int at, float[] y, int yAt, float[] out, int outAt) {
    if (rows == 0) { // nothing, or one of WarmUp's calls
      return;
    }
    VectorMask<Float> in0 = SPECIES.indexInRange(0, cols);
    VectorMask<Float> in1 = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    VectorMask<Float> in2 = SPECIES.indexInRange(2 * LANES, Math.max(2 * LANES, cols));
    VectorMask<Float> in3 = SPECIES.indexInRange(3 * LANES, Math.max(3 * LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int from = at + i * LD;
      int target = yAt + i * LD;
      FloatVector weight0 = zero.blend(fromArray(SPECIES, y, target), in0);
      FloatVector weight1 = zero.blend(fromArray(SPECIES, y, target + LANES), in1);
      FloatVector weight2 = FOUR ? zero.blend(fromArray(SPECIES, y, target + 2 * LANES), in2) : zero;
      FloatVector weight3 = FOUR ? zero.blend(fromArray(SPECIES, y, target + 3 * LANES), in3) : zero;
      FloatVector product0 = weight0.mul(fromArray(SPECIES, differences, from));
      FloatVector product1 = weight1.mul(fromArray(SPECIES, differences, from + LANES));
      FloatVector product2 = FOUR ? weight2.mul(fromArray(SPECIES, differences, from + 2 * LANES)) : zero;
      FloatVector product3 = FOUR ? weight3.mul(fromArray(SPECIES, differences, from + 3 * LANES)) : zero;
      FloatVector term0 = product0.blend(0f, weight0.compare(EQ, 0f));
      FloatVector term1 = product1.blend(0f, weight1.compare(EQ, 0f));
      FloatVector term2 = FOUR ? product2.blend(0f, weight2.compare(EQ, 0f)) : zero;
      FloatVector term3 = FOUR ? product3.blend(0f, weight3.compare(EQ, 0f)) : zero;
      FloatVector sum = FOUR ? term0.add(term2).add(term1.add(term3)) : term0.add(term1);
      sum = FOUR ? sum : sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      out[outAt + i] = 0f - sum.add(sum.rearrange(BY_1)).lane(0);
    }
  }

  /** x = e^x, by {@link VectorMath#expOfNegative}; of {@link OneVectorRows} and {@link PaddedRows}, too. */
  static void exponentials(int n, float[] x, int at) {
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
    VectorMask<Float> in0 = SPECIES.indexInRange(0, cols);
    VectorMask<Float> in1 = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    VectorMask<Float> in2 = SPECIES.indexInRange(2 * LANES, Math.max(2 * LANES, cols));
    VectorMask<Float> in3 = SPECIES.indexInRange(3 * LANES, Math.max(3 * LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int row = at + i * LD;
      FloatVector e0 = fromArray(SPECIES, x, row);
      FloatVector e1 = fromArray(SPECIES, x, row + LANES);
      FloatVector e2 = FOUR ? fromArray(SPECIES, x, row + 2 * LANES) : zero;
      FloatVector e3 = FOUR ? fromArray(SPECIES, x, row + 3 * LANES) : zero;
      FloatVector sum = FOUR ? e0.add(e2).add(e1.add(e3)) : e0.add(e1);
      sum = FOUR ? sum : sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      zero.blend(e0.div(sum), in0).intoArray(x, row);
      zero.blend(e1.div(sum), in1).intoArray(x, row + LANES);
      if (FOUR) {
        zero.blend(e2.div(sum), in2).intoArray(x, row + 2 * LANES);
        zero.blend(e3.div(sum), in3).intoArray(x, row + 3 * LANES);
      }
    }
  }

  /** Adds Σ y · ln Σ e to what each row loses, and turns exponentials e into the gradient (e / Σ e − y) · scale. */
  private static void losses(
      int rows, int cols, float scale, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (rows == 0) { // nothing, or one of WarmUp's calls
      return;
    }
    VectorMask<Float> in0 = SPECIES.indexInRange(0, cols);
    VectorMask<Float> in1 = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    VectorMask<Float> in2 = SPECIES.indexInRange(2 * LANES, Math.max(2 * LANES, cols));
    VectorMask<Float> in3 = SPECIES.indexInRange(3 * LANES, Math.max(3 * LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int target = yAt + i * LD;
      int to = deltaAt + i * LD;
      FloatVector e0 = fromArray(SPECIES, delta, to);
      FloatVector e1 = fromArray(SPECIES, delta, to + LANES);
      FloatVector e2 = FOUR ? fromArray(SPECIES, delta, to + 2 * LANES) : zero;
      FloatVector e3 = FOUR ? fromArray(SPECIES, delta, to + 3 * LANES) : zero;
      FloatVector sum = FOUR ? e0.add(e2).add(e1.add(e3)) : e0.add(e1);
      sum = FOUR ? sum : sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      float divisor = sum.add(sum.rearrange(BY_1)).lane(0);
      FloatVector weight0 = zero.blend(fromArray(SPECIES, y, target), in0);
      FloatVector weight1 = zero.blend(fromArray(SPECIES, y, target + LANES), in1);
      FloatVector weight2 = FOUR ? zero.blend(fromArray(SPECIES, y, target + 2 * LANES), in2) : zero;
      FloatVector weight3 = FOUR ? zero.blend(fromArray(SPECIES, y, target + 3 * LANES), in3) : zero;
      FloatVector weights = FOUR ? weight0.add(weight2).add(weight1.add(weight3)) : weight0.add(weight1);
      weights = FOUR ? weights : weights.add(weights.rearrange(BY_4));
      weights = weights.add(weights.rearrange(BY_2));
      float weight = weights.add(weights.rearrange(BY_1)).lane(0);
      out[outAt + i] += weight * ScalarMath.log(divisor);
      zero.blend(e0.div(divisor).sub(weight0).mul(scale), in0).intoArray(delta, to);
      zero.blend(e1.div(divisor).sub(weight1).mul(scale), in1).intoArray(delta, to + LANES);
      if (FOUR) {
        zero.blend(e2.div(divisor).sub(weight2).mul(scale), in2).intoArray(delta, to + 2 * LANES);
        zero.blend(e3.div(divisor).sub(weight3).mul(scale), in3).intoArray(delta, to + 3 * LANES);
      }
    }
  }

  /** delta = a · (delta − Σ a·delta). What follows the columns stays. */
  static void softmaxBackward(int rows, int cols, float[] a, int aAt, float[] delta, int deltaAt) {
    VectorMask<Float> in0 = SPECIES.indexInRange(0, cols);
    VectorMask<Float> in1 = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    VectorMask<Float> in2 = SPECIES.indexInRange(2 * LANES, Math.max(2 * LANES, cols));
    VectorMask<Float> in3 = SPECIES.indexInRange(3 * LANES, Math.max(3 * LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int from = aAt + i * LD;
      int to = deltaAt + i * LD;
      FloatVector a0 = fromArray(SPECIES, a, from);
      FloatVector a1 = fromArray(SPECIES, a, from + LANES);
      FloatVector a2 = FOUR ? fromArray(SPECIES, a, from + 2 * LANES) : zero;
      FloatVector a3 = FOUR ? fromArray(SPECIES, a, from + 3 * LANES) : zero;
      FloatVector d0 = fromArray(SPECIES, delta, to);
      FloatVector d1 = fromArray(SPECIES, delta, to + LANES);
      FloatVector d2 = FOUR ? fromArray(SPECIES, delta, to + 2 * LANES) : zero;
      FloatVector d3 = FOUR ? fromArray(SPECIES, delta, to + 3 * LANES) : zero;
      FloatVector term0 = zero.blend(a0.mul(d0), in0);
      FloatVector term1 = zero.blend(a1.mul(d1), in1);
      FloatVector term2 = FOUR ? zero.blend(a2.mul(d2), in2) : zero;
      FloatVector term3 = FOUR ? zero.blend(a3.mul(d3), in3) : zero;
      FloatVector sum = FOUR ? term0.add(term2).add(term1.add(term3)) : term0.add(term1);
      sum = FOUR ? sum : sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      sum = zero.add(sum.add(sum.rearrange(BY_1))); // a sum of scalars begins with zero, and is never −0
      d0.blend(a0.mul(d0.sub(sum)), in0).intoArray(delta, to);
      d1.blend(a1.mul(d1.sub(sum)), in1).intoArray(delta, to + LANES);
      if (FOUR) {
        d2.blend(a2.mul(d2.sub(sum)), in2).intoArray(delta, to + 2 * LANES);
        d3.blend(a3.mul(d3.sub(sum)), in3).intoArray(delta, to + 3 * LANES);
      }
    }
  }

  /** out[i] = Σ (x − y)² over row i. */
  static void squaredErrors(int rows, int cols, float[] x, int xAt, float[] y, int yAt, float[] out, int outAt) {
    VectorMask<Float> in0 = SPECIES.indexInRange(0, cols);
    VectorMask<Float> in1 = SPECIES.indexInRange(LANES, Math.max(LANES, cols));
    VectorMask<Float> in2 = SPECIES.indexInRange(2 * LANES, Math.max(2 * LANES, cols));
    VectorMask<Float> in3 = SPECIES.indexInRange(3 * LANES, Math.max(3 * LANES, cols));
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int from = xAt + i * LD;
      int target = yAt + i * LD;
      FloatVector distance0 = fromArray(SPECIES, x, from).sub(fromArray(SPECIES, y, target));
      FloatVector distance1 = fromArray(SPECIES, x, from + LANES).sub(fromArray(SPECIES, y, target + LANES));
      FloatVector distance2 = FOUR ? fromArray(SPECIES, x, from + 2 * LANES).sub(fromArray(SPECIES, y, target + 2 * LANES)) : zero;
      FloatVector distance3 = FOUR ? fromArray(SPECIES, x, from + 3 * LANES).sub(fromArray(SPECIES, y, target + 3 * LANES)) : zero;
      FloatVector error0 = zero.blend(distance0, in0);
      FloatVector error1 = zero.blend(distance1, in1);
      FloatVector error2 = FOUR ? zero.blend(distance2, in2) : zero;
      FloatVector error3 = FOUR ? zero.blend(distance3, in3) : zero;
      FloatVector square0 = error0.mul(error0);
      FloatVector square1 = error1.mul(error1);
      FloatVector square2 = FOUR ? error2.mul(error2) : zero;
      FloatVector square3 = FOUR ? error3.mul(error3) : zero;
      FloatVector sum = FOUR ? square0.add(square2).add(square1.add(square3)) : square0.add(square1);
      sum = FOUR ? sum : sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      out[outAt + i] = sum.add(sum.rearrange(BY_1)).lane(0);
    }
  }
}
