package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.Random;

/**
 * A matrix somewhere inside an array: at an offset, with gaps between its rows. The floats around it are random as
 * well; they are the canaries of an output. Half of the arrays end with the last element, so that a kernel which reads
 * on leaves its array.
 */
final class Block {

  private static final int MARGIN = 20;

  final float[] data;
  final int at;
  final int ld;
  final int rows;
  final int cols;

  private Block(float[] data, int at, int ld, int rows, int cols) {
    this.data = data;
    this.at = at;
    this.ld = ld;
    this.rows = rows;
    this.cols = cols;
  }

  /** With a random gap after each row, or none. */
  static Block of(Random random, int rows, int cols) {
    return of(random, rows, cols, cols + margin(random));
  }

  /** With this leading dimension; 0 makes every row the same. */
  static Block of(Random random, int rows, int cols, int ld) {
    int at = margin(random);
    int length = at + (rows == 0 ? 0 : (rows - 1) * ld + cols) + margin(random);
    return new Block(Floats.ordinary(random, length), at, ld, rows, cols);
  }

  /** With room for whole panels behind the columns of every row, the last included, filled with this. */
  static Block padded(Random random, int rows, int cols, int ld, float padding) {
    int at = margin(random);
    int room = Panels.columns(cols);
    int length = at + (rows == 0 ? 0 : (rows - 1) * ld + room) + margin(random);
    Block block = new Block(Floats.ordinary(random, length), at, ld, rows, cols);
    for (int i = 0; i < rows; i++) {
      Arrays.fill(block.data, at + i * ld + cols, at + i * ld + room, padding);
    }
    return block;
  }

  /** Rows one after the other without gaps, with these values. */
  static Block dense(Random random, int rows, int cols, float[] values) {
    Block block = of(random, rows, cols, cols);
    System.arraycopy(values, 0, block.data, block.at, rows * cols);
    return block;
  }

  private static int margin(Random random) {
    return random.nextBoolean() ? 0 : random.nextInt(MARGIN);
  }

  float get(int row, int col) {
    return data[at + row * ld + col];
  }

  void set(int row, int col, float value) {
    data[at + row * ld + col] = value;
  }

  Block copy() {
    return new Block(data.clone(), at, ld, rows, cols);
  }

  /** Some of the rows and columns, in the same array. */
  Block part(int fromRow, int toRow, int fromCol, int toCol) {
    return new Block(data, at + fromRow * ld + fromCol, ld, toRow - fromRow, toCol - fromCol);
  }

  /** Makes every element of the matrix NaN, none outside. */
  Block poison() {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(data, at + i * ld, at + i * ld + cols, Float.NaN);
    }
    return this;
  }

  boolean hasNaN() {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        if (Float.isNaN(get(i, j))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The index of the first float outside the matrix that is not what it was, or −1. */
  int strayWrite(Block before) {
    float[] expected = before.data.clone();
    for (int i = 0; i < rows; i++) {
      System.arraycopy(data, at + i * ld, expected, at + i * ld, cols);
    }
    return Arrays.mismatch(expected, data);
  }

  /** The matrix without what surrounds it. */
  float[] values() {
    float[] values = new float[rows * cols];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(data, at + i * ld, values, i * cols, cols);
    }
    return values;
  }
}
