package dev.lanewise.benchmarks;

/**
 * A product of m × k and k × n.
 *
 * @param m the rows of the product
 * @param n its columns
 * @param k the terms of each of its sums
 */
record Shape(int m, int n, int k) {

  /** A usual L2 cache. */
  private static final long CACHE_BYTES = 1 << 20;

  /** What a core can do in the time that a byte takes from beyond its L2, and more. */
  private static final double FLOP_PER_BYTE = 16;

  /** Reads {@code MxNxK}. */
  static Shape parse(String text) {
    String[] numbers = text.split("x", -1);
    if (numbers.length != 3) {
      throw new IllegalArgumentException("a shape is MxNxK, not " + text);
    }
    return new Shape(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
  }

  /** A multiplication and an addition for each term. */
  long flop() {
    return 2L * m * n * k;
  }

  /** Those of its operands and its result, each once. */
  long bytes() {
    return 4L * ((long) m * k + (long) k * n + (long) m * n);
  }

  /** The floating-point operations for each byte. */
  double intensity() {
    return (double) flop() / bytes();
  }

  /**
   * Whether memory decides how fast it is: its operands and its result do not fit in a cache of 1 MiB, and there are
   * fewer than 16 floating-point operations for each of their bytes.
   */
  boolean isMemoryBound() {
    return bytes() > CACHE_BYTES && intensity() < FLOP_PER_BYTE;
  }
}
