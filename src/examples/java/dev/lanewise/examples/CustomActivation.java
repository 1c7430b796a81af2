package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.GradientCheck;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;

/** An activation of one's own, z / (1 + |z|), checked and trained with. */
public final class CustomActivation {

  private CustomActivation() {}

  /** Softsign: its prime is 1 / (1 + |z|)², which is (1 − |a|)². */
  private static final class Softsign extends Activation {
    Softsign() {
      super("softsign");
    }

    @Override
    public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        a[i] = z[i] / (1 + Math.abs(z[i]));
      }
    }

    @Override
    public void prime(int rows, int cols, int ld, float[] z, float[] out, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        float root = 1 / (1 + Math.abs(z[i]));
        out[i] = root * root;
      }
    }

    @Override
    public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
      for (int i = at; i < at + rows * ld; i++) {
        float root = 1 - Math.abs(a[i]);
        delta[i] *= root * root;
      }
    }
  }

  /** Prints the check and how far the loss fell. */
  public static void main(String[] args) {
    Activation softsign = new Softsign();
    System.out.println(GradientCheck.of(softsign));
    Network network = Network.input(2).dense(8, softsign).dense(1, Activation.SIGMOID).seed(1).build();
    Matrix x = Matrix.of(4, 2, 0, 0, 0, 1, 1, 0, 1, 1);
    Fit fit = Fit.with(Loss.BINARY_CROSS_ENTROPY).learningRate(1).batchSize(4).epochs(2000);
    network.fit(x, new int[] {0, 1, 1, 0}, fit);
    int[] predicted = network.classify(x);
    System.out.println("exclusive or: " + predicted[0] + predicted[1] + predicted[2] + predicted[3]);
  }
}
