package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_1;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_2;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_4;
import static dev.lanewise.kernel.vector.LaneHalves.SWAP_8;
import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * What {@link RowDots} computes, with the same bits, of weights that come from memory, for 512 bits: row after row of four panels at a time,
 * the partial sums of each row kept in scratch until all its panels have been. So the processor reads four streams, each in the order of
 * memory; blocks of rows over all panels are 4 KiB here and 4 KiB there, and come at half the speed or less. So does one panel at a time.
 */
final class DotsInOrder extends NotInlined {

  /** Rows of weights whose partial sums are kept: four rows' are 64 KiB, which scratch has room for from 256 terms on. */
  private static final int MOST_ROWS = 256;

  private static final int PANELS = 4;

  /** Columns of that many panels. */
  private static final int COLUMNS = PANELS * WIDE;

  private DotsInOrder() {}

  /** The most rows of A that gain on Intel's processors: of three and four blocks are faster. */
  private static final int INTEL_ROWS = 2;

  /**
   * Whether m rows go this way over weights of n × k: where these do not stay in the last cache. On Zen 5 a block's lines come as fast as
   * memory has them. Examples are smaller.
   */
  static boolean pays(int m, int n, int k) {
    return BITS_512 && !Blocking.ZEN5 && (m <= INTEL_ROWS || !Blocking.INTEL) && k >= COLUMNS
        && ((long) n * k >= Blocking.MEMORY_FLOATS || TilingInUse.tries());
  }

  /** See {@link RowDots#callWithoutTerms}. */
  static void callWithoutTerms(int times) {
    float[] no = {};
    for (int i = 0; i < times; i++) {
      one(-1, no, 0, no, 0, 0, no, 0);
      two(-1, no, 0, 0, no, 0, 0, no, 0, 0);
      rest(-1, no, 0, no, 0, 0, no, 0);
      total(-1, no, 0, no, 0);
    }
  }

  /** See {@link dev.lanewise.kernel.Kernels#dotPacked}. */
  static void run(
      int m, int n, int k, int from, int to,
      float[] a, int aAt, int lda,
      float[] packed,
      float[] c, int cAt, int ldc,
      float[] scratch) {
    int inPanels = k / COLUMNS * COLUMNS;
    int next = n * WIDE;
    int pairs = m / 2 * 2;
    for (int i = from, rows; i < to; i += rows) {
      rows = Math.min(MOST_ROWS, to - i);
      int length = rows * LANES; // of the partial sums of a row of A
      Arrays.fill(scratch, 0, m * length, 0f);
      for (int p = 0; p < inPanels; p += COLUMNS) {
        int at = Panels.at(n, p) + i * WIDE;
        int x = aAt + p;
        for (int r = 0; r < pairs; r += 2) {
          two(rows, a, x + r * lda, lda, packed, at, next, scratch, r * length, length);
          two(rows, a, x + r * lda + 2 * WIDE, lda, packed, at + 2 * next, next, scratch, r * length, length);
        }
        if (pairs < m) {
          one(rows, a, x + pairs * lda, packed, at, next, scratch, pairs * length);
        }
      }
      for (int p = inPanels, width; p < k; p += width) {
        width = Panels.width(k - p);
        int at = Panels.at(n, p) + i * width;
        for (int q = 0; q < width; q += LANES) {
          for (int r = 0; r < m; r++) {
            rest(rows, a, aAt + r * lda + p + q, packed, at + q, width, scratch, r * length);
          }
        }
      }
      for (int r = 0; r < m; r++) {
        total(rows, scratch, r * length, c, cAt + r * ldc + i);
      }
    }
  }

  /** Of one row of A and four panels, {@code next} floats from one to the next. */
  private static void one(int rows, float[] a, int aAt, float[] packed, int at, int next, float[] sums, int sumsAt) {
    if (rows < 0) { // one of callWithoutTerms
      return;
    }
    FloatVector x0 = fromArray(SPECIES, a, aAt);
    FloatVector x1 = fromArray(SPECIES, a, aAt + LANES);
    FloatVector x2 = fromArray(SPECIES, a, aAt + 2 * LANES);
    FloatVector x3 = fromArray(SPECIES, a, aAt + 3 * LANES);
    FloatVector x4 = fromArray(SPECIES, a, aAt + 4 * LANES);
    FloatVector x5 = fromArray(SPECIES, a, aAt + 5 * LANES);
    FloatVector x6 = fromArray(SPECIES, a, aAt + 6 * LANES);
    FloatVector x7 = fromArray(SPECIES, a, aAt + 7 * LANES);
    FloatVector x8 = fromArray(SPECIES, a, aAt + 8 * LANES);
    FloatVector x9 = fromArray(SPECIES, a, aAt + 9 * LANES);
    FloatVector x10 = fromArray(SPECIES, a, aAt + 10 * LANES);
    FloatVector x11 = fromArray(SPECIES, a, aAt + 11 * LANES);
    FloatVector x12 = fromArray(SPECIES, a, aAt + 12 * LANES);
    FloatVector x13 = fromArray(SPECIES, a, aAt + 13 * LANES);
    FloatVector x14 = fromArray(SPECIES, a, aAt + 14 * LANES);
    FloatVector x15 = fromArray(SPECIES, a, aAt + 15 * LANES);
    for (int r = 0; r < rows; r++) {
      int w = at + r * WIDE;
      FloatVector s = fromArray(SPECIES, sums, sumsAt + r * LANES);
      s = x0.fma(fromArray(SPECIES, packed, w), s);
      s = x1.fma(fromArray(SPECIES, packed, w + LANES), s);
      s = x2.fma(fromArray(SPECIES, packed, w + 2 * LANES), s);
      s = x3.fma(fromArray(SPECIES, packed, w + 3 * LANES), s);
      w += next;
      s = x4.fma(fromArray(SPECIES, packed, w), s);
      s = x5.fma(fromArray(SPECIES, packed, w + LANES), s);
      s = x6.fma(fromArray(SPECIES, packed, w + 2 * LANES), s);
      s = x7.fma(fromArray(SPECIES, packed, w + 3 * LANES), s);
      w += next;
      s = x8.fma(fromArray(SPECIES, packed, w), s);
      s = x9.fma(fromArray(SPECIES, packed, w + LANES), s);
      s = x10.fma(fromArray(SPECIES, packed, w + 2 * LANES), s);
      s = x11.fma(fromArray(SPECIES, packed, w + 3 * LANES), s);
      w += next;
      s = x12.fma(fromArray(SPECIES, packed, w), s);
      s = x13.fma(fromArray(SPECIES, packed, w + LANES), s);
      s = x14.fma(fromArray(SPECIES, packed, w + 2 * LANES), s);
      s = x15.fma(fromArray(SPECIES, packed, w + 3 * LANES), s);
      s.intoArray(sums, sumsAt + r * LANES);
    }
  }

  /** Of two rows of A, lda apart, and two panels; the sums of the second are {@code length} behind those of the first. */
  private static void two(
      int rows, float[] a, int aAt, int lda, float[] packed, int at, int next, float[] sums, int sumsAt, int length) {
    if (rows < 0) { // one of callWithoutTerms
      return;
    }
    FloatVector x0 = fromArray(SPECIES, a, aAt);
    FloatVector x1 = fromArray(SPECIES, a, aAt + LANES);
    FloatVector x2 = fromArray(SPECIES, a, aAt + 2 * LANES);
    FloatVector x3 = fromArray(SPECIES, a, aAt + 3 * LANES);
    FloatVector x4 = fromArray(SPECIES, a, aAt + 4 * LANES);
    FloatVector x5 = fromArray(SPECIES, a, aAt + 5 * LANES);
    FloatVector x6 = fromArray(SPECIES, a, aAt + 6 * LANES);
    FloatVector x7 = fromArray(SPECIES, a, aAt + 7 * LANES);
    int second = aAt + lda;
    FloatVector y0 = fromArray(SPECIES, a, second);
    FloatVector y1 = fromArray(SPECIES, a, second + LANES);
    FloatVector y2 = fromArray(SPECIES, a, second + 2 * LANES);
    FloatVector y3 = fromArray(SPECIES, a, second + 3 * LANES);
    FloatVector y4 = fromArray(SPECIES, a, second + 4 * LANES);
    FloatVector y5 = fromArray(SPECIES, a, second + 5 * LANES);
    FloatVector y6 = fromArray(SPECIES, a, second + 6 * LANES);
    FloatVector y7 = fromArray(SPECIES, a, second + 7 * LANES);
    for (int r = 0; r < rows; r++) {
      int w = at + r * WIDE;
      int sum = sumsAt + r * LANES;
      FloatVector s = fromArray(SPECIES, sums, sum);
      FloatVector t = fromArray(SPECIES, sums, sum + length);
      FloatVector w0 = fromArray(SPECIES, packed, w);
      s = x0.fma(w0, s);
      t = y0.fma(w0, t);
      FloatVector w1 = fromArray(SPECIES, packed, w + LANES);
      s = x1.fma(w1, s);
      t = y1.fma(w1, t);
      FloatVector w2 = fromArray(SPECIES, packed, w + 2 * LANES);
      s = x2.fma(w2, s);
      t = y2.fma(w2, t);
      FloatVector w3 = fromArray(SPECIES, packed, w + 3 * LANES);
      s = x3.fma(w3, s);
      t = y3.fma(w3, t);
      w += next;
      FloatVector w4 = fromArray(SPECIES, packed, w);
      s = x4.fma(w4, s);
      t = y4.fma(w4, t);
      FloatVector w5 = fromArray(SPECIES, packed, w + LANES);
      s = x5.fma(w5, s);
      t = y5.fma(w5, t);
      FloatVector w6 = fromArray(SPECIES, packed, w + 2 * LANES);
      s = x6.fma(w6, s);
      t = y6.fma(w6, t);
      FloatVector w7 = fromArray(SPECIES, packed, w + 3 * LANES);
      s = x7.fma(w7, s);
      t = y7.fma(w7, t);
      s.intoArray(sums, sum);
      t.intoArray(sums, sum + length);
    }
  }

  /** Of one row of A and one line of each row of a panel of any width. */
  private static void rest(int rows, float[] a, int aAt, float[] packed, int at, int width, float[] sums, int sumsAt) {
    if (rows < 0) { // one of callWithoutTerms
      return;
    }
    FloatVector x = fromArray(SPECIES, a, aAt);
    for (int r = 0; r < rows; r++) {
      int sum = sumsAt + r * LANES;
      x.fma(fromArray(SPECIES, packed, at + r * width), fromArray(SPECIES, sums, sum)).intoArray(sums, sum);
    }
  }

  /** Each row's partial sums added up, in the order that {@link dev.lanewise.kernel.Kernels} says. */
  private static void total(int rows, float[] sums, int sumsAt, float[] c, int cAt) {
    if (rows < 0) { // one of callWithoutTerms
      return;
    }
    for (int r = 0; r < rows; r++) {
      FloatVector s = fromArray(SPECIES, sums, sumsAt + r * LANES);
      s = s.add(s.rearrange(SWAP_8));
      s = s.add(s.rearrange(SWAP_4));
      s = s.add(s.rearrange(SWAP_2));
      c[cAt + r] = s.add(s.rearrange(SWAP_1)).lane(0);
    }
  }
}
