package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of inputs, each with the class it belongs to: n × inputs numbers, n labels from 0 to k − 1 and k class names.
 *
 * <p>The dataset never changes what it holds, and hands out its labels and one-hot rows as copies. The inputs alone,
 * which may be large, are neither copied nor guarded: {@link #x()} is the matrix the dataset was made of.
 */
public final class Dataset {
  private final Matrix x;
  private final int[] labels;
  private final List<String> classNames;

  private Dataset(Matrix x, int[] labels, List<String> classNames) {
    this.x = x;
    this.labels = labels;
    this.classNames = classNames;
  }

  /**
   * Rows with labels from 0 to k − 1, where k is the number of class names. The matrix is kept as it is, without
   * copying; the labels and the names are copied.
   *
   * @param x n × inputs
   * @param labels the class of each row
   * @param classNames the name of each class; a class may be without rows
   * @throws IllegalArgumentException if there are not as many labels as rows, or if a label is outside 0..k−1
   */
  public static Dataset of(Matrix x, int[] labels, List<String> classNames) {
    checkRows(x, labels);
    List<String> names = List.copyOf(classNames);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a dataset needs class names, but none are given");
    }
    checkLabels(labels, names.size() - 1);
    return new Dataset(x, labels.clone(), names);
  }

  /**
   * Rows with labels from 0 upwards: k is one more than the largest, and the classes are named {@code "0"} to k − 1.
   * The matrix is kept as it is, without copying; the labels are copied.
   *
   * @param x n × inputs, at least one row
   * @param labels the class of each row
   * @throws IllegalArgumentException if there are no rows, not as many labels as rows, or if a label is negative
   */
  public static Dataset of(Matrix x, int[] labels) {
    checkRows(x, labels);
    if (labels.length == 0) {
      throw new IllegalArgumentException("without rows the number of classes is unknown: give the class names");
    }
    checkLabels(labels, Integer.MAX_VALUE - 1);
    int classes = Arrays.stream(labels).max().getAsInt() + 1;
    String[] names = new String[classes];
    Arrays.setAll(names, Integer::toString);
    return new Dataset(x, labels.clone(), List.of(names));
  }

  private static void checkRows(Matrix x, int[] labels) {
    if (x.rows() != labels.length) {
      throw new IllegalArgumentException("x has " + x.rows() + " rows, but there are " + labels.length + " labels");
    }
  }

  private static void checkLabels(int[] labels, int largest) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] > largest) {
        throw new IllegalArgumentException("label " + labels[i] + " in row " + i + " is outside 0.." + largest);
      }
    }
  }

  /** The inputs, n × inputs: the matrix itself, so what is written to it is written to this dataset. */
  public Matrix x() {
    return x;
  }

  /** The labels one-hot, n × k: a new matrix whose row i has 1 in column {@code labels()[i]} and 0 elsewhere. */
  public Matrix y() {
    Matrix y = Matrix.zeros(rows(), classes());
    for (int i = 0; i < labels.length; i++) {
      y.set(i, labels[i], 1);
    }
    return y;
  }

  /** A copy of the labels: the class of each row, from 0 to k − 1. */
  public int[] labels() {
    return labels.clone();
  }

  /** The name of each class; the list cannot be changed. */
  public List<String> classNames() {
    return classNames;
  }

  /** The number of rows, n. */
  public int rows() {
    return x.rows();
  }

  /** The number of inputs: the columns of x. */
  public int inputs() {
    return x.cols();
  }

  /** The number of classes, k: the columns of y. */
  public int classes() {
    return classNames.size();
  }

  /** Equal when the inputs have the same bits and the labels and class names are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset that
        && Arrays.equals(labels, that.labels)
        && classNames.equals(that.classNames)
        && x.equals(that.x);
  }

  @Override
  public int hashCode() {
    return 31 * x.hashCode() + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "Dataset " + x.shape() + ", " + classes() + " classes";
  }
}
