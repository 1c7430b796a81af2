package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.util.List;

/** One row in twenty is of the class that matters, among rows like it: with balanced weights it is found more often. */
public final class ClassWeights {

  private ClassWeights() {}

  /** Prints the recall of the rare class, without weights and with them. */
  public static void main(String[] args) {
    Matrix x = Matrix.zeros(2000, 2);
    int[] labels = new int[2000];
    for (int i = 0; i < 2000; i++) {
      labels[i] = i % 20 == 0 ? 1 : 0;
      float u = i * 0.618034f % 1;
      float v = i * 0.754878f % 1;
      x.set(i, 0, u + 0.4f * labels[i]);
      x.set(i, 1, v + 0.4f * labels[i]);
    }
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).learningRate(0.01).epochs(30);
    System.out.println("recall " + recall(x, labels, fit));
    System.out.println("recall, balanced " + recall(x, labels, fit.balancedClassWeights()));
  }

  private static double recall(Matrix x, int[] labels, Fit fit) {
    Network network = Network.of(1, new int[] {2, 16, 2}, Activation.RELU, Activation.SOFTMAX);
    network.fit(x, labels, fit);
    return ClassificationReport.of(labels, network.classify(x), List.of("usual", "rare")).recall(1);
  }
}
