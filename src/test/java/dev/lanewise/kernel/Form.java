package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.Random;

/** The forms of the product, by one signature. */
enum Form {
  MULTIPLY(false, false) {
    @Override
    void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c) {
      kernels.multiply(m, n, k, a.data, a.at, a.ld, b.data, b.at, b.ld,
          data(start), at(start), ld(start), c.data, c.at, c.ld, garbage(kernels.scratchLength(m, n, k)));
    }
  },
  TRANSPOSED_A(true, false) {
    @Override
    void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c) {
      kernels.multiplyTransposedA(m, n, k, a.data, a.at, a.ld, b.data, b.at, b.ld,
          data(start), at(start), ld(start), c.data, c.at, c.ld, garbage(kernels.scratchLength(m, n, k)));
    }
  },
  TRANSPOSED_B(false, true) {
    @Override
    void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c) {
      kernels.multiplyTransposedB(m, n, k, a.data, a.at, a.ld, b.data, b.at, b.ld,
          data(start), at(start), ld(start), c.data, c.at, c.ld, garbage(kernels.scratchLength(m, n, k)));
    }
  },
  PACKED(false, false) {
    @Override
    void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c) {
      float[] packed = new float[kernels.packedLength(k, n)];
      kernels.pack(k, n, 0, k, b.data, b.at, b.ld, packed);
      PaddedBlock padded = new PaddedBlock(c);
      boolean oneRow = start != null && start.ld == 0;
      float[] from = start == null ? null : padded.valuesOf(start, oneRow ? Math.min(m, 1) : m);
      int ldFrom = oneRow ? 0 : padded.ld;
      if (start == c) {
        System.arraycopy(from, 0, padded.data, padded.at, from.length);
        from = padded.data;
      }
      int fromAt = start == c ? padded.at : 0;
      for (int j = 0, to; j < n; j = to) {
        to = shareEnd(m, n, k, j);
        float[] scratch = m < Panels.WIDE ? null : garbage(Math.min(kernels.scratchLength(m, n, k), Kernels.PACKED_SCRATCH));
        kernels.multiplyPacked(
            m, to - j, k, a.data, a.at, a.ld, packed, Panels.at(k, j), from, fromAt + j, ldFrom,
            padded.data, padded.at + j, padded.ld, scratch);
        if (start != c) {
          padded.requireUnwrittenFrom(to);
        }
      }
      padded.copyTo(c);
    }
  },
  PACKED_TRANSPOSED(false, true) {
    @Override
    void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c) {
      back(kernels, m, n, k, b, c, (from, to, packed, out) ->
          kernels.multiplyPackedTransposed(
              m, n, k, from, to, a.data, a.at, a.ld, packed, out.data, out.at, out.ld, garbage(kernels.scratchLength(m, n, k))));
    }

    @Override
    boolean startsFromZero() {
      return true;
    }
  },
  /** Sums along rows, of some rows of A at a time. */
  DOTS(false, true) {
    @Override
    void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c) {
      int ld = Panels.columns(k);
      float[] padded = new float[m * ld];
      for (int i = 0; i < m; i++) {
        System.arraycopy(a.data, a.at + i * a.ld, padded, i * ld, k);
      }
      back(kernels, m, n, k, b, c, (from, to, packed, out) -> {
        for (int i = 0, rows; i < m; i += rows) {
          rows = Math.min(m - i, Kernels.MOST_DOT_ROWS);
          kernels.dotPacked(
              rows, n, k, from, to, padded, i * ld, ld, packed, out.data, out.at + i * out.ld, out.ld,
              garbage(kernels.scratchLength(rows, n, k)));
        }
      });
    }

    @Override
    boolean startsFromZero() {
      return true;
    }

    @Override
    float element(int k, Block a, int i, Block b, int j, float start) {
      float[] sums = new float[16];
      for (int p = 0; p < Math.ceilDiv(k, 16) * 16; p++) {
        float x = p < k ? a.get(i, p) : 0f;
        float y = p < k ? b.get(j, p) : 0f;
        sums[p % 16] = Math.fma(x, y, sums[p % 16]);
      }
      float even = ((sums[0] + sums[8]) + (sums[4] + sums[12])) + ((sums[2] + sums[10]) + (sums[6] + sums[14]));
      float odd = ((sums[1] + sums[9]) + (sums[5] + sums[13])) + ((sums[3] + sums[11]) + (sums[7] + sums[15]));
      return even + odd;
    }
  };

  private final boolean transposedA;
  private final boolean transposedB;

  Form(boolean transposedA, boolean transposedB) {
    this.transposedA = transposedA;
    this.transposedB = transposedB;
  }

  /** C = start + A·B; no start is zero. */
  abstract void run(Kernels kernels, int m, int n, int k, Block a, Block b, Block start, Block c);

  /** One element, as the contract says that it is computed. */
  float element(int k, Block a, int i, Block b, int j, float start) {
    float sum = start;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(a(a, i, p), b(b, p, j), sum);
    }
    return sum;
  }

  /** Whether it takes no start. */
  boolean startsFromZero() {
    return false;
  }

  /** An A as this form takes it. */
  Block newA(Random random, int m, int k) {
    return transposedA ? Block.of(random, k, m) : Block.of(random, m, k);
  }

  /** A B as this form takes it. */
  Block newB(Random random, int n, int k) {
    return transposedB ? Block.of(random, n, k) : Block.of(random, k, n);
  }

  float a(Block a, int i, int p) {
    return transposedA ? a.get(p, i) : a.get(i, p);
  }

  float b(Block b, int p, int j) {
    return transposedB ? b.get(j, p) : b.get(p, j);
  }

  /** What rows from..to of C need of A. */
  Block partOfA(Block a, int from, int to, int k) {
    return transposedA ? a.part(0, k, from, to) : a.part(from, to, 0, k);
  }

  /** What columns from..to of C need of B. */
  Block partOfB(Block b, int from, int to, int k) {
    return transposedB ? b.part(from, to, 0, k) : b.part(0, k, from, to);
  }

  /** Columns of a product with a B that is packed as it is given. */
  @FunctionalInterface
  private interface Back {
    void columns(int from, int to, float[] packed, PaddedBlock out);
  }

  private static void back(Kernels kernels, int m, int n, int k, Block b, Block c, Back way) {
    float[] packed = new float[kernels.packedLength(n, k)];
    kernels.pack(n, k, 0, n, b.data, b.at, b.ld, packed);
    PaddedBlock padded = new PaddedBlock(c);
    for (int j = 0, to; j < n; j = to) {
      to = shareEnd(m, n, k, j);
      way.columns(j, to, packed, padded);
      padded.requireUnwrittenFrom(to);
    }
    padded.copyTo(c);
  }

  /** Where the columns that are computed at once end: every other product is computed as two threads share it. */
  private static int shareEnd(int m, int n, int k, int from) {
    int half = n / 2 / Panels.WIDE * Panels.WIDE;
    return (m + n + k) % 2 == 0 || from >= half ? n : half;
  }

  /** Scratch of the length that was asked for and no longer, with what an earlier product may have left. */
  private static float[] garbage(int length) {
    float[] scratch = new float[length];
    Arrays.fill(scratch, Float.NaN);
    return scratch;
  }

  private static float[] data(Block start) {
    return start == null ? null : start.data;
  }

  private static int at(Block start) {
    return start == null ? 0 : start.at;
  }

  private static int ld(Block start) {
    return start == null ? 0 : start.ld;
  }
}
