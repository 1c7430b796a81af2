package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Softmax with cross-entropy: the loss of each row and its gradient by z in one go. */
final class CrossEntropy extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private CrossEntropy() {}

  /** See {@link VectorKernels#callCrossEntropies}. Of fewer columns what is chosen has no vectors itself, and is called with no row. */
  static void callByThemselves(int times, float[] z, float[] y, float[] delta, float[] out) {
    for (int i = 0; i < times; i++) {
      run(2, 17, 32, 0.1f, z, 0, y, 0, delta, 0, out, 0);
      run(2, 32, 32, 0.1f, z, 0, y, 0, delta, 0, out, 0);
      run(2, 81, 96, 0.1f, z, 0, y, 0, delta, 0, out, 0);
    }
  }

  /** By what is fastest for so many columns. */
  static void choose(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (VectorRows.fit(cols, ld)) {
      VectorRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else {
      run(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    }
  }

  /** Of rows of any length. */
  static void run(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (Rows.scalarEdge(cols)) {
      SCALAR.softmaxCrossEntropy(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int from = zAt + i * ld;
      int target = yAt + i * ld;
      int to = deltaAt + i * ld;
      float max = Softmax.max(cols, z, from);
      float weighted = weightedDistances(cols, max, z, from, y, target);
      float sum = Softmax.expOfDifference(cols, max, z, from, delta, to);
      out[outAt + i] = weighted + Rows.sum(cols, y, target) * ScalarMath.log(sum);
      gradient(cols, sum, scale, y, target, delta, to);
      Arrays.fill(delta, to + cols, to + ld, 0f);
    }
  }

  /** Σ y·(max − z), by partial sums that take turns as in {@link Rows}. */
  private static float weightedDistances(int cols, float max, float[] z, int zAt, float[] y, int yAt) {
    FloatVector top = FloatVector.broadcast(SPECIES, max);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int whole = SPECIES.loopBound(cols);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector weight = fromArray(SPECIES, y, yAt + j);
      FloatVector term = weight.mul(top.sub(fromArray(SPECIES, z, zAt + j)));
      FloatVector sum = term.blend(0f, weight.compare(EQ, 0f)).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    for (int j = whole; j < Rows.roundedUp(cols); j += LANES) {
      FloatVector weight = Rows.loadOrZero(cols, y, yAt, j);
      FloatVector term = weight.mul(top.sub(Rows.loadOrZero(cols, z, zAt, j)));
      FloatVector sum = term.blend(0f, weight.compare(EQ, 0f)).add(s0);
      s0 = LANES == 16 ? sum : s1;
      s1 = LANES == 8 ? sum : s2;
      s2 = s3;
      s3 = sum;
    }
    return VectorMath.total(s0, s1, s2, s3);
  }

  /** delta = (delta / sum − y) · scale. */
  private static void gradient(int cols, float sum, float scale, float[] y, int yAt, float[] delta, int at) {
    int whole = SPECIES.loopBound(cols);
    FloatVector divisor = FloatVector.broadcast(SPECIES, sum);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int j = 0; j < whole; j += LANES) {
      fromArray(SPECIES, delta, at + j).div(divisor).sub(fromArray(SPECIES, y, yAt + j)).mul(factor)
          .intoArray(delta, at + j);
    }
    for (int j = whole; j < cols; j++) {
      delta[at + j] = (delta[at + j] / sum - y[yAt + j]) * scale;
    }
  }
}
