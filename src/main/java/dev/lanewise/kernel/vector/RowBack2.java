package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.PairTranspose.LANE_BITS;
import static dev.lanewise.kernel.vector.PairTranspose.PAIRS;
import static dev.lanewise.kernel.vector.PairTranspose.UPPER_1;
import static dev.lanewise.kernel.vector.PairTranspose.UPPER_2;
import static dev.lanewise.kernel.vector.PairTranspose.UPPER_4;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One row of an error handed back through a panel of two vectors: eight rows of weights and four columns at a time, transposed in registers
 * as by {@link PairTranspose} and multiplied from there. Weights are read once, in the order of memory.
 */
final class RowBack2 extends NotInlined {

  private RowBack2() {}

  /**
   * Adds a panel of W times a row of δ to what is handed back.
   *
   * @param columns of δ, a multiple of {@value PairTranspose#COLUMNS}
   * @param eights of rows of W
   */
  static void run(int columns, int eights, float[] a, int aAt, float[] packed, int w, float[] c, int cAt) {
    for (int i = 0; i < eights; i++) {
      int p = aAt;
      int at = w + i * PairTranspose.ROWS * Panels.WIDE;
      FloatVector sum = FloatVector.fromArray(SPECIES, c, cAt + i * LANES);
      for (int end = at + columns; at != end; at += PairTranspose.COLUMNS) {
        int upper = at + 4 * Panels.WIDE - LANES / 2;
        IntVector r0 = FloatVector.fromArray(SPECIES, packed, at).reinterpretAsInts()
            .blend(FloatVector.fromArray(SPECIES, packed, upper).reinterpretAsInts(), UPPER_4);
        IntVector r1 = FloatVector.fromArray(SPECIES, packed, at + Panels.WIDE).reinterpretAsInts()
            .blend(FloatVector.fromArray(SPECIES, packed, upper + Panels.WIDE).reinterpretAsInts(), UPPER_4);
        IntVector r2 = FloatVector.fromArray(SPECIES, packed, at + 2 * Panels.WIDE).reinterpretAsInts()
            .blend(FloatVector.fromArray(SPECIES, packed, upper + 2 * Panels.WIDE).reinterpretAsInts(), UPPER_4);
        IntVector r3 = FloatVector.fromArray(SPECIES, packed, at + 3 * Panels.WIDE).reinterpretAsInts()
            .blend(FloatVector.fromArray(SPECIES, packed, upper + 3 * Panels.WIDE).reinterpretAsInts(), UPPER_4);
        LongVector c0 = r0.blend(r2.rearrange(PAIRS), UPPER_2).reinterpretAsLongs();
        LongVector c1 = r1.blend(r3.rearrange(PAIRS), UPPER_2).reinterpretAsLongs();
        LongVector c2 = r0.rearrange(PAIRS).blend(r2, UPPER_2).reinterpretAsLongs();
        LongVector c3 = r1.rearrange(PAIRS).blend(r3, UPPER_2).reinterpretAsLongs();
        sum = FloatVector.broadcast(SPECIES, a[p]).fma(
            c0.reinterpretAsInts().blend(c1.lanewise(VectorOperators.LSHL, LANE_BITS).reinterpretAsInts(), UPPER_1).reinterpretAsFloats(), sum);
        sum = FloatVector.broadcast(SPECIES, a[p + 1]).fma(
            c0.lanewise(VectorOperators.LSHR, LANE_BITS).reinterpretAsInts().blend(c1.reinterpretAsInts(), UPPER_1).reinterpretAsFloats(), sum);
        sum = FloatVector.broadcast(SPECIES, a[p + 2]).fma(
            c2.reinterpretAsInts().blend(c3.lanewise(VectorOperators.LSHL, LANE_BITS).reinterpretAsInts(), UPPER_1).reinterpretAsFloats(), sum);
        sum = FloatVector.broadcast(SPECIES, a[p + 3]).fma(
            c2.lanewise(VectorOperators.LSHR, LANE_BITS).reinterpretAsInts().blend(c3.reinterpretAsInts(), UPPER_1).reinterpretAsFloats(), sum);
        p += PairTranspose.COLUMNS;
      }
      sum.intoArray(c, cAt + i * LANES);
    }
  }
}
