package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.BlockTranspose.LOWER_1;
import static dev.lanewise.kernel.vector.BlockTranspose.LOWER_2;
import static dev.lanewise.kernel.vector.BlockTranspose.LOWER_4;
import static dev.lanewise.kernel.vector.BlockTranspose.LOWER_8;
import static dev.lanewise.kernel.vector.BlockTranspose.UPPER_1;
import static dev.lanewise.kernel.vector.BlockTranspose.UPPER_2;
import static dev.lanewise.kernel.vector.BlockTranspose.UPPER_4;
import static dev.lanewise.kernel.vector.BlockTranspose.UPPER_8;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Transposes 64 × 64 floats from one wide panel into another, as {@link BlockTranspose} does its blocks. The rows of both are a constant
 * apart, so that C2 checks the first and the last index of a block and none between, and blocks follow each other in one
 * loop: 11 ns each for 14 (Zen 5).
 */
final class WideTranspose extends NotInlined {

  /** Blocks of 16 × 16. */
  static final int BLOCKS = 16;

  private WideTranspose() {}

  /**
   * Row i of out is column i of b, for the first so many blocks: four of sixteen rows, then those of the next, as b's lines follow each
   * other in memory.
   */
  static void run(int blocks, float[] b, int bAt, float[] out, int at) {
    for (int block = 0; block < blocks; block++) {
      int in = bAt + block / 4 * 16 * WIDE + block % 4 * 16;
      int to = at + block % 4 * 16 * WIDE + block / 4 * 16;
      IntVector r0 = FloatVector.fromArray(SPECIES, b, in).reinterpretAsInts();
      IntVector r1 = FloatVector.fromArray(SPECIES, b, in + WIDE).reinterpretAsInts();
      IntVector r2 = FloatVector.fromArray(SPECIES, b, in + 2 * WIDE).reinterpretAsInts();
      IntVector r3 = FloatVector.fromArray(SPECIES, b, in + 3 * WIDE).reinterpretAsInts();
      IntVector r4 = FloatVector.fromArray(SPECIES, b, in + 4 * WIDE).reinterpretAsInts();
      IntVector r5 = FloatVector.fromArray(SPECIES, b, in + 5 * WIDE).reinterpretAsInts();
      IntVector r6 = FloatVector.fromArray(SPECIES, b, in + 6 * WIDE).reinterpretAsInts();
      IntVector r7 = FloatVector.fromArray(SPECIES, b, in + 7 * WIDE).reinterpretAsInts();
      IntVector r8 = FloatVector.fromArray(SPECIES, b, in + 8 * WIDE).reinterpretAsInts();
      IntVector r9 = FloatVector.fromArray(SPECIES, b, in + 9 * WIDE).reinterpretAsInts();
      IntVector r10 = FloatVector.fromArray(SPECIES, b, in + 10 * WIDE).reinterpretAsInts();
      IntVector r11 = FloatVector.fromArray(SPECIES, b, in + 11 * WIDE).reinterpretAsInts();
      IntVector r12 = FloatVector.fromArray(SPECIES, b, in + 12 * WIDE).reinterpretAsInts();
      IntVector r13 = FloatVector.fromArray(SPECIES, b, in + 13 * WIDE).reinterpretAsInts();
      IntVector r14 = FloatVector.fromArray(SPECIES, b, in + 14 * WIDE).reinterpretAsInts();
      IntVector r15 = FloatVector.fromArray(SPECIES, b, in + 15 * WIDE).reinterpretAsInts();
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
      r0.reinterpretAsFloats().intoArray(out, to);
      r1.reinterpretAsFloats().intoArray(out, to + WIDE);
      r2.reinterpretAsFloats().intoArray(out, to + 2 * WIDE);
      r3.reinterpretAsFloats().intoArray(out, to + 3 * WIDE);
      r4.reinterpretAsFloats().intoArray(out, to + 4 * WIDE);
      r5.reinterpretAsFloats().intoArray(out, to + 5 * WIDE);
      r6.reinterpretAsFloats().intoArray(out, to + 6 * WIDE);
      r7.reinterpretAsFloats().intoArray(out, to + 7 * WIDE);
      r8.reinterpretAsFloats().intoArray(out, to + 8 * WIDE);
      r9.reinterpretAsFloats().intoArray(out, to + 9 * WIDE);
      r10.reinterpretAsFloats().intoArray(out, to + 10 * WIDE);
      r11.reinterpretAsFloats().intoArray(out, to + 11 * WIDE);
      r12.reinterpretAsFloats().intoArray(out, to + 12 * WIDE);
      r13.reinterpretAsFloats().intoArray(out, to + 13 * WIDE);
      r14.reinterpretAsFloats().intoArray(out, to + 14 * WIDE);
      r15.reinterpretAsFloats().intoArray(out, to + 15 * WIDE);
    }
  }
}
