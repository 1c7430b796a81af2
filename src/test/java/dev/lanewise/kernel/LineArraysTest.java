package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.JavaProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineArraysTest {

  private static final long MIB = 1 << 20;
  private static final long MANY = Long.MAX_VALUE;

  /** More than half a region, header included, is what G1 gives regions of its own. */
  @ParameterizedTest
  @CsvSource({
      "1, 256, 8192, 131072",
      "1, 256, 131071, 131072",
      "4, 6000, 200716, 524288",
      "1, 256, 8191, 8191", // too short to matter
      "1, 256, 131072, 131072", // long enough by itself
      "1, 256, 50000000, 50000000",
      "1, 31, 20000, 20000", // no region of so small a heap to give away
      "0, 6000, 20000, 20000" // another collector
  })
  void lengths(long regionMib, long heapMib, int length, int expected) {
    assertEquals(expected, new LineArrays(MANY, regionMib * MIB, heapMib * MIB, new LineArrays.Given()).zeros(length).length);
  }

  @Test
  void arraysAreReadOftenEnoughToBeWorthClearing() {
    // 16 · 131,072 floats in all.
    assertEquals(20_000, new LineArrays(104, MIB, 256 * MIB, new LineArrays.Given()).zeros(20_000).length);
    assertEquals(131_072, new LineArrays(105, MIB, 256 * MIB, new LineArrays.Given()).zeros(20_000).length);
    assertEquals(20_000, new LineArrays(0, MIB, 256 * MIB, new LineArrays.Given()).zeros(20_000).length);
  }

  /** A network of a hundred layers has to fit where it did before. */
  @Test
  void oneFitTakesAThirtySecondOfTheHeap() {
    LineArrays arrays = new LineArrays(MANY, MIB, 256 * MIB, new LineArrays.Given());
    for (int i = 0; i < 100; i++) {
      assertEquals(i < 8 ? 131_072 : 16_652, arrays.zeros(16_652).length, "array " + i);
    }
  }

  /** Fits that run at the same time do not fill the heap with them. */
  @Test
  void allFitsTogetherTakeAnEighthOfTheHeap() {
    LineArrays.Given all = new LineArrays.Given();
    List<float[]> used = new ArrayList<>();
    for (int fit = 0; fit < 6; fit++) {
      LineArrays arrays = new LineArrays(MANY, MIB, 256 * MIB, all);
      for (int i = 0; i < 9; i++) {
        used.add(arrays.zeros(20_000));
        assertEquals(i < 8 && fit < 4 ? 131_072 : 20_000, used.getLast().length, "array " + i + " of fit " + fit);
      }
    }
  }

  /** What nobody uses any more is given away again: predictors come and go. */
  @Test
  void unusedArraysMakeRoom() throws InterruptedException {
    LineArrays arrays = new LineArrays(MANY, MIB, 64 * MIB, new LineArrays.Given());
    List<float[]> used = new ArrayList<>(List.of(arrays.zeros(20_000), arrays.zeros(20_000)));
    assertEquals(131_072, used.getLast().length);
    assertEquals(20_000, arrays.zeros(20_000).length);
    used.removeLast();
    for (int i = 0; i < 3000 && arrays.zeros(20_000).length == 20_000; i++) {
      System.gc();
      Thread.sleep(10);
    }
    System.gc();
    assertEquals(131_072, used.getFirst().length);
    used.add(arrays.zeros(20_000));
    assertEquals(131_072, used.getLast().length);
    assertEquals(20_000, arrays.zeros(20_000).length, "one is still in use");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseCompactObjectHeaders", "-XX:-UseCompactObjectHeaders", "-XX:-UseCompressedClassPointers"})
  @Tag("process")
  void theFirstPanelBeginsALineLater(String header) throws Exception {
    JavaProcess process = JavaProcess.run(List.of(header, "-Xlog:disable"), PanelsLead.class.getName());
    assertEquals("64", process.out(), process.err());
  }
}
