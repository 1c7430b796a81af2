package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Samples of all floats, and how far the scalar kernels are from the right results; an ulp is that of the right one. */
final class Accuracy {

  /** A prime, so that the low bits of a sample take all values. */
  private static final int STRIDE = 2503;

  private static final int NEIGHBOURS = 3000;

  /** A kernel of one array. */
  @FunctionalInterface
  interface Call {
    void run(Kernels kernels, int n, float[] x, float[] out);
  }

  private Accuracy() {}

  /** Every {@link #STRIDE}th float there is, and all floats around those where something changes. */
  static float[] samples(float... more) {
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

  static int bits(float x) {
    return Float.floatToRawIntBits(x);
  }

  /** Floats of either sign between 2⁻⁹ and 2⁷, where most errors are; every 61st, as each costs the reference 20 ns. */
  static float[] ordinary() {
    int first = bits(0x1p-9f);
    float[] all = new float[2 * ((bits(0x1p7f) - first) / 61)];
    for (int i = 0; i < all.length; i++) {
      float x = Float.intBitsToFloat(first + i / 2 * 61);
      all[i] = i % 2 == 0 ? x : -x;
    }
    return all;
  }

  static float[] every(float from, float to) {
    float[] all = new float[Math.abs(bits(to) - bits(from)) + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = Float.intBitsToFloat(Math.min(bits(from), bits(to)) + i);
    }
    return all;
  }

  /** The largest error in ulps of the right result; what that rounds to infinity or NaN has to be met exactly. */
  static double worst(float[] x, Call call, DoubleUnaryOperator right) {
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
  static void requireWithin(
      double ulps, Call call, DoubleUnaryOperator right, float[] edges, float from, float to) {
    for (float[] x : new float[][] {samples(edges), ordinary(), every(from, to)}) {
      double worst = worst(x, call, right);
      assertTrue(worst <= ulps, () -> worst + " ulp wrong");
    }
  }
}
