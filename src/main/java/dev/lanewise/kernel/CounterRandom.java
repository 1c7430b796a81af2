package dev.lanewise.kernel;

/**
 * Random numbers that are a pure function of (seed, stream, index): what a run draws depends on nothing that ran before
 * it, on no thread and on no JDK method whose algorithm may change.
 *
 * <p>Number i of a stream is SplitMix64's output function (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014; constants by Stafford, mix 13) at start + i · 2⁶⁴/φ, where start mixes the seed and the stream.
 */
public final class CounterRandom {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long start;
  private long index;

  /** Numbers of one stream: a purpose and, within it, whatever tells two uses apart (an epoch, a layer). */
  public CounterRandom(long seed, Stream stream, long number) {
    restart(seed, stream, number);
  }

  /** Goes on with another stream, as a new object would. */
  public void restart(long seed, Stream stream, long number) {
    start = mix(mix(mix(seed + GOLDEN_GAMMA) + stream.id) + number * GOLDEN_GAMMA);
    index = 0;
  }

  /** What the numbers are for. The id is part of every seed's meaning and never changes. */
  public enum Stream {
    /** Initial weights, one stream a layer. */
    WEIGHTS(1),
    /** The order of the rows, one stream an epoch. */
    ORDER(2),
    /** What dropout leaves out, one stream an epoch. */
    DROPOUT(3),
    /** Which rows are set apart for testing, one stream a class; −1 is the order of a dataset's rows. */
    SPLIT(4),
    /** Which fold of a cross-validation each row is tested in. */
    FOLDS(5);

    private final long id;

    Stream(long id) {
      this.id = id;
    }
  }

  /** The next 64 bits. */
  public long nextLong() {
    return mix(start + ++index * GOLDEN_GAMMA);
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive), in steps of 2⁻⁵³. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in 0 to bound − 1, without bias (Lemire: Fast Random Integer Generation in an Interval, 2019). */
  public int nextInt(int bound) {
    long product = (nextLong() >>> 32) * bound;
    if ((product & 0xffffffffL) < bound) {
      long threshold = (1L << 32) % bound;
      while ((product & 0xffffffffL) < threshold) {
        product = (nextLong() >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** Fills the array with numbers from N(0, 1), by Marsaglia's polar method with StrictMath. */
  public void fillNormal(double[] out) {
    int at = 0;
    while (at < out.length) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double square = u * u + v * v;
      if (square >= 1 || square == 0) {
        continue;
      }
      double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      out[at++] = u * factor;
      if (at < out.length) {
        out[at++] = v * factor;
      }
    }
  }

  /** Fills the array with 0, 1, …, n − 1 in random order (Fisher and Yates). */
  public void fillPermutation(int[] out) {
    for (int i = 0; i < out.length; i++) {
      int j = nextInt(i + 1);
      out[i] = out[j];
      out[j] = i;
    }
  }

  private static long mix(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }
}
