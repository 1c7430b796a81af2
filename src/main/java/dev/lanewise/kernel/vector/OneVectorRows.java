package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ScalarMath.FRACTION;
import static dev.lanewise.kernel.ScalarMath.L10;
import static dev.lanewise.kernel.ScalarMath.L2;
import static dev.lanewise.kernel.ScalarMath.L3;
import static dev.lanewise.kernel.ScalarMath.L4;
import static dev.lanewise.kernel.ScalarMath.L5;
import static dev.lanewise.kernel.ScalarMath.L6;
import static dev.lanewise.kernel.ScalarMath.L7;
import static dev.lanewise.kernel.ScalarMath.L8;
import static dev.lanewise.kernel.ScalarMath.L9;
import static dev.lanewise.kernel.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernel.ScalarMath.LN2_LOW;
import static dev.lanewise.kernel.ScalarMath.ONE;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Softmax, and its cross-entropy, of rows that are one vector each: of up to sixteen classes.
 *
 * <p>Sums are in the order of {@link VectorMath#total}, written out: a method of ours that takes vectors may be left a call by C2, and they
 * would be objects.
 */
final class OneVectorRows extends NotInlined {

  // No rotations, as those of VectorMath: where two rows share a vector, each of its halves is to stay by itself.
  private static final VectorMask<Float> UPPER = VectorMask.fromLong(SPECIES, 0xff00);
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(SPECIES, i -> i ^ 8);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(SPECIES, i -> i ^ 4);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(SPECIES, i -> i ^ 2);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);
  private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(SPECIES, i -> 0);
  private static final VectorShuffle<Float> SECOND = VectorShuffle.fromOp(SPECIES, i -> 8 & (LANES - 1));

  private OneVectorRows() {}

  /** Whether rows, with what follows their columns, are one vector each. */
  static boolean fit(int cols, int ld) {
    return LANES == Panels.NARROW && cols <= LANES && ld == LANES;
  }

  /** Each row is loaded and stored once. */
  static void softmax(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      FloatVector row = lowest.blend(fromArray(SPECIES, z, zAt + i * LANES), lanes);
      FloatVector max = row.max(row.rearrange(BY_8));
      max = max.max(max.rearrange(BY_4));
      max = max.max(max.rearrange(BY_2));
      max = max.max(max.rearrange(BY_1));
      FloatVector e = zero.blend(VectorMath.expOfNegative(row.sub(max)), lanes);
      FloatVector sum = e.add(e.rearrange(BY_8));
      sum = sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      zero.blend(e.div(sum), lanes).intoArray(out, outAt + i * LANES);
    }
  }

  /**
   * Pass after pass over all rows, each of few steps that wait for one another. Two rows at a time: once each is half as long, they share
   * a vector, in which all that is a sum, a largest number or a logarithm is found for both. Where there is no second row the first takes
   * its place, and is computed, the same, again.
   */
  static void softmaxCrossEntropy(
      int rows, int cols, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    differences(rows, cols, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    NarrowRows.exponentials(rows * LANES, delta, deltaAt);
    losses(rows, cols, scale, y, yAt, delta, deltaAt, out, outAt);
  }

  /** delta = z − max z, −∞ where that has no columns, and out[i] = Σ y·(max z − z) over row i. */
  private static void differences(
      int rows, int cols, float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (rows == 0) { // nothing, or one of WarmUp's calls
      return;
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i += 2) {
      int j = Math.min(i + 1, rows - 1);
      FloatVector a = lowest.blend(fromArray(SPECIES, z, zAt + i * LANES), lanes);
      FloatVector b = lowest.blend(fromArray(SPECIES, z, zAt + j * LANES), lanes);
      FloatVector max = a.blend(b, UPPER);
      FloatVector other = b.blend(a, UPPER).rearrange(BY_8);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_4);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_2);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(BY_1);
      max = max.blend(other, max.compare(LT, other));
      a = a.sub(max.rearrange(FIRST));
      b = b.sub(max.rearrange(SECOND));
      a.intoArray(delta, deltaAt + i * LANES);
      b.intoArray(delta, deltaAt + j * LANES);
      FloatVector weightA = zero.blend(fromArray(SPECIES, y, yAt + i * LANES), lanes);
      FloatVector weightB = zero.blend(fromArray(SPECIES, y, yAt + j * LANES), lanes);
      a = a.mul(weightA).blend(0f, weightA.compare(EQ, 0f));
      b = b.mul(weightB).blend(0f, weightB.compare(EQ, 0f));
      FloatVector sum = a.blend(b, UPPER).add(b.blend(a, UPPER).rearrange(BY_8));
      sum = sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      out[outAt + i] = 0f - sum.lane(0);
      out[outAt + j] = 0f - sum.lane(8);
    }
  }

  /** Adds Σ y · ln Σ e to what each row loses, and turns exponentials e into the gradient (e / Σ e − y) · scale. */
  private static void losses(
      int rows, int cols, float scale, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (rows == 0) { // nothing, or one of WarmUp's calls
      return;
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i += 2) {
      int j = Math.min(i + 1, rows - 1);
      FloatVector a = fromArray(SPECIES, delta, deltaAt + i * LANES);
      FloatVector b = fromArray(SPECIES, delta, deltaAt + j * LANES);
      FloatVector sum = a.blend(b, UPPER).add(b.blend(a, UPPER).rearrange(BY_8));
      sum = sum.add(sum.rearrange(BY_4));
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      FloatVector weightA = zero.blend(fromArray(SPECIES, y, yAt + i * LANES), lanes);
      FloatVector weightB = zero.blend(fromArray(SPECIES, y, yAt + j * LANES), lanes);
      FloatVector weights = weightA.blend(weightB, UPPER).add(weightB.blend(weightA, UPPER).rearrange(BY_8));
      weights = weights.add(weights.rearrange(BY_4));
      weights = weights.add(weights.rearrange(BY_2));
      weights = weights.add(weights.rearrange(BY_1));
      IntVector bits = sum.reinterpretAsInts();
      FloatVector u = bits.and(FRACTION).or(ONE).reinterpretAsFloats().sub(1f);
      FloatVector n = ((FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0)).sub(127f);
      FloatVector log =
          FloatVector.broadcast(SPECIES, L10)
              .fma(u, FloatVector.broadcast(SPECIES, L9))
              .fma(u, FloatVector.broadcast(SPECIES, L8))
              .fma(u, FloatVector.broadcast(SPECIES, L7))
              .fma(u, FloatVector.broadcast(SPECIES, L6))
              .fma(u, FloatVector.broadcast(SPECIES, L5))
              .fma(u, FloatVector.broadcast(SPECIES, L4))
              .fma(u, FloatVector.broadcast(SPECIES, L3))
              .fma(u, FloatVector.broadcast(SPECIES, L2))
              .fma(u.mul(u), u);
      log = n.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), n.fma(FloatVector.broadcast(SPECIES, LN2_LOW), log));
      weights = weights.mul(sum.fma(zero, log));
      float lossA = out[outAt + i];
      float lossB = out[outAt + j];
      out[outAt + i] = lossA + weights.lane(0);
      out[outAt + j] = lossB + weights.lane(8);
      zero.blend(a.div(sum.rearrange(FIRST)).sub(weightA).mul(scale), lanes).intoArray(delta, deltaAt + i * LANES);
      zero.blend(b.div(sum.rearrange(SECOND)).sub(weightB).mul(scale), lanes).intoArray(delta, deltaAt + j * LANES);
    }
  }
}
