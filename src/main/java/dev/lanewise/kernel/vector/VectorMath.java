package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ScalarMath.C2;
import static dev.lanewise.kernel.ScalarMath.C3;
import static dev.lanewise.kernel.ScalarMath.C4;
import static dev.lanewise.kernel.ScalarMath.C5;
import static dev.lanewise.kernel.ScalarMath.C6;
import static dev.lanewise.kernel.ScalarMath.EXPM1_MIN;
import static dev.lanewise.kernel.ScalarMath.EXP_MAX;
import static dev.lanewise.kernel.ScalarMath.EXP_MIN;
import static dev.lanewise.kernel.ScalarMath.INVERSE_LN2;
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
import static dev.lanewise.kernel.ScalarMath.ROUNDER;
import static dev.lanewise.kernel.ScalarMath.ROUNDER_OF_LOW;
import static dev.lanewise.kernel.ScalarMath.ROUNDER_OF_TWO;
import static dev.lanewise.kernel.ScalarMath.T11;
import static dev.lanewise.kernel.ScalarMath.T3;
import static dev.lanewise.kernel.ScalarMath.T5;
import static dev.lanewise.kernel.ScalarMath.T7;
import static dev.lanewise.kernel.ScalarMath.T9;
import static dev.lanewise.kernel.ScalarMath.TANH_MAX_TWICE;
import static dev.lanewise.kernel.ScalarMath.TANH_SPLIT;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** {@link ScalarMath} for a vector: the same operations in the same order in every lane, so the same bits. */
final class VectorMath {

  private static final int SIGN_BIT = Integer.MIN_VALUE;

  /** Lane i of a vector rearranged by one of these is lane i + 8, 4, 2 or 1, round the end. */
  static final VectorShuffle<Float> BY_8 = rotation(8);
  static final VectorShuffle<Float> BY_4 = rotation(4);
  static final VectorShuffle<Float> BY_2 = rotation(2);
  static final VectorShuffle<Float> BY_1 = rotation(1);

  private VectorMath() {}

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LANES);
  }

  static FloatVector exp(FloatVector x) {
    FloatVector rounded =
        x.fma(FloatVector.broadcast(SPECIES, INVERSE_LN2), FloatVector.broadcast(SPECIES, ROUNDER_OF_TWO));
    FloatVector e = restOfExp(rounded.sub(ROUNDER_OF_TWO), x).add(1f);
    IntVector both = rounded.reinterpretAsInts();
    IntVector half = both.lanewise(ASHR, 1);
    return e.mul(half.lanewise(LSHL, 23).reinterpretAsFloats())
        .mul(both.sub(half).lanewise(LSHL, 23).reinterpretAsFloats())
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_MAX))
        .blend(0f, x.compare(LT, EXP_MIN));
  }

  static FloatVector expOfNegative(FloatVector x) {
    return expTimesTwoTo64(x).mul(0x1p-64f).blend(0f, x.compare(LT, EXP_MIN));
  }

  static FloatVector expTimesTwoTo64(FloatVector x) {
    FloatVector rounded = roundedLow(x);
    return restOfExp(rounded.sub(ROUNDER_OF_LOW), x).add(1f).mul(power(rounded));
  }

  // In pieces of at most 35 bytecodes, which C2 inlines however seldom it has seen them called. What is longer it may leave a
  // call, its vectors objects for as long as the process lives.

  private static FloatVector roundedLow(FloatVector x) {
    return x.fma(FloatVector.broadcast(SPECIES, INVERSE_LN2), FloatVector.broadcast(SPECIES, ROUNDER_OF_LOW));
  }

  private static FloatVector power(FloatVector rounded) {
    return rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector timesExpTimesTwoTo64(FloatVector factor, FloatVector x, FloatVector low) {
    FloatVector rounded = roundedLow(x);
    FloatVector n = rounded.sub(ROUNDER_OF_LOW);
    FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x).add(low);
    FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high);
    // restOfExp, written out: so late in kernels as long as gelu C2 inlines no more methods of ours.
    return FloatVector.broadcast(SPECIES, C6)
        .fma(r, FloatVector.broadcast(SPECIES, C5))
        .fma(r, FloatVector.broadcast(SPECIES, C4))
        .fma(r, FloatVector.broadcast(SPECIES, C3))
        .fma(r, FloatVector.broadcast(SPECIES, C2))
        .fma(r.mul(r), r)
        .fma(factor, factor)
        .mul(rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats());
  }

  static FloatVector expm1(FloatVector x) {
    FloatVector bounded = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN));
    FloatVector rounded =
        bounded.fma(FloatVector.broadcast(SPECIES, INVERSE_LN2), FloatVector.broadcast(SPECIES, ROUNDER));
    FloatVector power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
    return power.fma(restOfExp(rounded.sub(ROUNDER), bounded), power.sub(1f));
  }

  private static FloatVector restOfExp(FloatVector n, FloatVector x) {
    FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
    return restOfExp(n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high));
  }

  private static FloatVector restOfExp(FloatVector r) {
    return endOfRest(beginOfRest(r), r);
  }

  private static FloatVector beginOfRest(FloatVector r) {
    return FloatVector.broadcast(SPECIES, C6)
        .fma(r, FloatVector.broadcast(SPECIES, C5))
        .fma(r, FloatVector.broadcast(SPECIES, C4));
  }

  private static FloatVector endOfRest(FloatVector sum, FloatVector r) {
    return sum
        .fma(r, FloatVector.broadcast(SPECIES, C3))
        .fma(r, FloatVector.broadcast(SPECIES, C2))
        .fma(r.mul(r), r);
  }

  static FloatVector softplus(FloatVector x) {
    return x.blend(0f, x.compare(LT, 0f)).add(logOfOneAndExp(x.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats()));
  }

  static FloatVector logOfOneAndExp(FloatVector x) {
    FloatVector u = expOfNegative(x);
    FloatVector series =
        FloatVector.broadcast(SPECIES, L10)
            .fma(u, FloatVector.broadcast(SPECIES, L9))
            .fma(u, FloatVector.broadcast(SPECIES, L8))
            .fma(u, FloatVector.broadcast(SPECIES, L7))
            .fma(u, FloatVector.broadcast(SPECIES, L6))
            .fma(u, FloatVector.broadcast(SPECIES, L5))
            .fma(u, FloatVector.broadcast(SPECIES, L4))
            .fma(u, FloatVector.broadcast(SPECIES, L3))
            .fma(u, FloatVector.broadcast(SPECIES, L2));
    return u.mul(u).fma(series, u);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector e = expOfNegative(x.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats());
    VectorMask<Float> positive = x.compare(GE, 0f);
    FloatVector numerator = e.blend(one, positive);
    FloatVector sum = one.add(e);
    FloatVector lost = one.sub(sum).add(e);
    FloatVector quotient = numerator.div(sum);
    FloatVector negated = quotient.neg();
    FloatVector rest = negated.fma(lost, negated.fma(sum, numerator));
    return rest.fma(one.sub(quotient).blend(quotient, positive), quotient);
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector s = size.mul(size);
    FloatVector series =
        FloatVector.broadcast(SPECIES, T11)
            .fma(s, FloatVector.broadcast(SPECIES, T9))
            .fma(s, FloatVector.broadcast(SPECIES, T7))
            .fma(s, FloatVector.broadcast(SPECIES, T5))
            .fma(s, FloatVector.broadcast(SPECIES, T3));
    FloatVector small = size.mul(s).fma(series, size);

    FloatVector sum = size.add(size);
    FloatVector twice = sum.blend(TANH_MAX_TWICE, sum.compare(GT, TANH_MAX_TWICE));
    FloatVector rounded =
        twice.fma(FloatVector.broadcast(SPECIES, INVERSE_LN2), FloatVector.broadcast(SPECIES, ROUNDER));
    FloatVector p = restOfExp(rounded.sub(ROUNDER), twice);
    FloatVector power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
    return FloatVector.broadcast(SPECIES, -2f)
        .div(power.fma(p, power.add(1f)))
        .add(1f)
        .blend(small, size.compare(LT, TANH_SPLIT))
        .reinterpretAsInts()
        .or(x.reinterpretAsInts().and(SIGN_BIT))
        .reinterpretAsFloats();
  }

  /**
   * The sum of sixteen partial sums, in the order of the scalar kernels: the upper half is added to the lower half four
   * times. They come in one vector of sixteen lanes, two of eight, or four of four; the rest is ignored.
   */
  static float total(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    FloatVector sum = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
    sum = LANES == 4 ? sum.add(s1.add(s3)) : sum.add(sum.rearrange(BY_4));
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }
}
