package dev.lanewise.kernel;

/** {@link DropoutKernels} in plain Java, and the hash that vectors evaluate likewise. */
public final class ScalarDropout {

  /** 2³² over the golden ratio: counters times this differ in their upper bits. */
  public static final int GOLDEN_GAMMA = 0x9e3779b9;

  /** The multipliers of {@link #mix}. */
  public static final int FIRST_FACTOR = 0x21f0aaad;

  /** The multipliers of {@link #mix}. */
  public static final int SECOND_FACTOR = 0x735a2d97;

  private ScalarDropout() {}

  static void dropout(int n, int key, int first, int threshold, float factor, float[] in, float[] out, int at) {
    for (int i = 0; i < n; i++) {
      boolean kept = mix(key + (first + i) * GOLDEN_GAMMA) >>> 1 >= threshold;
      out[at + i] = ScalarMath.select(kept, in[at + i] * factor, 0f);
    }
  }

  /** A permutation of the ints each of whose bits depends on all of x (constants of C. Wellons, hash-prospector). */
  static int mix(int x) {
    int bits = (x ^ (x >>> 16)) * FIRST_FACTOR;
    bits = (bits ^ (bits >>> 15)) * SECOND_FACTOR;
    return bits ^ (bits >>> 15);
  }

  static void scaleRows(int rows, int ld, float[] factors, int factorsAt, float[] x, int at) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < ld; j++) {
        x[at + i * ld + j] *= factors[factorsAt + i];
      }
    }
  }
}
