package dev.lanewise.kernel;

import static dev.lanewise.kernel.ScalarMath.fma;

import java.util.Arrays;

/** {@link NormalizationKernels} in plain Java. */
final class ScalarNormalization {

  private ScalarNormalization() {}

  static void columnMoments(int rows, int ld, int from, int to, float[] x, int at, float[] mean, float[] variance) {
    for (int j = from; j < to; j++) {
      float first = x[at + j];
      float sum = 0f;
      for (int i = 1; i < rows; i++) {
        sum += x[at + i * ld + j] - first;
      }
      mean[j] = first + sum / rows;
      float squares = 0f;
      for (int i = 0; i < rows; i++) {
        float distance = x[at + i * ld + j] - mean[j];
        squares = fma(distance, distance, squares);
      }
      variance[j] = squares / rows;
    }
  }

  static void columnDots(int rows, int ld, int from, int to, float[] x, float[] y, int at, float[] out) {
    Arrays.fill(out, from, to, 0f);
    for (int i = 0; i < rows; i++) {
      for (int j = from; j < to; j++) {
        out[j] = fma(x[at + i * ld + j], y[at + i * ld + j], out[j]);
      }
    }
  }

  static void normalizeColumns(
      int rows, int ld, float[] mean, float[] inverse, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < ld; j++) {
        int e = at + i * ld + j;
        float normal = (x[e] - mean[j]) * inverse[j];
        hat[e] = normal;
        out[e] = fma(normal, scale[j], shift[j]);
      }
    }
  }

  static void normalizeColumnsBackward(
      int rows, int ld, float[] meanDelta, float[] meanDot, float[] factor,
      float[] hat, float[] delta, float[] out, int at) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < ld; j++) {
        int e = at + i * ld + j;
        out[e] = fma(-hat[e], meanDot[j], delta[e] - meanDelta[j]) * factor[j];
      }
    }
  }

  static void normalizeRows(
      int rows, int cols, int ld, float epsilon, float[] scale, float[] shift,
      float[] x, float[] hat, float[] out, int at, float[] inverse, int inverseAt) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      float mean = x[row] + RowSum.DISTANCES.over(cols, x, row, x, row, x[row]) / cols;
      float variance = RowSum.SQUARED_DISTANCES.over(cols, x, row, x, row, mean) / cols;
      float factor = ScalarMath.inverseRoot(variance, epsilon);
      inverse[inverseAt + i] = factor;
      for (int j = 0; j < ld; j++) {
        float normal = (x[row + j] - mean) * factor;
        hat[row + j] = normal;
        out[row + j] = fma(normal, scale[j], shift[j]);
      }
    }
  }

  static void normalizeRowsBackward(
      int rows, int cols, int ld, float[] scale,
      float[] hat, float[] delta, float[] out, int at, float[] inverse, int inverseAt) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      for (int j = 0; j < cols; j++) {
        out[row + j] = delta[row + j] * scale[j];
      }
      float mean = RowSum.VALUES.over(cols, out, row, out, row) / cols;
      float meanDot = RowSum.PRODUCTS.over(cols, out, row, hat, row) / cols;
      for (int j = 0; j < cols; j++) {
        out[row + j] = fma(-hat[row + j], meanDot, out[row + j] - mean) * inverse[inverseAt + i];
      }
      Arrays.fill(out, row + cols, row + ld, 0f);
    }
  }
}
