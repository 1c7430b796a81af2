package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is dropped is another part of each layer for each batch of each epoch, and depends on nothing but those and the seed. */
class DropoutTest {

  private static final int BATCH = 9;
  private static final int BATCHES = 3;
  private static final long SEED = 7;

  private final Matrix x = TestData.normal(1, BATCH, 6);
  private final Matrix y = TestData.normal(2, BATCH, 4);

  private static Network network() {
    return Network.input(6)
        .dense(21, Activation.TANH, l -> l.dropout(0.4))
        .dense(17, Activation.TANH, l -> l.dropout(0.2))
        .dense(4, Activation.IDENTITY)
        .seed(3)
        .build();
  }

  /** The same rows again and again, by steps too short to move a weight: losses differ by what is dropped. */
  @Test
  void losesOtherOutputsWithEachBatch() {
    Network network = network();
    int[] order = new int[BATCHES * BATCH];
    Arrays.setAll(order, i -> i % BATCH);
    Fit fit = Fit.with(Loss.MSE).batchSize(BATCH).learningRate(1e-30).seed(SEED).epochs(2);
    History history = network.fit(new OrderedSource(x, y, order.length, epoch -> order), fit);
    double[] losses = history.epochs().stream().mapToDouble(Epoch::loss).toArray();
    BatchOracle oracle = new BatchOracle(network(), SEED);
    for (int epoch = 0; epoch < 2; epoch++) {
      double sum = 0;
      for (int batch = 1; batch <= BATCHES; batch++) {
        sum += loss(oracle.at(epoch, batch));
      }
      assertEquals(sum / BATCHES, losses[epoch], 1e-6 * losses[epoch], "epoch " + epoch);
    }
    List<Double> all = List.of(loss(oracle.at(0, 1)), loss(oracle.at(0, 2)), loss(oracle.at(1, 1)));
    assertEquals(3, all.stream().distinct().count(), "a mask for all would not be noticed: " + all);
    assertNotEquals(losses[0], losses[1]);
  }

  /** The epochs of a network count, not those of a fit: the second fit drops as the second epoch does. */
  @Test
  void twoFitsDropWhatOneOfTwoEpochsDoes() {
    Fit fit = Fit.with(Loss.MSE).batchSize(4).seed(SEED);
    Network once = network();
    once.fit(x, y, fit.epochs(2));
    Network twice = network();
    twice.fit(x, y, fit.epochs(1));
    twice.fit(x, y, fit.epochs(1));
    assertEquals(TestData.parameters(once), TestData.parameters(twice));
  }

  private double loss(BatchOracle oracle) {
    double[][] targets = new double[BATCH][];
    Arrays.setAll(targets, i -> DoubleNetwork.doubles(y.row(i)));
    double[] ones = new double[BATCH];
    Arrays.fill(ones, 1);
    return oracle.loss(x, targets, ones, Loss.MSE);
  }
}
