package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes a matrix by blocks of 16 × 16 in registers: in four stages the lower half of one row changes places with the
 * upper half of another, halves of 8, 4, 2 and 1 lanes. Narrower vectors leave it to plain
 * Java, as do edges of a matrix that is not packed.
 */
final class Transpose extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private static final int BLOCK = 16;

  /** Lane i of a vector rearranged by LEFT_d is lane i + d, by RIGHT_d lane i − d. */
  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> LEFT_4 = rotation(4);
  private static final VectorShuffle<Float> RIGHT_4 = rotation(-4);
  private static final VectorShuffle<Float> LEFT_2 = rotation(2);
  private static final VectorShuffle<Float> RIGHT_2 = rotation(-2);
  private static final VectorShuffle<Float> LEFT_1 = rotation(1);
  private static final VectorShuffle<Float> RIGHT_1 = rotation(-1);

  /** The lanes whose number has this bit. */
  private static final VectorMask<Float> UPPER_8 = lanesWith(8);
  private static final VectorMask<Float> UPPER_4 = lanesWith(4);
  private static final VectorMask<Float> UPPER_2 = lanesWith(2);
  private static final VectorMask<Float> UPPER_1 = lanesWith(1);

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(SPECIES, lane -> Math.floorMod(lane + by, LANES));
  }

  private static VectorMask<Float> lanesWith(int bit) {
    boolean[] lanes = new boolean[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  private Transpose() {}

  /**
   * One panel of the transpose of a packed B, as {@link Panels#transposedPanel} has it, and up to 15 rows of anything behind
   * it. Rows of B that are fewer than a block are completed with zeros first, further behind.
   */
  static void panel(
      int n, int k, int from, int cols, int fromK, int depth, float[] packed, float[] out, int at) {
    if (LANES != BLOCK) {
      Panels.transposedPanel(n, k, from, cols, fromK, depth, packed, out, at);
      return;
    }
    int width = Panels.width(n - from);
    int stage = at + (depth + BLOCK) * width;
    for (int p = fromK, widthIn; p < fromK + depth; p += widthIn) {
      widthIn = Panels.width(k - p);
      int panelIn = Panels.at(n, p) + from * widthIn;
      for (int q = 0; q < widthIn; q += BLOCK) {
        int to = at + (p - fromK + q) * width;
        int i = 0;
        for (; i + BLOCK <= cols; i += BLOCK) {
          block(packed, panelIn + i * widthIn + q, widthIn, out, to + i, width);
        }
        if (i < cols) {
          for (int r = 0; r < BLOCK; r++) {
            FloatVector row = i + r < cols
                ? FloatVector.fromArray(SPECIES, packed, panelIn + (i + r) * widthIn + q)
                : FloatVector.zero(SPECIES);
            row.intoArray(out, stage + r * BLOCK);
          }
          block(out, stage, BLOCK, out, to + i, width);
        }
      }
    }
  }

  /** out, k × cols, is the transpose of b, cols × k. */
  static void run(int k, int cols, float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    int wholeK = LANES == BLOCK ? k / BLOCK * BLOCK : 0;
    int wholeCols = LANES == BLOCK ? cols / BLOCK * BLOCK : 0;
    for (int j = 0; j < wholeCols; j += BLOCK) {
      for (int p = 0; p < wholeK; p += BLOCK) {
        block(b, bAt + j * ldb + p, ldb, out, at + p * ldOut + j, ldOut);
      }
    }
    if (wholeCols > 0 && wholeK < k) {
      SCALAR.transpose(k - wholeK, wholeCols, b, bAt + wholeK, ldb, out, at + wholeK * ldOut, ldOut);
    }
    if (wholeCols < cols) {
      SCALAR.transpose(k, cols - wholeCols, b, bAt + wholeCols * ldb, ldb, out, at + wholeCols, ldOut);
    }
  }

  /** One block: row i of out is column i of b. */
  static void block(float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector r1 = FloatVector.fromArray(SPECIES, b, bAt + ldb);
    FloatVector r2 = FloatVector.fromArray(SPECIES, b, bAt + 2 * ldb);
    FloatVector r3 = FloatVector.fromArray(SPECIES, b, bAt + 3 * ldb);
    FloatVector r4 = FloatVector.fromArray(SPECIES, b, bAt + 4 * ldb);
    FloatVector r5 = FloatVector.fromArray(SPECIES, b, bAt + 5 * ldb);
    FloatVector r6 = FloatVector.fromArray(SPECIES, b, bAt + 6 * ldb);
    FloatVector r7 = FloatVector.fromArray(SPECIES, b, bAt + 7 * ldb);
    FloatVector r8 = FloatVector.fromArray(SPECIES, b, bAt + 8 * ldb);
    FloatVector r9 = FloatVector.fromArray(SPECIES, b, bAt + 9 * ldb);
    FloatVector r10 = FloatVector.fromArray(SPECIES, b, bAt + 10 * ldb);
    FloatVector r11 = FloatVector.fromArray(SPECIES, b, bAt + 11 * ldb);
    FloatVector r12 = FloatVector.fromArray(SPECIES, b, bAt + 12 * ldb);
    FloatVector r13 = FloatVector.fromArray(SPECIES, b, bAt + 13 * ldb);
    FloatVector r14 = FloatVector.fromArray(SPECIES, b, bAt + 14 * ldb);
    FloatVector r15 = FloatVector.fromArray(SPECIES, b, bAt + 15 * ldb);
    FloatVector low;
    low = r0;
    r0 = low.blend(r8.rearrange(BY_8), UPPER_8);
    r8 = low.rearrange(BY_8).blend(r8, UPPER_8);
    low = r1;
    r1 = low.blend(r9.rearrange(BY_8), UPPER_8);
    r9 = low.rearrange(BY_8).blend(r9, UPPER_8);
    low = r2;
    r2 = low.blend(r10.rearrange(BY_8), UPPER_8);
    r10 = low.rearrange(BY_8).blend(r10, UPPER_8);
    low = r3;
    r3 = low.blend(r11.rearrange(BY_8), UPPER_8);
    r11 = low.rearrange(BY_8).blend(r11, UPPER_8);
    low = r4;
    r4 = low.blend(r12.rearrange(BY_8), UPPER_8);
    r12 = low.rearrange(BY_8).blend(r12, UPPER_8);
    low = r5;
    r5 = low.blend(r13.rearrange(BY_8), UPPER_8);
    r13 = low.rearrange(BY_8).blend(r13, UPPER_8);
    low = r6;
    r6 = low.blend(r14.rearrange(BY_8), UPPER_8);
    r14 = low.rearrange(BY_8).blend(r14, UPPER_8);
    low = r7;
    r7 = low.blend(r15.rearrange(BY_8), UPPER_8);
    r15 = low.rearrange(BY_8).blend(r15, UPPER_8);
    low = r0;
    r0 = low.blend(r4.rearrange(RIGHT_4), UPPER_4);
    r4 = low.rearrange(LEFT_4).blend(r4, UPPER_4);
    low = r1;
    r1 = low.blend(r5.rearrange(RIGHT_4), UPPER_4);
    r5 = low.rearrange(LEFT_4).blend(r5, UPPER_4);
    low = r2;
    r2 = low.blend(r6.rearrange(RIGHT_4), UPPER_4);
    r6 = low.rearrange(LEFT_4).blend(r6, UPPER_4);
    low = r3;
    r3 = low.blend(r7.rearrange(RIGHT_4), UPPER_4);
    r7 = low.rearrange(LEFT_4).blend(r7, UPPER_4);
    low = r8;
    r8 = low.blend(r12.rearrange(RIGHT_4), UPPER_4);
    r12 = low.rearrange(LEFT_4).blend(r12, UPPER_4);
    low = r9;
    r9 = low.blend(r13.rearrange(RIGHT_4), UPPER_4);
    r13 = low.rearrange(LEFT_4).blend(r13, UPPER_4);
    low = r10;
    r10 = low.blend(r14.rearrange(RIGHT_4), UPPER_4);
    r14 = low.rearrange(LEFT_4).blend(r14, UPPER_4);
    low = r11;
    r11 = low.blend(r15.rearrange(RIGHT_4), UPPER_4);
    r15 = low.rearrange(LEFT_4).blend(r15, UPPER_4);
    low = r0;
    r0 = low.blend(r2.rearrange(RIGHT_2), UPPER_2);
    r2 = low.rearrange(LEFT_2).blend(r2, UPPER_2);
    low = r1;
    r1 = low.blend(r3.rearrange(RIGHT_2), UPPER_2);
    r3 = low.rearrange(LEFT_2).blend(r3, UPPER_2);
    low = r4;
    r4 = low.blend(r6.rearrange(RIGHT_2), UPPER_2);
    r6 = low.rearrange(LEFT_2).blend(r6, UPPER_2);
    low = r5;
    r5 = low.blend(r7.rearrange(RIGHT_2), UPPER_2);
    r7 = low.rearrange(LEFT_2).blend(r7, UPPER_2);
    low = r8;
    r8 = low.blend(r10.rearrange(RIGHT_2), UPPER_2);
    r10 = low.rearrange(LEFT_2).blend(r10, UPPER_2);
    low = r9;
    r9 = low.blend(r11.rearrange(RIGHT_2), UPPER_2);
    r11 = low.rearrange(LEFT_2).blend(r11, UPPER_2);
    low = r12;
    r12 = low.blend(r14.rearrange(RIGHT_2), UPPER_2);
    r14 = low.rearrange(LEFT_2).blend(r14, UPPER_2);
    low = r13;
    r13 = low.blend(r15.rearrange(RIGHT_2), UPPER_2);
    r15 = low.rearrange(LEFT_2).blend(r15, UPPER_2);
    low = r0;
    r0 = low.blend(r1.rearrange(RIGHT_1), UPPER_1);
    r1 = low.rearrange(LEFT_1).blend(r1, UPPER_1);
    low = r2;
    r2 = low.blend(r3.rearrange(RIGHT_1), UPPER_1);
    r3 = low.rearrange(LEFT_1).blend(r3, UPPER_1);
    low = r4;
    r4 = low.blend(r5.rearrange(RIGHT_1), UPPER_1);
    r5 = low.rearrange(LEFT_1).blend(r5, UPPER_1);
    low = r6;
    r6 = low.blend(r7.rearrange(RIGHT_1), UPPER_1);
    r7 = low.rearrange(LEFT_1).blend(r7, UPPER_1);
    low = r8;
    r8 = low.blend(r9.rearrange(RIGHT_1), UPPER_1);
    r9 = low.rearrange(LEFT_1).blend(r9, UPPER_1);
    low = r10;
    r10 = low.blend(r11.rearrange(RIGHT_1), UPPER_1);
    r11 = low.rearrange(LEFT_1).blend(r11, UPPER_1);
    low = r12;
    r12 = low.blend(r13.rearrange(RIGHT_1), UPPER_1);
    r13 = low.rearrange(LEFT_1).blend(r13, UPPER_1);
    low = r14;
    r14 = low.blend(r15.rearrange(RIGHT_1), UPPER_1);
    r15 = low.rearrange(LEFT_1).blend(r15, UPPER_1);
    r0.intoArray(out, at);
    r1.intoArray(out, at + ldOut);
    r2.intoArray(out, at + 2 * ldOut);
    r3.intoArray(out, at + 3 * ldOut);
    r4.intoArray(out, at + 4 * ldOut);
    r5.intoArray(out, at + 5 * ldOut);
    r6.intoArray(out, at + 6 * ldOut);
    r7.intoArray(out, at + 7 * ldOut);
    r8.intoArray(out, at + 8 * ldOut);
    r9.intoArray(out, at + 9 * ldOut);
    r10.intoArray(out, at + 10 * ldOut);
    r11.intoArray(out, at + 11 * ldOut);
    r12.intoArray(out, at + 12 * ldOut);
    r13.intoArray(out, at + 13 * ldOut);
    r14.intoArray(out, at + 14 * ldOut);
    r15.intoArray(out, at + 15 * ldOut);
  }
}
