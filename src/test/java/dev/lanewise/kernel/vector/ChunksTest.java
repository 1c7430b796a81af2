package dev.lanewise.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Chunks end, also of the longest arrays, where the next would begin beyond the largest int. */
class ChunksTest {

  @Test
  void next() {
    assertEquals(4096, Chunks.after(0));
    assertEquals(Integer.MAX_VALUE, Chunks.after(Integer.MAX_VALUE - 4096));
    assertEquals(Integer.MAX_VALUE, Chunks.after(Integer.MAX_VALUE - 4095));
    assertEquals(Integer.MAX_VALUE, Chunks.after(Integer.MAX_VALUE - 9));
  }
}
