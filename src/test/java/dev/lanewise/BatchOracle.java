package dev.lanewise;

import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.nn.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loss of one batch in a step of training, in double and from the formulas: normalisation by the batch's own moments, and
 * dropout with the mask of the first batch of a fit.
 */
final class BatchOracle {

  private final List<Layer> layers;
  private final long seed;
  private long epoch;
  private int batch = 1;

  /** The trainable parameters of each layer by name, row-major. */
  final List<Map<String, double[]>> parameters = new ArrayList<>();

  /** With the parameters that a network has now, for a fit with this seed. */
  BatchOracle(Network network, long seed) {
    this.layers = network.layers();
    this.seed = seed;
    for (Layer layer : layers) {
      Map<String, double[]> all = new LinkedHashMap<>();
      layer.parameters().forEach((name, matrix) -> {
        if (!name.startsWith("running")) {
          all.put(name, DoubleNetwork.doubles(matrix.data()));
        }
      });
      parameters.add(all);
    }
  }

  /** Σ wᵢ lᵢ / Σ wᵢ over the rows of x. */
  double loss(Matrix x, double[][] y, double[] weights, Loss loss) {
    double[][] a = new double[x.rows()][];
    Arrays.setAll(a, i -> DoubleNetwork.doubles(x.row(i)));
    for (int l = 0; l < layers.size(); l++) {
      a = forward(l, a);
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += weights[i] * DoubleNetwork.rowLoss(loss, a[i], y[i]);
    }
    return sum / Arrays.stream(weights).sum();
  }

  private double[][] forward(int l, double[][] input) {
    Layer layer = layers.get(l);
    int n = layer.outputs();
    double[] w = parameters.get(l).get("weight");
    double[] b = parameters.get(l).get("bias");
    double[][] z = new double[input.length][n];
    for (int i = 0; i < input.length; i++) {
      for (int j = 0; j < n; j++) {
        for (int p = 0; p < layer.inputs(); p++) {
          z[i][j] += input[i][p] * w[p * n + j];
        }
      }
    }
    if (layer.normalization() == Normalization.BATCH) {
      for (int j = 0; j < n; j++) {
        int column = j;
        double[] values = Arrays.stream(z).mapToDouble(row -> row[column]).toArray();
        normalize(values);
        for (int i = 0; i < z.length; i++) {
          z[i][j] = values[i];
        }
      }
    } else if (layer.normalization() == Normalization.LAYER) {
      Arrays.stream(z).forEach(BatchOracle::normalize);
    }
    double[] scale = parameters.get(l).get("scale");
    double[][] a = new double[z.length][];
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < n; j++) {
        z[i][j] = z[i][j] * (scale == null ? 1 : scale[j]) + b[j];
      }
      a[i] = DoubleNetwork.apply(layer.activation(), z[i]);
      for (int j = 0; j < n && layer.dropout() > 0; j++) {
        a[i][j] *= mask(l, i, j);
      }
    }
    return a;
  }

  /** (x − mean) / √(variance + 1e-5). */
  private static void normalize(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    Arrays.setAll(values, i -> (values[i] - mean) / Math.sqrt(variance + 1e-5));
  }

  /** Takes what dropout leaves of the batch of this number, from 1, of an epoch: it is that of the first batch of epoch 0 else. */
  BatchOracle at(long number, int batchOfEpoch) {
    epoch = number;
    batch = batchOfEpoch;
    return this;
  }

  /** 1 / (1 − p) or 0, for an element of the batch. */
  private double mask(int l, int row, int column) {
    CounterRandom random = new CounterRandom(seed, Stream.DROPOUT, epoch);
    int key = 0;
    for (int i = 0; i <= (batch - 1) * layers.size() + l; i++) {
      key = (int) random.nextLong();
    }
    double share = layers.get(l).dropout();
    float[] one = {1f};
    int element = row * Panels.columns(layers.get(l).outputs()) + column;
    ScalarKernels.INSTANCE.dropout(1, key, element, (int) (share * 0x1p31), 1f, one, one, 0);
    return one[0] / (1 - share);
  }

  /** The central difference of the loss by each element of an array. */
  double[] numericGradient(int l, String name, Matrix x, double[][] y, double[] weights, Loss loss) {
    double h = 1e-6;
    double[] values = parameters.get(l).get(name);
    double[] gradient = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + h;
      double above = loss(x, y, weights, loss);
      values[i] = value - h;
      double below = loss(x, y, weights, loss);
      values[i] = value;
      gradient[i] = (above - below) / (2 * h);
    }
    return gradient;
  }
}
