package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static dev.lanewise.kernel.vector.VectorMath.BY_1;
import static dev.lanewise.kernel.vector.VectorMath.BY_2;
import static dev.lanewise.kernel.vector.VectorMath.BY_4;
import static dev.lanewise.kernel.vector.VectorMath.BY_8;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Batch and layer normalisation. Rows that are no whole number of vectors are left to the scalar kernels: those of training
 * are padded. What ends a sum along a row is in the order of {@link VectorMath#total}, written out as in {@link PaddedRows}; all lanes have
 * it.
 */
final class Normalization extends NotInlined {

  private static final ScalarKernels SCALAR = ScalarKernels.INSTANCE;

  private Normalization() {}

  static void columnMoments(int rows, int ld, int from, int to, float[] x, int at, float[] mean, float[] variance) {
    int whole = from + SPECIES.loopBound(to - from);
    for (int j = from; j < whole; j += LANES) {
      moments(rows, ld, x, at + j, mean, variance, j);
    }
    SCALAR.columnMoments(rows, ld, whole, to, x, at, mean, variance);
  }

  /** Of as many columns as a vector has lanes. */
  private static void moments(int rows, int ld, float[] x, int at, float[] mean, float[] variance, int j) {
    FloatVector first = fromArray(SPECIES, x, at);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 1; i < rows; i++) {
      sum = sum.add(fromArray(SPECIES, x, at + i * ld).sub(first));
    }
    FloatVector middle = first.add(sum.div(rows));
    middle.intoArray(mean, j);
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      FloatVector distance = fromArray(SPECIES, x, at + i * ld).sub(middle);
      squares = distance.fma(distance, squares);
    }
    squares.div(rows).intoArray(variance, j);
  }

  static void columnDots(int rows, int ld, int from, int to, float[] x, float[] y, int at, float[] out) {
    int whole = from + SPECIES.loopBound(to - from);
    for (int j = from; j < whole; j += LANES) {
      dots(rows, ld, x, y, at + j, out, j);
    }
    SCALAR.columnDots(rows, ld, whole, to, x, y, at, out);
  }

  private static void dots(int rows, int ld, float[] x, float[] y, int at, float[] out, int j) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      sum = fromArray(SPECIES, x, at + i * ld).fma(fromArray(SPECIES, y, at + i * ld), sum);
    }
    sum.intoArray(out, j);
  }

  static void normalizeColumns(
      int rows, int ld, float[] mean, float[] inverse, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at) {
    if (ld % LANES != 0) {
      SCALAR.normalizeColumns(rows, ld, mean, inverse, scale, shift, x, hat, out, at);
      return;
    }
    for (int i = 0; i < rows; i++) {
      normalizeRow(ld, mean, inverse, scale, shift, x, hat, out, at + i * ld);
    }
  }

  private static void normalizeRow(
      int ld, float[] mean, float[] inverse, float[] scale, float[] shift, float[] x, float[] hat, float[] out, int at) {
    for (int j = 0; j < ld; j += LANES) {
      FloatVector normal = fromArray(SPECIES, x, at + j).sub(fromArray(SPECIES, mean, j)).mul(fromArray(SPECIES, inverse, j));
      normal.intoArray(hat, at + j);
      normal.fma(fromArray(SPECIES, scale, j), fromArray(SPECIES, shift, j)).intoArray(out, at + j);
    }
  }

  static void normalizeColumnsBackward(
      int rows, int ld, float[] meanDelta, float[] meanDot, float[] factor,
      float[] hat, float[] delta, float[] out, int at) {
    if (ld % LANES != 0) {
      SCALAR.normalizeColumnsBackward(rows, ld, meanDelta, meanDot, factor, hat, delta, out, at);
      return;
    }
    for (int i = 0; i < rows; i++) {
      rowBackward(ld, meanDelta, meanDot, factor, hat, delta, out, at + i * ld);
    }
  }

  private static void rowBackward(
      int ld, float[] meanDelta, float[] meanDot, float[] factor, float[] hat, float[] delta, float[] out, int at) {
    for (int j = 0; j < ld; j += LANES) {
      FloatVector centred = fromArray(SPECIES, delta, at + j).sub(fromArray(SPECIES, meanDelta, j));
      fromArray(SPECIES, hat, at + j)
          .neg()
          .fma(fromArray(SPECIES, meanDot, j), centred)
          .mul(fromArray(SPECIES, factor, j))
          .intoArray(out, at + j);
    }
  }

  /** A row's two sums, its root and what they lead to, in one go: the rows after it are short enough to begin meanwhile. */
  static void normalizeRows(
      int rows, int cols, int ld, float epsilon, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at, float[] inverse, int inverseAt) {
    if (!PaddedRows.fit(ld)) {
      SCALAR.normalizeRows(rows, cols, ld, epsilon, scale, shift, x, hat, out, at, inverse, inverseAt);
      return;
    }
    int whole = SPECIES.loopBound(cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector number = FloatVector.broadcast(SPECIES, (float) cols);
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      FloatVector first = FloatVector.broadcast(SPECIES, x[row]);
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector s3 = zero;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector sum = fromArray(SPECIES, x, row + j).sub(first).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
      }
      for (int j = whole; j < RowSums.roundedUp(cols); j += LANES) {
        VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
        FloatVector sum = zero.blend(fromArray(SPECIES, x, row + j).sub(first), lanes).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
      }
      FloatVector total = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
      total = LANES == 4 ? total.add(s1.add(s3)) : total.add(total.rearrange(BY_4));
      total = total.add(total.rearrange(BY_2));
      FloatVector mean = first.add(total.add(total.rearrange(BY_1)).div(number));
      s0 = zero;
      s1 = zero;
      s2 = zero;
      s3 = zero;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector distance = fromArray(SPECIES, x, row + j).sub(mean);
        FloatVector sum = distance.mul(distance).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
      }
      for (int j = whole; j < RowSums.roundedUp(cols); j += LANES) {
        VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
        FloatVector distance = zero.blend(fromArray(SPECIES, x, row + j).sub(mean), lanes);
        FloatVector sum = distance.mul(distance).add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
      }
      total = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
      total = LANES == 4 ? total.add(s1.add(s3)) : total.add(total.rearrange(BY_4));
      total = total.add(total.rearrange(BY_2));
      float root = ScalarMath.inverseRoot(total.add(total.rearrange(BY_1)).lane(0) / cols, epsilon);
      inverse[inverseAt + i] = root;
      FloatVector factor = FloatVector.broadcast(SPECIES, root);
      for (int j = 0; j < ld; j += LANES) {
        FloatVector normal = fromArray(SPECIES, x, row + j).sub(mean).mul(factor);
        normal.intoArray(hat, row + j);
        normal.fma(fromArray(SPECIES, scale, j), fromArray(SPECIES, shift, j)).intoArray(out, row + j);
      }
    }
  }

  static void normalizeRowsBackward(
      int rows, int cols, int ld, float[] scale,
      float[] hat, float[] delta, float[] out, int at, float[] inverse, int inverseAt) {
    if (!PaddedRows.fit(ld)) {
      SCALAR.normalizeRowsBackward(rows, cols, ld, scale, hat, delta, out, at, inverse, inverseAt);
      return;
    }
    int whole = SPECIES.loopBound(cols);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector number = FloatVector.broadcast(SPECIES, (float) cols);
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector s3 = zero;
      FloatVector d0 = zero;
      FloatVector d1 = zero;
      FloatVector d2 = zero;
      FloatVector d3 = zero;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector g = fromArray(SPECIES, delta, row + j).mul(fromArray(SPECIES, scale, j));
        FloatVector sum = g.add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
        FloatVector dot = g.mul(fromArray(SPECIES, hat, row + j)).add(d0);
        d0 = LANES == 16 ? dot : d1;
        d1 = LANES == 8 ? dot : d2;
        d2 = d3;
        d3 = dot;
      }
      for (int j = whole; j < RowSums.roundedUp(cols); j += LANES) {
        VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
        FloatVector g = zero.blend(fromArray(SPECIES, delta, row + j).mul(fromArray(SPECIES, scale, j)), lanes);
        FloatVector sum = g.add(s0);
        s0 = LANES == 16 ? sum : s1;
        s1 = LANES == 8 ? sum : s2;
        s2 = s3;
        s3 = sum;
        FloatVector dot = zero.blend(g.mul(fromArray(SPECIES, hat, row + j)), lanes).add(d0);
        d0 = LANES == 16 ? dot : d1;
        d1 = LANES == 8 ? dot : d2;
        d2 = d3;
        d3 = dot;
      }
      FloatVector total = LANES == 16 ? s0.add(s0.rearrange(BY_8)) : LANES == 8 ? s0.add(s1) : s0.add(s2);
      total = LANES == 4 ? total.add(s1.add(s3)) : total.add(total.rearrange(BY_4));
      total = total.add(total.rearrange(BY_2));
      FloatVector mean = total.add(total.rearrange(BY_1)).div(number);
      FloatVector dots = LANES == 16 ? d0.add(d0.rearrange(BY_8)) : LANES == 8 ? d0.add(d1) : d0.add(d2);
      dots = LANES == 4 ? dots.add(d1.add(d3)) : dots.add(dots.rearrange(BY_4));
      dots = dots.add(dots.rearrange(BY_2));
      FloatVector meanDot = dots.add(dots.rearrange(BY_1)).div(number);
      FloatVector factor = FloatVector.broadcast(SPECIES, inverse[inverseAt + i]);
      for (int j = 0; j < whole; j += LANES) {
        FloatVector g = fromArray(SPECIES, delta, row + j).mul(fromArray(SPECIES, scale, j)).sub(mean);
        fromArray(SPECIES, hat, row + j).neg().fma(meanDot, g).mul(factor).intoArray(out, row + j);
      }
      for (int j = whole; j < ld; j += LANES) {
        VectorMask<Float> lanes = SPECIES.indexInRange(j, Math.max(j, cols));
        FloatVector g = fromArray(SPECIES, delta, row + j).mul(fromArray(SPECIES, scale, j)).sub(mean);
        zero.blend(fromArray(SPECIES, hat, row + j).neg().fma(meanDot, g).mul(factor), lanes).intoArray(out, row + j);
      }
    }
  }
}
