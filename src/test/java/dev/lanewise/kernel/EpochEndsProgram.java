package dev.lanewise.kernel;

import dev.lanewise.Network;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;

/** Trains a softmax for many epochs and predicts nothing. Prints how often a kernel was asked for that a softmax by itself needs. */
public final class EpochEndsProgram {

  private EpochEndsProgram() {}

  /** Takes nothing. */
  public static void main(String[] args) {
    Matrix x = Matrix.of(3, 2, 1, 2, 3, 4, 5, 6);
    Network network = Network.of(1, new int[] {2, 4, 3}, Activation.RELU, Activation.SOFTMAX);
    network.fit(x, new int[] {0, 1, 2}, Fit.with(Loss.CROSS_ENTROPY).epochs(2 * Extra.SOFTMAX.patience));
    System.out.println(Extra.SOFTMAX.asked);
    network.predict(x);
    System.out.println(Extra.SOFTMAX.asked);
  }
}
