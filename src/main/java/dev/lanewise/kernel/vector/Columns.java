package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.ScalarKernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The sum of each column, which rows are added to. */
final class Columns extends NotInlined {

  /** Rows so long that a column of them is in many pages of memory. */
  private static final int WIDE_ROW = 512;

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Columns() {}

  /** Wide rows are added to the sums one after the other, as they lie in memory; sums of narrow ones stay in registers. */
  static void sums(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    int whole = from + SPECIES.loopBound(to - from);
    if (ld >= WIDE_ROW) {
      for (int j = from; j < whole; j += CHUNK) {
        addRows(rows, ld, j, Math.min(whole, j + CHUNK), x, xAt, out, outAt);
      }
    } else {
      int fours = from + (to - from) / (4 * LANES) * (4 * LANES);
      fourVectors(rows, ld, from, fours, x, xAt, out, outAt);
      for (int j = fours; j < whole; j += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
          // Not the other way round: the type of a sum that goes round the loop C2 knows only from calls that it has counted.
          sum = fromArray(SPECIES, x, xAt + i * ld + j).add(sum);
        }
        sum.intoArray(out, outAt + j);
      }
    }
    if (whole < to) {
      SCALAR.columnSums(rows, ld, whole, to, x, xAt, out, outAt);
    }
  }

  /** Four vectors of columns at a time, whose additions do not wait for each other. */
  static void fourVectors(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    for (int j = from; j < to; j += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = 0; i < rows; i++) {
        int row = xAt + i * ld + j;
        s0 = fromArray(SPECIES, x, row).add(s0);
        s1 = fromArray(SPECIES, x, row + LANES).add(s1);
        s2 = fromArray(SPECIES, x, row + 2 * LANES).add(s2);
        s3 = fromArray(SPECIES, x, row + 3 * LANES).add(s3);
      }
      s0.intoArray(out, outAt + j);
      s1.intoArray(out, outAt + j + LANES);
      s2.intoArray(out, outAt + j + 2 * LANES);
      s3.intoArray(out, outAt + j + 3 * LANES);
    }
  }

  private static void addRows(int rows, int ld, int from, int to, float[] x, int xAt, float[] out, int outAt) {
    Arrays.fill(out, outAt + from, outAt + to, 0f);
    for (int i = 0; i < rows; i++) {
      addRow(to - from, x, xAt + i * ld + from, out, outAt + from);
    }
  }

  static void addRow(int n, float[] x, int xAt, float[] out, int outAt) {
    for (int j = 0; j < n; j += LANES) {
      fromArray(SPECIES, out, outAt + j).add(fromArray(SPECIES, x, xAt + j)).intoArray(out, outAt + j);
    }
  }
}
