package dev.lanewise.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken up to its very bounds, as a float where kernels take it as one, and how the rest is refused. */
class RequireTest {

  /** The largest double that is no infinite float, and the smallest double that is one. */
  private static final double MOST = Math.nextDown(0x1.ffffffp127);

  private static final double TOO_MUCH = 0x1.ffffffp127;

  /** Doubles below 1 and above 0 that are 1 and 0 as floats. */
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  private static final double ALMOST_NOTHING = 0x1p-150;

  private static void assertRefused(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void positiveInts() {
    assertEquals(1, Require.positive("n", 1));
    assertRefused("n must be positive, but is 0", () -> Require.positive("n", 0));
    assertRefused("n must be positive, but is -1", () -> Require.positive("n", -1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Float.MIN_VALUE, 1, Float.MAX_VALUE})
  void positive(double value) {
    assertEquals(value, Require.positive("x", value));
  }

  @Test
  void positiveIsSoAsAFloat() {
    assertEquals(MOST, Require.positive("x", MOST));
    for (double value : new double[] {0, -1, ALMOST_NOTHING, TOO_MUCH, Double.POSITIVE_INFINITY, Double.NaN}) {
      assertRefused("x must be finite and positive as a float, but is " + value, () -> Require.positive("x", value));
    }
  }

  @Test
  void fractions() {
    assertEquals(0.0, Require.fraction("x", 0));
    assertEquals(Math.nextDown(1f), Require.fraction("x", Math.nextDown(1f)));
    for (double value : new double[] {1, 1.5, -Double.MIN_VALUE, Double.NaN}) {
      assertRefused("x must be in 0..1, 1 excluded, but is " + value, () -> Require.fraction("x", value));
    }
    assertRefused(
        "x must be in 0..1, 1 excluded, but is " + ALMOST_ONE + ", which is 1.0 as a float", () -> Require.fraction("x", ALMOST_ONE));
  }

  @Test
  void between0And1() {
    assertEquals(Double.MIN_VALUE, Require.between0And1("x", Double.MIN_VALUE));
    assertEquals(ALMOST_ONE, Require.between0And1("x", ALMOST_ONE));
    for (double value : new double[] {0, 1, Double.NaN}) {
      assertRefused("x must be between 0 and 1, but is " + value, () -> Require.between0And1("x", value));
    }
  }

  @Test
  void notNegative() {
    for (double value : new double[] {0, ALMOST_NOTHING, 1, MOST}) {
      assertEquals(value, Require.notNegative("x", value));
      assertEquals(value, Require.notNegative("x of row %d", 3, value));
    }
    for (double value : new double[] {-Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN}) {
      assertRefused("x must be finite and not negative, but is " + value, () -> Require.notNegative("x", value));
      assertRefused("x of row 3 must be finite and not negative, but is " + value, () -> Require.notNegative("x of row %d", 3, value));
    }
    assertRefused(
        "x must be finite and not negative, but is " + TOO_MUCH + ", which is Infinity as a float",
        () -> Require.notNegative("x", TOO_MUCH));
  }

  @Test
  void weightsThatCount() {
    for (double value : new double[] {0, Float.MIN_VALUE, MOST}) {
      assertEquals(value, Require.weight("row %d", 3, value));
    }
    assertRefused(
        "row 3 is " + ALMOST_NOTHING + ", which as a float is 0: it would not count", () -> Require.weight("row %d", 3, ALMOST_NOTHING));
    assertRefused("row 3 must be finite and not negative, but is -1.0", () -> Require.weight("row %d", 3, -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\u0000", "a\nb", "\u009b"})
  void names(String name) {
    assertEquals("a b", Require.name("a loss", "a b"));
    assertRefused(
        "the name of a loss must not be blank or have control characters, but is " + Quoted.of(name), () -> Require.name("a loss", name));
  }

  @Test
  void labels() {
    Require.label("label", 0, 5, 3);
    Require.label("label", 2, 5, 3);
    assertRefused("label 3 in row 5 is outside 0..2", () -> Require.label("label", 3, 5, 3));
    assertRefused("label -1 in row 5 is outside 0..2, more", () -> Require.label("label", -1, 5, 3, ", more"));
  }
}
