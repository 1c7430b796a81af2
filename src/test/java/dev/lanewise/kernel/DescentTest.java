package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.TwoAtATime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stored gradient has the bits of the product and of packing it, and a fused step of descent those of its three parts, the
 * stored gradient, the update and the packing: on both sides of every edge of tiles, panels and blocks, for every share of rows
 * and columns that a thread may have, and nothing outside it.
 */
@ExtendWith(AllTiles.class)
class DescentTest {

  private static final int[] ROWS = {1, 5, 6, 7, 15, 16, 17, 25, 63, 64, 65, 97, 130};
  private static final int[] COLUMNS = {1, 2, 3, 4, 5, 10, 15, 16, 17, 31, 33, 63, 64, 65, 80, 128, 139};
  private static final int[] DEPTHS = {0, 1, 2, 3, 4, 5, 15, 31, 32, 65};

  private final Random random = new Random(11);

  static Iterable<Kernels> kernelSets() {
    return KernelSets.present();
  }

  /** The kernels that work in blocks: the scalar ones, which have none, where there are no others. */
  static Iterable<Kernels> kernelsWithBlocks() {
    return List.of(KernelSets.present().getLast());
  }

  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelSets")
  void edgesOfTilesAndPanels(Kernels kernels) {
    for (int m : ROWS) {
      for (int n : COLUMNS) {
        for (int k : DEPTHS) {
          check(kernels, m, n, k, 0);
        }
      }
    }
  }

  /** With panels of two vectors a long Aᵀ is packed for few columns, and a short one for many. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelSets")
  void edgesOfWhatIsPacked(Kernels kernels) {
    for (int n : new int[] {63, 64, 95, 96, 255, 256, 257}) {
      for (int k : new int[] {7, 8, 9, 63, 64, 511, 512}) {
        check(kernels, 23, n, k, 0);
      }
    }
  }

  /**
   * From eight panels on, a deep Aᵀ, or one whose rows lie badly, is packed first, in blocks of 2160 rows; beyond a k of 1024
   * it is cut. Large weights are read ahead.
   */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfBlocks(Kernels kernels) {
    for (int n : new int[] {10, 64, 130, 530}) {
      for (int k : new int[] {512, 513, 1023, 1024, 1025, 1100, 2049}) {
        check(kernels, 40, n, k, 0);
      }
    }
    for (int n : new int[] {511, 512, 513}) {
      for (int k : new int[] {64, 65}) {
        check(kernels, 45, n, k, 256);
        check(kernels, 45, n, k, 272);
      }
    }
    for (int m : new int[] {2159, 2160, 2161, 2176}) {
      check(kernels, m, 520, 65, 2304);
    }
    check(kernels, 4096, 520, 65, 4096);
  }

  /**
   * Of 64 rows and 32 terms, a narrow panel's gradient is computed transposed: Intel's processors by ten columns, while A stays in L2, and
   * of more than twelve from 128 terms on.
   */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfNarrowPanels(Kernels kernels) {
    for (int n = 5; n <= 16; n++) {
      for (int k : new int[] {31, 32, 33, 63, 64, 127, 128}) {
        checkAll(kernels, 64, n, k);
        checkAll(kernels, 147, n, k);
      }
      checkAll(kernels, 2544, n, 128); // of A, fewer than 327,680 floats and more
      checkAll(kernels, 2544, n, 129);
    }
  }

  /** Of 64 rows a panel of medium width is, too: on Intel's processors from the more terms on the more of its columns there are. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfMediumPanels(Kernels kernels) {
    int[] fewest = {48, 80, 80, 320, 320, 800, 800};
    int[] columns = {17, 21, 24, 25, 30, 31, 32};
    for (int i = 0; i < columns.length; i++) {
      for (int n : new int[] {columns[i], Panels.WIDE + columns[i]}) {
        for (int k : new int[] {fewest[i] - 1, fewest[i]}) {
          checkAll(kernels, 64, n, k);
          checkAll(kernels, 147, n, k);
        }
      }
    }
  }

  /** Seven to ten columns, or eighteen to twenty, go by tiles of ten columns and 32 rows on Intel's processors, on Zen 5 nine and ten. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfTens(Kernels kernels) {
    for (int n : new int[] {6, 7, 10, 11, 17, 18, 20, 21, Panels.WIDE + 7, Panels.WIDE + 20}) {
      for (int k : new int[] {31, 32, 47, 48, 49}) {
        for (int m : new int[] {31, 32, 33, 64, 95, 96, 97}) {
          checkAll(kernels, m, n, k);
        }
      }
    }
    checkAll(kernels, 2544, 20, 128); // of A, fewer than 327,680 floats and more
    checkAll(kernels, 2544, 20, 129);
    checkAll(kernels, 64, 20, 1030); // sums that are cut
    checkAll(kernels, 97, 20, 2049);
    checkAll(kernels, 64, Panels.WIDE + 10, 1030);
  }

  /**
   * Four rows share a last vector of one to four columns on Zen 4: of a medium panel by eight rows, what is one or two rows more by rows; of
   * a wide one by four, if A is not packed.
   */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfSharedVectors(Kernels kernels) {
    for (int k : new int[] {0, 1, 2, 15, 33}) {
      for (int n : new int[] {16, 17, 18, 19, 20, 21, Panels.WIDE + 17, Panels.WIDE + 20}) {
        for (int m : new int[] {1, 7, 8, 9, 10, 11, 16, 34}) {
          checkAll(kernels, m, n, k);
        }
      }
      for (int n : new int[] {48, 49, 50, 51, 52, 53, Panels.WIDE + 51}) {
        for (int m : new int[] {1, 3, 4, 5, 6, 7, 8, 65}) {
          checkAll(kernels, m, n, k);
        }
      }
    }
    check(kernels, 98, 17, 1025, 0); // sums that are cut elsewhere
    check(kernels, 130, 51, 1025, 0);
    checkAll(kernels, 100, 8 * Panels.WIDE + 51, 600); // with a packed A
    checkAll(kernels, 100, 8 * Panels.WIDE + 51, 1030);
    check(kernels, 101, 8 * Panels.WIDE + 49, 100, 256);
  }

  /**
   * Up to 160 rows, and more up to 8,192 rows times terms, read an error where it is on Intel's processors and Zen 5: panels of all widths,
   * with every end of rows.
   */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfErrorsInPlace(Kernels kernels) {
    for (int n : new int[] {20, 40, 50, 80, 90, 112, 150, 190}) {
      for (int k : new int[] {5, 17, 60}) {
        for (int m = 1; m <= 18; m++) {
          checkAll(kernels, m, n, k);
          check(kernels, m, n, k, 0);
        }
      }
      for (int m : new int[] {159, 160, 161}) {
        checkAll(kernels, m, n, 64);
      }
      for (int m : new int[] {255, 256, 257}) {
        checkAll(kernels, m, n, 32);
      }
      for (int k : new int[] {1023, 1024, 1025}) {
        checkAll(kernels, 10, n, k);
      }
    }
  }

  /** From eight terms for each, one to four columns are computed transposed and written one by one, but for three and four of whole 64s. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfFewColumns(Kernels kernels) {
    for (int n : new int[] {1, 2, 3, 4, 5, Panels.WIDE + 1, Panels.WIDE + 3}) {
      for (int m : new int[] {1, 7, 15, 16, 17, 32, 33, 48, 49, 50, 63, 64, 65, 127, 128, 130}) {
        for (int k : new int[] {7, 8, 15, 16, 23, 24, 31, 32, 33, 1030}) {
          checkAll(kernels, m, n, k);
          check(kernels, m, n, k, 0);
        }
      }
      checkAll(kernels, 786, n, 1030); // of long sums, more rows than are in scratch at once
    }
  }

  /** Of 65 to 768 terms and 512 columns Intel's processors copy columns of A by 48s; of a short A from 129 on, of large weights from 16. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfCopiedColumns(Kernels kernels) {
    for (int m : new int[] {47, 48, 49, 96, 100}) {
      for (int n : new int[] {511, 512, 570}) {
        for (int k : new int[] {64, 65, 129, 768, 769}) {
          checkAll(kernels, m, n, k);
        }
      }
    }
    for (int k : new int[] {127, 128, 129}) {
      checkAll(kernels, 752, 520, k);
      checkAll(kernels, 770, 520, k);
    }
    checkAll(kernels, 2048, 520, 191); // in two parts, and the last rows in none
    for (int k : new int[] {15, 16, 17, 49}) {
      checkAll(kernels, 4096, 512, k); // the last tile fetches nothing behind the weights
      check(kernels, 4034, 520, k, 0);
    }
  }

  /**
   * On Zen 5 weights of 4 MiB and more than 64 terms are fetched two tiles before their turn, of more than 512 terms from 1 MiB on: those
   * after the last tile of a share are the next panel's, and after the last panel's there are none.
   */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfFetchedWeights(Kernels kernels) {
    for (int k : new int[] {64, 65, 129}) {
      check(kernels, 1031, 1030, k, 0); // of rows in place
      check(kernels, 1024, 1024, k, 1024); // and packed
      checkAll(kernels, 1024, 1024, k);
    }
    check(kernels, 500, 530, 513, 512);
    for (int m : new int[] {5, 6, 7, 12, 13, 19}) { // fewer tiles than are fetched ahead
      check(kernels, m, Math.ceilDiv(1 << 20, m), 65, 0);
    }
  }

  /** Of fewer columns they copy an A that does not stay in L2, by 48s too, or of more than 1,024 terms packed. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfColumnsThatComeFromFar(Kernels kernels) {
    checkAll(kernels, 768, 255, 512);
    checkAll(kernels, 768, 256, 512);
    checkAll(kernels, 770, 300, 512);
    checkAll(kernels, 1024, 127, 769);
    checkAll(kernels, 1024, 128, 768);
    checkAll(kernels, 1033, 130, 1024);
    checkAll(kernels, 390, 260, 1100);
  }

  /** Of few terms they read panels of weights of more than 16 MiB first. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void weightsThatComeFromMemory(Kernels kernels) {
    checkAll(kernels, 2049, 2050, 8);
  }

  /**
   * More terms than are summed at once: blocks of 768 rows, or as many as there is room to pack of; also where panels are computed
   * transposed, and where terms are too many to pack.
   */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelsWithBlocks")
  void edgesOfLongSums(Kernels kernels) {
    for (int m : new int[] {768, 770, 840}) {
      checkAll(kernels, m, 70, 1025);
    }
    for (int m : new int[] {64, 70, 1033}) {
      checkAll(kernels, m, 10, 2049);
    }
    checkAll(kernels, 1040, 520, 2049);
    checkAll(kernels, 784, 130, 5120); // as many rows as there is room for are no multiple of every tile's
    checkAll(kernels, 2048, 130, 1097);
    checkAll(kernels, 70, 520, 22_100);
  }

  /**
   * An infinity makes NaN of the padding of its row of W, which is infinity times zero. Not where a panel is computed transposed: only its
   * own columns count there, on Intel's processors too, whose tiles compute more.
   */
  @TwoAtATime
  @Test
  void paddingBesideAnInfinity() {
    assumeTrue(
        KernelSets.vector().vectorBits() == Panels.NARROW * Float.SIZE && Panels.WIDE > Panels.NARROW, "no panel is computed transposed");
    for (int n : new int[] {1, 2, 4, 7, 8, 9}) {
      for (int m : new int[] {64, 128}) {
        for (int k : new int[] {32, 65, 1030}) {
          checkBesideAnInfinity(m, n, k);
        }
      }
    }
    for (int n = 1; n <= 4; n++) {
      for (int m : new int[] {16, 50}) {
        checkBesideAnInfinity(m, n, 8 * n);
        checkBesideAnInfinity(m, n, 1030);
      }
    }
  }

  private void checkBesideAnInfinity(int m, int n, int k) {
    Block a = Block.padded(random, k, m, Panels.columns(m), 0);
    Block b = Block.padded(random, k, n, Panels.NARROW, 0);
    a.set(random.nextInt(k), random.nextInt(m), Float.POSITIVE_INFINITY);
    check(KernelSets.vector(), m, n, k, a, b, Block.of(random, m, n), 0, m, 0, n);
  }

  /** Few terms have a kernel of four, of which some are missing: zeros keep their sign, and infinity and NaN their places. */
  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelSets")
  void specialValuesOfFewTerms(Kernels kernels) {
    int m = 18;
    int n = 64;
    float[] values = {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN};
    for (int k = 1; k <= 5; k++) {
      for (int round = 0; round < 40; round++) {
        int ordinary = round % 2 * 2; // infinity and NaN in every second
        Block a = Block.padded(random, k, m, Panels.columns(m), 0);
        Block b = Block.padded(random, k, n, n, 0);
        Block w = Block.of(random, m, n);
        for (Block block : List.of(a, b, w)) {
          for (int i = 0; i < block.rows; i++) {
            for (int j = 0; j < block.cols; j++) {
              block.set(i, j, values[random.nextInt(values.length - ordinary)]);
            }
          }
        }
        check(kernels, m, n, k, a, b, w);
      }
    }
  }

  @TwoAtATime
  @ParameterizedTest
  @MethodSource("kernelSets")
  void randomSizes(Kernels kernels) {
    for (int round = 0; round < 400; round++) {
      int k = random.nextInt(round % 2 == 0 ? 200 : 10); // few terms have ways of their own
      int m = 1 + random.nextInt(150);
      check(kernels, m, 1 + random.nextInt(150), k, 0);
    }
  }

  /** With a leading dimension of A, or 0 for one that follows from m. */
  void check(Kernels kernels, int m, int n, int k, int lda) {
    Block a = Block.padded(random, k, m, lda == 0 ? Panels.columns(m) + random.nextInt(20) : lda, Float.NaN);
    Block b = Block.padded(random, k, n, Panels.columns(n) + (random.nextBoolean() ? 0 : random.nextInt(20)), 0);
    check(kernels, m, n, k, a, b, Block.of(random, m, n));
  }

  private void checkAll(Kernels kernels, int m, int n, int k) {
    Block a = Block.padded(random, k, m, Panels.stride(m), Float.NaN);
    Block b = Block.padded(random, k, n, Panels.stride(n), 0);
    check(kernels, m, n, k, a, b, Block.of(random, m, n), 0, m, 0, n);
  }

  /** Some rows, and some columns. */
  private void check(Kernels kernels, int m, int n, int k, Block a, Block b, Block w) {
    int from = random.nextInt(Math.ceilDiv(m, Panels.NARROW)) * Panels.NARROW;
    int to = from + random.nextInt(m - from + 1);

    int column = random.nextInt(Math.ceilDiv(n, Panels.WIDE)) * Panels.WIDE;
    int end = random.nextBoolean() ? n : Math.min(n, column + Panels.WIDE);
    check(kernels, m, n, k, a, b, w, from, to, column, end);
  }

  private void check(
      Kernels kernels, int m, int n, int k, Block a, Block b, Block w, int from, int to, int column, int end) {
    float step = random.nextFloat();
    int at = Panels.at(m, column);

    float[] expected = pack(m, n, w);
    float[] actual = expected.clone();
    float[] gradient = new float[m * n];
    KernelSets.SCALAR.multiplyTransposedA(
        m, n, k, a.data, a.at, a.ld, b.data, b.at, b.ld, null, 0, 0, gradient, 0, n, new float[0]);
    Block updated = Block.dense(random, m, n, w.values());
    for (int i = from * n; i < to * n; i += n) {
      KernelSets.SCALAR.scaledUpdate(end - column, step, gradient, i + column, updated.data, updated.at + i + column);
    }
    KernelSets.SCALAR.pack(m, n, from, to, updated.data, updated.at, n, expected);

    float[] scratch = new float[kernels.scratchLength(m, end - column, k)];
    Arrays.fill(scratch, Float.NaN);
    kernels.descendPacked(
        m, end - column, k, from, to, step, a.data, a.at, a.ld, b.data, b.at + column, b.ld, actual, at, scratch);
    String what =
        "rows %d..%d, columns %d..%d of %d × %d × %d, lda %d".formatted(from, to, column, end, m, n, k, a.ld);
    assertArrayEquals(expected, actual, what);

    float[] stored = new float[expected.length];
    Arrays.fill(stored, Float.NaN);
    float[] expectedGradient = stored.clone();
    KernelSets.SCALAR.pack(m, n, from, to, gradient, 0, n, expectedGradient);
    clearPadding(m, n, from, to, expectedGradient);
    Arrays.fill(expectedGradient, 0, at, Float.NaN);
    Arrays.fill(expectedGradient, Panels.at(m, Panels.columns(end)), expectedGradient.length, Float.NaN);
    Arrays.fill(scratch, Float.NaN);
    kernels.gradientPacked(
        m, end - column, k, from, to, a.data, a.at, a.ld, b.data, b.at + column, b.ld, stored, at, scratch);
    assertArrayEquals(expectedGradient, stored, "gradient of " + what);
  }

  /** Zeros in the columns of the last panel that are beyond the n. */
  private static void clearPadding(int m, int n, int from, int to, float[] packed) {
    for (int j = 0, width; j < n; j += width) {
      width = Panels.width(n - j);
      Panels.clearPadding(to - from, Math.min(width, n - j), width, packed, Panels.at(m, j) + from * width);
    }
  }

  private static float[] pack(int m, int n, Block w) {
    float[] packed = new float[KernelSets.SCALAR.packedLength(m, n)];
    KernelSets.SCALAR.pack(m, n, 0, m, w.data, w.at, w.ld, packed);
    return packed;
  }
}
