package dev.lanewise;

import dev.lanewise.kernel.Formulas;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network in double, written from the formulas and nothing else: what gradients and values are checked against. */
final class DoubleNetwork {

  private final List<Layer> layers;

  /** W and b of each layer in turn, row-major, as {@link TestData#parameters} lists them. */
  final List<double[]> parameters = new ArrayList<>();

  /** With the parameters that a network has now. */
  DoubleNetwork(Network network) {
    layers = network.layers();
    for (Matrix matrix : TestData.parameters(network)) {
      parameters.add(doubles(matrix.data()));
    }
  }

  static double[] doubles(float[] values) {
    double[] out = new double[values.length];
    Arrays.setAll(out, i -> values[i]);
    return out;
  }

  /** z of each layer for one row. */
  List<double[]> sums(double[] row) {
    List<double[]> all = new ArrayList<>();
    double[] a = row;
    for (int l = 0; l < layers.size(); l++) {
      double[] w = parameters.get(2 * l);
      double[] z = parameters.get(2 * l + 1).clone();
      for (int j = 0; j < z.length; j++) {
        for (int p = 0; p < a.length; p++) {
          z[j] += a[p] * w[p * z.length + j];
        }
      }
      all.add(z);
      a = apply(layers.get(l).activation(), z);
    }
    return all;
  }

  /** What the network answers to one row. */
  double[] predict(double[] row) {
    return apply(layers.getLast().activation(), sums(row).getLast());
  }

  /** The mean loss over the rows of x. */
  double loss(Matrix x, Matrix y, Loss loss) {
    double sum = 0;
    for (int i = 0; i < x.rows(); i++) {
      sum += rowLoss(loss, predict(doubles(x.row(i))), doubles(y.row(i)));
    }
    return sum / x.rows();
  }

  /** For each array of parameters, the central difference of the loss by each element. */
  List<double[]> numericGradient(Matrix x, Matrix y, Loss loss) {
    double h = 1e-6;
    List<double[]> gradients = new ArrayList<>();
    for (double[] parameter : parameters) {
      double[] gradient = new double[parameter.length];
      for (int i = 0; i < parameter.length; i++) {
        double value = parameter[i];
        parameter[i] = value + h;
        double above = loss(x, y, loss);
        parameter[i] = value - h;
        double below = loss(x, y, loss);
        parameter[i] = value;
        gradient[i] = (above - below) / (2 * h);
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  static double[] apply(Activation activation, double[] z) {
    return switch (activation.name()) {
      case "relu" -> Arrays.stream(z).map(v -> Math.max(v, 0)).toArray();
      case "sigmoid" -> Arrays.stream(z).map(v -> 1 / (1 + Math.exp(-v))).toArray();
      case "tanh" -> Arrays.stream(z).map(Math::tanh).toArray();
      case "identity" -> z.clone();
      case "leaky_relu" -> Arrays.stream(z).map(v -> v > 0 ? v : 0.01 * v).toArray();
      case "leaky_relu(0.3)" -> Arrays.stream(z).map(v -> v > 0 ? v : 0.3 * v).toArray();
      case "elu" -> Arrays.stream(z).map(v -> v > 0 ? v : Math.expm1(v)).toArray();
      case "elu(0.5)" -> Arrays.stream(z).map(v -> v > 0 ? v : 0.5 * Math.expm1(v)).toArray();
      case "softplus" -> Arrays.stream(z).map(Formulas::softplus).toArray();
      case "silu" -> Arrays.stream(z).map(Formulas::silu).toArray();
      case "gelu" -> Arrays.stream(z).map(Formulas::gelu).toArray();
      case "gelu_tanh" -> Arrays.stream(z).map(Formulas::geluTanh).toArray();
      case "softmax" -> {
        double max = Arrays.stream(z).max().getAsDouble();
        double sum = Arrays.stream(z).map(v -> Math.exp(v - max)).sum();
        yield Arrays.stream(z).map(v -> Math.exp(v - max) / sum).toArray();
      }
      default -> throw new AssertionError(activation + " needs a line here");
    };
  }

  static double prime(Activation activation, double z) {
    return switch (activation.name()) {
      case "relu" -> z > 0 ? 1 : 0;
      case "sigmoid" -> Math.exp(-z) / Math.pow(1 + Math.exp(-z), 2);
      case "tanh" -> 1 / Math.pow(Math.cosh(z), 2);
      case "identity" -> 1;
      default -> (apply(activation, new double[] {z + 1e-5})[0] - apply(activation, new double[] {z - 1e-5})[0]) / 2e-5;
    };
  }

  /** The loss of one row; the mean over rows is the loss of a batch. */
  static double rowLoss(Loss loss, double[] p, double[] y) {
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      sum += switch (loss.name()) {
        case "mse" -> (p[j] - y[j]) * (p[j] - y[j]) / p.length;
        case "mae" -> Math.abs(p[j] - y[j]) / p.length;
        case "huber" -> huber(p[j] - y[j], 1) / p.length;
        case "huber(0.25)" -> huber(p[j] - y[j], 0.25) / p.length;
        case "hinge" -> Math.max(1 - p[j] * y[j], 0) / p.length;
        case "squared_hinge" -> Math.pow(Math.max(1 - p[j] * y[j], 0), 2) / p.length;
        case "cross_entropy" -> -y[j] * Math.log(p[j]);
        case "binary_cross_entropy" -> (-y[j] * Math.log(p[j]) - (1 - y[j]) * Math.log(1 - p[j])) / p.length;
        default -> throw new AssertionError(loss + " needs a line here");
      };
    }
    return sum;
  }

  private static double huber(double r, double delta) {
    return Math.abs(r) <= delta ? r * r / 2 : delta * (Math.abs(r) - delta / 2);
  }
}
