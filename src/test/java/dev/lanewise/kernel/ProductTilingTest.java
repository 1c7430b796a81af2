package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.Product.Start;
import dev.lanewise.kernel.Warmable.Tiling;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a program that starts goes through: fewer tiles first, and the same bits. */
class ProductTilingTest {

  private static final int[] COLUMNS = {10, 17, 33, 64, 70, 129};

  private final Random random = new Random(2);

  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnWhatProductsUse(Tiling tiling) {
    Warmable tiles = KernelSets.warmable();
    try {
      tiles.useTiles(tiling);
      for (Form form : Form.values()) {
        for (int m : new int[] {1, 4, 6, 9, 64, 70}) {
          for (int n : COLUMNS) {
            for (int k : new int[] {2, 50}) {
              Product product = Product.of(random, form, Start.cycle(m + n), m, n, k);
              Contract.check(product::toString, product.c, product.inputs(), product::run);
            }
          }
        }
      }
      DescentTest descent = new DescentTest();
      for (int k : new int[] {1, 4, 5, 40}) {
        for (int n : COLUMNS) {
          descent.check(KernelSets.vector(), 70, n, k, 0);
        }
      }
      descent.check(KernelSets.vector(), 70, 520, 64, 0);
      assertEquals(tiling, tiles.tiling(), "what products used");
    } finally {
      tiles.useTiles(Tiling.ALL);
    }
  }
}
