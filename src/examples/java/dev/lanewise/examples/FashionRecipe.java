package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.data.Idx;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Fit;
import dev.lanewise.train.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The best dense network for Fashion-MNIST that we know of: batch normalisation, dropout, label smoothing, and AdamW along a
 * cosine. Arguments: the folder of the four gzipped files, and the number of threads.
 */
public final class FashionRecipe {

  private FashionRecipe() {}

  /** Trains 30 epochs and prints the test accuracy and the seconds. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Matrix x = Idx.unitImages(folder.resolve("train-images-idx3-ubyte.gz"));
    int[] labels = Idx.labels(folder.resolve("train-labels-idx1-ubyte.gz"));
    Network network =
        Network.input(784)
            .dense(512, Activation.RELU, FashionRecipe::hidden)
            .dense(256, Activation.RELU, FashionRecipe::hidden)
            .dense(10, Activation.SOFTMAX, l -> l.initializer(Initializer.GLOROT_UNIFORM))
            .seed(1)
            .build();
    long begin = System.nanoTime();
    network.fit(
        x, labels,
        Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adamW()).learningRate(0.003)
            .schedule(Schedule.warmUp(1, Schedule.cosine())).labelSmoothing(0.1).batchSize(128).epochs(30).seed(1)
            .threads(Integer.parseInt(args[1])).onEpoch(ProgressLine.to(System.err, 30)));
    double seconds = (System.nanoTime() - begin) * 1e-9;
    int[] truth = Idx.labels(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    int[] predicted = network.classify(Idx.unitImages(folder.resolve("t10k-images-idx3-ubyte.gz")));
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += predicted[i] == truth[i] ? 1 : 0;
    }
    System.out.println("test accuracy " + (double) right / truth.length + " after " + Math.round(seconds) + " s");
  }

  private static Dense hidden(Dense layer) {
    return layer.batchNorm().dropout(0.3).initializer(Initializer.HE_NORMAL);
  }
}
