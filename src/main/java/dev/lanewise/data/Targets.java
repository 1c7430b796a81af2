package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.Arrays;
import java.util.List;

/** What each row of a dataset is to be predicted as: a class, or numbers. */
sealed interface Targets {

  /** The targets of a network, rows × outputs. */
  Matrix y();

  /** The name of each output. */
  List<String> names();

  /** Those rows, in their order. */
  Targets rows(int[] rows);

  /** The class of each row where there are classes, else 0; not a copy. */
  int[] classes();

  /** A class for each row. */
  final class Labels implements Targets {
    private final int[] classes;
    private final List<String> names;

    Labels(int[] classes, List<String> names) {
      this.classes = classes;
      this.names = names;
    }

    @Override
    public int[] classes() {
      return classes;
    }

    @Override
    public List<String> names() {
      return names;
    }

    @Override
    public Matrix y() {
      Matrix y = Matrix.zeros(classes.length, names.size());
      for (int i = 0; i < classes.length; i++) {
        y.set(i, classes[i], 1);
      }
      return y;
    }

    @Override
    public Labels rows(int[] rows) {
      return new Labels(Arrays.stream(rows).map(row -> classes[row]).toArray(), names);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Labels that && names.equals(that.names) && Arrays.equals(classes, that.classes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(classes);
    }

    @Override
    public String toString() {
      return Message.of("%d classes", names.size());
    }
  }

  /** Numbers for each row, one of each name. */
  record Numbers(Matrix y, List<String> names) implements Targets {

    @Override
    public Numbers rows(int[] rows) {
      return new Numbers(y.take(rows), names);
    }

    @Override
    public int[] classes() {
      return new int[y.rows()];
    }

    @Override
    public String toString() {
      return Message.of("%d targets", names.size());
    }
  }
}
