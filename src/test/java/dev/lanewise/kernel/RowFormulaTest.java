package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The scalar kernels that go row by row: their sums in the order that {@link Kernels} lays down, bit for bit, and their
 * results against the formulas in double.
 */
class RowFormulaTest {

  private static final Kernels SCALAR = KernelSets.SCALAR;
  private static final int[] COLUMNS = {1, 2, 3, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 48, 100, 1000};
  private static final int ROWS = 3;

  private final Random random = new Random(9);

  /** The sum of the row as the contract writes it. */
  private static float rowSum(float[] terms) {
    float[] s = new float[16];
    for (int j = 0; j < terms.length; j++) {
      s[j % 16] += terms[j];
    }
    float even = ((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14]));
    float odd = ((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15]));
    return even + odd;
  }

  private float[] values(int n, float scale) {
    float[] values = Floats.ordinary(random, n);
    for (int i = 0; i < n; i++) {
      values[i] *= scale;
    }
    return values;
  }

  @Test
  void squaredErrors() {
    for (int cols : COLUMNS) {
      float[] x = values(cols, 3);
      float[] y = values(cols, 3);
      float[] terms = new float[cols];
      for (int j = 0; j < cols; j++) {
        terms[j] = (x[j] - y[j]) * (x[j] - y[j]);
      }
      float[] out = new float[1];
      SCALAR.squaredErrors(1, cols, cols, x, 0, y, 0, out, 0);
      assertEquals(rowSum(terms), out[0], () -> cols + " columns");
    }
  }

  @Test
  void rowTotals() {
    for (int cols : COLUMNS) {
      float[] x = values(cols, 3);
      float[] out = new float[1];
      SCALAR.rowTotals(1, cols, cols, x, 0, out, 0);
      assertEquals(rowSum(x), out[0], () -> cols + " columns");
    }
  }

  @Test
  void softmax() {
    for (int cols : COLUMNS) {
      for (float scale : new float[] {0.5f, 3, 20, 60, 300}) {
        requireSoftmax(values(cols, scale));
      }
    }
  }

  /** The order of the sum by its bits, and the error that {@link Kernels#softmax} admits. */
  private static void requireSoftmax(float[] z) {
    int cols = z.length;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : z) {
      max = Math.max(max, value);
    }
    float[] exp = new float[cols];
    double sum = 0;
    for (int j = 0; j < cols; j++) {
      exp[j] = ScalarMath.exp(z[j] - (float) max);
      sum += StrictMath.exp(z[j] - max);
    }
    float[] bits = new float[cols];
    float[] out = new float[cols];
    SCALAR.softmax(1, cols, cols, z, 0, out, 0);
    for (int j = 0; j < cols; j++) {
      bits[j] = exp[j] / rowSum(exp);
      double wanted = StrictMath.exp(z[j] - max) / sum;
      double relative = (max - z[j] + 5) * 0x1p-24;
      assertEquals(wanted, out[j], wanted * relative + Float.MIN_VALUE, () -> cols + " columns");
    }
    assertArrayEquals(bits, out, () -> cols + " columns");
  }

  @Test
  void softmaxBackward() {
    for (int cols : COLUMNS) {
      float[] a = new float[cols];
      SCALAR.softmax(1, cols, cols, values(cols, 3), 0, a, 0);
      float[] delta = values(cols, 2);
      float[] terms = new float[cols];
      double sum = 0;
      for (int j = 0; j < cols; j++) {
        terms[j] = a[j] * delta[j];
        sum += (double) a[j] * delta[j];
      }
      float[] bits = new float[cols];
      float[] out = delta.clone();
      SCALAR.softmaxBackward(1, cols, cols, a, 0, out, 0);
      for (int j = 0; j < cols; j++) {
        bits[j] = a[j] * (delta[j] - rowSum(terms));
        assertEquals(a[j] * (delta[j] - sum), out[j], 1e-6, () -> cols + " columns");
      }
      assertArrayEquals(bits, out, () -> cols + " columns");
    }
  }

  @Test
  void crossEntropies() {
    for (int cols : COLUMNS) {
      float[] z = values(ROWS * cols, 30);
      float[] y = values(ROWS * cols, 1);
      float[] out = crossEntropies(ROWS, cols, z, y);
      for (int i = 0; i < ROWS; i++) {
        double sum = 0;
        for (int j = 0; j < cols; j++) {
          sum += StrictMath.exp(z[i * cols + j]);
        }
        double wanted = 0;
        double size = 1;
        for (int j = 0; j < cols; j++) {
          double term = y[i * cols + j] * (StrictMath.log(sum) - z[i * cols + j]);
          wanted += term;
          size += Math.abs(term);
        }
        assertEquals(wanted, out[i], 1e-6 * size, () -> cols + " columns");
      }
    }
  }

  /** The probability of the target underflows, and its cost is still the distance of the logits. */
  @Test
  void crossEntropyOfAnUnderflownProbability() {
    assertArrayEquals(new float[] {500}, crossEntropies(1, 2, new float[] {-250, 250}, new float[] {1, 0}));
    assertArrayEquals(new float[] {0}, crossEntropies(1, 2, new float[] {-250, 250}, new float[] {0, 1}));
    float[] impossible = {Float.NEGATIVE_INFINITY, 1};
    assertArrayEquals(new float[] {0}, crossEntropies(1, 2, impossible, new float[] {0, 1}), "0 · ∞ is nothing here");
    assertArrayEquals(new float[] {Float.POSITIVE_INFINITY}, crossEntropies(1, 2, impossible, new float[] {1, 0}));
  }

  private static float[] crossEntropies(int rows, int cols, float[] z, float[] y) {
    float[] delta = new float[z.length];
    float[] out = new float[rows];
    SCALAR.softmaxCrossEntropy(rows, cols, cols, 0.25f, z, 0, y, 0, delta, 0, out, 0);
    float[] probabilities = new float[z.length];
    SCALAR.softmax(rows, cols, cols, z, 0, probabilities, 0);
    for (int i = 0; i < z.length; i++) {
      assertEquals((probabilities[i] - y[i]) * 0.25f, delta[i], "delta " + i);
    }
    return out;
  }

  @Test
  void columnSums() {
    for (int cols : COLUMNS) {
      float[] x = values(ROWS * cols, 1);
      float[] sums = new float[cols];
      SCALAR.columnSums(ROWS, cols, 0, cols, x, 0, sums, 0);
      for (int j = 0; j < cols; j++) {
        float sum = 0;
        for (int i = 0; i < ROWS; i++) {
          sum += x[i * cols + j];
        }
        assertEquals(sum, sums[j]);
      }
    }
  }

  /** The largest is subtracted before exp, which would overflow. */
  @Test
  void softmaxOfHugeNumbers() {
    float[] out = new float[4];
    SCALAR.softmax(1, 4, 4, new float[] {3e38f, 3e38f, -3e38f, Float.NEGATIVE_INFINITY}, 0, out, 0);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0, 0}, out);
  }
}
