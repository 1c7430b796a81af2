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
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_1;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_2;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_4;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_8;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_4;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_8;
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

  // Where four rows share a vector, each has four lanes of its own; from the lowest on they are of the first, third, second and fourth.
  private static final int OF_1 = 0;
  private static final int OF_2 = 8;
  private static final int OF_3 = 4;
  private static final int OF_4 = 12;

  private static final VectorShuffle<Float> FIRST = allOf(OF_1);
  private static final VectorShuffle<Float> SECOND = allOf(OF_2);
  private static final VectorShuffle<Float> THIRD = allOf(OF_3);
  private static final VectorShuffle<Float> FOURTH = allOf(OF_4);

  private OneVectorRows() {}

  private static VectorShuffle<Float> allOf(int lane) {
    return VectorShuffle.fromOp(SPECIES, i -> lane % LANES);
  }

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
      FloatVector max = row.max(row.rearrange(SWAP_8));
      max = max.max(max.rearrange(SWAP_4));
      max = max.max(max.rearrange(SWAP_2));
      max = max.max(max.rearrange(SWAP_1));
      FloatVector e = zero.blend(VectorMath.expOfNegative(row.sub(max)), lanes);
      FloatVector sum = e.add(e.rearrange(SWAP_8));
      sum = sum.add(sum.rearrange(SWAP_4));
      sum = sum.add(sum.rearrange(SWAP_2));
      sum = sum.add(sum.rearrange(SWAP_1));
      zero.blend(e.div(sum), lanes).intoArray(out, outAt + i * LANES);
    }
  }

  /**
   * Pass after pass over all rows, each of few steps that wait for one another. Four rows at a time: once each is half as long, two share a
   * vector, once a fourth, all four, in which all that is a sum, a largest number or a logarithm is found for all of them. Where there
   * are not so many rows the last takes the place of what is missing, and is computed, the same, again.
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
    int last = rows - 1;
    for (int i = 0; i < rows; i += 4) {
      int second = Math.min(i + 1, last);
      int third = Math.min(i + 2, last);
      int fourth = Math.min(i + 3, last);
      FloatVector a = lowest.blend(fromArray(SPECIES, z, zAt + i * LANES), lanes);
      FloatVector b = lowest.blend(fromArray(SPECIES, z, zAt + second * LANES), lanes);
      FloatVector c = lowest.blend(fromArray(SPECIES, z, zAt + third * LANES), lanes);
      FloatVector d = lowest.blend(fromArray(SPECIES, z, zAt + fourth * LANES), lanes);
      FloatVector max = a.blend(b, UPPER_8);
      FloatVector other = b.blend(a, UPPER_8).rearrange(SWAP_8);
      max = max.blend(other, max.compare(LT, other));
      FloatVector maxCd = c.blend(d, UPPER_8);
      other = d.blend(c, UPPER_8).rearrange(SWAP_8);
      maxCd = maxCd.blend(other, maxCd.compare(LT, other));
      other = maxCd.blend(max, UPPER_4).rearrange(SWAP_4);
      max = max.blend(maxCd, UPPER_4);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(SWAP_2);
      max = max.blend(other, max.compare(LT, other));
      other = max.rearrange(SWAP_1);
      max = max.blend(other, max.compare(LT, other));
      a = a.sub(max.rearrange(FIRST));
      b = b.sub(max.rearrange(SECOND));
      c = c.sub(max.rearrange(THIRD));
      d = d.sub(max.rearrange(FOURTH));
      a.intoArray(delta, deltaAt + i * LANES);
      b.intoArray(delta, deltaAt + second * LANES);
      c.intoArray(delta, deltaAt + third * LANES);
      d.intoArray(delta, deltaAt + fourth * LANES);
      FloatVector weightA = zero.blend(fromArray(SPECIES, y, yAt + i * LANES), lanes);
      FloatVector weightB = zero.blend(fromArray(SPECIES, y, yAt + second * LANES), lanes);
      FloatVector weightC = zero.blend(fromArray(SPECIES, y, yAt + third * LANES), lanes);
      FloatVector weightD = zero.blend(fromArray(SPECIES, y, yAt + fourth * LANES), lanes);
      a = a.mul(weightA).blend(0f, weightA.compare(EQ, 0f));
      b = b.mul(weightB).blend(0f, weightB.compare(EQ, 0f));
      c = c.mul(weightC).blend(0f, weightC.compare(EQ, 0f));
      d = d.mul(weightD).blend(0f, weightD.compare(EQ, 0f));
      FloatVector sum = a.blend(b, UPPER_8).add(b.blend(a, UPPER_8).rearrange(SWAP_8));
      FloatVector sumCd = c.blend(d, UPPER_8).add(d.blend(c, UPPER_8).rearrange(SWAP_8));
      sum = sum.blend(sumCd, UPPER_4).add(sumCd.blend(sum, UPPER_4).rearrange(SWAP_4));
      sum = sum.add(sum.rearrange(SWAP_2));
      sum = sum.add(sum.rearrange(SWAP_1));
      out[outAt + i] = 0f - sum.lane(OF_1);
      out[outAt + second] = 0f - sum.lane(OF_2);
      out[outAt + third] = 0f - sum.lane(OF_3);
      out[outAt + fourth] = 0f - sum.lane(OF_4);
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
    int last = rows - 1;
    for (int i = 0; i < rows; i += 4) {
      int second = Math.min(i + 1, last);
      int third = Math.min(i + 2, last);
      int fourth = Math.min(i + 3, last);
      FloatVector a = fromArray(SPECIES, delta, deltaAt + i * LANES);
      FloatVector b = fromArray(SPECIES, delta, deltaAt + second * LANES);
      FloatVector c = fromArray(SPECIES, delta, deltaAt + third * LANES);
      FloatVector d = fromArray(SPECIES, delta, deltaAt + fourth * LANES);
      FloatVector sum = a.blend(b, UPPER_8).add(b.blend(a, UPPER_8).rearrange(SWAP_8));
      FloatVector sumCd = c.blend(d, UPPER_8).add(d.blend(c, UPPER_8).rearrange(SWAP_8));
      sum = sum.blend(sumCd, UPPER_4).add(sumCd.blend(sum, UPPER_4).rearrange(SWAP_4));
      sum = sum.add(sum.rearrange(SWAP_2));
      sum = sum.add(sum.rearrange(SWAP_1));
      FloatVector weightA = zero.blend(fromArray(SPECIES, y, yAt + i * LANES), lanes);
      FloatVector weightB = zero.blend(fromArray(SPECIES, y, yAt + second * LANES), lanes);
      FloatVector weightC = zero.blend(fromArray(SPECIES, y, yAt + third * LANES), lanes);
      FloatVector weightD = zero.blend(fromArray(SPECIES, y, yAt + fourth * LANES), lanes);
      FloatVector weights = weightA.blend(weightB, UPPER_8).add(weightB.blend(weightA, UPPER_8).rearrange(SWAP_8));
      FloatVector weightsCd = weightC.blend(weightD, UPPER_8).add(weightD.blend(weightC, UPPER_8).rearrange(SWAP_8));
      weights = weights.blend(weightsCd, UPPER_4).add(weightsCd.blend(weights, UPPER_4).rearrange(SWAP_4));
      weights = weights.add(weights.rearrange(SWAP_2));
      weights = weights.add(weights.rearrange(SWAP_1));
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
      float lossB = out[outAt + second];
      float lossC = out[outAt + third];
      float lossD = out[outAt + fourth];
      out[outAt + i] = lossA + weights.lane(OF_1);
      out[outAt + second] = lossB + weights.lane(OF_2);
      out[outAt + third] = lossC + weights.lane(OF_3);
      out[outAt + fourth] = lossD + weights.lane(OF_4);
      zero.blend(a.div(sum.rearrange(FIRST)).sub(weightA).mul(scale), lanes).intoArray(delta, deltaAt + i * LANES);
      zero.blend(b.div(sum.rearrange(SECOND)).sub(weightB).mul(scale), lanes).intoArray(delta, deltaAt + second * LANES);
      zero.blend(c.div(sum.rearrange(THIRD)).sub(weightC).mul(scale), lanes).intoArray(delta, deltaAt + third * LANES);
      zero.blend(d.div(sum.rearrange(FOURTH)).sub(weightD).mul(scale), lanes).intoArray(delta, deltaAt + fourth * LANES);
    }
  }
}
