package dev.lanewise.data;

import java.util.Arrays;

/** Figures of the values of a column, of which there is at least one, computed in double. */
final class Statistics {

  private Statistics() {}

  /** The mean; exactly the value where all are the same. */
  static double mean(double[] values) {
    double first = values[0];
    double sum = 0;
    for (double value : values) {
      sum += value - first;
    }
    return first + sum / values.length;
  }

  /** √ of the mean squared distance from the mean: the population's standard deviation. */
  static double standardDeviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  /**
   * The value below which that fraction of all lie: at place fraction · (n − 1) of the values, which are sorted, interpolated
   * linearly between two, as {@code numpy.percentile} does.
   */
  static double quantile(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    double t = place - below;
    double step = sorted[above] - sorted[below];
    return t < 0.5 ? sorted[below] + step * t : sorted[above] - step * (1 - t);
  }

  static double median(double[] values) {
    return quantile(sorted(values), 0.5);
  }

  /** A copy in ascending order. */
  static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** The value that is there most often; of several, the smallest. */
  static double mostFrequent(double[] values) {
    double[] sorted = sorted(values);
    double best = sorted[0];
    int most = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        if (i - from > most) {
          most = i - from;
          best = sorted[from];
        }
        from = i;
      }
    }
    return best;
  }
}
