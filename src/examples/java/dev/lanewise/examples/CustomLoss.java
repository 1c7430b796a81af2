package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.GradientCheck;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.Locale;

/** A loss of one's own, the mean of ln cosh(prediction − target), checked and trained with: outliers pull it less than squares. */
public final class CustomLoss {

  private CustomLoss() {}

  /** Its derivative by the prediction is tanh(prediction − target). */
  private static final class LogCosh extends Loss {
    LogCosh() {
      super("log_cosh");
    }

    @Override
    protected double term(double predicted, double target) {
      double distance = Math.abs(predicted - target);
      return distance + Math.log1p(Math.exp(-2 * distance)) - Math.log(2); // cosh itself would overflow
    }

    @Override
    public void rowSums(int rows, int cols, int ld, float[] z, float[] a, float[] y, int at, float[] out, int outAt) {
      for (int i = 0; i < rows; i++) {
        double sum = 0;
        for (int j = 0; j < cols; j++) {
          sum += term(a[at + i * ld + j], y[at + i * ld + j]);
        }
        out[outAt + i] = (float) sum;
      }
    }

    /** First by the predictions, of the mean over all rows of the batch and all outputs; then the activation goes on to z. */
    @Override
    public void backward(
        int rows, int cols, int ld, int batchRows, Activation output, float[] z, float[] a, float[] y, float[] delta, int at) {
      double elements = (double) batchRows * cols;
      for (int i = at; i < at + rows * ld; i++) {
        delta[i] = (float) (Math.tanh(a[i] - y[i]) / elements);
      }
      output.backward(rows, cols, ld, z, a, delta, at);
    }
  }

  /** Prints the check, and the slope of a line through points of which one is far off. */
  public static void main(String[] args) {
    Loss logCosh = new LogCosh();
    System.out.println(GradientCheck.of(logCosh, Activation.IDENTITY));
    Matrix x = Matrix.of(5, 1, -2, -1, 0, 1, 2);
    Matrix y = Matrix.of(5, 1, -4, -2, 0, 2, 24); // two for each, but for the last
    for (Loss loss : new Loss[] {logCosh, Loss.MSE}) {
      Network line = Network.input(1).dense(1, Activation.IDENTITY).seed(1).build();
      line.fit(x, y, Fit.with(loss).learningRate(0.1).batchSize(5).epochs(1000));
      System.out.printf(Locale.ROOT, "slope by %s: %.2f%n", loss, line.layers().getFirst().weights().get(0, 0));
    }
  }
}
