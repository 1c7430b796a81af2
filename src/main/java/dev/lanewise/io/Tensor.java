package dev.lanewise.io;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Quoted;
import java.util.List;

/**
 * Named numbers of a file.
 *
 * @param shape the length of each dimension; none for a single number
 * @param values the same numbers in the same order as a matrix: its rows are the first of several dimensions
 */
record Tensor(String name, List<Integer> shape, Matrix values) {

  /** A matrix as it is, rows × cols. */
  static Tensor matrix(String name, Matrix values) {
    return new Tensor(name, List.of(values.rows(), values.cols()), values);
  }

  /** A matrix of one row as a tensor of one dimension. */
  static Tensor vector(String name, Matrix row) {
    return new Tensor(name, List.of(row.cols()), row);
  }

  /** The rows of a shape as a matrix: the first of several dimensions. */
  static int rows(List<Integer> shape) {
    return shape.size() < 2 ? 1 : shape.getFirst();
  }

  /** The columns of a shape as a matrix: all other dimensions. */
  static int cols(List<Integer> shape) {
    int cols = 1;
    for (int dimension : shape.subList(shape.size() < 2 ? 0 : 1, shape.size())) {
      cols *= dimension;
    }
    return cols;
  }

  /**
   * Refuses the name that is no tensor's.
   *
   * @throws IllegalArgumentException if it is that
   */
  static void checkName(String name) {
    if (name.equals(TensorHeader.METADATA)) {
      throw new IllegalArgumentException("no tensor can be named " + name + ", which safetensors keeps for itself");
    }
  }

  /** The shape as messages show it, {@code "15 x 10"}, with the last of many dimensions left out. */
  static String text(List<Integer> shape) {
    return shape.isEmpty() ? "a single number" : Quoted.dimensions(shape);
  }
}
