package dev.lanewise.nn;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.text.Message;
import java.util.Arrays;

/**
 * A matrix of floats, rows × cols over one flat row-major array. It holds numbers and does no arithmetic.
 *
 * <p>A matrix is mutable and not synchronised: {@link #data()} is the array itself.
 */
public final class Matrix {

  /** The most values that a matrix can have, 2³¹ − 9: HotSpot allocates no longer array, however much memory there is. */
  public static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private final int rows;
  private final int cols;
  private final float[] data;

  private Matrix(int rows, int cols, float[] data) {
    this.rows = rows;
    this.cols = cols;
    this.data = data;
  }

  /**
   * Wraps an array without copying it: element (i, j) is {@code data[i * cols + j]}.
   *
   * @throws IllegalArgumentException if the length of the data is not rows × cols, a number is negative, or there would be more than
   *     {@link #MOST_ELEMENTS} values
   */
  public static Matrix of(int rows, int cols, float... data) {
    int length = length(rows, cols);
    if (data.length != length) {
      throw new IllegalArgumentException(
          Message.of("a matrix of %d x %d holds %d values, but %d are given", rows, cols, length, data.length));
    }
    return new Matrix(rows, cols, data);
  }

  /**
   * A copy of an array of rows.
   *
   * @throws IllegalArgumentException if the rows differ in length
   */
  public static Matrix of(float[][] rows) {
    requireRows(rows);
    Matrix matrix = zeros(rows.length, rows.length == 0 ? 0 : rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      checkRow(i, rows[i].length, matrix.cols);
      System.arraycopy(rows[i], 0, matrix.data, i * matrix.cols, matrix.cols);
    }
    return matrix;
  }

  /**
   * A copy of an array of rows, each value rounded to float; of one that is too large for any float comes an infinite one.
   *
   * @throws IllegalArgumentException if the rows differ in length
   */
  public static Matrix of(double[][] rows) {
    requireRows(rows);
    Matrix matrix = zeros(rows.length, rows.length == 0 ? 0 : rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      checkRow(i, rows[i].length, matrix.cols);
      for (int j = 0; j < matrix.cols; j++) {
        matrix.data[i * matrix.cols + j] = (float) rows[i][j];
      }
    }
    return matrix;
  }

  private static void requireRows(Object[] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        throw new NullPointerException("row " + i);
      }
    }
  }

  private static void checkRow(int row, int length, int cols) {
    if (length != cols) {
      throw new IllegalArgumentException(
          Message.of("row %d has %d values, but row 0 has %d", row, length, cols));
    }
  }

  /**
   * A new matrix of zeros.
   *
   * @throws IllegalArgumentException if a number is negative, or there would be more than {@link #MOST_ELEMENTS} values
   */
  public static Matrix zeros(int rows, int cols) {
    return new Matrix(rows, cols, new float[length(rows, cols)]);
  }

  private static int length(int rows, int cols) {
    if (rows < 0 || cols < 0) {
      throw new IllegalArgumentException(Message.of("a matrix cannot be %d x %d", rows, cols));
    }
    long length = (long) rows * cols;
    if (length > MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          Message.of(
              "a matrix of %d x %d has %d values, more than the %d that fit in an array", rows, cols, length, MOST_ELEMENTS));
    }
    return (int) length;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int cols() {
    return cols;
  }

  /** The array itself, row-major: what is written to it is written to the matrix. */
  public float[] data() {
    return data;
  }

  /**
   * Element (row, col), both from zero.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public float get(int row, int col) {
    return data[index(row, col)];
  }

  /**
   * Replaces element (row, col), both from zero.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public void set(int row, int col, float value) {
    data[index(row, col)] = value;
  }

  private int index(int row, int col) {
    if (row < 0 || row >= rows || col < 0 || col >= cols) {
      throw new IndexOutOfBoundsException(Message.of("(%d, %d) is outside %s", row, col, shape()));
    }
    return row * cols + col;
  }

  private void requireRow(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException(Message.of("row %d is outside %s", row, shape()));
    }
  }

  /**
   * A copy of one row.
   *
   * @throws IndexOutOfBoundsException if there is none with that number
   */
  public float[] row(int row) {
    requireRow(row);
    return Arrays.copyOfRange(data, row * cols, (row + 1) * cols);
  }

  /**
   * A new matrix of rows {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws IndexOutOfBoundsException if not all of them are there, or {@code from} is above {@code to}
   */
  public Matrix rows(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IndexOutOfBoundsException(Message.of("rows %d to %d are outside %s", from, to, shape()));
    }
    return new Matrix(to - from, cols, Arrays.copyOfRange(data, from * cols, to * cols));
  }

  /**
   * A new matrix of the rows with those numbers, in that order; one may be named more than once.
   *
   * @throws IndexOutOfBoundsException if there is none with one of them
   */
  public Matrix take(int... numbers) {
    Matrix taken = zeros(numbers.length, cols);
    for (int i = 0; i < numbers.length; i++) {
      requireRow(numbers[i]);
      System.arraycopy(data, numbers[i] * cols, taken.data, i * cols, cols);
    }
    return taken;
  }

  /**
   * Refuses NaN and infinite values.
   *
   * @param title what to call the matrix
   * @throws IllegalArgumentException naming the first row and column that has one
   */
  public void requireFinite(String title) {
    int at = kernels(Extra.ELEMENTWISE).firstNonFinite(data.length, data, 0);
    if (at >= 0) {
      throw new IllegalArgumentException(
          Message.of("%s has %s in row %d, column %d; values must be finite", title, data[at], at / cols, at % cols));
    }
  }

  /**
   * For each row, the column of its largest value: the first of them if there are several, 0 where the first value is
   * NaN, and also where there are no columns.
   */
  public int[] argmaxRows() {
    int[] columns = new int[rows];
    for (int i = 0; i < rows; i++) {
      int best = 0;
      for (int j = 1; j < cols; j++) {
        if (data[i * cols + j] > data[i * cols + best]) {
          best = j;
        }
      }
      columns[i] = best;
    }
    return columns;
  }

  /** A copy of the whole matrix. */
  public Matrix copy() {
    return new Matrix(rows, cols, data.clone());
  }

  /** The shape as messages show it: {@code "1797 x 64"}. */
  public String shape() {
    return rows + " x " + cols;
  }

  /** Equal when the shapes are and each value has the same bits; every NaN equals every other. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that && cols == that.cols && rows == that.rows && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * cols + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Matrix " + shape();
  }
}
