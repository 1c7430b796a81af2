package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.LaneHalves.UPPER_1;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_2;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_4;
import static dev.lanewise.kernel.vector.LaneHalves.UPPER_8;
import static dev.lanewise.kernel.vector.RowDots.COLUMNS;
import static dev.lanewise.kernel.vector.RowDots.HALF;
import static dev.lanewise.kernel.vector.RowDots.ROWS;
import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.Panels;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Dot products of two rows for 512 bits, of half blocks: twice as much is done with each vector of weights. */
final class DotPair extends NotInlined {

  /** The upper halves of one vector in the lower ones, and the lower halves of a second in the upper ones. */
  private static final IntVector INNER_8 = inner(8);
  private static final IntVector INNER_4 = inner(4);
  private static final IntVector INNER_2 = inner(2);
  private static final IntVector INNER_1 = inner(1);

  private static final VectorMask<Float> LOWER_8 = UPPER_8.not();

  private DotPair() {}

  private static IntVector inner(int half) {
    return IntVector.fromArray(
        INTS, IntStream.range(0, LANES).map(lane -> (lane & half) == 0 ? lane + half : LANES + lane - half).toArray(), 0);
  }

  /** Half blocks of rows of weights and two rows of A, lda apart, two lines of each row a turn; the rest as in {@link DotBlock#run}. */
  static void run(
      int blocks, int halves, int nextPanel, float[] a, int aAt, int lda, float[] packed, int w,
      int mediumSteps, int mediumAt, int restSteps, int narrowAt, float[] c, int cAt, int ldc) {
    if (halves < 0) {
      return;
    }
    for (int h = 0; h < blocks; h++) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      FloatVector t0 = s0;
      FloatVector t1 = s0;
      FloatVector t2 = s0;
      FloatVector t3 = s0;
      FloatVector t4 = s0;
      FloatVector t5 = s0;
      FloatVector t6 = s0;
      FloatVector t7 = s0;
      int bAt = w + h * (ROWS / 2 * Panels.WIDE);
      for (int i = 0; i < halves; i++) {
        int from = aAt + i * HALF;
        int at = bAt + (i >>> 1) * nextPanel + (i & 1) * HALF;
        FloatVector x0 = fromArray(SPECIES, a, from);
        FloatVector y0 = fromArray(SPECIES, a, from + lda);
        FloatVector x1 = fromArray(SPECIES, a, from + LANES);
        FloatVector y1 = fromArray(SPECIES, a, from + lda + LANES);
        FloatVector w0 = fromArray(SPECIES, packed, at);
        s0 = x0.fma(w0, s0);
        t0 = y0.fma(w0, t0);
        w0 = fromArray(SPECIES, packed, at + LANES);
        s0 = x1.fma(w0, s0);
        t0 = y1.fma(w0, t0);
        FloatVector w1 = fromArray(SPECIES, packed, at + Panels.WIDE);
        s1 = x0.fma(w1, s1);
        t1 = y0.fma(w1, t1);
        w1 = fromArray(SPECIES, packed, at + Panels.WIDE + LANES);
        s1 = x1.fma(w1, s1);
        t1 = y1.fma(w1, t1);
        FloatVector w2 = fromArray(SPECIES, packed, at + 2 * Panels.WIDE);
        s2 = x0.fma(w2, s2);
        t2 = y0.fma(w2, t2);
        w2 = fromArray(SPECIES, packed, at + 2 * Panels.WIDE + LANES);
        s2 = x1.fma(w2, s2);
        t2 = y1.fma(w2, t2);
        FloatVector w3 = fromArray(SPECIES, packed, at + 3 * Panels.WIDE);
        s3 = x0.fma(w3, s3);
        t3 = y0.fma(w3, t3);
        w3 = fromArray(SPECIES, packed, at + 3 * Panels.WIDE + LANES);
        s3 = x1.fma(w3, s3);
        t3 = y1.fma(w3, t3);
        FloatVector w4 = fromArray(SPECIES, packed, at + 4 * Panels.WIDE);
        s4 = x0.fma(w4, s4);
        t4 = y0.fma(w4, t4);
        w4 = fromArray(SPECIES, packed, at + 4 * Panels.WIDE + LANES);
        s4 = x1.fma(w4, s4);
        t4 = y1.fma(w4, t4);
        FloatVector w5 = fromArray(SPECIES, packed, at + 5 * Panels.WIDE);
        s5 = x0.fma(w5, s5);
        t5 = y0.fma(w5, t5);
        w5 = fromArray(SPECIES, packed, at + 5 * Panels.WIDE + LANES);
        s5 = x1.fma(w5, s5);
        t5 = y1.fma(w5, t5);
        FloatVector w6 = fromArray(SPECIES, packed, at + 6 * Panels.WIDE);
        s6 = x0.fma(w6, s6);
        t6 = y0.fma(w6, t6);
        w6 = fromArray(SPECIES, packed, at + 6 * Panels.WIDE + LANES);
        s6 = x1.fma(w6, s6);
        t6 = y1.fma(w6, t6);
        FloatVector w7 = fromArray(SPECIES, packed, at + 7 * Panels.WIDE);
        s7 = x0.fma(w7, s7);
        t7 = y0.fma(w7, t7);
        w7 = fromArray(SPECIES, packed, at + 7 * Panels.WIDE + LANES);
        s7 = x1.fma(w7, s7);
        t7 = y1.fma(w7, t7);
      }
      for (int i = 0; i < restSteps; i++) {
        int width = i < mediumSteps ? Panels.MEDIUM : Panels.NARROW;
        int from = aAt + halves * HALF + i * COLUMNS;
        int at = h * (ROWS / 2) * width + (i < mediumSteps ? mediumAt + i * COLUMNS : narrowAt);
        FloatVector x0 = fromArray(SPECIES, a, from);
        FloatVector y0 = fromArray(SPECIES, a, from + lda);
        FloatVector w0 = fromArray(SPECIES, packed, at);
        s0 = x0.fma(w0, s0);
        t0 = y0.fma(w0, t0);
        FloatVector w1 = fromArray(SPECIES, packed, at + width);
        s1 = x0.fma(w1, s1);
        t1 = y0.fma(w1, t1);
        FloatVector w2 = fromArray(SPECIES, packed, at + 2 * width);
        s2 = x0.fma(w2, s2);
        t2 = y0.fma(w2, t2);
        FloatVector w3 = fromArray(SPECIES, packed, at + 3 * width);
        s3 = x0.fma(w3, s3);
        t3 = y0.fma(w3, t3);
        FloatVector w4 = fromArray(SPECIES, packed, at + 4 * width);
        s4 = x0.fma(w4, s4);
        t4 = y0.fma(w4, t4);
        FloatVector w5 = fromArray(SPECIES, packed, at + 5 * width);
        s5 = x0.fma(w5, s5);
        t5 = y0.fma(w5, t5);
        FloatVector w6 = fromArray(SPECIES, packed, at + 6 * width);
        s6 = x0.fma(w6, s6);
        t6 = y0.fma(w6, t6);
        FloatVector w7 = fromArray(SPECIES, packed, at + 7 * width);
        s7 = x0.fma(w7, s7);
        t7 = y0.fma(w7, t7);
      }
      s0 = s0.blend(t0, UPPER_8).add(INNER_8.selectFrom(s0.reinterpretAsInts(), t0.reinterpretAsInts()).reinterpretAsFloats());
      s1 = s1.blend(t1, UPPER_8).add(INNER_8.selectFrom(s1.reinterpretAsInts(), t1.reinterpretAsInts()).reinterpretAsFloats());
      s2 = s2.blend(t2, UPPER_8).add(INNER_8.selectFrom(s2.reinterpretAsInts(), t2.reinterpretAsInts()).reinterpretAsFloats());
      s3 = s3.blend(t3, UPPER_8).add(INNER_8.selectFrom(s3.reinterpretAsInts(), t3.reinterpretAsInts()).reinterpretAsFloats());
      s4 = s4.blend(t4, UPPER_8).add(INNER_8.selectFrom(s4.reinterpretAsInts(), t4.reinterpretAsInts()).reinterpretAsFloats());
      s5 = s5.blend(t5, UPPER_8).add(INNER_8.selectFrom(s5.reinterpretAsInts(), t5.reinterpretAsInts()).reinterpretAsFloats());
      s6 = s6.blend(t6, UPPER_8).add(INNER_8.selectFrom(s6.reinterpretAsInts(), t6.reinterpretAsInts()).reinterpretAsFloats());
      s7 = s7.blend(t7, UPPER_8).add(INNER_8.selectFrom(s7.reinterpretAsInts(), t7.reinterpretAsInts()).reinterpretAsFloats());
      s0 = s0.blend(s4, UPPER_4).add(INNER_4.selectFrom(s0.reinterpretAsInts(), s4.reinterpretAsInts()).reinterpretAsFloats());
      s1 = s1.blend(s5, UPPER_4).add(INNER_4.selectFrom(s1.reinterpretAsInts(), s5.reinterpretAsInts()).reinterpretAsFloats());
      s2 = s2.blend(s6, UPPER_4).add(INNER_4.selectFrom(s2.reinterpretAsInts(), s6.reinterpretAsInts()).reinterpretAsFloats());
      s3 = s3.blend(s7, UPPER_4).add(INNER_4.selectFrom(s3.reinterpretAsInts(), s7.reinterpretAsInts()).reinterpretAsFloats());
      s0 = s0.blend(s2, UPPER_2).add(INNER_2.selectFrom(s0.reinterpretAsInts(), s2.reinterpretAsInts()).reinterpretAsFloats());
      s1 = s1.blend(s3, UPPER_2).add(INNER_2.selectFrom(s1.reinterpretAsInts(), s3.reinterpretAsInts()).reinterpretAsFloats());
      s0 = s0.blend(s1, UPPER_1).add(INNER_1.selectFrom(s0.reinterpretAsInts(), s1.reinterpretAsInts()).reinterpretAsFloats());
      s0.intoArray(c, cAt + h * (ROWS / 2), LOWER_8);
      s0.intoArray(c, cAt + h * (ROWS / 2) + ldc - LANES / 2, UPPER_8);
    }
  }
}
