package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.MASKS;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Panels of B and the last columns of C, fewer than a narrow panel, which are computed in a block as wide as the panel at
 * the head of scratch.
 */
final class Edge extends NotInlined {

  /** Rows of that block: a multiple of the rows of each tile one vector wide that is used here. */
  static final int ROWS = Kernels.EDGE_ROWS;

  private Edge() {}

  /**
   * Copies {@code cols} columns of a row-major B, k × cols, to a panel: by vectors where they are a wide one, or a narrow one as far as
   * whole vectors lie in the array; what is beyond a narrow one's columns is anything.
   */
  static void panel(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at) {
    if (cols == Panels.WIDE && Panels.WIDE > Panels.NARROW) {
      wide(k, b, bAt, ldb, out, at);
      return;
    }
    int inside = termsInside(k, b, bAt, ldb);
    if (cols > Panels.NARROW || inside < k - 1) {
      Panels.panel(k, cols, b, bAt, ldb, out, at);
      return;
    }
    for (int p = 0; p < inside; p++) {
      for (int j = 0; j < Panels.NARROW; j += LANES) {
        FloatVector.fromArray(SPECIES, b, bAt + p * ldb + j).intoArray(out, at + p * Panels.NARROW + j);
      }
    }
    if (inside < k) {
      System.arraycopy(b, bAt + inside * ldb, out, at + inside * Panels.NARROW, cols);
    }
  }

  /** 64 columns: the JVM's copy is a call, which many terms of a large error wait for beside the lines that they are in. */
  private static void wide(int k, float[] b, int bAt, int ldb, float[] out, int at) {
    for (int p = 0; p < k; p++) {
      int from = bAt + p * ldb;
      int to = at + p * Panels.WIDE;
      for (int j = 0; j < Panels.WIDE; j += LANES) {
        FloatVector.fromArray(SPECIES, b, from + j).intoArray(out, to + j);
      }
    }
  }

  /** For how many of k terms, a leading dimension apart, the floats of a narrow panel lie inside an array. */
  private static int termsInside(int k, float[] x, int at, int ldx) {
    int room = x.length - Panels.NARROW - at;
    if ((k - 1) * ldx <= room) {
      return k;
    }
    return room < 0 ? 0 : room / ldx + 1;
  }

  /** Copies {@code cols} columns of so many rows of start to the block. */
  static void load(int rows, int cols, float[] start, int startAt, int ldStart, float[] block, int at) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(start, startAt + i * ldStart, block, at + i * Panels.NARROW, cols);
    }
  }

  /** Copies {@code cols} columns of the block to C. */
  static void store(int rows, int cols, float[] block, float[] c, int cAt, int ldc) {
    if (!(MASKS && BITS_512)) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(block, i * Panels.NARROW, c, cAt + i * ldc, cols);
      }
      return;
    }
    // Where rows follow each other without a gap, what a whole vector writes too much is the next row's, written later.
    int next = ldc == cols && rows * cols >= LANES ? (rows * cols - LANES) / cols + 1 : 0;
    for (int i = 0; i < next; i++) {
      FloatVector.fromArray(SPECIES, block, i * LANES).intoArray(c, cAt + i * ldc);
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    for (int i = next; i < rows; i++) {
      FloatVector.fromArray(SPECIES, block, i * LANES).intoArray(c, cAt + i * ldc, lanes);
    }
  }
}
