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
  /** Σ (x − c). */
  DISTANCES {
    @Override
    float term(float x, float y, float c) {
      return x - c;
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
    float even = quarter(0, cols, x, xAt, y, yAt, c) + quarter(2, cols, x, xAt, y, yAt, c);
    return even + (quarter(1, cols, x, xAt, y, yAt, c) + quarter(3, cols, x, xAt, y, yAt, c));
  }

  /** The sum of the partial sums first, first + 4, first + 8 and first + 12: four at a time, so that they need no array. */
  private float quarter(int first, int cols, float[] x, int xAt, float[] y, int yAt, float c) {
    float s0 = 0f;
    float s4 = 0f;
    float s8 = 0f;
    float s12 = 0f;
    int j = first;
    for (; j + 12 < cols; j += PARTIAL_SUMS) {
      s0 += term(x[xAt + j], y[yAt + j], c);
      s4 += term(x[xAt + j + 4], y[yAt + j + 4], c);
      s8 += term(x[xAt + j + 8], y[yAt + j + 8], c);
      s12 += term(x[xAt + j + 12], y[yAt + j + 12], c);
    }
    if (j < cols) {
      s0 += term(x[xAt + j], y[yAt + j], c);
    }
    if (j + 4 < cols) {
      s4 += term(x[xAt + j + 4], y[yAt + j + 4], c);
    }
    if (j + 8 < cols) {
      s8 += term(x[xAt + j + 8], y[yAt + j + 8], c);
    }
    return (s0 + s8) + (s4 + s12);
  }
}
