package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Simd.LANES;
import static dev.lanewise.kernel.vector.Simd.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.kernel.ScalarMath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Batch and layer normalisation. Rows that are no whole number of vectors are left to the scalar kernels: those of training
 * are padded.
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

  static void normalizeRows(
      int rows, int cols, int ld, float epsilon, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at, float[] inverse, int inverseAt) {
    if (ld % LANES != 0 || Rows.scalarEdge(cols)) {
      SCALAR.normalizeRows(rows, cols, ld, epsilon, scale, shift, x, hat, out, at, inverse, inverseAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      float mean = x[row] + Rows.distances(cols, x[row], x, row) / cols;
      float variance = Rows.squaredDistances(cols, mean, x, row) / cols;
      inverse[inverseAt + i] = ScalarMath.inverseRoot(variance, epsilon);
      normalizeRow(ld, mean, inverse[inverseAt + i], scale, shift, x, hat, out, row);
    }
  }

  private static void normalizeRow(
      int ld, float mean, float inverse, float[] scale, float[] shift, float[] x, float[] hat, float[] out, int at) {
    for (int j = 0; j < ld; j += LANES) {
      FloatVector normal = fromArray(SPECIES, x, at + j).sub(mean).mul(inverse);
      normal.intoArray(hat, at + j);
      normal.fma(fromArray(SPECIES, scale, j), fromArray(SPECIES, shift, j)).intoArray(out, at + j);
    }
  }

  static void normalizeRowsBackward(
      int rows, int cols, int ld, float[] scale,
      float[] hat, float[] delta, float[] out, int at, float[] inverse, int inverseAt) {
    if (ld % LANES != 0 || Rows.scalarEdge(cols)) {
      SCALAR.normalizeRowsBackward(rows, cols, ld, scale, hat, delta, out, at, inverse, inverseAt);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      Elementwise.hadamard(cols, delta, row, scale, 0, out, row);
      float mean = Rows.sum(cols, out, row) / cols;
      float meanDot = Rows.dot(cols, out, row, hat, row) / cols;
      rowBackward(ld, mean, meanDot, inverse[inverseAt + i], hat, out, row);
      Arrays.fill(out, row + cols, row + ld, 0f);
    }
  }

  private static void rowBackward(
      int ld, float mean, float meanDot, float inverse, float[] hat, float[] out, int at) {
    FloatVector factor = FloatVector.broadcast(SPECIES, meanDot);
    for (int j = 0; j < ld; j += LANES) {
      fromArray(SPECIES, hat, at + j)
          .neg()
          .fma(factor, fromArray(SPECIES, out, at + j).sub(mean))
          .mul(inverse)
          .intoArray(out, at + j);
    }
  }
}
