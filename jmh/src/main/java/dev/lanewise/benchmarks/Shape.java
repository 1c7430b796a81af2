package dev.lanewise.benchmarks;

/**
 * A product of m × k and k × n.
 *
 * @param m the rows of the product
 * @param n its columns
 * @param k the terms of each of its sums
 */
record Shape(int m, int n, int k) {

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
}
