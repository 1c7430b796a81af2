package dev.lanewise;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;

/**
 * What goes into a network and comes out of it, and the sentences by which anything else is refused.
 *
 * @param dimensions as in {@code "64-15-10"}
 */
record Shapes(int inputs, int outputs, String dimensions) {

  /** Refuses another number of columns than is expected. */
  void requireColumns(String name, int columns, int expected) {
    if (columns != expected) {
      throw new IllegalArgumentException(
          Message.of("%s has %d columns, but the network is %s: it must have %d", name, columns, dimensions, expected));
    }
  }

  /** Refuses rows that are no inputs. */
  void requireInputs(Matrix x) {
    requireColumns("x", x.cols(), inputs);
  }

  /** Refuses a matrix that has no room for the predictions for x, or more. */
  void requireOut(Matrix x, Matrix out) {
    if (out.rows() != x.rows() || out.cols() != outputs) {
      throw new IllegalArgumentException(
          Message.of("out is %s, but predictions for x of %s are %d x %d", out.shape(), x.shape(), x.rows(), outputs));
    }
  }

  /** Refuses a row that is no input, and room for an output that has other values. */
  void requireRow(float[] row, float[] out) {
    if (row.length != inputs || out.length != outputs) {
      throw new IllegalArgumentException(
          Message.of("the row has %d values and out %d, but the network is %s", row.length, out.length, dimensions));
    }
  }
}
