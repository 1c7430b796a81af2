package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.nio.file.Path;

/** Stops a run after 5 epochs, goes on from its checkpoint, and compares with one that never stopped. Argument: a file. */
public final class ResumeARun {

  private ResumeARun() {}

  /** Prints whether both ended in the same bits. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    Dataset digits = Digits.load();
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adam()).epochs(10);

    network().fit(digits, fit.epochs(5).checkpoint(file, 1));
    Network resumed = Network.resume(file);
    resumed.fit(digits, fit); // epochs count all of the run: five more

    Network whole = network();
    whole.fit(digits, fit);
    System.out.println("the same bits: " + whole.predict(digits.x()).equals(resumed.predict(digits.x())));
  }

  private static Network network() {
    return Network.of(1, new int[] {64, 32, 10}, Activation.RELU, Activation.SOFTMAX);
  }
}
