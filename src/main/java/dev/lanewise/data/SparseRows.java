package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import java.util.Arrays;

/** Rows of few values each, with a target and the line it was read from; memory grows with what is added. */
final class SparseRows {

  private static final int FIRST_LENGTH = 64;

  private final Origin.Lines lines = new Origin.Lines(1);
  private int rows;
  private float[] targets = new float[FIRST_LENGTH];
  /** The values of row i are those before {@code ends[i]} and not before {@code ends[i - 1]}. */
  private int[] ends = new int[FIRST_LENGTH];

  private int size;
  private int[] columns = new int[FIRST_LENGTH];
  private float[] values = new float[FIRST_LENGTH];

  /** One more than the largest column. */
  private int width;

  /** Whether an array cannot become longer, so that nothing can be added. */
  boolean isFull() {
    return rows == Limits.LONGEST_ARRAY || size == Limits.LONGEST_ARRAY;
  }

  /** Begins a row. */
  void addRow(float target, long line) {
    if (rows == targets.length) {
      targets = Arrays.copyOf(targets, longer(rows));
      ends = Arrays.copyOf(ends, longer(rows));
    }
    targets[rows] = target;
    lines.add(line);
    ends[rows] = size;
    rows++;
  }

  /** Adds a value to the last row. */
  void add(int column, float value) {
    if (size == values.length) {
      columns = Arrays.copyOf(columns, longer(size));
      values = Arrays.copyOf(values, longer(size));
    }
    columns[size] = column;
    values[size] = value;
    size++;
    ends[rows - 1] = size;
    width = Math.max(width, column + 1);
  }

  private static int longer(int length) {
    return (int) Math.min(Limits.LONGEST_ARRAY, 2L * length);
  }

  /** The number of rows. */
  int count() {
    return rows;
  }

  /** One more than the largest column that has a value. */
  int width() {
    return width;
  }

  /** The target of each row, a new array. */
  float[] targets() {
    return Arrays.copyOf(targets, rows);
  }

  /** The line of each row. */
  Origin.Lines lines() {
    return lines;
  }

  /** The rows with 0 where nothing was added. */
  Matrix dense(int cols) {
    Matrix dense = Matrix.zeros(rows, cols);
    int k = 0;
    for (int i = 0; i < rows; i++) {
      for (; k < ends[i]; k++) {
        dense.data()[i * cols + columns[k]] = values[k];
      }
    }
    return dense;
  }
}
