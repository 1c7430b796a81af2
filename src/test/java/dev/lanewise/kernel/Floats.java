package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.Random;

/** Numbers to test with. */
final class Floats {

  /** One of each kind: zeros, denormals, ordinary, huge, infinite, not a number, and where exp and tanh change. */
  static final float[] SPECIAL = special();

  /** Drawn once, as most tests only need different numbers and not new ones. */
  private static final float[] POOL = pool();

  private Floats() {}

  private static float[] special() {
    float[] positive = {
      0f, Float.MIN_VALUE, 3 * Float.MIN_VALUE, 1e-42f, Math.nextDown(Float.MIN_NORMAL), Float.MIN_NORMAL, 1e-30f,
      1e-9f, 0x1p-24f, 0.1f, 0.34657f, 0.5f, Math.nextDown(ScalarMath.TANH_SPLIT), ScalarMath.TANH_SPLIT,
      Math.nextDown(1f), 1f, Math.nextUp(1f), 3f, 9.01f, ScalarMath.TANH_MAX_TWICE / 2,
      Math.nextUp(ScalarMath.TANH_MAX_TWICE / 2), 16.7f, 87.4f,
      ScalarMath.EXP_MAX, Math.nextUp(ScalarMath.EXP_MAX), -ScalarMath.EXP_MIN, Math.nextUp(-ScalarMath.EXP_MIN), 104f,
      0x1p23f, 1e9f, 1e19f, 1e38f, Math.nextDown(Float.MAX_VALUE), Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN
    };
    float[] both = Arrays.copyOf(positive, 2 * positive.length);
    for (int i = 0; i < positive.length; i++) {
      both[positive.length + i] = -positive[i];
    }
    return both;
  }

  private static float[] pool() {
    Random random = new Random(20260101);
    float[] pool = new float[1 << 20];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = 2 * random.nextFloat() - 1;
    }
    return pool;
  }

  /** Numbers between −1 and 1. */
  static float[] ordinary(Random random, int n) {
    float[] values = new float[n];
    for (int done = 0; done < n; ) {
      int from = random.nextInt(POOL.length);
      int length = Math.min(n - done, POOL.length - from);
      System.arraycopy(POOL, from, values, done, length);
      done += length;
    }
    return values;
  }

  /** Any bits at all: every exponent is as likely as another, and one number in 256 is NaN or infinite. */
  static float[] bits(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return values;
  }

  /** Integers between −bound and bound. */
  static float[] integers(Random random, int n, int bound) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(2 * bound + 1) - bound;
    }
    return values;
  }
}
