package dev.lanewise;

import dev.lanewise.engine.Holdout;
import dev.lanewise.kernel.Gather;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.Arrays;

/** Rows in memory that a fit is given: what of them is trained on, how much each counts, and what is kept back. */
final class Rows {

  private final Matrix x;
  private final Matrix y;
  private final int[] labels;
  private final float[] weights;

  Rows(Matrix x, Matrix y, float[] weights) {
    this(x, y, null, weights);
  }

  Rows(Matrix x, int[] labels, float[] weights) {
    this(x, null, labels, weights);
  }

  private Rows(Matrix x, Matrix y, int[] labels, float[] weights) {
    this.x = x;
    this.y = y;
    this.labels = labels;
    this.weights = weights;
  }

  /** The rows to train on, with the weights of their classes where the fit has such. */
  Source source(int outputs, Fit fit) {
    Source all = whole(outputs, weights);
    if (fit.classWeights().isPresent()) {
      all = whole(outputs, weighted(outputs == 1 ? 2 : outputs, fit));
    }
    if (fit.validationSplit() > 0) {
      ((Gather) all).restrictTo(holdout(fit).trained());
    }
    return all;
  }

  private Source whole(int outputs, float[] rowWeights) {
    if (y != null) {
      return rowWeights == null ? Source.of(x, y) : Source.of(x, y, rowWeights);
    }
    return rowWeights == null ? Source.of(x, labels, outputs) : Source.of(x, labels, outputs, rowWeights);
  }

  private float[] weighted(int classes, Fit fit) {
    if (y != null) {
      throw new IllegalArgumentException("class weights need class labels, but targets are given: give the rows weights");
    }
    double[] ofClass = fit.classWeights().orElseThrow().forClasses(classes, labels);
    float[] product = weights == null ? new float[labels.length] : weights.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] = (float) ((weights == null ? 1 : weights[i]) * ofClass[labels[i]]);
    }
    return product;
  }

  private Holdout holdout(Fit fit) {
    return Holdout.of(x.rows(), labels, fit.validationSplit(), fit.seed());
  }

  /** The fit, with the rows that it has kept back to validate with. */
  Fit withValidation(Fit fit) {
    if (fit.validationSplit() == 0) {
      return fit;
    }
    int[] held = holdout(fit).held();
    Matrix heldX = rows(x, held);
    if (y != null) {
      return fit.validation(heldX, rows(y, held));
    }
    return fit.validation(heldX, Arrays.stream(held).map(row -> labels[row]).toArray());
  }

  private static Matrix rows(Matrix from, int[] rows) {
    Matrix some = Matrix.zeros(rows.length, from.cols());
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from.data(), rows[i] * from.cols(), some.data(), i * from.cols(), from.cols());
    }
    return some;
  }
}
