package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each activation and its prime, against the formulas in their Javadoc, at ordinary and extreme arguments. */
class ActivationTest {

  private static final float[] Z = {-104, -90, -20, -3, -1, -0.5f, -1e-6f, -0f, 0, 1e-6f, 0.5f, 1, 2, 3, 17, 20, 90};

  /** Relative: two units in the last place. */
  private static final float ULPS = 0x1p-22f;

  private static float[] apply(Activation activation, float... z) {
    return activation.apply(Matrix.of(1, z.length, z)).data();
  }

  private static float[] prime(Activation activation, float... z) {
    return activation.prime(Matrix.of(1, z.length, z)).data();
  }

  private static void assertNear(double expected, float actual, float at) {
    assertEquals(expected, actual, Math.max(Math.abs(expected) * ULPS, Float.MIN_VALUE), () -> "at " + at);
  }

  @Test
  void relu() {
    float[] a = apply(Activation.RELU, Z);
    float[] prime = prime(Activation.RELU, Z);
    for (int i = 0; i < Z.length; i++) {
      assertEquals(Z[i] > 0 ? Z[i] : 0f, a[i]);
      assertEquals(Z[i] > 0 ? 1f : 0f, prime[i]);
    }
    assertTrue(Float.isNaN(apply(Activation.RELU, Float.NaN)[0]), "a run that diverges has to be seen");
  }

  @Test
  void sigmoid() {
    float[] a = apply(Activation.SIGMOID, Z);
    float[] prime = prime(Activation.SIGMOID, Z);
    for (int i = 0; i < Z.length; i++) {
      double e = Math.exp(-Math.abs((double) Z[i]));
      assertNear((Z[i] < 0 ? e : 1) / (1 + e), a[i], Z[i]);
      assertEquals(a[i] * (1f - a[i]), prime[i], "at " + Z[i]);
      assertEquals(e / ((1 + e) * (1 + e)), prime[i], 1e-7, "at " + Z[i]);
    }
    assertArrayEquals(
        new float[] {0, 1, 0.5f}, apply(Activation.SIGMOID, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0));
  }

  @Test
  void tanh() {
    float[] a = apply(Activation.TANH, Z);
    float[] prime = prime(Activation.TANH, Z);
    for (int i = 0; i < Z.length; i++) {
      double cosh = Math.cosh(Z[i]);
      assertNear(Math.tanh(Z[i]), a[i], Z[i]);
      assertEquals(1 / (cosh * cosh), prime[i], 2e-7, "at " + Z[i]);
    }
    assertArrayEquals(
        new float[] {-1, 1, -0f, 0}, apply(Activation.TANH, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0));
    assertEquals("tanh", Activation.TANH.name());
  }

  @Test
  void identity() {
    assertArrayEquals(Z, apply(Activation.IDENTITY, Z));
    for (float prime : prime(Activation.IDENTITY, Z)) {
      assertEquals(1f, prime);
    }
  }

  @Test
  void softmaxOfEachRow() {
    float[][] rows = {{1, 2, 3}, {-1000, 0, 1000}, {1e30f, 1e30f, -1e30f}, {0, 0, 0}};
    Matrix a = Activation.SOFTMAX.apply(Matrix.of(rows));
    for (int i = 0; i < rows.length; i++) {
      double max = Math.max(rows[i][0], Math.max(rows[i][1], rows[i][2]));
      double sum = 0;
      for (float z : rows[i]) {
        sum += Math.exp(z - max);
      }
      for (int j = 0; j < 3; j++) {
        assertNear(Math.exp(rows[i][j] - max) / sum, a.get(i, j), rows[i][j]);
      }
    }
  }

  @Test
  void softmaxHasNoElementwisePrime() {
    Matrix z = Matrix.of(1, 2, 1, 2);
    String message =
        assertThrows(UnsupportedOperationException.class, () -> Activation.SOFTMAX.prime(z)).getMessage();
    assertEquals("softmax has no element-wise prime", message);
    assertFalse(Activation.SOFTMAX.isElementwise());
    for (Activation other : List.of(Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.IDENTITY)) {
      assertTrue(other.isElementwise(), other.name());
    }
  }

  @Test
  void leavesItsArgumentAlone() {
    for (Activation activation :
        List.of(Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.SOFTMAX, Activation.IDENTITY)) {
      Matrix z = Matrix.of(2, 2, 1, -2, 3, -4);
      Matrix a = activation.apply(z);
      assertEquals(Matrix.of(2, 2, 1, -2, 3, -4), z);
      assertEquals("2 x 2", a.shape());
      a.set(0, 0, 7);
      assertEquals(1f, z.get(0, 0), "a copy");
    }
  }

  /** delta ∘ f′(z) over the given range and nothing beyond it; softmax by its Jacobian, a ∘ (delta − Σ a·delta). */
  @Test
  void backwardMultipliesByTheDerivative() {
    float[] z = {9, 0.5f, -1, 2, 0, -0f, 9};
    for (Activation activation :
        List.of(Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.IDENTITY, Activation.leakyRelu(0.2))) {
      float[] a = z.clone();
      activation.apply(1, 5, 5, z, a, 1);
      float[] delta = {7, 1, 1, 1, 1, 1, 7};
      activation.backward(1, 5, 5, z, a, delta, 1);
      float[] expected = prime(activation, 0.5f, -1, 2, 0, -0f);
      assertArrayEquals(
          new float[] {7, expected[0], expected[1], expected[2], expected[3], expected[4], 7}, delta, activation.name());
    }
    float[] a = z.clone();
    Activation.SOFTMAX.apply(1, 3, 3, z, a, 1);
    float[] delta = {7, 1, -2, 4, 7};
    Activation.SOFTMAX.backward(1, 3, 3, z, a, delta, 1);
    double mean = a[1] * 1.0 + a[2] * -2.0 + a[3] * 4.0;
    assertEquals(7f, delta[0]);
    assertEquals(a[1] * (1 - mean), delta[1], 1e-6);
    assertEquals(a[2] * (-2 - mean), delta[2], 1e-6);
    assertEquals(a[3] * (4 - mean), delta[3], 1e-6);
    assertEquals(7f, delta[4]);
  }
}
