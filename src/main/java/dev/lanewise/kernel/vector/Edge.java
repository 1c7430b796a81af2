package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The last columns of C, fewer than a vector: computed in a tile of whole vectors at the head of scratch. */
final class Edge {

  private Edge() {}

  /** Copies {@code cols} columns of so many rows of start to the tile. */
  static void load(int rows, int cols, float[] start, int startAt, int ldStart, float[] tile, int at) {
    if (!MASKS) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(start, startAt + i * ldStart, tile, at + i * LANES, cols);
      }
      return;
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    for (int i = 0; i < rows; i++) {
      FloatVector.fromArray(SPECIES, start, startAt + i * ldStart, lanes).intoArray(tile, at + i * LANES);
    }
  }

  /** Copies {@code cols} columns of the tile to C. */
  static void store(int rows, int cols, float[] tile, float[] c, int cAt, int ldc) {
    if (!MASKS) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(tile, i * LANES, c, cAt + i * ldc, cols);
      }
      return;
    }
    // Where rows follow each other without a gap, what a whole vector writes too much is the next row's, written later.
    int whole = ldc == cols && rows * cols >= LANES ? (rows * cols - LANES) / cols + 1 : 0;
    for (int i = 0; i < whole; i++) {
      FloatVector.fromArray(SPECIES, tile, i * LANES).intoArray(c, cAt + i * ldc);
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    for (int i = whole; i < rows; i++) {
      FloatVector.fromArray(SPECIES, tile, i * LANES).intoArray(c, cAt + i * ldc, lanes);
    }
  }
}
