package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.Product.Start;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The product means what {@link Kernels} says: of the scalar kernels, which everything else is compared with, every
 * bit; of both sets, exact results where floats can be exact.
 */
class ScalarProductTest {

  private static final int[][] SIZES = {
    {1, 1, 1}, {15, 10, 15}, {15, 15, 64}, {7, 129, 33}, {64, 15, 1100}, {50, 70, 90}
  };

  private final Random random = new Random(3);

  @ParameterizedTest
  @EnumSource
  void addsUpInTheOrderOfItsContract(Form form) {
    assumeTrue(Hotspot.HAS_FMA, "without fused multiply-add in hardware the scalar kernels round twice");
    for (int round = 0; round < 200; round++) {
      int m = random.nextInt(12);
      int n = random.nextInt(40);
      int k = random.nextInt(60);
      Product product = Product.of(random, form, Start.cycle(round), m, n, k);
      Block c = product.c.copy();
      product.run(KernelSets.SCALAR, c);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          float sum = form.element(k, product.a, i, product.b, j, product.start(i, j));
          assertEquals(sum, c.get(i, j), () -> product.toString());
        }
      }
      assertEquals(-1, c.strayWrite(product.c), () -> product + " writes outside C");
    }
  }

  /** Integers small enough that every partial sum is below 2²⁴ have one right answer. */
  @ParameterizedTest
  @EnumSource
  void isExactForIntegers(Form form) {
    for (int[] size : SIZES) {
      for (Start start : Start.values()) {
        Product product = Product.of(random, form, start, size[0], size[1], size[2]).integers(random, 50);
        for (Kernels kernels : KernelSets.present()) {
          Block c = product.c.copy();
          product.run(kernels, c);
          for (int i = 0; i < product.m; i++) {
            for (int j = 0; j < product.n; j++) {
              assertEquals((double) exact(product, i, j), c.get(i, j), () -> kernels.name() + " " + product);
            }
          }
        }
      }
    }
  }

  private static long exact(Product product, int i, int j) {
    long sum = (long) product.start(i, j);
    for (int p = 0; p < product.k; p++) {
      long a = (long) product.form.a(product.a, i, p);
      long b = (long) product.form.b(product.b, p, j);
      sum += a * b;
    }
    return sum;
  }
}
