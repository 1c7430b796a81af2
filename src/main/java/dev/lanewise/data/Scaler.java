package dev.lanewise.data;

import java.util.Arrays;

/**
 * How a column of numbers is brought to the size of the others: x becomes (x − center) / scale, with a center and a
 * scale of the training rows. A scale of 0, that of a column whose values are all the same, becomes 1.
 */
public enum Scaler {

  /** As it is: center 0, scale 1. */
  NONE {
    @Override
    Scaling fit(double[] values) {
      return Scaling.IDENTITY;
    }
  },

  /** Mean 0 and standard deviation 1: center is the mean, scale √ of the mean of (x − mean)². */
  STANDARD {
    @Override
    Scaling fit(double[] values) {
      return Scaling.of(Statistics.mean(values), Statistics.standardDeviation(values));
    }
  },

  /** 0 to 1: center is the least value, scale the greatest minus the least. */
  MIN_MAX {
    @Override
    Scaling fit(double[] values) {
      double least = Arrays.stream(values).min().orElseThrow();
      double greatest = Arrays.stream(values).max().orElseThrow();
      return Scaling.of(least, greatest - least);
    }
  },

  /** Not moved by a few wild values: center is the median, scale the third quartile minus the first. */
  ROBUST {
    @Override
    Scaling fit(double[] values) {
      double[] sorted = Statistics.sorted(values);
      double range = Statistics.quantile(sorted, 0.75) - Statistics.quantile(sorted, 0.25);
      return Scaling.of(Statistics.quantile(sorted, 0.5), range);
    }
  };

  /** The scaling of those values, of which there is at least one. */
  abstract Scaling fit(double[] values);
}
