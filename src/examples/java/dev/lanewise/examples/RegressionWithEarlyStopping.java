package dev.lanewise.examples;

import dev.lanewise.Network;
import dev.lanewise.metrics.Regression;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;

/** Learns sin(6 u) · v from 600 points of the unit square, and stops when it gets no better on rows kept back. */
public final class RegressionWithEarlyStopping {

  private RegressionWithEarlyStopping() {}

  /** Trains and prints R² and when it stopped. */
  public static void main(String[] args) {
    Matrix x = Matrix.zeros(600, 2);
    Matrix y = Matrix.zeros(600, 1);
    for (int i = 0; i < 600; i++) {
      float u = i * 0.618034f % 1; // points that fill the square evenly
      float v = i * 0.754878f % 1;
      x.set(i, 0, u);
      x.set(i, 1, v);
      y.set(i, 0, (float) Math.sin(6 * u) * v);
    }
    Network network =
        Network.input(2)
            .dense(32, Activation.TANH, l -> l.initializer(Initializer.HE_NORMAL))
            .dense(1, Activation.IDENTITY)
            .seed(1)
            .build();
    History history =
        network.fit(
            x, y,
            Fit.with(Loss.MSE).optimizer(Optimizer.adam()).learningRate(0.02).epochs(500)
                .validationSplit(0.2).earlyStopping(20).reduceOnPlateau(0.5, 10));
    System.out.println("R2 " + Regression.r2(y, network.predict(x)));
    System.out.println(history.stop() + " after " + history.epochs().size() + " epochs, best " + history.best());
  }
}
