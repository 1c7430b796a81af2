package dev.lanewise.data;

/**
 * Numbers brought to a common size: x becomes (x − center) / scale.
 *
 * @param center what becomes 0
 * @param scale what becomes 1 above it, positive
 */
record Scaling(double center, double scale) {

  static final Scaling IDENTITY = new Scaling(0, 1);

  /** A scale of 0 is that of a column whose values are all the same; as in scikit-learn it becomes 1. */
  static Scaling of(double center, double scale) {
    return new Scaling(center, scale == 0 ? 1 : scale);
  }

  double apply(double value) {
    return (value - center) / scale;
  }

  double invert(double value) {
    return value * scale + center;
  }
}
