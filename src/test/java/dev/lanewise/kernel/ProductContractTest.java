package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.TwoAtATime;
import dev.lanewise.kernel.Product.Start;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The vector product equals the scalar one bit for bit, on both sides of every edge of its tiles, panels and blocks.
 * The edges are those of every width and register file, since each run has only one of them.
 */
@ExtendWith(AllTiles.class)
class ProductContractTest {

  /** Around 4, 6, 8 and 16 rows of a tile, and around 16 and 24, the most rows that never pack B. */
  private static final int[] ROWS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 22, 23, 24, 25, 32, 33};

  /** Around vectors of 4, 8 and 16 lanes, and around panels of 8, 16, 32 and 64 columns. */
  private static final int[] COLUMNS = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 79, 80, 81,
    127, 128, 129
  };

  private final Random random = new Random(2);

  /** Once for the class: without the vector kernels there is nothing to compare. */
  @BeforeAll
  static void needsBothSets() {
    KernelSets.vector();
  }

  private static Block check(Product product) {
    Block c = Contract.check(product::toString, product.c, product.inputs(), product::run);
    assertFalse(c.hasNaN(), () -> product + " reads C, or beyond a matrix");
    return c;
  }

  @TwoAtATime
  @ParameterizedTest
  @EnumSource
  void edgesOfTilesAndPanels(Form form) {
    int[] depths = {0, 1, 2, 5};
    int shift = 0;
    for (int m : ROWS) {
      for (int n : COLUMNS) {
        shift++; // so that every k meets every start
        for (int i = 0; i < depths.length; i++) {
          check(Product.of(random, form, Start.cycle(i + shift), m, n, depths[i]));
        }
      }
    }
  }

  /** Blocks of at most 1024 in k, or 2048 where B is packed; a second block continues from C and not from the start. */
  @TwoAtATime
  @ParameterizedTest
  @EnumSource
  void edgesOfBlocksOfK(Form form) {
    int[][] sizes = {{1, 130}, {5, 17}, {16, 7}, {25, 66}, {33, 16}};
    for (int k : new int[] {1023, 1024, 1025, 2047, 2048, 2049, 2600, 4097}) {
      for (int[] size : sizes) {
        for (Start start : Start.values()) {
          check(Product.of(random, form, start, size[0], size[1], k));
        }
      }
    }
  }

  /** B is read in place up to 8192 floats, and packed beyond. */
  @TwoAtATime
  @ParameterizedTest
  @EnumSource
  void edgesOfTheDirectPath(Form form) {
    for (int[] size : new int[][] {{64, 128}, {128, 64}, {1024, 8}, {8, 1024}, {16, 512}, {91, 90}}) {
      for (int more = -1; more <= 1; more++) {
        for (Start start : Start.values()) {
          check(Product.of(random, form, start, 25, size[0], size[1] + more));
          check(Product.of(random, form, start, 40, size[0] + more, size[1]));
        }
      }
    }
  }

  /** With 16 registers: eight and sixteen rows at a time, in blocks of 480 columns, 64 and 128 terms at once. */
  @TwoAtATime
  @Test
  void edgesOfWaysBackThroughNarrowPanels() {
    for (int m : new int[] {1, 7, 8, 9, 16, 17, 24, 25}) {
      for (int n : new int[] {8, 480, 481, 485, 487, 488, 967}) {
        for (int k : new int[] {8, 63, 64, 65, 129, 200}) {
          check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, m, n, k));
        }
      }
    }
    for (int k : new int[] {1023, 1024, 1025, 2050}) {
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 130, 150, k));
    }
    for (int k : new int[] {(1 << 16) - 1, 1 << 16, (1 << 16) + 1}) {
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 9, 24, k));
    }
  }

  /** Over as many panels at once as eight vectors are. */
  @TwoAtATime
  @Test
  void edgesOfOneRow() {
    for (Start start : Start.values()) {
      for (int n : new int[] {48, 49, 63, 64, 65, 112, 113, 128, 130, 192, 256, 300}) {
        for (int k : new int[] {0, 1, 2, 3, 17, 2049}) {
          check(Product.of(random, Form.PACKED, start, 1, n, k));
        }
      }
    }
  }

  /** Blocks of as many columns of C as a vector has lanes, the last of which overlaps; terms in wide panels and in narrower ones. */
  @TwoAtATime
  @Test
  void edgesOfDots() {
    for (int m = 1; m <= Kernels.MOST_DOT_ROWS; m++) {
      for (int n : new int[] {3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 64, 65, 71, 100, 128, 130, 144}) {
        for (int k : new int[] {1, 15, 16, 17, 32, 33, 63, 64, 65, 79, 80, 81, 96, 100, 112, 113, 127, 128, 129, 300}) {
          check(Product.of(random, Form.DOTS, Start.ZERO, m, n, k));
        }
      }
    }
  }

  /** From 16 MiB of weights on, which are read in their order, with 512 bits; four panels of 64 terms at a time, and what is left of them. */
  @TwoAtATime
  @Test
  void dotsOfWeightsThatComeFromMemory() {
    for (int m = 1; m <= Kernels.MOST_DOT_ROWS; m++) {
      for (int[] size : new int[][] {{16_385, 256}, {7_700, 556}, {2_062, 2_049}}) {
        check(Product.of(random, Form.DOTS, Start.ZERO, m, size[0], size[1]));
      }
    }
  }

  /** Intel's processors read panels of weights beyond 16 MiB first, for 128 rows from 8 MiB on; also where k is cut or a panel not wide. */
  @TwoAtATime
  @Test
  void weightsThatComeFromMemory() {
    for (int[] size : new int[][] {{2, 2050, 2049}, {3, 1990, 2112}, {128, 1030, 2060}}) {
      check(Product.of(random, Form.PACKED, Start.OTHER, size[0], size[1], size[2]));
    }
  }

  /** Aᵀ is packed in blocks of 780 rows from eight panels of columns on, if k is above 512 or its rows lie badly. */
  @TwoAtATime
  @Test
  void edgesOfPackedTransposedA() {
    for (int n : new int[] {15, 16, 17, 63, 64, 65, 129, 200, 511, 512, 513, 530}) {
      for (int k : new int[] {511, 512, 513}) {
        check(Product.of(random, Form.TRANSPOSED_A, Start.cycle(n), 26, n, k));
      }
      for (int k : new int[] {64, 65, 66, 300}) {
        for (int lda : new int[] {255, 256, 512}) {
          Block a = Block.of(random, k, 31, lda);
          check(Product.of(random, Form.TRANSPOSED_A, Start.cycle(k), 31, n, k, a));
        }
      }
    }
    for (int m : new int[] {779, 780, 781, 1561}) {
      Block a = Block.of(random, 70, m, 1792);
      check(Product.of(random, Form.TRANSPOSED_A, Start.cycle(m), m, 515, 70, a));
    }
    for (Start start : Start.values()) {
      check(Product.of(random, Form.TRANSPOSED_A, start, 781, 514, 1026));
    }
  }

  /** For 12 rows and fewer, a packed B is transposed 64 of k at a time. */
  @TwoAtATime
  @Test
  void edgesOfFewRowsOverATransposedPanel() {
    for (int m : new int[] {1, 2, 7, 11, 12, 13}) {
      for (int n : new int[] {1, 15, 16, 17, 33, 49, 64, 65, 130}) {
        for (int k : new int[] {63, 64, 65, 80, 113, 127, 128, 129, 200}) {
          check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, m, n, k));
        }
      }
    }
  }

  /** Errors of at most four terms go back row by row where a panel is wide: zeros keep their sign, and infinity and NaN their places. */
  @TwoAtATime
  @Test
  void edgesOfOuterRows() {
    for (int m : new int[] {1, 2, 5, 6, 7, 33}) {
      for (int n : new int[] {48, 49, 63, 64, 65, 100, 128, 130}) {
        for (int k = 1; k <= 5; k++) {
          check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, m, n, k));
        }
      }
    }
    float[] values = {0f, -0f, 0.25f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN};
    for (int round = 0; round < 100; round++) {
      int finite = values.length - round % 2 * 2; // in every second
      Product product = Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 9, 64, 1 + round % 5);
      for (Block block : List.of(product.a, product.b)) {
        for (int i = 0; i < block.rows; i++) {
          for (int j = 0; j < block.cols; j++) {
            block.set(i, j, values[random.nextInt(finite)]);
          }
        }
      }
      Contract.check(product::toString, product.c, product.inputs(), product::run);
    }
  }

  /** Errors of up to 32 terms are handed back to 48 rows at a time where they are 128 and more, and C is 512 KiB, but on Zen 5. */
  @TwoAtATime
  @Test
  void edgesOfFewTermsHandedBack() {
    for (int m : new int[] {127, 128, 144, 145}) {
      for (int n : new int[] {1023, 1024, 1031}) {
        for (int k : new int[] {1, 10, 17, 32, 33}) {
          check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, m, n, k));
        }
      }
    }
  }

  /**
   * A narrow panel, on Intel's processors and Zen 5 one of at most eight columns, there of nine and ten of some terms too, is computed
   * transposed by 64 rows, and 128 terms at a time; the rows of A may end where its array does.
   */
  @TwoAtATime
  @Test
  void edgesOfTurnedProducts() {
    for (int m : new int[] {63, 64, 65, 127, 128, 130}) {
      for (int n : new int[] {1, 4, 6, 7, 8, 9, 10, 11, 15, 16, 17, 70, 72, 74}) {
        for (int k : new int[] {31, 32, 33, 47, 48, 50, 127, 128, 129, 256, 300, 511, 512}) {
          for (Start start : Start.values()) {
            check(Product.of(random, Form.PACKED, start, m, n, k));
          }
        }
      }
    }
    for (Start start : Start.values()) { // some passes over rows, each with some that are left
      for (int n : new int[] {6, 8, 10}) {
        check(Product.of(random, Form.PACKED, start, 150, n, 10_000));
        check(Product.of(random, Form.PACKED, start, 80, n, 11_000));
      }
    }
  }

  /**
   * Four rows share a last vector of one to four columns on Zen 4: of a medium panel by eight rows, of a wide one by four, the last of which
   * overlap those before, up to 2048 terms.
   */
  @TwoAtATime
  @Test
  void edgesOfSharedVectors() {
    for (int m : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 33}) {
      for (int n : new int[] {16, 17, 18, 19, 20, 21, 48, 49, 50, 51, 52, 53, 81, 84, 85, 113, 116, 117}) {
        for (int k : new int[] {0, 1, 2, 33}) {
          for (Start start : Start.values()) {
            check(Product.of(random, Form.PACKED, start, m, n, k));
          }
        }
      }
    }
    for (int n : new int[] {18, 51}) {
      for (int k : new int[] {2047, 2048, 2049}) {
        for (Start start : Start.values()) {
          check(Product.of(random, Form.PACKED, start, 13, n, k));
        }
      }
      check(Product.of(random, Form.PACKED, Start.ZERO, 900, n, 2000)); // some passes over rows
    }
  }

  /** The error of a last column by itself goes by eight rows on Zen 4, panel after panel of its terms. */
  @TwoAtATime
  @Test
  void edgesOfOneColumn() {
    for (int m : new int[] {7, 8, 9, 16, 24, 40}) {
      for (int n : new int[] {1, 2, 33, 34, 65, 97, 129}) {
        for (int k : new int[] {0, 1, 2, 15, 16, 17, 33, 49, 64, 65, 100, 130}) {
          check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, m, n, k));
        }
      }
    }
  }

  /**
   * Few rows of an error go back through large weights transposed, 32 at a time and 48 columns of theirs by tiles of eight; terms in
   * panels that are not wide come after.
   */
  @TwoAtATime
  @Test
  void edgesOfTurnedErrors() {
    for (int n : new int[] {192, 193, 199, 200, 201, 241, 247, 248, 256, 400}) {
      for (int k : new int[] {200, 201, 208, 230, 240, 241, 250, 255, 256, 257, 300}) {
        check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 32, n, k));
      }
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 31, n, 256));
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 33, n, 256));
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 64, 2 * n, 450));
    }
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 96, 601, 577));
    for (int n : new int[] {128, 129, 135, 136}) { // the smallest weights
      for (int k : new int[] {63, 64, 65, 112, 113, 128}) {
        check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 32, n, k));
      }
    }
    for (int n : new int[] {15, 16, 17, 31, 48, 49, 63, 64, 97, 400}) { // sixteen rows, through small ones too, on two kinds
      for (int k : new int[] {63, 64, 65, 112, 113, 127, 128, 300}) {
        check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 16, n, k));
      }
    }
    for (int k : new int[] {4194, 4195}) {
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 16, 1000, k));
    }
    for (int k : new int[] {1 << 16, (1 << 16) + 1, 100_000, 200_000}) {
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 16, 20, k));
    }
    for (int k : new int[] {2097, 2098, 4194, 4195}) { // on both sides of the largest weights, of 64 rows and of 32
      check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 32, 1000, k));
    }
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 64, 1000, 2097));
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 64, 1000, 2098));
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 32, 200, 10_000));
  }

  /** So deep that a pass over the panels of a packed B takes the fewest rows there are. */
  @TwoAtATime
  @Test
  void deepestPackedProduct() {
    check(Product.of(random, Form.PACKED, Start.ZERO, 8, 16, 98_305));
  }

  /** Scratch has no room for 32 rows of so many terms, transposed. */
  @TwoAtATime
  @Test
  void deepestErrorsHandedBack() {
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 32, 32, Kernels.LONGEST_TURNED));
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 32, 32, 2 * Kernels.LONGEST_TURNED));
    check(Product.of(random, Form.PACKED_TRANSPOSED, Start.ZERO, 16, 20, 2 * Kernels.LONGEST_TURNED));
  }

  @TwoAtATime
  @ParameterizedTest
  @EnumSource
  void randomSizes(Form form) {
    for (int round = 0; round < 300; round++) {
      int m = random.nextInt(1 + random.nextInt(100));
      int n = random.nextInt(1 + random.nextInt(300));
      int k = random.nextInt(1 + random.nextInt(300));
      check(Product.of(random, form, Start.cycle(round), m, n, k));
    }
  }

  /** NaN and infinity spread to their row or column, and no further, and denormals are kept. */
  @TwoAtATime
  @ParameterizedTest
  @EnumSource
  void specialValues(Form form) {
    for (int round = 0; round < 60; round++) {
      int m = 1 + random.nextInt(round % 4 == 0 ? 140 : 40);
      int n = 1 + random.nextInt(round % 4 == 0 ? 16 : 150);
      int k = 1 + random.nextInt(150);
      Product product = Product.of(random, form, Start.cycle(round), m, n, k);
      sprinkle(product.a, 1 + round % 3);
      sprinkle(product.b, 1 + round % 5);
      Contract.check(product::toString, product.c, product.inputs(), product::run);
    }
  }

  private void sprinkle(Block block, int count) {
    for (int i = 0; i < count; i++) {
      float value = Floats.SPECIAL[random.nextInt(Floats.SPECIAL.length)];
      block.set(random.nextInt(block.rows), random.nextInt(block.cols), value);
    }
  }
}
