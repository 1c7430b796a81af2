package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;

/** What every metric refuses, each in one sentence. */
final class Checks {

  private Checks() {}

  static void sameLength(int[] truth, int[] predicted) {
    if (truth.length != predicted.length) {
      throw new IllegalArgumentException(
          Message.of("there are %d true labels, but %d predicted ones", truth.length, predicted.length));
    }
    rows(truth.length);
  }

  static void rows(int rows) {
    if (rows == 0) {
      throw new IllegalArgumentException("there are no rows to judge");
    }
  }

  /** A label where the names of the classes tell how many there are. */
  static void namedLabel(String what, int label, int row, int names) {
    if (label < 0 || label >= names) { // what there is to say more is not put together for each row
      Require.label(what, label, row, names, names == 1 ? ": one class has a name" : ": " + names + " classes have names");
    }
  }

  /** For a figure that is not told how many classes there are. */
  static void notNegative(String what, int[] labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0) {
        throw new IllegalArgumentException(Message.of("%s %d in row %d is negative", what, labels[i], i));
      }
    }
  }

  static int classIndex(int index, int classes) {
    if (index < 0 || index >= classes) {
      throw new IndexOutOfBoundsException(Message.of("class %d is outside 0..%d", index, classes - 1));
    }
    return index;
  }

  /** Labels beside a matrix with a column for each class, or one column for two classes. */
  static void labelled(int[] labels, Matrix scores) {
    sameRows(labels, scores);
    rows(labels.length);
    finite("scores", scores);
    for (int i = 0; i < labels.length; i++) {
      Require.label("label", labels[i], i, classes(scores));
    }
  }

  static void sameRows(int[] labels, Matrix scores) {
    if (labels.length != scores.rows()) {
      throw new IllegalArgumentException(
          Message.of("the scores are %s, but there are %d labels", scores.shape(), labels.length));
    }
  }

  /** The classes that the columns of scores stand for: a single column is that of class 1 of two. */
  static int classes(Matrix scores) {
    return Math.max(2, scores.cols());
  }

  static void probabilities(Matrix probabilities) {
    for (int i = 0; i < probabilities.rows(); i++) {
      for (int j = 0; j < probabilities.cols(); j++) {
        float p = probabilities.get(i, j);
        if (p < 0 || p > 1) {
          throw new IllegalArgumentException(
              Message.of("%s in row %d, column %d is no probability: it is outside 0..1", p, i, j));
        }
      }
    }
  }

  static void finite(String what, Matrix matrix) {
    if (matrix.cols() == 0) {
      throw new IllegalArgumentException(Message.of("the %s are %s: there is no column", what, matrix.shape()));
    }
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.cols(); j++) {
        if (!Float.isFinite(matrix.get(i, j))) {
          throw new IllegalArgumentException(
              Message.of("row %d, column %d of the %s is %s", i, j, what, matrix.get(i, j)));
        }
      }
    }
  }
}
