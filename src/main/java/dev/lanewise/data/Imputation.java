package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What takes the place of a missing value: one value for each column, found in its training rows. */
public final class Imputation {

  /** The mean of the numbers that are there. */
  public static final Imputation MEAN = new Imputation("the mean", Statistics::mean, null);

  /** The median of the numbers that are there: of an even number of them, the mean of the middle two. */
  public static final Imputation MEDIAN = new Imputation("the median", Statistics::median, null);

  /** The number or text that is there most often; of several, the smallest. */
  public static final Imputation MOST_FREQUENT =
      new Imputation("the most frequent value", Statistics::mostFrequent, Imputation::mostFrequent);

  private final String name;
  private final ToDoubleFunction<double[]> ofNumbers;
  private final Function<Column.Text, String> ofText;

  /** Either function is null where there is no such figure. */
  private Imputation(String name, ToDoubleFunction<double[]> ofNumbers, Function<Column.Text, String> ofText) {
    this.name = name;
    this.ofNumbers = ofNumbers;
    this.ofText = ofText;
  }

  /**
   * Always that number.
   *
   * @throws IllegalArgumentException if it is not finite as a float
   */
  public static Imputation constant(double value) {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException(Message.of("a missing value cannot become %s", value));
    }
    return new Imputation("the number " + value, present -> value, null);
  }

  /** Always that text. */
  public static Imputation constant(String value) {
    Objects.requireNonNull(value, "value");
    return new Imputation("the text " + Quoted.of(value), null, column -> value);
  }

  private static String mostFrequent(Column.Text column) {
    int[] counts = Categories.counts(column);
    int best = 0;
    for (int c = 1; c < counts.length; c++) {
      best = counts[c] > counts[best] ? c : best;
    }
    return column.categories().get(best);
  }

  boolean isOfNumbers() {
    return ofNumbers != null;
  }

  boolean isOfText() {
    return ofText != null;
  }

  /** What takes the place of missing numbers, given those that are there, at least one. */
  double ofNumbers(double[] present) {
    return ofNumbers.applyAsDouble(present);
  }

  /** What takes the place of missing text: the column has its categories in order, and at least one row a value. */
  String ofText(Column.Text column) {
    return ofText.apply(column);
  }

  @Override
  public String toString() {
    return name;
  }
}
