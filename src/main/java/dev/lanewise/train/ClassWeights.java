package dev.lanewise.train;

import dev.lanewise.kernel.Message;

/** How much the rows of each class count. */
public final class ClassWeights {

  /** n / (k · n_c) for n rows of k classes, n_c of class c. */
  static final ClassWeights BALANCED = new ClassWeights(null);

  private final double[] weights;

  private ClassWeights(double[] weights) {
    this.weights = weights;
  }

  static ClassWeights of(double... weights) {
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      if (!(weights[c] >= 0 && weights[c] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            Message.of("class weights must be finite and not negative, but that of class %d is %s", c, weights[c]));
      }
      sum += weights[c];
    }
    if (sum == 0) {
      throw new IllegalArgumentException("all class weights are zero: no row would count");
    }
    return new ClassWeights(weights.clone());
  }

  /** Whether the weights follow from how many rows each class has. */
  public boolean isBalanced() {
    return weights == null;
  }

  /**
   * The weights of so many classes.
   *
   * @param labels the rows' classes, which balanced weights count
   * @throws IllegalArgumentException if there are weights for another number of classes, or a class has no rows to balance
   */
  public double[] forClasses(int classes, int[] labels) {
    if (!isBalanced()) {
      return forClasses(classes);
    }
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    double[] balanced = new double[classes];
    for (int c = 0; c < classes; c++) {
      // A class without rows weighs nothing, since no row asks for its weight.
      balanced[c] = counts[c] == 0 ? 0 : labels.length / ((double) classes * counts[c]);
    }
    return balanced;
  }

  /**
   * The weights as they were given.
   *
   * @throws IllegalArgumentException if they are for another number of classes, or to be balanced
   */
  public double[] forClasses(int classes) {
    if (isBalanced()) {
      throw new IllegalArgumentException("balanced class weights need rows with labels in memory: give the weights");
    }
    if (weights.length != classes) {
      throw new IllegalArgumentException(
          Message.of("there are %d class weights, but the network tells %d classes apart", weights.length, classes));
    }
    return weights;
  }
}
