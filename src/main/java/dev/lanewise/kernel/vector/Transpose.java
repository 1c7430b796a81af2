package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Transposes a matrix by blocks of 16 × 16 in registers: in four stages the upper half of one row changes places with the
 * lower half of another, halves of 8, 4, 2 and 1 lanes. Each stage is one instruction a row, which takes lanes of both. Panels of two
 * vectors have {@link PairTranspose}; what is narrower is left to plain Java, as are edges of a matrix that is not packed
 * and, until there are finer tiles, all of it.
 */
final class Transpose extends NotInlined {

  private static final int BLOCK = 16;

  private static final int HALF = BLOCK / 2;

  /** From two vectors their halves of every 16, 8, 4 and 2 lanes: the lower of both, and the upper. */
  static final IntVector LOWER_8 = halves(8, 0);
  static final IntVector UPPER_8 = halves(8, 8);
  static final IntVector LOWER_4 = halves(4, 0);
  static final IntVector UPPER_4 = halves(4, 4);
  static final IntVector LOWER_2 = halves(2, 0);
  static final IntVector UPPER_2 = halves(2, 2);
  static final IntVector LOWER_1 = halves(1, 0);
  static final IntVector UPPER_1 = halves(1, 1);

  /** Where each lane of the result is: from LANES on, in the second vector. */
  private static IntVector halves(int half, int from) {
    int[] lanes = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = ((i & ~half) | from) + ((i & half) == 0 ? 0 : LANES);
    }
    return IntVector.fromArray(INTS, lanes, 0);
  }

  private Transpose() {}

  /**
   * One panel of the transpose of a packed B, as {@link Panels#transposedPanel} has it, and up to 15 rows of anything behind
   * it. Rows of B that are fewer than a block are completed with zeros first, further behind.
   */
  static void panel(
      int n, int k, int from, int cols, int fromK, int depth, float[] packed, float[] out, int at) {
    if (LANES != BLOCK || !TilingInUse.isFiner()) { // plain Java, until there is time to compile a block
      Panels.transposedPanel(n, k, from, cols, fromK, depth, packed, out, at);
      return;
    }
    int width = Panels.width(n - from);
    int stage = at + (depth + BLOCK) * width;
    boolean wide = cols == Panels.WIDE && TilingInUse.isAll();
    for (int p = fromK, widthIn; p < fromK + depth; p += widthIn) {
      widthIn = Panels.width(k - p);
      int panelIn = Panels.at(n, p) + from * widthIn;
      if (wide && widthIn == Panels.WIDE) {
        WideTranspose.run(WideTranspose.BLOCKS, packed, panelIn, out, at + (p - fromK) * width);
        continue;
      }
      int i = 0;
      for (; i + BLOCK <= cols; i += BLOCK) {
        for (int q = 0; q < widthIn; q += BLOCK) {
          block(packed, panelIn + i * widthIn + q, widthIn, out, at + (p - fromK + q) * width + i, width);
        }
      }
      if (i < cols) {
        for (int q = 0; q < widthIn; q += BLOCK) {
          int rows = cols - i;
          PanelCopy.run(rows, BLOCK, packed, panelIn + i * widthIn + q, widthIn, out, stage);
          Arrays.fill(out, stage + rows * BLOCK, stage + BLOCK * BLOCK, 0f);
          block(out, stage, BLOCK, out, at + (p - fromK + q) * width + i, width);
        }
      }
    }
  }

  /**
   * Up to four panels, one behind the other, from panels of a block's columns. Where depth is no multiple of four, less than a block's,
   * vectors take some columns that are padding, zeros: what becomes of those is where the next panel comes, or behind the last one, where
   * out has room for a block.
   */
  static void pairs(int n, int from, int cols, int fromK, int depth, float[] packed, float[] out, int at) {
    int whole = cols / BLOCK * BLOCK;
    if (whole < cols) {
      Arrays.fill(out, at + whole * depth, at + (whole + BLOCK) * depth, 0f);
    }
    for (int p = 0; p < depth; p += BLOCK) {
      int terms = Math.min(BLOCK, depth - p);
      int rows = Panels.at(n, fromK + p) + from * BLOCK;
      int to = at + p * BLOCK;
      boolean byVectors = (terms == BLOCK || depth < BLOCK) && TilingInUse.isAll();
      int roundedUp = Math.ceilDiv(terms, PairTranspose.COLUMNS) * PairTranspose.COLUMNS;
      int i = 0;
      while (cols - i >= HALF || (i < cols && i % BLOCK == HALF)) {
        int row = Math.min(i, cols - HALF); // the last eight of a panel of more begin early enough to be whole
        int column = to + row / BLOCK * BLOCK * depth + row % BLOCK;
        if (byVectors) {
          PairTranspose.panel(roundedUp, packed, rows + row * BLOCK, out, column);
        } else {
          halfBlock(terms, packed, rows + row * BLOCK, out, column);
        }
        i += HALF;
      }
      for (; i < cols; i++) {
        int row = to + i / BLOCK * BLOCK * depth + i % BLOCK;
        for (int q = 0; q < terms; q++) {
          out[row + q * BLOCK] = packed[rows + i * BLOCK + q];
        }
      }
    }
  }

  /**
   * Eight rows of so many columns, by single floats, as before {@link PairTranspose} is compiled: at constant distances, so that C2 checks
   * few of the indices.
   */
  private static void halfBlock(int terms, float[] b, int bAt, float[] out, int at) {
    for (int p = 0; p < terms; p++) {
      int from = bAt + p;
      int to = at + p * BLOCK;
      out[to] = b[from];
      out[to + 1] = b[from + BLOCK];
      out[to + 2] = b[from + 2 * BLOCK];
      out[to + 3] = b[from + 3 * BLOCK];
      out[to + 4] = b[from + 4 * BLOCK];
      out[to + 5] = b[from + 5 * BLOCK];
      out[to + 6] = b[from + 6 * BLOCK];
      out[to + 7] = b[from + 7 * BLOCK];
    }
  }

  /** out, k × cols, is the transpose of b, cols × k; by vectors only where they are a block's columns, once there are finer tiles. */
  static void run(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    int wholeK = 0;
    int wholeCols = 0;
    if (LANES == BLOCK && TilingInUse.isFiner()) {
      wholeK = k / BLOCK * BLOCK;
      wholeCols = cols / BLOCK * BLOCK;
      blocks(wholeK, wholeCols, b, bAt, ldb, out, at, ldOut);
    }
    if (wholeCols > 0 && wholeK < k) {
      Panels.transpose(k - wholeK, wholeCols, b, bAt + wholeK, ldb, out, at + wholeK * ldOut, ldOut);
    }
    if (wholeCols < cols) {
      Panels.transpose(k, cols - wholeCols, b, bAt + wholeCols * ldb, ldb, out, at + wholeCols, ldOut);
    }
  }

  private static void blocks(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    for (int j = 0; j < cols; j += BLOCK) {
      for (int p = 0; p < k; p += BLOCK) {
        block(b, bAt + j * ldb + p, ldb, out, at + p * ldOut + j, ldOut);
      }
    }
  }

  /**
   * Sixteen rows of a or fewer, k columns each, become a panel of two vectors and k terms; rows that are missing are zeros in it. What is
   * transposed are blocks at the head of scratch, whose rows are a constant apart.
   */
  static void intoPanel(int rows, int k, float[] a, int at, int lda, float[] scratch, int panelAt) {
    Arrays.fill(scratch, rows * BLOCK, BLOCK * BLOCK, 0f);
    int p = 0;
    for (; p + BLOCK <= k; p += BLOCK) {
      PairTranspose.copy(rows, a, at + p, lda, scratch, 0, BLOCK);
      transposeBlock(scratch, 0, panelAt + p * BLOCK);
    }
    if (p == k) {
      return;
    }
    if (p + BLOCK <= a.length - at - (rows - 1) * lda) { // so that no sum is beyond an int
      PairTranspose.copy(rows, a, at + p, lda, scratch, 0, BLOCK);
    } else {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(a, at + i * lda + p, scratch, i * BLOCK, k - p);
      }
    }
    transposeBlock(scratch, 0, BLOCK * BLOCK);
    System.arraycopy(scratch, BLOCK * BLOCK, scratch, panelAt + p * BLOCK, (k - p) * BLOCK);
  }

  /** The other way: what is in a panel of two vectors and a multiple of sixteen terms becomes sixteen rows of c, or fewer. */
  static void fromPanel(int rows, int cols, float[] scratch, int panelAt, float[] c, int at, int ldc) {
    for (int j = 0; j < cols; j += BLOCK) {
      transposeBlock(scratch, panelAt + j * BLOCK, 0);
      PairTranspose.copy(rows, scratch, 0, BLOCK, c, at + j, ldc);
    }
  }

  private static void transposeBlock(float[] scratch, int from, int to) {
    PairTranspose.panel(BLOCK, scratch, from, scratch, to);
    PairTranspose.panel(BLOCK, scratch, from + HALF * BLOCK, scratch, to + HALF);
  }

  /**
   * out, k × rows, is the transpose of so many rows of a, a multiple of a block's. Where a has room for it, k is rounded up to a
   * block's, and out gets that many rows more of anything.
   */
  static void rows(int rows, int k, float[] a, int at, int lda, float[] out, int outAt) {
    int roundedUp = Math.ceilDiv(k, BLOCK) * BLOCK;
    int whole = roundedUp <= a.length - at - (rows - 1) * lda ? roundedUp : k / BLOCK * BLOCK;
    for (int i = 0; i < rows; i += BLOCK) {
      for (int p = 0; p < whole; p += BLOCK) {
        block(a, at + i * lda + p, lda, out, outAt + p * rows + i, rows);
      }
    }
    if (whole < k) {
      Panels.transpose(k - whole, rows, a, at + whole, lda, out, outAt + whole * rows, rows);
    }
  }

  /** One block: row i of out is column i of b. */
  static void block(float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    if (ldb < 0) { // one of TileWarmUp.callWithoutTerms
      return;
    }
    IntVector r0 = FloatVector.fromArray(SPECIES, b, bAt).reinterpretAsInts();
    IntVector r1 = FloatVector.fromArray(SPECIES, b, bAt + ldb).reinterpretAsInts();
    IntVector r2 = FloatVector.fromArray(SPECIES, b, bAt + 2 * ldb).reinterpretAsInts();
    IntVector r3 = FloatVector.fromArray(SPECIES, b, bAt + 3 * ldb).reinterpretAsInts();
    IntVector r4 = FloatVector.fromArray(SPECIES, b, bAt + 4 * ldb).reinterpretAsInts();
    IntVector r5 = FloatVector.fromArray(SPECIES, b, bAt + 5 * ldb).reinterpretAsInts();
    IntVector r6 = FloatVector.fromArray(SPECIES, b, bAt + 6 * ldb).reinterpretAsInts();
    IntVector r7 = FloatVector.fromArray(SPECIES, b, bAt + 7 * ldb).reinterpretAsInts();
    IntVector r8 = FloatVector.fromArray(SPECIES, b, bAt + 8 * ldb).reinterpretAsInts();
    IntVector r9 = FloatVector.fromArray(SPECIES, b, bAt + 9 * ldb).reinterpretAsInts();
    IntVector r10 = FloatVector.fromArray(SPECIES, b, bAt + 10 * ldb).reinterpretAsInts();
    IntVector r11 = FloatVector.fromArray(SPECIES, b, bAt + 11 * ldb).reinterpretAsInts();
    IntVector r12 = FloatVector.fromArray(SPECIES, b, bAt + 12 * ldb).reinterpretAsInts();
    IntVector r13 = FloatVector.fromArray(SPECIES, b, bAt + 13 * ldb).reinterpretAsInts();
    IntVector r14 = FloatVector.fromArray(SPECIES, b, bAt + 14 * ldb).reinterpretAsInts();
    IntVector r15 = FloatVector.fromArray(SPECIES, b, bAt + 15 * ldb).reinterpretAsInts();
    IntVector low;
    low = r0;
    r0 = LOWER_8.selectFrom(low, r8);
    r8 = UPPER_8.selectFrom(low, r8);
    low = r1;
    r1 = LOWER_8.selectFrom(low, r9);
    r9 = UPPER_8.selectFrom(low, r9);
    low = r2;
    r2 = LOWER_8.selectFrom(low, r10);
    r10 = UPPER_8.selectFrom(low, r10);
    low = r3;
    r3 = LOWER_8.selectFrom(low, r11);
    r11 = UPPER_8.selectFrom(low, r11);
    low = r4;
    r4 = LOWER_8.selectFrom(low, r12);
    r12 = UPPER_8.selectFrom(low, r12);
    low = r5;
    r5 = LOWER_8.selectFrom(low, r13);
    r13 = UPPER_8.selectFrom(low, r13);
    low = r6;
    r6 = LOWER_8.selectFrom(low, r14);
    r14 = UPPER_8.selectFrom(low, r14);
    low = r7;
    r7 = LOWER_8.selectFrom(low, r15);
    r15 = UPPER_8.selectFrom(low, r15);
    low = r0;
    r0 = LOWER_4.selectFrom(low, r4);
    r4 = UPPER_4.selectFrom(low, r4);
    low = r1;
    r1 = LOWER_4.selectFrom(low, r5);
    r5 = UPPER_4.selectFrom(low, r5);
    low = r2;
    r2 = LOWER_4.selectFrom(low, r6);
    r6 = UPPER_4.selectFrom(low, r6);
    low = r3;
    r3 = LOWER_4.selectFrom(low, r7);
    r7 = UPPER_4.selectFrom(low, r7);
    low = r8;
    r8 = LOWER_4.selectFrom(low, r12);
    r12 = UPPER_4.selectFrom(low, r12);
    low = r9;
    r9 = LOWER_4.selectFrom(low, r13);
    r13 = UPPER_4.selectFrom(low, r13);
    low = r10;
    r10 = LOWER_4.selectFrom(low, r14);
    r14 = UPPER_4.selectFrom(low, r14);
    low = r11;
    r11 = LOWER_4.selectFrom(low, r15);
    r15 = UPPER_4.selectFrom(low, r15);
    low = r0;
    r0 = LOWER_2.selectFrom(low, r2);
    r2 = UPPER_2.selectFrom(low, r2);
    low = r1;
    r1 = LOWER_2.selectFrom(low, r3);
    r3 = UPPER_2.selectFrom(low, r3);
    low = r4;
    r4 = LOWER_2.selectFrom(low, r6);
    r6 = UPPER_2.selectFrom(low, r6);
    low = r5;
    r5 = LOWER_2.selectFrom(low, r7);
    r7 = UPPER_2.selectFrom(low, r7);
    low = r8;
    r8 = LOWER_2.selectFrom(low, r10);
    r10 = UPPER_2.selectFrom(low, r10);
    low = r9;
    r9 = LOWER_2.selectFrom(low, r11);
    r11 = UPPER_2.selectFrom(low, r11);
    low = r12;
    r12 = LOWER_2.selectFrom(low, r14);
    r14 = UPPER_2.selectFrom(low, r14);
    low = r13;
    r13 = LOWER_2.selectFrom(low, r15);
    r15 = UPPER_2.selectFrom(low, r15);
    low = r0;
    r0 = LOWER_1.selectFrom(low, r1);
    r1 = UPPER_1.selectFrom(low, r1);
    low = r2;
    r2 = LOWER_1.selectFrom(low, r3);
    r3 = UPPER_1.selectFrom(low, r3);
    low = r4;
    r4 = LOWER_1.selectFrom(low, r5);
    r5 = UPPER_1.selectFrom(low, r5);
    low = r6;
    r6 = LOWER_1.selectFrom(low, r7);
    r7 = UPPER_1.selectFrom(low, r7);
    low = r8;
    r8 = LOWER_1.selectFrom(low, r9);
    r9 = UPPER_1.selectFrom(low, r9);
    low = r10;
    r10 = LOWER_1.selectFrom(low, r11);
    r11 = UPPER_1.selectFrom(low, r11);
    low = r12;
    r12 = LOWER_1.selectFrom(low, r13);
    r13 = UPPER_1.selectFrom(low, r13);
    low = r14;
    r14 = LOWER_1.selectFrom(low, r15);
    r15 = UPPER_1.selectFrom(low, r15);
    r0.reinterpretAsFloats().intoArray(out, at);
    r1.reinterpretAsFloats().intoArray(out, at + ldOut);
    r2.reinterpretAsFloats().intoArray(out, at + 2 * ldOut);
    r3.reinterpretAsFloats().intoArray(out, at + 3 * ldOut);
    r4.reinterpretAsFloats().intoArray(out, at + 4 * ldOut);
    r5.reinterpretAsFloats().intoArray(out, at + 5 * ldOut);
    r6.reinterpretAsFloats().intoArray(out, at + 6 * ldOut);
    r7.reinterpretAsFloats().intoArray(out, at + 7 * ldOut);
    r8.reinterpretAsFloats().intoArray(out, at + 8 * ldOut);
    r9.reinterpretAsFloats().intoArray(out, at + 9 * ldOut);
    r10.reinterpretAsFloats().intoArray(out, at + 10 * ldOut);
    r11.reinterpretAsFloats().intoArray(out, at + 11 * ldOut);
    r12.reinterpretAsFloats().intoArray(out, at + 12 * ldOut);
    r13.reinterpretAsFloats().intoArray(out, at + 13 * ldOut);
    r14.reinterpretAsFloats().intoArray(out, at + 14 * ldOut);
    r15.reinterpretAsFloats().intoArray(out, at + 15 * ldOut);
  }
}
