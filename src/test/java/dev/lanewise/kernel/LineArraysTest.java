package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineArraysTest {

  /** More than half a region, header included, is what G1 gives regions of its own. */
  @ParameterizedTest
  @CsvSource({
      "1048576, 268435456, 131072",
      "4194304, 6320816128, 524288",
      "1048576, 134217728, 0", // so small a heap has no region to give away
      "33554432, 1073741824, 0",
      "0, 6320816128, 0" // another collector
  })
  void halfARegionWhereThereAreManyOfThem(long region, long heap, int floats) {
    assertEquals(floats, LineArrays.floats(region, heap));
  }

  @Test
  void shortArraysAreAsLongAsAskedFor() {
    assertEquals(0, LineArrays.zeros(0).length);
    assertEquals(16_383, LineArrays.zeros(16_383).length);
    assertTrue(LineArrays.zeros(16_384).length >= 16_384);
    assertEquals(50_000_000, LineArrays.zeros(50_000_000).length, "long ones begin with a region anyway");
  }
}
