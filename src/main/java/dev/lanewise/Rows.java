package dev.lanewise;

import dev.lanewise.data.Split;
import dev.lanewise.kernel.Gather;
import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import dev.lanewise.train.Validation;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Rows in memory that a fit is given.
 *
 * @param source those that are trained on
 * @param fit the fit, with those that it has kept back to validate with
 */
record Rows(Source source, Fit fit) {

  /** Rows with targets; weights may be null. */
  static Rows of(Matrix x, Matrix y, float[] weights, Fit fit) {
    Source all = weights == null ? Source.of(x, y) : Source.of(x, y, weights);
    return split(all, new int[x.rows()], fit, held -> fit.validation(x.take(held), y.take(held)));
  }

  /** Rows with class labels for a network of so many outputs; weights may be null. */
  static Rows of(Matrix x, int[] labels, int outputs, float[] weights, Fit fit) {
    Source all = weights == null ? Source.of(x, labels, outputs) : Source.of(x, labels, outputs, weights);
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
    if (fit.validationSplit() == 0) {
      return new Rows(all, fit);
    }
    Split<int[]> parts = Split.ofRows(classes, fit.validationSplit(), fit.seed());
    ((Gather) all).restrictTo(parts.train());
    return new Rows(all, validation.apply(parts.test()));
  }
}
