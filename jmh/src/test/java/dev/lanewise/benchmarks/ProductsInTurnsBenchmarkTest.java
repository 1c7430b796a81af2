package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProductsInTurnsBenchmarkTest {

  /** Each product checks what it computed. */
  @Test
  void eachProductOfEachLayerIsARow() {
    assumeTrue(NativeBlas.Open.BLAS.isInstalled() && NativeBlas.Blis.BLAS.isInstalled(), "not installed");
    List<String> lines = ProductsInTurns.table(List.of(new Layer(3, 20, 17), new Layer(33, 5, 4)), 3, 1000).lines().toList();
    assertEquals(2 + 2 + 6 + 1 + 2, lines.size(), lines.toString());
    assertTrue(lines.get(4).startsWith("| forward | 3×20×17 | "), lines.get(4));
    assertTrue(lines.get(9).startsWith("| gradient | 33×5×4 | "), lines.get(9));
    assertTrue(lines.get(11).endsWith(", over 6 products."), lines.get(11));
    assertTrue(lines.get(12).endsWith(", over 3 products."), lines.get(12));
  }
}
