package dev.lanewise.metrics;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** What each row counts in a mean. */
final class Weights {

  private final double[] values;
  private final double total;

  private Weights(double[] values) {
    this.values = values;
    double total = 0;
    for (double value : values) {
      total += value;
    }
    this.total = total;
  }

  /** Every row counts once. */
  static Weights equal(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return new Weights(ones);
  }

  /**
   * Weights as given but for a power of two, by which the largest is 1 or a little more: only what each is of their sum counts, and no
   * sum leaves what a double holds.
   *
   * @throws IllegalArgumentException if there is not one for each row, one is negative or not finite, or all are 0
   */
  static Weights of(double[] values, int rows) {
    if (values.length != rows) {
      throw new IllegalArgumentException(Message.of("there are %d weights for %d rows", values.length, rows));
    }
    for (int i = 0; i < rows; i++) {
      if (!(values[i] >= 0) || values[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            Message.of("the weight of row %d is %s: it must be finite and not negative", i, values[i]));
      }
    }
    double largest = Arrays.stream(values).max().orElse(1);
    if (largest == 0) {
      throw new IllegalArgumentException(Message.of("the weights of all %d rows are 0", rows));
    }
    int exponent = Math.getExponent(largest);
    return new Weights(Arrays.stream(values).map(weight -> Math.scalb(weight, -exponent)).toArray());
  }

  /** The same for rows with labels and scores: if there are more of these than of those, it is not the weights that are wrong. */
  static Weights of(double[] values, int[] labels, Matrix scores) {
    Checks.sameRows(labels, scores);
    return of(values, labels.length);
  }

  double get(int row) {
    return values[row];
  }

  /** The first row that counts. */
  int first() {
    int row = 0;
    while (values[row] == 0) {
      row++;
    }
    return row;
  }

  /** Σ wᵢ f(i) / Σ wᵢ. */
  double mean(IntToDoubleFunction value) {
    return sum(value) / total;
  }

  /** Σ wᵢ f(i). */
  double sum(IntToDoubleFunction value) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * value.applyAsDouble(i);
    }
    return sum;
  }
}
