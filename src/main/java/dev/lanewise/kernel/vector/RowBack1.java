package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.Panels.WIDE;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.Transpose.LOWER_1;
import static dev.lanewise.kernel.vector.Transpose.LOWER_2;
import static dev.lanewise.kernel.vector.Transpose.LOWER_4;
import static dev.lanewise.kernel.vector.Transpose.LOWER_8;
import static dev.lanewise.kernel.vector.Transpose.UPPER_1;
import static dev.lanewise.kernel.vector.Transpose.UPPER_2;
import static dev.lanewise.kernel.vector.Transpose.UPPER_4;
import static dev.lanewise.kernel.vector.Transpose.UPPER_8;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * One row of an error handed back through a wide panel: blocks of 16 rows of weights and 16 columns, transposed in registers as by {@link
 * WideTranspose} and multiplied from there, with two checks of indices for each array. Tiles of two rows and more are slower: C2 puts all
 * multiply-adds of one row before those of the next, and each waits for the one before.
 */
final class RowBack1 extends NotInlined {

  /** Rows of a block. */
  static final int ROWS = 16;

  /** Blocks of so many sixteens of rows take turns, so that their sums need not wait for one another: some 3 % faster. */
  static final int MOST_SIXTEENS = 4;

  private static final int COLUMNS = 16;

  private RowBack1() {}

  /** Adds so many sixteens of rows of a panel of W, all 64 columns of them, times a row of δ to what is handed back. */
  static void run(int sixteens, float[] a, int aAt, float[] packed, int w, float[] c, int cAt) {
    int blocks = WIDE / COLUMNS * sixteens;
    for (int block = 0; block < blocks; block++) {
      int columns = block / sixteens * COLUMNS;
      int rows = block % sixteens * ROWS;
      int at = w + rows * WIDE + columns;
      int from = aAt + columns;
      int to = cAt + rows;
      IntVector r0 = FloatVector.fromArray(SPECIES, packed, at).reinterpretAsInts();
      IntVector r1 = FloatVector.fromArray(SPECIES, packed, at + WIDE).reinterpretAsInts();
      IntVector r2 = FloatVector.fromArray(SPECIES, packed, at + 2 * WIDE).reinterpretAsInts();
      IntVector r3 = FloatVector.fromArray(SPECIES, packed, at + 3 * WIDE).reinterpretAsInts();
      IntVector r4 = FloatVector.fromArray(SPECIES, packed, at + 4 * WIDE).reinterpretAsInts();
      IntVector r5 = FloatVector.fromArray(SPECIES, packed, at + 5 * WIDE).reinterpretAsInts();
      IntVector r6 = FloatVector.fromArray(SPECIES, packed, at + 6 * WIDE).reinterpretAsInts();
      IntVector r7 = FloatVector.fromArray(SPECIES, packed, at + 7 * WIDE).reinterpretAsInts();
      IntVector r8 = FloatVector.fromArray(SPECIES, packed, at + 8 * WIDE).reinterpretAsInts();
      IntVector r9 = FloatVector.fromArray(SPECIES, packed, at + 9 * WIDE).reinterpretAsInts();
      IntVector r10 = FloatVector.fromArray(SPECIES, packed, at + 10 * WIDE).reinterpretAsInts();
      IntVector r11 = FloatVector.fromArray(SPECIES, packed, at + 11 * WIDE).reinterpretAsInts();
      IntVector r12 = FloatVector.fromArray(SPECIES, packed, at + 12 * WIDE).reinterpretAsInts();
      IntVector r13 = FloatVector.fromArray(SPECIES, packed, at + 13 * WIDE).reinterpretAsInts();
      IntVector r14 = FloatVector.fromArray(SPECIES, packed, at + 14 * WIDE).reinterpretAsInts();
      IntVector r15 = FloatVector.fromArray(SPECIES, packed, at + 15 * WIDE).reinterpretAsInts();
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
      FloatVector sum = FloatVector.fromArray(SPECIES, c, to);
      sum = FloatVector.broadcast(SPECIES, a[from]).fma(r0.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 1]).fma(r1.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 2]).fma(r2.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 3]).fma(r3.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 4]).fma(r4.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 5]).fma(r5.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 6]).fma(r6.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 7]).fma(r7.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 8]).fma(r8.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 9]).fma(r9.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 10]).fma(r10.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 11]).fma(r11.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 12]).fma(r12.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 13]).fma(r13.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 14]).fma(r14.reinterpretAsFloats(), sum);
      sum = FloatVector.broadcast(SPECIES, a[from + 15]).fma(r15.reinterpretAsFloats(), sum);
      sum.intoArray(c, to);
    }
  }
}
