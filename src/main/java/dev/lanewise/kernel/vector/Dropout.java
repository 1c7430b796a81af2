package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Chunks.CHUNK;
import static dev.lanewise.kernel.vector.Chunks.after;
import static dev.lanewise.kernel.vector.Simd.INTS;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.lanewise.kernel.ScalarDropout;
import dev.lanewise.kernel.ScalarKernels;
import jdk.incubator.vector.IntVector;

/** Dropout, and rows with factors of their own. */
final class Dropout extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  /** What the elements of a vector add to the counter of the first. */
  private static final int[] COUNTERS = new int[LANES];

  static {
    for (int lane = 0; lane < LANES; lane++) {
      COUNTERS[lane] = lane * ScalarDropout.GOLDEN_GAMMA;
    }
  }

  private Dropout() {}

  /** See {@link dev.lanewise.kernel.Warmable#callWithoutTurns}. */
  static void callWithoutTurns(int times) {
    float[] no = {};
    for (int i = 0; i < times; i++) {
      dropoutChunk(0, 0, 0, 0f, no, no, 0);
    }
  }

  static void dropout(int n, int key, int first, int threshold, float factor, float[] in, float[] out, int at) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i == 0 || i < whole; i = after(i)) {
      dropoutChunk(
          Math.min(CHUNK, whole - i), key + (first + i) * ScalarDropout.GOLDEN_GAMMA, threshold, factor, in, out, at + i);
    }
    SCALAR.dropout(n - whole, key, first + whole, threshold, factor, in, out, at + whole);
  }

  static void dropoutChunk(int n, int start, int threshold, float factor, float[] in, float[] out, int at) {
    if (n == 0) { // nothing, or Warmable.callWithoutTurns
      return;
    }
    IntVector counters = IntVector.fromArray(INTS, COUNTERS, 0).add(start);
    for (int i = 0; i < n; i += LANES) {
      IntVector x = counters.add(i * ScalarDropout.GOLDEN_GAMMA);
      IntVector once = x.lanewise(LSHR, 16).lanewise(XOR, x).mul(ScalarDropout.FIRST_FACTOR);
      IntVector twice = once.lanewise(LSHR, 15).lanewise(XOR, once).mul(ScalarDropout.SECOND_FACTOR);
      IntVector bits = twice.lanewise(LSHR, 15).lanewise(XOR, twice).lanewise(LSHR, 1);
      IntVector scaled = fromArray(SPECIES, in, at + i).mul(factor).reinterpretAsInts();
      IntVector.zero(INTS).blend(scaled, bits.compare(GE, threshold)).reinterpretAsFloats().intoArray(out, at + i);
    }
  }

  static void scaleRows(int rows, int ld, float[] factors, int factorsAt, float[] x, int at) {
    for (int i = 0; i < rows; i++) {
      scaleRow(ld, factors[factorsAt + i], x, at + i * ld);
    }
  }

  private static void scaleRow(int ld, float factor, float[] x, int at) {
    int whole = SPECIES.loopBound(ld);
    for (int j = 0; j < whole; j += LANES) {
      fromArray(SPECIES, x, at + j).mul(factor).intoArray(x, at + j);
    }
    for (int j = whole; j < ld; j++) {
      x[at + j] *= factor;
    }
  }
}
