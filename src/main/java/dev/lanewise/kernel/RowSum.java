package dev.lanewise.kernel;

/**
 * A sum along a row whose order does not depend on the width of a vector: sixteen partial sums, element j in number
 * j mod 16, then the upper half added to the lower half four times, which is what halving a vector does.
 */
enum RowSum {
  /** Σ x. */
  VALUES {
    @Override
    float term(float x, float y) {
      return x;
    }
  },
  /** Σ x·y. */
  PRODUCTS {
    @Override
    float term(float x, float y) {
      return x * y;
    }
  },
  /** Σ (x − y)². */
  SQUARED_DIFFERENCES {
    @Override
    float term(float x, float y) {
      return (x - y) * (x - y);
    }
  };

  private static final int PARTIAL_SUMS = 16;

  abstract float term(float x, float y);

  final float over(int cols, float[] x, int xAt, float[] y, int yAt) {
    return tree(0, 1, cols, x, xAt, y, yAt);
  }

  /** The sum of the partial sums first, first + stride, first + 2·stride …; recursive, so that it needs no array. */
  private float tree(int first, int stride, int cols, float[] x, int xAt, float[] y, int yAt) {
    if (stride < PARTIAL_SUMS) {
      return tree(first, 2 * stride, cols, x, xAt, y, yAt)
          + tree(first + stride, 2 * stride, cols, x, xAt, y, yAt);
    }
    float sum = 0f;
    for (int j = first; j < cols; j += PARTIAL_SUMS) {
      sum += term(x[xAt + j], y[yAt + j]);
    }
    return sum;
  }
}
