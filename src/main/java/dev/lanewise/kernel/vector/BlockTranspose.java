package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Transposes 16 × 16 floats in registers of 512 bits: in four stages the upper half of one row changes places with the lower half of
 * another, halves of 8, 4, 2 and 1 lanes. Each stage is one instruction a row, which takes lanes of both.
 */
final class BlockTranspose extends NotInlined {

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

  private BlockTranspose() {}

  /** One block: row i of out is column i of b. */
  static void run(float[] b, int bAt, int ldb, float[] out, int at, int ldOut) {
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
