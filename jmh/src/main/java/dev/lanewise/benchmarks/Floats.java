package dev.lanewise.benchmarks;

import dev.lanewise.kernel.LineArrays;
import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Arrays to work on, and their comparison. */
final class Floats {

  private Floats() {}

  /** So many floats, even between −bound and bound. */
  static float[] random(long seed, int length, float bound) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    return values;
  }

  /** Rows of a matrix as a long fit has those of a batch, {@link Panels#stride} apart from {@link Panels#LEAD} on, with zeros between. */
  static float[] padded(int rows, int cols, float[] values) {
    int ld = Panels.stride(cols);
    float[] padded = onLines(Panels.LEAD + rows * ld);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * cols, padded, Panels.LEAD + i * ld, cols);
    }
    return padded;
  }

  /** Zeros, at least so many, as a fit of many steps has them. */
  static float[] onLines(int length) {
    return new LineArrays(Long.MAX_VALUE).zeros(length);
  }

  /** So many NaNs: an element that a kernel does not write stays one. */
  static float[] unwritten(int length) {
    float[] values = new float[length];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /**
   * Compares n floats from the given indices on.
   *
   * @throws IllegalStateException if a bit differs
   */
  static void requireSameBits(int n, float[] expected, int expectedAt, float[] actual, int actualAt) {
    int at = Arrays.mismatch(bits(n, expected, expectedAt), bits(n, actual, actualAt));
    if (at >= 0) {
      throw new IllegalStateException(
          "element %d of %d is %s instead of %s".formatted(at, n, actual[actualAt + at], expected[expectedAt + at]));
    }
  }

  /**
   * Compares n floats from the given indices on, for sums whose order is not ours.
   *
   * @throws IllegalStateException if two are further apart than the tolerance
   */
  static void requireClose(
      int n, float tolerance, float[] expected, int expectedAt, float[] actual, int actualAt) {
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(actual[actualAt + i] - expected[expectedAt + i]) <= tolerance)) {
        throw new IllegalStateException(
            "element %d of %d is %s, not close to %s".formatted(i, n, actual[actualAt + i], expected[expectedAt + i]));
      }
    }
  }

  /**
   * Compares n floats from the given indices on, for formulas that round elsewhere.
   *
   * @param relative the largest difference, as a part of what is expected
   * @throws IllegalStateException if two are further apart
   */
  static void requireWithin(int n, float relative, float[] expected, int expectedAt, float[] actual, int actualAt) {
    for (int i = 0; i < n; i++) {
      requireClose(1, relative * Math.abs(expected[expectedAt + i]), expected, expectedAt + i, actual, actualAt + i);
    }
  }

  private static int[] bits(int n, float[] values, int from) {
    int[] bits = new int[n];
    for (int i = 0; i < n; i++) {
      bits[i] = Float.floatToRawIntBits(values[from + i]);
    }
    return bits;
  }
}
