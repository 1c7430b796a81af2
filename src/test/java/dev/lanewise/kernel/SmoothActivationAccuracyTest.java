package dev.lanewise.kernel;

import static dev.lanewise.kernel.Accuracy.bits;
import static dev.lanewise.kernel.Accuracy.ordinary;
import static dev.lanewise.kernel.Accuracy.requireWithin;
import static dev.lanewise.kernel.Accuracy.samples;
import static dev.lanewise.kernel.Accuracy.worst;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ELU, softplus, SiLU and both GELUs over the range of float, denormal results included, and what errors are multiplied by
 * on the way back; and binary cross-entropy, which is softplus for classes. The scalar kernels are measured; the vector kernels have
 * their bits.
 */
class SmoothActivationAccuracyTest {

  private static final Accuracy.Call ELU = (kernels, n, x, out) -> kernels.elu(n, 1f, x, 0, out, 0);
  private static final Accuracy.Call SOFTPLUS = (kernels, n, x, out) -> kernels.softplus(n, x, 0, out, 0);
  private static final Accuracy.Call SILU = (kernels, n, x, out) -> kernels.silu(n, x, 0, out, 0);
  private static final Accuracy.Call GELU = (kernels, n, x, out) -> kernels.gelu(n, x, 0, out, 0);
  private static final Accuracy.Call GELU_TANH = (kernels, n, x, out) -> kernels.geluTanh(n, x, 0, out, 0);
  private static final List<Accuracy.Call> ALL = List.of(ELU, SOFTPLUS, SILU, GELU, GELU_TANH);

  /** Where their formulas end and their results become denormal or 0. */
  private static final float[] EDGES = {
    17.33f, -ScalarMath.EXPM1_MIN, 12.8f, 13.1f, 14.36f, ScalarGates.GELU_END, 9.9f, 10.8f, ScalarGates.GELU_TANH_END,
    91.9f, 108.6f, ScalarGates.SILU_END
  };

  @Test
  void elu() {
    requireWithin(0.96, ELU, x -> x >= 0 ? x : StrictMath.expm1(x), EDGES, -0.4f, -0.37f);
  }

  /** Twice the error of e^x − 1 where the product is in the lower half of a binade, and one rounding more. */
  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.3f, 1.6732632f, 12.656526f})
  void eluOfAnyAlpha(float alpha) {
    Accuracy.Call elu = (kernels, n, x, out) -> kernels.elu(n, alpha, x, 0, out, 0);
    requireWithin(2.42, elu, x -> x >= 0 ? x : alpha * StrictMath.expm1(x), EDGES, -0.4f, -0.34f);
  }

  @Test
  void softplus() {
    requireWithin(1.95, SOFTPLUS, Formulas::softplus, EDGES, 0.015f, 0.022f);
  }

  /** What is certain and right costs what is left of the other class, and what is certain and wrong the logit. */
  @Test
  void binaryCrossEntropyOfClasses() {
    float[] x = samples(EDGES);
    float[] zeros = new float[x.length];
    float[] ones = new float[x.length];
    Arrays.fill(ones, 1f);
    float[] negated = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      negated[i] = -x[i];
    }
    float[] wanted = new float[x.length];
    float[] out = new float[x.length];
    for (boolean one : new boolean[] {false, true}) {
      SOFTPLUS.run(KernelSets.SCALAR, x.length, one ? negated : x, wanted);
      KernelSets.SCALAR.binaryCrossEntropy(x.length, x, 0, one ? ones : zeros, 0, out, 0);
      for (int i = 0; i < x.length; i++) {
        if (Float.isFinite(x[i])) { // 0 · ∞ is none of its numbers
          assertEquals(wanted[i], out[i], "at " + x[i] + " for " + one);
        }
      }
    }
  }

  @Test
  void binaryCrossEntropyOfSaturatedOutputs() {
    float[] out = new float[4];
    KernelSets.SCALAR.binaryCrossEntropy(4, new float[] {300, 300, -300, -300}, 0, new float[] {1, 0, 0, 1}, 0, out, 0);
    assertArrayEquals(new float[] {0, 300, 0, 300}, out);
  }

  @Test
  void silu() {
    requireWithin(3.4, SILU, Formulas::silu, EDGES, -3.22f, -3.2f);
  }

  @Test
  void gelu() {
    requireWithin(3.5, GELU, Formulas::gelu, EDGES, -1.33f, -1.31f);
  }

  @Test
  void geluByTanh() {
    requireWithin(3.41, GELU_TANH, Formulas::geluTanh, EDGES, -2.98f, -2.97f);
  }

  /** Denormal results are within so many of the smallest float, which is their last bit. */
  @Test
  void denormalResults() {
    requireDenormals(SILU, Formulas::silu, -108.9f, -91.8f);
    requireDenormals(GELU, Formulas::gelu, -14.4f, -13f);
    requireDenormals(GELU_TANH, Formulas::geluTanh, -10.9f, -10f);
    requireDenormals(SOFTPLUS, Formulas::softplus, -104.1f, -87.4f);
  }

  private static void requireDenormals(Accuracy.Call call, DoubleUnaryOperator right, float from, float to) {
    float[] x = Accuracy.every(from, to);
    double worst = worst(x, call, right);
    assertTrue(worst <= 2.4, () -> worst + " of the last bit wrong");
    float[] out = new float[x.length];
    call.run(KernelSets.SCALAR, x.length, x, out);
    assertTrue(Math.abs(out[out.length - 1]) <= Float.MIN_VALUE || Math.abs(out[0]) <= Float.MIN_VALUE, "down to 0");
  }

  /** Factors on the way back; a relative bound is none where they cross 0. */
  @Test
  void primes() {
    float[] x = ordinary();
    float[] factor = new float[x.length];
    Arrays.fill(factor, 1f);
    KernelSets.SCALAR.siluBackward(x.length, x, 0, factor, 0);
    requirePrime(x, factor, Formulas::siluPrime, 0x1p-23);
    Arrays.fill(factor, 1f);
    KernelSets.SCALAR.geluBackward(x.length, x, 0, factor, 0);
    requirePrime(x, factor, Formulas::geluPrime, 0x1p-22);
    Arrays.fill(factor, 1f);
    KernelSets.SCALAR.geluTanhBackward(x.length, x, 0, factor, 0);
    requirePrime(x, factor, Formulas::geluTanhPrime, 1.25 * 0x1p-23);
  }

  private static void requirePrime(float[] x, float[] prime, DoubleUnaryOperator right, double absolute) {
    for (int i = 0; i < x.length; i++) {
      double error = Math.abs(prime[i] - right.applyAsDouble(x[i]));
      if (error > absolute) {
        assertEquals(right.applyAsDouble(x[i]), prime[i], absolute, "at " + x[i]);
      }
    }
  }

  /** The largest are themselves, the smallest nothing or −1, zeros keep their sign where the function has a zero. */
  @Test
  void extremes() {
    float[] x = {Float.POSITIVE_INFINITY, Float.MAX_VALUE, 1e30f, 1000, -1000, -1e30f, -Float.MAX_VALUE,
        Float.NEGATIVE_INFINITY, 0f, -0f, Float.NaN};
    for (Accuracy.Call call : ALL) {
      float[] out = new float[x.length];
      call.run(KernelSets.SCALAR, x.length, x, out);
      assertArrayEquals(Arrays.copyOf(x, 4), Arrays.copyOf(out, 4));
      for (int i = 4; i < 8; i++) {
        assertEquals(call.equals(ELU) ? -1f : 0f, Math.abs(out[i]) == 0 ? 0f : out[i], "at " + x[i]);
      }
      if (call.equals(SOFTPLUS)) {
        assertEquals((float) Math.log(2), out[8]);
        assertEquals(out[8], out[9]);
      } else {
        assertEquals(bits(0f), bits(out[8]));
        assertEquals(bits(-0f), bits(out[9]));
      }
      assertTrue(Float.isNaN(out[10]));
    }
  }

  /** Softplus and ELU fall by no more than rounding, wherever one formula passes into another. */
  @Test
  void neverFalls() {
    float[] x = samples(EDGES);
    Arrays.sort(x);
    float[] out = new float[x.length];
    for (Accuracy.Call call : new Accuracy.Call[] {ELU, SOFTPLUS}) {
      call.run(KernelSets.SCALAR, x.length, x, out);
      for (int i = 1; i < x.length && !Float.isNaN(x[i]); i++) {
        float before = out[i - 1];
        assertTrue(before <= out[i] + 2 * Math.ulp(out[i]), "between " + x[i - 1] + " and " + x[i]);
      }
    }
  }

  /** A polynomial that is as good, but another, changes every network that anybody trains from a seed. */
  @Test
  void bitsNeverChange() {
    assumeTrue(Hotspot.HAS_FMA, "without fused multiply-add in hardware the scalar kernels round twice");
    float[] x = samples();
    float[] out = new float[x.length];
    int[] hashes = new int[ALL.size()];
    for (int i = 0; i < hashes.length; i++) {
      ALL.get(i).run(KernelSets.SCALAR, x.length, x, out);
      hashes[i] = Arrays.hashCode(out);
    }
    assertArrayEquals(new int[] {142970420, -562603610, -1537319818, 185747276, -770711222}, hashes, () -> Arrays.toString(hashes));
  }

  @Test
  void vectorHasTheSameBits() {
    Kernels vector = KernelSets.vector();
    float[] x = samples(EDGES);
    float[] expected = new float[x.length];
    float[] actual = new float[x.length];
    for (Accuracy.Call call : ALL) {
      call.run(KernelSets.SCALAR, x.length, x, expected);
      call.run(vector, x.length, x, actual);
      assertArrayEquals(expected, actual);
    }
  }
}
