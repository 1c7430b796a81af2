package dev.lanewise.kernel;

/**
 * A sum along a row whose order does not depend on the width of a vector: sixteen partial sums, element j in number
 * j mod 16, then the upper half added to the lower half four times, which is what halving a vector does.
 */
enum RowSum {
  /** Σ x. */
  VALUES {
    @Override
    float term(float x, float y, float c) {
      return x;
    }
  },
  /** Σ x·y. */
  PRODUCTS {
    @Override
    float term(float x, float y, float c) {
      return x * y;
    }
  },
  /** Σ y·(c − x), where a y of zero makes zero of any x. */
  WEIGHTED_DISTANCES {
    @Override
    float term(float x, float y, float c) {
      return y == 0f ? 0f : y * (c - x);
    }
  },
  /** Σ (x − c)². */
  SQUARED_DISTANCES {
    @Override
    float term(float x, float y, float c) {
      return (x - c) * (x - c);
    }
  },
  /** Σ (x − y)². */
  SQUARED_DIFFERENCES {
    @Override
    float term(float x, float y, float c) {
      return (x - y) * (x - y);
    }
  };

  private static final int PARTIAL_SUMS = 16;

  abstract float term(float x, float y, float c);

  final float over(int cols, float[] x, int xAt, float[] y, int yAt) {
    return over(cols, x, xAt, y, yAt, 0f);
  }

  final float over(int cols, float[] x, int xAt, float[] y, int yAt, float c) {
    return tree(0, 1, cols, x, xAt, y, yAt, c);
  }

  /** The sum of the partial sums first, first + stride, first + 2·stride …; recursive, so that it needs no array. */
  private float tree(int first, int stride, int cols, float[] x, int xAt, float[] y, int yAt, float c) {
    if (stride < PARTIAL_SUMS) {
      return tree(first, 2 * stride, cols, x, xAt, y, yAt, c)
          + tree(first + stride, 2 * stride, cols, x, xAt, y, yAt, c);
    }
    float sum = 0f;
    for (int j = first; j < cols; j += PARTIAL_SUMS) {
      sum += term(x[xAt + j], y[yAt + j], c);
    }
    return sum;
  }
}
