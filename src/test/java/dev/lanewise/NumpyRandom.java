package dev.lanewise;

/**
 * NumPy's legacy generator, as {@code np.random.seed(int)} starts it: MT19937 (Matsumoto and Nishimura, 1998), normal
 * numbers by the polar method with the second one kept, shuffles by Fisher and Yates from the end.
 */
final class NumpyRandom {

  private static final int STATE = 624;
  private static final int SHIFT = 397;

  private final int[] key = new int[STATE];
  private int at = STATE;
  private double kept = Double.NaN;

  /** np.random.seed(seed) */
  NumpyRandom(int seed) {
    key[0] = seed;
    for (int i = 1; i < STATE; i++) {
      key[i] = 1812433253 * (key[i - 1] ^ (key[i - 1] >>> 30)) + i;
    }
  }

  private int nextInt() {
    if (at == STATE) {
      for (int i = 0; i < STATE; i++) {
        int bits = (key[i] & 0x80000000) | (key[(i + 1) % STATE] & 0x7fffffff);
        key[i] = key[(i + SHIFT) % STATE] ^ (bits >>> 1) ^ ((bits & 1) == 0 ? 0 : 0x9908b0df);
      }
      at = 0;
    }
    int bits = key[at++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return bits ^ (bits >>> 18);
  }

  private double nextDouble() {
    int high = nextInt() >>> 5;
    int low = nextInt() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  private double nextNormal() {
    if (!Double.isNaN(kept)) {
      double value = kept;
      kept = Double.NaN;
      return value;
    }
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double square = u * u + v * v;
      if (square < 1 && square != 0) {
        double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
        kept = factor * u;
        return factor * v;
      }
    }
  }

  /** np.random.randn(rows, cols) */
  double[][] randn(int rows, int cols) {
    double[][] out = new double[rows][cols];
    for (double[] row : out) {
      for (int j = 0; j < cols; j++) {
        row[j] = nextNormal();
      }
    }
    return out;
  }

  /** order = np.arange(n); np.random.shuffle(order) */
  int[] shuffledRange(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = atMost(i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Draws as many bits as max has until they are no more than max. */
  private int atMost(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = nextInt() & mask;
    } while (value > max);
    return value;
  }
}
