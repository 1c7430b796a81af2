package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/**
 * Room for what a product over packed weights writes: rows as wide as their panels, NaN at first, and between canaries. What
 * follows the columns has to be zero afterwards, as the padding of start and of B is. Where the result has gaps between its rows, so has
 * this, as the rows of a batch may be further apart than their panels are wide.
 */
final class PaddedBlock {

  private static final int MARGIN = 20;
  private static final float CANARY = 12345f;

  final float[] data;
  final int at = MARGIN;
  final int ld;
  private final int rows;
  private final int cols;

  /** What a kernel may write of a row. */
  private final int room;

  /** For a result like c. */
  PaddedBlock(Block c) {
    rows = c.rows;
    cols = c.cols;
    room = Panels.columns(cols);
    ld = c.ld == cols ? room : room + Panels.NARROW;
    data = new float[rows * ld + 2 * MARGIN];
    Arrays.fill(data, CANARY);
    for (int i = 0; i < rows; i++) {
      Arrays.fill(data, at + i * ld, at + i * ld + room, Float.NaN);
    }
  }

  /** Rows of a block, padded with zeros and apart like those of this. */
  float[] valuesOf(Block block, int rowCount) {
    float[] values = new float[rowCount * ld];
    for (int i = 0; i < rowCount; i++) {
      System.arraycopy(block.data, block.at + i * block.ld, values, i * ld, cols);
      Arrays.fill(values, i * ld + room, (i + 1) * ld, CANARY);
    }
    return values;
  }

  /** Nothing may have been written from a column on, unless it is the end. */
  void requireUnwrittenFrom(int column) {
    for (int i = 0; i < rows && column < cols; i++) {
      for (int j = column; j < room; j++) {
        assertTrue(Float.isNaN(data[at + i * ld + j]), "column " + j + " was written with those before " + column);
      }
    }
  }

  /** Checks what is not the result, and copies that. */
  void copyTo(Block c) {
    for (int i = 0; i < MARGIN; i++) {
      assertEquals(CANARY, data[i], "written before C");
      assertEquals(CANARY, data[data.length - 1 - i], "written behind C");
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(data, at + i * ld, c.data, c.at + i * c.ld, cols);
      for (int j = cols; j < room; j++) {
        float padding = data[at + i * ld + j];
        assertTrue(padding == 0 || (Float.isNaN(padding) && !finite(i)), "padding is " + padding);
      }
      for (int j = room; j < ld; j++) {
        assertEquals(CANARY, data[at + i * ld + j], "written between rows of C");
      }
    }
  }

  /** NaN and infinity in a row of A make NaN of zeros as well. */
  private boolean finite(int row) {
    for (int j = 0; j < cols; j++) {
      if (!Float.isFinite(data[at + row * ld + j])) {
        return false;
      }
    }
    return true;
  }
}
