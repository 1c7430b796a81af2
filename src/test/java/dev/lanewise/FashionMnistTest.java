package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.train.Fit;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How well a plain network learns Fashion-MNIST: 784-256-128-10, rectified, softmax, gradient descent at 0.1. At such a
 * rate the accuracy still goes up and down by about 0.007 from one epoch to the next, here as in scikit-learn.
 */
@Tag("full")
class FashionMnistTest {

  private static final int SEEDS = 5;

  @Test
  void learnsInThreeAndTenEpochs() throws IOException {
    Dataset training = FashionMnist.training();
    Dataset test = FashionMnist.test();
    double[] afterThree = new double[SEEDS];
    double[] afterTen = new double[SEEDS];
    for (int seed = 1; seed <= SEEDS; seed++) {
      Network network = Network.input(784)
          .dense(256, Activation.RELU, l -> l.initializer(Initializer.GLOROT_UNIFORM))
          .dense(128, Activation.RELU, l -> l.initializer(Initializer.GLOROT_UNIFORM))
          .dense(10, Activation.SOFTMAX, l -> l.initializer(Initializer.GLOROT_UNIFORM))
          .seed(seed)
          .build();
      Fit fit = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).batchSize(128).epochs(10);
      int i = seed - 1;
      network.fit(training, fit.onEpoch(epoch -> {
        if (epoch.number() == 3) {
          afterThree[i] = accuracy(network, test);
        }
      }));
      afterTen[i] = accuracy(network, test);
    }
    String figures = "test accuracy of networks of seeds 1 to " + SEEDS + ": after 3 epochs " + Arrays.toString(afterThree)
        + ", after 10 " + Arrays.toString(afterTen);
    System.out.println(figures);
    assertTrue(mean(afterThree) >= 0.843, figures);
    assertTrue(mean(afterTen) >= 0.87, figures);
    assertTrue(Arrays.stream(afterTen).min().getAsDouble() >= 0.865, figures);
  }

  private static double accuracy(Network network, Dataset test) {
    return ClassificationReport.of(test.labels(), network.classify(test.x()), test.classNames()).accuracy();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().getAsDouble();
  }
}
