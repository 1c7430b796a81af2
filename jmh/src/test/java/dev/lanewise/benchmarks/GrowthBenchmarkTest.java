package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

  @Test
  void casesOfTwoThreadsHaveTwo() {
    List<Growth.Case> two = Growth.cases().stream().filter(one -> one.threads() == 2).toList();
    assertEquals(5, two.size());
    assertTrue(Growth.table(two.subList(0, 1), 1).lines().toList().getLast().contains(" 2 "));
    List<Growth.Case> tooSmall = List.of(new Growth.Case("two threads", 2, 4, 16, 16, 10));
    assertThrows(IllegalStateException.class, () -> Growth.table(tooSmall, 1));
  }
}
