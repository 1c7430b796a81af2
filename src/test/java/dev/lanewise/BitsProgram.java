package dev.lanewise;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Trains networks of many shapes and prints a checksum of all that came out: parameters, losses and predictions. Behind it, which kernels
 * run then.
 * Arguments: threads, epochs, and {@code small} to leave out the networks that are large enough for several threads; behind that the rows
 * that are trained with, 301 where nothing is said.
 */
public final class BitsProgram {


  private static final List<Activation> HIDDEN = List.of(Activation.RELU, Activation.SIGMOID, Activation.TANH);

  private static final List<Activation> RARER =
      List.of(
          Activation.GELU, Activation.SILU, Activation.GELU_TANH, Activation.ELU, Activation.SOFTPLUS,
          Activation.LEAKY_RELU);

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          Optimizer.sgd().decay(0.1), Optimizer.momentum(0.9), Optimizer.nesterov(0.9), Optimizer.rmsProp(),
          Optimizer.adagrad(), Optimizer.adam(), Optimizer.adamW());

  private static int rows = 301;

  private static long checksum;

  private BitsProgram() {}

  /** Prints the checksum in hexadecimal. */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[0]);
    int epochs = Integer.parseInt(args[1]);
    rows = args.length > 3 ? Integer.parseInt(args[3]) : rows;
    Fit published = Fit.published().learningRate(1e-2).batchSize(15);
    train(published, threads, epochs, Activation.SIGMOID, 9, 15, 7, 4);
    train(Fit.with(Loss.MSE).batchSize(33), threads, epochs, Activation.SOFTMAX, 21, 17, 3);
    train(Fit.with(Loss.MSE).batchSize(3), threads, Math.min(epochs, 2), Activation.SOFTMAX, 21, 70, 164, 3);
    train(Fit.with(Loss.BINARY_CROSS_ENTROPY), threads, epochs, Activation.SIGMOID, 5, 40, 1);
    train(Fit.with(Loss.MSE), threads, epochs, Activation.IDENTITY, 5, 16, 31);
    train(Fit.with(Loss.MSE), threads, epochs, Activation.TANH, 6, 21, 19, 18, 5);
    train(Fit.with(Loss.SQUARED_HINGE).batchSize(33), threads, epochs, Activation.TANH, RARER, 5, 17, 9, 8, 7, 6, 5, 1);
    if (args.length < 3) {
      train(Fit.with(Loss.HUBER).batchSize(33), threads, epochs, Activation.GELU, RARER, 5, 19, 18, 17, 3);
      // Targets that are made of classes, for each of two threads, and errors that go back transposed.
      train(Fit.with(Loss.HINGE).batchSize(32), threads, epochs, Activation.IDENTITY, RARER, 132, 512, 128, 10);
      train(Fit.with(Loss.MAE).batchSize(128), threads, epochs, Activation.SOFTMAX, RARER, 150, 199, 83, 10);
      // Wide tiles and narrow ones, packed and unpacked operands, and work enough for several threads.
      train(Fit.with(Loss.CROSS_ENTROPY).batchSize(128), threads, epochs, Activation.SOFTMAX, 150, 199, 83, 10);
      // Weights larger than the batch, which two, three and seven threads divide by columns, and rows further apart than they are long.
      train(Fit.with(Loss.CROSS_ENTROPY).batchSize(33), threads, epochs, Activation.SOFTMAX, 60, 1792, 64, 10);
      // A sum over more than a block of k, and inputs likewise.
      train(Fit.with(Loss.MSE).batchSize(140), threads, Math.min(epochs, 2), Activation.SIGMOID, 1280, 130, 2);
    }
    if (args.length < 3) {
      trainWithEverythingOn(threads, epochs, OPTIMIZERS, 130, 67);
      trainWithEverythingOn(threads, epochs, List.of(Optimizer.adam()), 2010, 70);
      trainWithEverythingOn(threads, epochs, List.of(Optimizer.momentum(0.9)), 100, 33);
    } else { // interpreted, all of that takes minutes
      for (Optimizer optimizer : OPTIMIZERS) {
        train(Fit.with(Loss.MSE).batchSize(33).optimizer(optimizer), threads, epochs, Activation.TANH, 5, 17, 3);
      }
      trainWithEverythingOn(threads, epochs, List.of(Optimizer.adamW()), 18, 9);
    }
    System.out.println(Long.toHexString(checksum));
    System.out.println(Network.kernels());
  }

  /** Normalisation of both kinds, dropout, weights, smoothing, penalties and clipping, under every optimizer. */
  private static void trainWithEverythingOn(int threads, int epochs, List<Optimizer> optimizers, int first, int second) {
    Matrix x = inputs(37);
    int[] labels = labels(5);
    Fit fit =
        Fit.with(Loss.CROSS_ENTROPY).batchSize(97).l1(1e-4).l2(1e-3).clipValue(0.1).clipNorm(0.5).labelSmoothing(0.1)
            .balancedClassWeights().validationSplit(0.2).earlyStopping(3).reduceOnPlateau(0.5, 1)
            .schedule(Schedule.warmUp(1, Schedule.cosine())).learningRate(0.05);
    for (Optimizer optimizer : optimizers) {
      Network network =
          Network.input(37)
              .dense(first, Activation.TANH, l -> l.batchNorm().dropout(0.3))
              .dense(second, Activation.RELU, l -> l.layerNorm().dropout(0.1))
              .dense(5, Activation.SOFTMAX, Dense::batchNorm)
              .seed(9)
              .build();
      add(network, network.fit(x, labels, fit.optimizer(optimizer).epochs(Math.min(3, epochs)).threads(threads).seed(5)), x);
    }
  }

  private static Matrix inputs(int cols) {
    Random random = new Random(3);
    Matrix x = Matrix.zeros(rows, cols);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = random.nextFloat() * 2 - 1;
    }
    return x;
  }

  private static int[] labels(int classes) {
    return new Random(4).ints(rows, 0, classes).toArray();
  }

  private static void train(Fit fit, int threads, int epochs, Activation output, int... dimensions) {
    train(fit, threads, epochs, output, HIDDEN, dimensions);
  }

  private static void train(
      Fit fit, int threads, int epochs, Activation output, List<Activation> hidden, int... dimensions) {
    Activation[] activations = new Activation[dimensions.length - 1];
    for (int l = 0; l < activations.length; l++) {
      activations[l] = hidden.get(l % hidden.size());
    }
    activations[activations.length - 1] = output;
    Network network = Network.of(7, dimensions, activations);
    int outputs = dimensions[dimensions.length - 1];
    Matrix x = inputs(dimensions[0]);
    int[] labels = labels(outputs == 1 ? 2 : outputs);
    add(network, network.fit(x, labels, fit.epochs(epochs).threads(threads).seed(5)), x);
  }

  private static void add(Network network, History history, Matrix x) {
    for (Epoch epoch : history.epochs()) {
      add(Double.doubleToLongBits(epoch.loss()));
      add(Double.doubleToLongBits(epoch.validationLoss()));
    }
    for (Layer layer : network.layers()) {
      layer.parameters().values().forEach(matrix -> add(Arrays.hashCode(matrix.data())));
    }
    add(Arrays.hashCode(network.predict(x).data()));
    add(Arrays.hashCode(network.predict(x.row(0), new float[network.outputs()])));
  }

  private static void add(long bits) {
    checksum = checksum * 0x9e3779b97f4a7c15L + bits;
  }
}
