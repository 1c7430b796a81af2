package dev.lanewise;

import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded matrices and labels for tests, and the parameters of a network as one comparable value. */
public final class TestData {

  private TestData() {}

  /** Numbers from N(0, 1). */
  public static Matrix normal(long seed, int rows, int cols) {
    Random random = new Random(seed);
    Matrix matrix = Matrix.zeros(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = (float) random.nextGaussian();
    }
    return matrix;
  }

  /** Numbers between 0 and 1, as targets of any loss. */
  public static Matrix unit(long seed, int rows, int cols) {
    Random random = new Random(seed);
    Matrix matrix = Matrix.zeros(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = random.nextFloat();
    }
    return matrix;
  }

  /** Labels from 0 to classes − 1. */
  public static int[] labels(long seed, int rows, int classes) {
    return new Random(seed).ints(rows, 0, classes).toArray();
  }

  /** The one-hot rows of labels. */
  public static Matrix oneHot(int[] labels, int classes) {
    Matrix y = Matrix.zeros(labels.length, classes);
    for (int i = 0; i < labels.length; i++) {
      y.set(i, labels[i], 1f);
    }
    return y;
  }

  /** The weights and the bias of each layer; two such lists are equal when every bit is. */
  public static List<Matrix> parameters(Network network) {
    List<Matrix> all = new ArrayList<>();
    for (Layer layer : network.layers()) {
      all.add(layer.weights());
      all.add(layer.bias());
    }
    return all;
  }

  /** All that the layers have learnt, with the scales and moments of a normalisation. */
  public static List<Map<String, Matrix>> state(Network network) {
    return network.layers().stream().map(Layer::parameters).toList();
  }

  /** Sets all parameters to those that {@link #parameters} gave. */
  public static void setParameters(Network network, List<Matrix> parameters) {
    for (int l = 0; l < network.layers().size(); l++) {
      network.layers().get(l).setWeights(parameters.get(2 * l));
      network.layers().get(l).setBias(parameters.get(2 * l + 1));
    }
  }
}
