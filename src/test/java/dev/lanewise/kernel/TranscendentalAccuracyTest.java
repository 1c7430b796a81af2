package dev.lanewise.kernel;

import static dev.lanewise.kernel.Accuracy.bits;
import static dev.lanewise.kernel.Accuracy.every;
import static dev.lanewise.kernel.Accuracy.requireWithin;
import static dev.lanewise.kernel.Accuracy.samples;
import static dev.lanewise.kernel.Accuracy.worst;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * exp, sigmoid and tanh over the range of float, denormal results included, against StrictMath in double. An ulp is
 * that of the right result. The scalar kernels are measured; the vector kernels have their bits.
 */
class TranscendentalAccuracyTest {

  private static final Accuracy.Call EXP = (kernels, n, x, out) -> kernels.exp(n, x, 0, out, 0);
  private static final Accuracy.Call SIGMOID = (kernels, n, x, out) -> kernels.sigmoid(n, x, 0, out, 0);
  private static final Accuracy.Call TANH = (kernels, n, x, out) -> kernels.tanh(n, x, 0, out, 0);

  /** Where tanh changes: its argument no more, another formula, other multiples of ln 2, and 1. */
  private static final float[] TANH_EDGES = {
    4.4e-4f, ScalarMath.TANH_SPLIT, 0.86643f, 1.21301f, 9.0109f, ScalarMath.TANH_MAX_TWICE / 2
  };

  @Test
  void exp() {
    requireWithin(1.01, EXP, StrictMath::exp, TANH_EDGES, -27.4f, -27.35f);
  }

  /** The error of exp, up to 1.01 ulp, is left; that of the quotient is corrected. */
  @Test
  void sigmoid() {
    requireWithin(1.48, SIGMOID, Formulas::logistic, TANH_EDGES, -4.9f, -4.8f);
  }

  /** The polynomial meets the other formula where neither is at its best. */
  @Test
  void tanh() {
    requireWithin(1.08, TANH, StrictMath::tanh, TANH_EDGES, 0.64f, 0.75f);
  }

  /** What is left of the error of e^x is less than half of the last bit of a denormal; that bit is half of it. */
  @Test
  void denormalResults() {
    float[] x = every(-87.4f, -104f);
    double exp = worst(x, EXP, StrictMath::exp);
    assertTrue(exp <= 0.75, () -> "exp is " + exp + " of the smallest float wrong");
    double sigmoid = worst(x, SIGMOID, Formulas::logistic);
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

  /** Over all sums of which one term is 1 and the others few or many, and powers of two beyond. */
  @Test
  void log() {
    for (int bits = bits(1f); bits <= bits(64f); bits += 101) {
      requireLog(Float.intBitsToFloat(bits));
    }
    for (int n = 0; n <= 127; n++) {
      requireLog(Math.scalb(1f, n));
      requireLog(Math.nextUp(Math.scalb(1f, n)));
      requireLog(Math.nextDown(Math.scalb(1f, n + 1)));
    }
    assertEquals(0f, ScalarMath.log(1f));
    assertEquals(Float.NaN, ScalarMath.log(Float.NaN));
  }

  private static void requireLog(float x) {
    double wanted = StrictMath.log(x);
    assertEquals(wanted, ScalarMath.log(x), 1.2 * Math.ulp((float) wanted), () -> "ln " + x);
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
    // Three of few where the last bit of the highest coefficient shows, which the samples are not among.
    assertEquals(0x1.85c888p-1f, ScalarMath.exp(-0x1.174778p-2f));
    assertEquals(0x1.6f610cp-1f, ScalarMath.exp(-0x1.53e58ap-2f));
    assertEquals(0x1.4eaf04p-1f, ScalarMath.exp(-0x1.b35796p-2f));
  }

  @Test
  void vectorHasTheSameBits() {
    Kernels vector = KernelSets.vector();
    float[] x = samples(TANH_EDGES);
    float[] expected = new float[x.length];
    float[] actual = new float[x.length];
    for (Accuracy.Call call : new Accuracy.Call[] {EXP, SIGMOID, TANH}) {
      call.run(KernelSets.SCALAR, x.length, x, expected);
      call.run(vector, x.length, x, actual);
      assertArrayEquals(expected, actual);
    }
  }
}
