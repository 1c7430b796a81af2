package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ScalarGates.CUBIC;
import static dev.lanewise.kernel.ScalarGates.CUBIC_LOW;
import static dev.lanewise.kernel.ScalarGates.G0;
import static dev.lanewise.kernel.ScalarGates.G1;
import static dev.lanewise.kernel.ScalarGates.G2;
import static dev.lanewise.kernel.ScalarGates.G3;
import static dev.lanewise.kernel.ScalarGates.G4;
import static dev.lanewise.kernel.ScalarGates.G5;
import static dev.lanewise.kernel.ScalarGates.G6;
import static dev.lanewise.kernel.ScalarGates.G7;
import static dev.lanewise.kernel.ScalarGates.G8;
import static dev.lanewise.kernel.ScalarGates.G9;
import static dev.lanewise.kernel.ScalarGates.GELU_END;
import static dev.lanewise.kernel.ScalarGates.GELU_SCALE;
import static dev.lanewise.kernel.ScalarGates.GELU_TANH_END;
import static dev.lanewise.kernel.ScalarGates.GELU_T_BASE;
import static dev.lanewise.kernel.ScalarGates.GELU_T_SLOPE;
import static dev.lanewise.kernel.ScalarGates.INVERSE_ROOT_2PI;
import static dev.lanewise.kernel.ScalarGates.LINEAR;
import static dev.lanewise.kernel.ScalarGates.LINEAR_LOW;
import static dev.lanewise.kernel.ScalarGates.SILU_END;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.expTimesTwoTo64;
import static dev.lanewise.kernel.vector.VectorMath.timesExpTimesTwoTo64;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.ScalarGates;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarGates} for a vector: the same operations in the same order in every lane, so the same bits. */
final class VectorGates {

  private VectorGates() {}

  static FloatVector silu(FloatVector x) {
    FloatVector u = smaller(x.abs(), SILU_END);
    return logisticGate(x, u, expTimesTwoTo64(u.neg()));
  }

  static FloatVector siluPrime(FloatVector x) {
    FloatVector u = smaller(x.abs(), SILU_END);
    return logisticGatePrime(x, u, expTimesTwoTo64(u.neg()));
  }

  static FloatVector gelu(FloatVector x) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector scale = FloatVector.broadcast(SPECIES, GELU_SCALE);
    FloatVector u = smaller(x.abs(), GELU_END);
    FloatVector square = u.mul(u);
    FloatVector divisor = u.fma(scale, one);
    FloatVector t = one.div(divisor);
    FloatVector negated = t.neg();
    FloatVector lost = negated.fma(u.fma(scale, one.sub(divisor)), negated.fma(divisor, one));
    FloatVector low =
        t.fma(FloatVector.broadcast(SPECIES, GELU_T_SLOPE), FloatVector.broadcast(SPECIES, GELU_T_BASE))
            .fma(lost, halfLost(u, square));
    FloatVector large = timesExpTimesTwoTo64(u.mul(tailOverBell(t)), square.mul(-0.5f), low);
    return large.fma(FloatVector.broadcast(SPECIES, -0x1p-64f), x.blend(0f, x.compare(LT, 0f)));
  }

  static FloatVector geluPrime(FloatVector x) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector u = smaller(x.abs(), GELU_END);
    FloatVector square = u.mul(u);
    FloatVector ratio = tailOverBell(one.div(u.fma(FloatVector.broadcast(SPECIES, GELU_SCALE), one)));
    FloatVector difference = u.neg().fma(FloatVector.broadcast(SPECIES, INVERSE_ROOT_2PI), ratio);
    FloatVector closed = timesExpTimesTwoTo64(difference, square.mul(-0.5f), halfLost(u, square)).mul(0x1p-64f);
    return closed.blend(one.sub(closed), x.compare(GT, 0f));
  }

  static FloatVector geluTanh(FloatVector x) {
    FloatVector u = smaller(x.abs(), GELU_TANH_END);
    FloatVector large = cubicTimesTwoTo64(u);
    // logisticGate, written out: so late in so long a kernel C2 inlines methods of ours in some JVMs, and in some it does not.
    VectorMask<Float> positive = x.compare(GE, 0f);
    FloatVector small = FloatVector.broadcast(SPECIES, 0x1p-64f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    return u.neg().mul(large).blend(x, positive).div(large.fma(small, one)).mul(small.blend(one, positive));
  }

  static FloatVector geluTanhPrime(FloatVector x) {
    FloatVector u = smaller(x.abs(), GELU_TANH_END);
    FloatVector large = cubicTimesTwoTo64(u);
    // logisticGatePrime, written out for the same reason.
    FloatVector slope =
        u.mul(u).fma(FloatVector.broadcast(SPECIES, 3f * CUBIC), FloatVector.broadcast(SPECIES, LINEAR));
    FloatVector small = FloatVector.broadcast(SPECIES, 0x1p-64f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector open = one.div(large.fma(small, one));
    FloatVector closed = large.mul(open).mul(u.mul(slope).neg().fma(open, one)).mul(small);
    return closed.blend(one.sub(closed), x.compare(GT, 0f));
  }

  private static FloatVector smaller(FloatVector u, float end) {
    return u.blend(end, u.compare(GT, end));
  }

  private static FloatVector logisticGate(FloatVector x, FloatVector u, FloatVector large) {
    VectorMask<Float> positive = x.compare(GE, 0f);
    FloatVector small = FloatVector.broadcast(SPECIES, 0x1p-64f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    return u.neg().mul(large).blend(x, positive).div(large.fma(small, one)).mul(small.blend(one, positive));
  }

  private static FloatVector logisticGatePrime(FloatVector x, FloatVector slope, FloatVector large) {
    FloatVector small = FloatVector.broadcast(SPECIES, 0x1p-64f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector open = one.div(large.fma(small, one));
    FloatVector closed = large.mul(open).mul(slope.neg().fma(open, one)).mul(small);
    return closed.blend(one.sub(closed), x.compare(GT, 0f));
  }

  /** Half of what u² loses when it is rounded, negative. */
  private static FloatVector halfLost(FloatVector u, FloatVector square) {
    return u.fma(u, square.neg()).mul(-0.5f);
  }

  private static FloatVector tailOverBell(FloatVector t) {
    return FloatVector.broadcast(SPECIES, G9)
        .fma(t, FloatVector.broadcast(SPECIES, G8))
        .fma(t, FloatVector.broadcast(SPECIES, G7))
        .fma(t, FloatVector.broadcast(SPECIES, G6))
        .fma(t, FloatVector.broadcast(SPECIES, G5))
        .fma(t, FloatVector.broadcast(SPECIES, G4))
        .fma(t, FloatVector.broadcast(SPECIES, G3))
        .fma(t, FloatVector.broadcast(SPECIES, G2))
        .fma(t, FloatVector.broadcast(SPECIES, G1))
        .fma(t, FloatVector.broadcast(SPECIES, G0))
        .mul(t);
  }

  private static FloatVector cubicTimesTwoTo64(FloatVector u) {
    FloatVector cubic = FloatVector.broadcast(SPECIES, CUBIC);
    FloatVector linear = FloatVector.broadcast(SPECIES, LINEAR);
    FloatVector square = u.mul(u);
    FloatVector slope = cubic.fma(square, linear);
    FloatVector lost = cubic.fma(square, linear.sub(slope)).add(LINEAR_LOW);
    lost = cubic.fma(u.fma(u, square.neg()), FloatVector.broadcast(SPECIES, CUBIC_LOW).fma(square, lost));
    FloatVector y = u.mul(slope);
    FloatVector low = u.fma(lost, u.fma(slope, y.neg())).neg();
    return timesExpTimesTwoTo64(FloatVector.broadcast(SPECIES, 1f), y.neg(), low);
  }
}
