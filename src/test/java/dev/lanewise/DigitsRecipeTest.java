package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.data.Split;
import dev.lanewise.metrics.Classification;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Initializer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import dev.lanewise.train.Fit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How well the digits can be told apart that a network has not seen: stratified 80/20, seeds 1 to 10. */
@Tag("full")
class DigitsRecipeTest {

  private static final double MEAN = 0.975;

  @Test
  void meanOfTenSplits() {
    Matrix x = Digits.load().x().copy();
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] /= 16; // pixels are 0 to 16
    }
    Dataset digits = Dataset.of(x, Digits.load().labels(), Digits.load().classNames());
    double sum = 0;
    for (long seed = 1; seed <= 10; seed++) {
      Split<Dataset> split = digits.split(0.2, seed);
      Network network =
          Network.input(64)
              .dense(256, Activation.RELU, l -> l.batchNorm().dropout(0.3).initializer(Initializer.HE_NORMAL))
              .dense(10, Activation.SOFTMAX, l -> l.initializer(Initializer.GLOROT_UNIFORM))
              .seed(seed)
              .build();
      network.fit(
          split.train(),
          Fit.with(Loss.CROSS_ENTROPY).optimizer(Optimizer.adamW()).learningRate(0.003).schedule(Schedule.cosine())
              .labelSmoothing(0.1).epochs(50).seed(seed));
      sum += Classification.accuracy(split.test().labels(), network.classify(split.test().x()));
    }
    double mean = sum / 10;
    System.out.println("digits, mean test accuracy of ten splits: " + mean);
    assertTrue(mean >= MEAN, () -> "mean test accuracy " + mean);
  }
}
