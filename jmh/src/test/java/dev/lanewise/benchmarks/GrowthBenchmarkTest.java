package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthBenchmarkTest {

  /** The networks whose operations a row are known: A and B of the training steps. */
  @Test
  void operationsOfARow() {
    assertEquals(4_740, new Growth.Case("", 1, 15, 64, 15, 10).flopPerRow());
    assertEquals(1_007_104, new Growth.Case("", 1, 128, 784, 256, 128, 10).flopPerRow());
  }

  @Test
  void eachCaseIsARowWithItsSpeed() {
    List<String> lines = Growth.table(List.of(new Growth.Case("batch", 1, 4, 16, 16, 10)), 1).lines().toList();
    assertEquals(3, lines.size());
    List<String> cells = List.of(lines.getLast().split("\\|", -1));
    assertEquals(List.of(" batch ", " 16-16-10 ", " 4 ", " 1 "), cells.subList(1, 5));
    assertTrue(Double.parseDouble(cells.get(5).strip()) > 0, lines.getLast());
  }
}
