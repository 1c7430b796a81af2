package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {

  private static List<List<Integer>> pieces(int length, int most) {
    List<List<Integer>> pieces = new ArrayList<>();
    Pieces.forEach(length, most, (from, count) -> pieces.add(List.of(from, count)));
    return pieces;
  }

  @Test
  void lieOneBehindTheOther() {
    assertEquals(List.of(), pieces(0, 3));
    assertEquals(List.of(List.of(0, 2)), pieces(2, 3));
    assertEquals(List.of(List.of(0, 3)), pieces(3, 3));
    assertEquals(List.of(List.of(0, 3), List.of(3, 3), List.of(6, 1)), pieces(7, 3));
  }

  /** No int is as large as the place where a further piece of the longest array would begin. */
  @Test
  void endWithTheLongestArray() {
    int longest = Integer.MAX_VALUE - 8;
    int[] covered = {0};
    Pieces.forEach(longest, 1 << 14, (from, count) -> {
      assertEquals(covered[0], from);
      covered[0] += count;
    });
    assertEquals(longest, covered[0]);
  }
}
