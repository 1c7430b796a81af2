package dev.lanewise;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Split;
import dev.lanewise.kernel.Gather;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * Rows in memory that a fit is given.
 *
 * @param source those that are trained on
 * @param fit the fit, with those that it has kept back to validate with
 */
record Rows(Source source, Fit fit) {

  /** Rows with targets. */
  static Rows of(Matrix x, Matrix y, Fit fit) {
    return of(Source.of(x, y), x, y, fit);
  }

  /** Rows with targets that count for more or less than others. */
  static Rows of(Matrix x, Matrix y, float[] weights, Fit fit) {
    return of(Source.of(x, y, weights), x, y, fit);
  }

  /** Rows with class labels for a network of so many outputs. */
  static Rows of(Matrix x, int[] labels, int outputs, Fit fit) {
    return of(Source.of(x, labels, outputs), x, labels, fit);
  }

  /** Rows with class labels that count for more or less than others. */
  static Rows of(Matrix x, int[] labels, int outputs, float[] weights, Fit fit) {
    return of(Source.of(x, labels, outputs, weights), x, labels, fit);
  }

  /** Rows of a dataset, with its labels or its targets. */
  static Rows of(Dataset dataset, Network network, Fit fit) {
    requireClasses(dataset, network);
    return dataset.isClassification()
        ? of(dataset.x(), dataset.labels(), network.outputs(), fit)
        : of(dataset.x(), dataset.y(), fit);
  }

  /** Refuses a dataset that has another number of classes than the network tells apart. */
  static void requireClasses(Dataset dataset, Network network) {
    int classes = network.outputs() == 1 ? 2 : network.outputs();
    if (dataset.isClassification() && dataset.classes() != classes) {
      throw new IllegalArgumentException(
          Message.of("the dataset has %d classes, but the network is %s: it tells %d apart", dataset.classes(), network, classes));
    }
  }

  private static Rows of(Source all, Matrix x, Matrix y, Fit fit) {
    return split(all, new int[x.rows()], fit, held -> fit.validation(x.take(held), y.take(held)));
  }

  private static Rows of(Source all, Matrix x, int[] labels, Fit fit) {
    return split(
        all, labels, fit,
        held -> fit.validation(x.take(held), Arrays.stream(held).map(row -> labels[row]).toArray()));
  }

  /** The targets of rows to evaluate under a loss, given their class labels. */
  static Matrix targets(Matrix x, int[] labels, int outputs, Loss loss) {
    Source.of(x, labels, outputs); // which refuses labels that are none, and another number of them
    if (x.rows() == 0) {
      throw new IllegalArgumentException(Message.of("x is %s: it must have at least one row", x.shape()));
    }
    x.requireFinite("x");
    return loss.targets(labels, outputs);
  }

  private static Rows split(Source all, int[] classes, Fit fit, Function<int[], Fit> validation) {
    Objects.requireNonNull(fit, "fit");
    if (fit.validationSplit() == 0) {
      return new Rows(all, fit);
    }
    Split<int[]> parts = Split.ofRows(classes, fit.validationSplit(), fit.seed());
    ((Gather) all).restrictTo(parts.train());
    return new Rows(all, validation.apply(parts.test()));
  }
}
