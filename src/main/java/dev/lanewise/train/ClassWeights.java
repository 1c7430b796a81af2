package dev.lanewise.train;

import dev.lanewise.kernel.Gather;
import dev.lanewise.text.Message;
import dev.lanewise.text.Require;
import java.util.Arrays;

/** How much the rows of each class count. */
public final class ClassWeights {

  /** n / (k · n_c) for n rows of k classes, n_c of class c. */
  static final ClassWeights BALANCED = new ClassWeights(null);

  private final double[] weights;

  private ClassWeights(double[] weights) {
    this.weights = weights;
  }

  static ClassWeights of(double... weights) {
    if (weights.length == 0) {
      throw new IllegalArgumentException("class weights must be one for each class, but there is none");
    }
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      sum += Require.weight("the weight of class %d", c, weights[c]);
    }
    if (sum == 0) {
      throw new IllegalArgumentException("all class weights are zero: no row would count");
    }
    return new ClassWeights(weights.clone());
  }

  /**
   * The weight of each class that a source's rows may have. Balanced ones follow from the rows that are given; a class without
   * any has no weight, as no row asks for it.
   *
   * @throws IllegalArgumentException if the weights are for another number of classes, the rows have targets in place of labels,
   *     or the weights are to be balanced and the rows are not in memory
   */
  public double[] forRows(Source source) {
    int classes = LabelSource.classes(source.outputs());
    if (!(source instanceof Gather inMemory)) {
      return given(classes);
    }
    int[] labels = inMemory.labels();
    if (labels == null) {
      throw new IllegalArgumentException("class weights need class labels, but targets are given: give the rows weights");
    }
    return weights == null ? balanced(classes, labels) : given(classes);
  }

  private double[] given(int classes) {
    if (weights == null) {
      throw new IllegalArgumentException("balanced class weights need rows with labels in memory: give the weights");
    }
    if (weights.length != classes) {
      throw new IllegalArgumentException(
          Message.of("there are %d class weights, but the network tells %d classes apart", weights.length, classes));
    }
    return weights.clone();
  }

  private static double[] balanced(int classes, int[] labels) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    double[] balanced = new double[classes];
    for (int c = 0; c < classes; c++) {
      balanced[c] = counts[c] == 0 ? 0 : labels.length / ((double) classes * counts[c]);
    }
    return balanced;
  }

  /** {@code "balanced"}, or the weights. */
  @Override
  public String toString() {
    return weights == null ? "balanced" : Arrays.toString(weights);
  }
}
