package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.BITS_512;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import dev.lanewise.kernel.Panels;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * The last vector of a panel of which one to four columns are there, which four rows share: four lanes for each. B's four floats are in it
 * four times, and one float of each of four rows of A four times each, blended from broadcasts. So four rows take one multiply-add for what
 * would else be four, most of them padding.
 */
final class SharedVector {

  /** The most columns. */
  static final int MOST = 4;

  /** Lanes of the second row, of the third and of the fourth. */
  static final VectorMask<Float> FOURS_1 = fours(1);
  static final VectorMask<Float> FOURS_2 = fours(2);
  static final VectorMask<Float> FOURS_3 = fours(3);

  /** Lanes that are a row's own columns in C. */
  static final VectorMask<Float> FIRST_FOUR = fours(0);

  /** The first four lanes for each row. */
  static final VectorShuffle<Float> FOUR_TIMES = from(lane -> lane % MOST);

  /** A row's four lanes at the front: of the second row, the third and the fourth. */
  static final VectorShuffle<Float> FROM_4 = from(lane -> (lane + MOST) % LANES);
  static final VectorShuffle<Float> FROM_8 = from(lane -> (lane + 2 * MOST) % LANES);
  static final VectorShuffle<Float> FROM_12 = from(lane -> (lane + 3 * MOST) % LANES);

  private SharedVector() {}

  /** Whether so many columns of a panel of such a width end in a vector like that. */
  static boolean fits(int width, int cols) {
    int whole = width - Panels.NARROW;
    return BITS_512 && width > Panels.NARROW && cols > whole && cols <= whole + MOST;
  }

  private static VectorMask<Float> fours(int row) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = lane / MOST == row;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  private static VectorShuffle<Float> from(IntUnaryOperator lane) {
    return VectorShuffle.fromArray(SPECIES, IntStream.range(0, LANES).map(lane).toArray(), 0);
  }
}
