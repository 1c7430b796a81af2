package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.TwoAtATime;
import dev.lanewise.kernel.Product.Start;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How a product is cut does not show in its bits: by rows or by columns, one thread's share each, or with B packed
 * beforehand.
 */
@ExtendWith(AllTiles.class)
class ProductShareTest {

  private static final int[][] SIZES = {
    {15, 15, 64}, {15, 64, 15}, {29, 131, 40}, {70, 33, 300}, {96, 144, 1030}, {200, 160, 520}, {24, 256, 128}
  };

  private final Random random = new Random(5);

  @TwoAtATime
  @ParameterizedTest
  @EnumSource
  void sharesOfRowsAndColumnsMakeTheWhole(Form form) {
    for (int[] size : SIZES) {
      for (Start start : Start.values()) {
        Product product = Product.of(random, form, start, size[0], size[1], size[2]);
        for (Kernels kernels : KernelSets.present()) {
          Block whole = product.c.copy();
          product.run(kernels, whole);
          for (int parts : new int[] {2, 3, 7}) {
            Block byRows = product.c.copy();
            Block byColumns = product.c.copy();
            for (int i = 0; i < parts; i++) {
              product.run(kernels, byRows, cut(product.m, i, parts), cut(product.m, i + 1, parts), 0, product.n);
              product.run(kernels, byColumns, 0, product.m, cut(product.n, i, parts), cut(product.n, i + 1, parts));
            }
            String what = kernels.name() + " " + product + " in " + parts;
            assertArrayEquals(whole.data, byRows.data, () -> what + " shares of rows");
            assertArrayEquals(whole.data, byColumns.data, () -> what + " shares of columns");
          }
        }
      }
    }
  }

  /** On 16-float boundaries, as threads do, though the kernels would take any. */
  private static int cut(int length, int part, int parts) {
    int share = Math.ceilDiv(Math.ceilDiv(length, 16), parts) * 16;
    return Math.min(length, part * share);
  }

  @TwoAtATime
  @Test
  void cutsAnywhere() {
    for (Form form : Form.values()) {
      for (int round = 0; round < 40; round++) {
        Product product =
            Product.of(random, form, Start.cycle(round), 1 + random.nextInt(60), 1 + random.nextInt(150), 70);
        int row = random.nextInt(product.m);
        int col = random.nextInt(product.n);
        for (Kernels kernels : KernelSets.present()) {
          Block whole = product.c.copy();
          product.run(kernels, whole);
          Block quarters = product.c.copy();
          product.run(kernels, quarters, 0, row, 0, col);
          product.run(kernels, quarters, 0, row, col, product.n);
          product.run(kernels, quarters, row, product.m, 0, col);
          product.run(kernels, quarters, row, product.m, col, product.n);
          assertArrayEquals(whole.data, quarters.data, () -> kernels.name() + " " + product + " in quarters");
        }
      }
    }
  }

  @TwoAtATime
  @Test
  void packedIsThePlainProduct() {
    for (int[] size : SIZES) {
      for (Start start : Start.values()) {
        Product product = Product.of(random, Form.MULTIPLY, start, size[0], size[1], size[2]);
        for (Kernels kernels : KernelSets.present()) {
          Block plain = product.c.copy();
          product.run(kernels, plain);
          Block packed = product.c.copy();
          product.as(Form.PACKED).run(kernels, packed);
          assertArrayEquals(plain.data, packed.data, () -> kernels.name() + " " + product + ", packed");
        }
      }
    }
  }

  /** A workspace is allocated for the largest product and used for all of them. */
  @TwoAtATime
  @Test
  void scratchForAProductIsEnoughForAnySmallerOne() {
    for (Kernels kernels : KernelSets.present()) {
      for (int round = 0; round < 1000; round++) {
        int m = random.nextInt(2000);
        int n = random.nextInt(2000);
        int k = random.nextInt(3000);
        int more = random.nextInt(9);
        int length = kernels.scratchLength(m, n, k);
        assertTrue(kernels.scratchLength(m + more, n, k) >= length);
        assertTrue(kernels.scratchLength(m, n + more, k) >= length);
        assertTrue(kernels.scratchLength(m, n, k + more) >= length);
      }
    }
  }
}
