package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes eight rows, four columns at a time, for vectors of eight lanes. AVX2 has no instruction that takes any lanes of two vectors,
 * and what permutes one across its halves is two. So halves of rows come together by loads that begin four floats earlier, and single
 * lanes by shifts of pairs; only pairs are permuted, each vector once. All of them end in a blend.
 */
final class PairTranspose extends NotInlined {

  /** Columns of the source that are transposed at a time. */
  static final int COLUMNS = 4;

  private static final VectorMask<Integer> UPPER_4 = VectorMask.fromLong(INTS, 0xf0);
  private static final VectorMask<Integer> UPPER_2 = VectorMask.fromLong(INTS, 0xcc);
  private static final VectorMask<Integer> UPPER_1 = VectorMask.fromLong(INTS, 0xaa);

  /** How far a pair is shifted by one lane. */
  private static final int LANE_BITS = Float.SIZE;

  /** Pairs change places with their neighbours. */
  private static final VectorShuffle<Integer> PAIRS =
      VectorShuffle.fromArray(INTS, IntStream.range(0, LANES).map(lane -> lane ^ 2).toArray(), 0);

  private PairTranspose() {}

  /**
   * Eight rows of a panel of two vectors into as many columns of another. Reads nothing before the first row and nothing behind the last.
   *
   * <p>All of it is written here, and not in a method for four columns: of more than 325 bytecodes, it is inlined nowhere. Where C2 inlined
   * it twice, it came to its limit on nodes, and vectors became objects; where a method for rows at any distance was called instead, that
   * took twice as long, with all indices checked.
   */
  static void panel(int columns, float[] b, int bAt, float[] out, int at) {
    int to = at;
    int end = bAt + columns;
    // Not a counted loop: it turns four times at most, and the copies that C2 makes of one for its ends take as long.
    for (int from = bAt; from != end; from += COLUMNS) {
      int upper = from + 4 * Panels.WIDE - LANES / 2;
      IntVector r0 = FloatVector.fromArray(SPECIES, b, from).reinterpretAsInts()
          .blend(FloatVector.fromArray(SPECIES, b, upper).reinterpretAsInts(), UPPER_4);
      IntVector r1 = FloatVector.fromArray(SPECIES, b, from + Panels.WIDE).reinterpretAsInts()
          .blend(FloatVector.fromArray(SPECIES, b, upper + Panels.WIDE).reinterpretAsInts(), UPPER_4);
      IntVector r2 = FloatVector.fromArray(SPECIES, b, from + 2 * Panels.WIDE).reinterpretAsInts()
          .blend(FloatVector.fromArray(SPECIES, b, upper + 2 * Panels.WIDE).reinterpretAsInts(), UPPER_4);
      IntVector r3 = FloatVector.fromArray(SPECIES, b, from + 3 * Panels.WIDE).reinterpretAsInts()
          .blend(FloatVector.fromArray(SPECIES, b, upper + 3 * Panels.WIDE).reinterpretAsInts(), UPPER_4);
      LongVector c0 = r0.blend(r2.rearrange(PAIRS), UPPER_2).reinterpretAsLongs();
      LongVector c1 = r1.blend(r3.rearrange(PAIRS), UPPER_2).reinterpretAsLongs();
      LongVector c2 = r0.rearrange(PAIRS).blend(r2, UPPER_2).reinterpretAsLongs();
      LongVector c3 = r1.rearrange(PAIRS).blend(r3, UPPER_2).reinterpretAsLongs();
      c0.reinterpretAsInts().blend(c1.lanewise(VectorOperators.LSHL, LANE_BITS).reinterpretAsInts(), UPPER_1)
          .reinterpretAsFloats().intoArray(out, to);
      c0.lanewise(VectorOperators.LSHR, LANE_BITS).reinterpretAsInts().blend(c1.reinterpretAsInts(), UPPER_1)
          .reinterpretAsFloats().intoArray(out, to + Panels.WIDE);
      c2.reinterpretAsInts().blend(c3.lanewise(VectorOperators.LSHL, LANE_BITS).reinterpretAsInts(), UPPER_1)
          .reinterpretAsFloats().intoArray(out, to + 2 * Panels.WIDE);
      c2.lanewise(VectorOperators.LSHR, LANE_BITS).reinterpretAsInts().blend(c3.reinterpretAsInts(), UPPER_1)
          .reinterpretAsFloats().intoArray(out, to + 3 * Panels.WIDE);
      to += COLUMNS * Panels.WIDE;
    }
  }

  /** Copies rows of two vectors. */
  static void copy(int rows, float[] from, int at, int ld, float[] to, int toAt, int ldTo) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      int out = toAt + i * ldTo;
      FloatVector.fromArray(SPECIES, from, row).intoArray(to, out);
      FloatVector.fromArray(SPECIES, from, row + LANES).intoArray(to, out + LANES);
    }
  }
}
