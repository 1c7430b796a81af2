package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.train.Fit;

/** The program of the post "vanilla neural nets": 64-15-10 on the digits, by its own rule. */
public final class PostLineByLine {

  private PostLineByLine() {}

  /** Trains and prints the report. */
  public static void main(String[] args) {
    Dataset digits = Digits.load();
    Network network = Network.of(1, new int[] {64, 15, 10}, Activation.RELU, Activation.SIGMOID);
    network.fit(digits.x(), digits.y(), Fit.published().epochs(100).batchSize(15));
    int[] predicted = network.classify(digits.x());
    System.out.print(ClassificationReport.of(digits.labels(), predicted, digits.classNames()));
  }
}
