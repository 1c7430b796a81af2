package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * exp, sigmoid and tanh over the range of float, denormal results included, against StrictMath in double. An ulp is
 * that of the right result. The scalar kernels are measured; the vector kernels have their bits.
 */
class TranscendentalAccuracyTest {

  /** A prime, so that the low bits of a sample take all values. */
  private static final int STRIDE = 2503;

  private static final int NEIGHBOURS = 3000;

  /** A kernel of one array. */
  @FunctionalInterface
  private interface Call {
    void run(Kernels kernels, int n, float[] x, float[] out);
  }

  private static final Call EXP = (kernels, n, x, out) -> kernels.exp(n, x, 0, out, 0);
  private static final Call SIGMOID = (kernels, n, x, out) -> kernels.sigmoid(n, x, 0, out, 0);
  private static final Call TANH = (kernels, n, x, out) -> kernels.tanh(n, x, 0, out, 0);

  /** Where tanh changes: its argument no more, another formula, other multiples of ln 2, and 1. */
  private static final float[] TANH_EDGES = {
    4.4e-4f, ScalarMath.TANH_SPLIT, 0.86643f, 1.21301f, 9.0109f, ScalarMath.TANH_MAX_TWICE / 2
  };

  /** Every {@link #STRIDE}th float there is, and all floats around those where something changes. */
  private static float[] samples(float... more) {
    IntStream all = IntStream.rangeClosed(0, (int) (0xffff_ffffL / STRIDE)).map(i -> i * STRIDE);
    IntStream edges =
        IntStream.of(
            bits(ScalarMath.EXP_MAX), bits(ScalarMath.EXP_MIN), bits(-ScalarMath.EXP_MAX), bits(-ScalarMath.EXP_MIN),
            bits(-87.3365f), // e^x becomes denormal
            bits(16.6355f), // sigmoid becomes 1
            bits(0.34657f), bits(-0.34657f), // the reduction by ln 2 begins
            bits(Float.MIN_NORMAL), bits(Float.POSITIVE_INFINITY), bits(Float.NEGATIVE_INFINITY),
            0x80000000, 0);
    for (float edge : more) {
      edges = IntStream.concat(edges, IntStream.of(bits(edge), bits(-edge)));
    }
    IntStream near = edges.flatMap(edge -> IntStream.rangeClosed(edge - NEIGHBOURS, edge + NEIGHBOURS));
    int[] bits = IntStream.concat(all, near).toArray();
    float[] samples = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      samples[i] = Float.intBitsToFloat(bits[i]);
    }
    return samples;
  }

  private static int bits(float x) {
    return Float.floatToRawIntBits(x);
  }

  /** Floats of either sign between 2⁻⁹ and 2⁷, where most errors are; every 61st, as each costs the reference 20 ns. */
  private static float[] ordinary() {
    int first = bits(0x1p-9f);
    float[] all = new float[2 * ((bits(0x1p7f) - first) / 61)];
    for (int i = 0; i < all.length; i++) {
      float x = Float.intBitsToFloat(first + i / 2 * 61);
      all[i] = i % 2 == 0 ? x : -x;
    }
    return all;
  }

  private static float[] every(float from, float to) {
    float[] all = new float[Math.abs(bits(to) - bits(from)) + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = Float.intBitsToFloat(Math.min(bits(from), bits(to)) + i);
    }
    return all;
  }

  /** The largest error in ulps of the right result; what that rounds to infinity or NaN has to be met exactly. */
  private static double worst(float[] x, Call call, DoubleUnaryOperator right) {
    float[] out = new float[x.length];
    call.run(KernelSets.SCALAR, x.length, x, out);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double wanted = right.applyAsDouble(x[i]);
      float rounded = (float) wanted;
      if (!Float.isFinite(rounded)) {
        String what = "at " + x[i];
        assertEquals(rounded, out[i], what);
      } else {
        double error = Math.abs(out[i] - wanted) / Math.ulp(rounded);
        worst = Math.max(worst, error);
      }
    }
    return worst;
  }

  /** Over the range of float, over ordinary numbers, and over each float around that where the error is the largest. */
  private static void requireWithin(double ulps, Call call, DoubleUnaryOperator right, float from, float to) {
    for (float[] x : new float[][] {samples(TANH_EDGES), ordinary(), every(from, to)}) {
      double worst = worst(x, call, right);
      assertTrue(worst <= ulps, () -> worst + " ulp wrong");
    }
  }

  private static double logistic(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  @Test
  void exp() {
    requireWithin(1.01, EXP, StrictMath::exp, -27.4f, -27.35f);
  }

  /** The error of exp, up to 1.01 ulp, is left; that of the quotient is corrected. */
  @Test
  void sigmoid() {
    requireWithin(1.48, SIGMOID, TranscendentalAccuracyTest::logistic, -4.9f, -4.8f);
  }

  /** The polynomial meets the other formula where neither is at its best. */
  @Test
  void tanh() {
    requireWithin(1.08, TANH, StrictMath::tanh, 0.64f, 0.75f);
  }

  /** What is left of the error of e^x is less than half of the last bit of a denormal; that bit is half of it. */
  @Test
  void denormalResults() {
    float[] x = every(-87.4f, -104f);
    double exp = worst(x, EXP, StrictMath::exp);
    assertTrue(exp <= 0.75, () -> "exp is " + exp + " of the smallest float wrong");
    double sigmoid = worst(x, SIGMOID, TranscendentalAccuracyTest::logistic);
    assertTrue(sigmoid <= 0.75, () -> "sigmoid is " + sigmoid + " of the smallest float wrong");
  }

  @Test
  void expOfNegativeIsExp() {
    for (float x : samples()) {
      if (!(x > 0)) {
        assertEquals(ScalarMath.exp(x), ScalarMath.expOfNegative(x), () -> "e^" + x);
      }
    }
  }

  /** The magnitude first, then the sign: of −0 and of a denormal too. */
  @Test
  void tanhIsOdd() {
    for (float x : samples(TANH_EDGES)) {
      if (!Float.isNaN(x)) {
        assertEquals(bits(-ScalarMath.tanh(x)), bits(ScalarMath.tanh(-x)), () -> "tanh of " + -x);
      }
    }
  }

  @Test
  void tanhOfTheSmallestAndTheLargest() {
    for (int bits = 0; bits < bits(Float.MIN_NORMAL); bits += 101) {
      assertEquals(bits, bits(ScalarMath.tanh(Float.intBitsToFloat(bits))), "a denormal is its own tanh");
    }
    assertEquals(bits(-0f), bits(ScalarMath.tanh(-0f)));
    assertEquals(1f, ScalarMath.tanh(Float.POSITIVE_INFINITY));
    assertEquals(-1f, ScalarMath.tanh(Float.NEGATIVE_INFINITY));
    assertEquals(Float.NaN, ScalarMath.tanh(Float.NaN));
  }

  /** Over all floats that a largest probability can be, and powers of two far from 1. */
  @Test
  void log() {
    for (int bits = bits(1e-7f); bits <= bits(1f); bits += 101) {
      requireLog(Float.intBitsToFloat(bits));
    }
    for (int n = -126; n <= 127; n++) {
      requireLog(Math.scalb(1f, n));
      requireLog(Math.nextDown(Math.scalb(1f, n + 1)));
    }
    assertEquals(0.0, ScalarMath.log(1f));
    assertEquals(Double.NaN, ScalarMath.log(Float.NaN));
  }

  private static void requireLog(float x) {
    double wanted = StrictMath.log(x);
    assertEquals(wanted, ScalarMath.log(x), Math.scalb(Math.abs(wanted), -38), () -> "ln " + x);
  }

  /** The thresholds are the last floats whose results are finite and above zero. */
  @Test
  void thresholdsOfExp() {
    assertEquals(Float.MAX_VALUE, (float) StrictMath.exp(ScalarMath.EXP_MAX), 1e34f);
    assertEquals(Float.POSITIVE_INFINITY, (float) StrictMath.exp(Math.nextUp(ScalarMath.EXP_MAX)));
    assertEquals(Float.MIN_VALUE, (float) StrictMath.exp(ScalarMath.EXP_MIN));
    assertEquals(0f, (float) StrictMath.exp(Math.nextDown(ScalarMath.EXP_MIN)));
  }

  /** A polynomial that is as good, but another, changes every network that anybody trains from a seed. */
  @Test
  void bitsNeverChange() {
    assumeTrue(Hotspot.HAS_FMA, "without fused multiply-add in hardware the scalar kernels round twice");
    float[] x = samples();
    float[] out = new float[x.length];
    EXP.run(KernelSets.SCALAR, x.length, x, out);
    assertEquals(-1467651335, Arrays.hashCode(out), "exp");
    SIGMOID.run(KernelSets.SCALAR, x.length, x, out);
    assertEquals(-938547710, Arrays.hashCode(out), "sigmoid");
    TANH.run(KernelSets.SCALAR, x.length, x, out);
    assertEquals(655433914, Arrays.hashCode(out), "tanh");
  }

  @Test
  void vectorHasTheSameBits() {
    Kernels vector = KernelSets.vector();
    float[] x = samples(TANH_EDGES);
    float[] expected = new float[x.length];
    float[] actual = new float[x.length];
    for (Call call : new Call[] {EXP, SIGMOID, TANH}) {
      call.run(KernelSets.SCALAR, x.length, x, expected);
      call.run(vector, x.length, x, actual);
      assertArrayEquals(expected, actual);
    }
  }
}
