package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ScalarMath.C2;
import static dev.lanewise.kernel.ScalarMath.C3;
import static dev.lanewise.kernel.ScalarMath.C4;
import static dev.lanewise.kernel.ScalarMath.C5;
import static dev.lanewise.kernel.ScalarMath.C6;
import static dev.lanewise.kernel.ScalarMath.EXP_MIN;
import static dev.lanewise.kernel.ScalarMath.INVERSE_LN2;
import static dev.lanewise.kernel.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernel.ScalarMath.LN2_LOW;
import static dev.lanewise.kernel.ScalarMath.ROUNDER_OF_LOW;
import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.BY_1;
import static dev.lanewise.kernel.vector.VectorMath.BY_2;
import static dev.lanewise.kernel.vector.VectorMath.BY_4;
import static dev.lanewise.kernel.vector.VectorMath.BY_8;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Softmax with cross-entropy: the loss of each row and its gradient by z in one go. */
final class CrossEntropy extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private CrossEntropy() {}

  /** By what is fastest for so many columns. */
  static void choose(
      int rows, int cols, int ld, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    if (Softmax.fitVectors(cols, ld)) {
      ofVectors(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else if (NarrowRows.fit(cols, ld)) {
      NarrowRows.softmaxCrossEntropy(rows, cols, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    } else {
      run(rows, cols, ld, scale, z, zAt, y, yAt, delta, deltaAt, out, outAt);
    }
  }

  /**
   * Of rows that {@linkplain Softmax#fitVectors fit} a vector each, with the sums and the exponential of {@link VectorMath} written out.
   * First the
   * maxima of all rows, which {@code out} keeps meanwhile: a row that waits for its maximum would hold up the next ones.
   */
  static void ofVectors(
      int rows, int cols, float scale,
      float[] z, int zAt, float[] y, int yAt, float[] delta, int deltaAt, float[] out, int outAt) {
    maxima(rows, cols, z, zAt, out, outAt);
    if (rows == 0) { // one of WarmUp's calls, of no vector
      return;
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      FloatVector distance = FloatVector.broadcast(SPECIES, out[outAt + i]).sub(fromArray(SPECIES, z, zAt + i * LANES));
      FloatVector weight = zero.blend(fromArray(SPECIES, y, yAt + i * LANES), lanes);
      FloatVector x = distance.neg();
      FloatVector rounded =
          x.fma(FloatVector.broadcast(SPECIES, INVERSE_LN2), FloatVector.broadcast(SPECIES, ROUNDER_OF_LOW));
      FloatVector n = rounded.sub(ROUNDER_OF_LOW);
      FloatVector r =
          n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x));
      FloatVector power =
          FloatVector.broadcast(SPECIES, C6)
              .fma(r, FloatVector.broadcast(SPECIES, C5))
              .fma(r, FloatVector.broadcast(SPECIES, C4))
              .fma(r, FloatVector.broadcast(SPECIES, C3))
              .fma(r, FloatVector.broadcast(SPECIES, C2))
              .fma(r.mul(r), r)
              .add(1f)
              .mul(rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats())
              .mul(0x1p-64f)
              .blend(0f, x.compare(LT, EXP_MIN));
      FloatVector e = zero.blend(power, lanes);
      FloatVector sum = LANES >= 16 ? e.add(e.rearrange(BY_8)) : e;
      sum = LANES >= 8 ? sum.add(sum.rearrange(BY_4)) : sum;
      sum = sum.add(sum.rearrange(BY_2));
      sum = sum.add(sum.rearrange(BY_1));
      FloatVector term = zero.add(weight.mul(distance)).blend(0f, weight.compare(EQ, 0f));
      term = LANES >= 16 ? term.add(term.rearrange(BY_8)) : term;
      term = LANES >= 8 ? term.add(term.rearrange(BY_4)) : term;
      term = term.add(term.rearrange(BY_2));
      term = term.add(term.rearrange(BY_1));
      FloatVector weights = zero.add(weight);
      weights = LANES >= 16 ? weights.add(weights.rearrange(BY_8)) : weights;
      weights = LANES >= 8 ? weights.add(weights.rearrange(BY_4)) : weights;
      weights = weights.add(weights.rearrange(BY_2));
      weights = weights.add(weights.rearrange(BY_1));
      float divisor = sum.lane(0);
      out[outAt + i] = (float) (term.lane(0) + weights.lane(0) * ScalarMath.log(divisor));
      zero.blend(e.div(divisor).sub(weight).mul(scale), lanes).intoArray(delta, deltaAt + i * LANES);
    }
  }

  private static void maxima(int rows, int cols, float[] z, int zAt, float[] out, int outAt) {
    if (rows == 0) {
      return;
    }
    VectorMask<Float> lanes = SPECIES.indexInRange(0, cols);
    FloatVector lowest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      FloatVector max = lowest.blend(fromArray(SPECIES, z, zAt + i * LANES), lanes);
      max = LANES >= 16 ? max.max(max.rearrange(BY_8)) : max;
      max = LANES >= 8 ? max.max(max.rearrange(BY_4)) : max;
      max = max.max(max.rearrange(BY_2));
      out[outAt + i] = max.max(max.rearrange(BY_1)).lane(0);
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
      out[outAt + i] = (float) (weighted + Rows.sum(cols, y, target) * ScalarMath.log(sum));
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
