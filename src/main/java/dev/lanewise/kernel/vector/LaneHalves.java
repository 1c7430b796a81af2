package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;

import java.util.stream.IntStream;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Halves of every 16, 8, 4 and 2 lanes, by which vectors of sums are added up, lanes of one beside lanes of another. */
final class LaneHalves {

  /** The upper ones. */
  static final VectorMask<Float> UPPER_8 = upper(8);
  static final VectorMask<Float> UPPER_4 = upper(4);
  static final VectorMask<Float> UPPER_2 = upper(2);
  static final VectorMask<Float> UPPER_1 = upper(1);

  /** Both changing places. */
  static final VectorShuffle<Float> SWAP_8 = swap(8);
  static final VectorShuffle<Float> SWAP_4 = swap(4);
  static final VectorShuffle<Float> SWAP_2 = swap(2);
  static final VectorShuffle<Float> SWAP_1 = swap(1);

  private LaneHalves() {}

  private static VectorMask<Float> upper(int half) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lane & half) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  private static VectorShuffle<Float> swap(int half) {
    return VectorShuffle.fromArray(SPECIES, IntStream.range(0, LANES).map(lane -> (lane ^ half) % LANES).toArray(), 0);
  }
}
