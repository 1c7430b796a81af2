package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Digits;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The post "vanilla neural nets" itself, on NumPy's own random numbers: what it prints is what we compute. */
class PostTest {

  private final NumpyRandom numpy = new NumpyRandom(1);

  /** The post's constructor: randn(inputs, outputs) / √inputs, layer after layer. */
  private double[][] weights(int inputs, int outputs) {
    double[][] weights = numpy.randn(inputs, outputs);
    for (double[] row : weights) {
      for (int j = 0; j < outputs; j++) {
        row[j] /= Math.sqrt(inputs);
      }
    }
    return weights;
  }

  private static String[] printed(double[][] weights) {
    return Arrays.stream(weights)
        .flatMapToDouble(Arrays::stream)
        .mapToObj(value -> String.format(Locale.ROOT, "%.8f", value))
        .toArray(String[]::new);
  }

  @Test
  void printsTheWeightsOfItsFirstNetwork() {
    String[] first = {"1.14858562", "-0.43257711", "-0.37347383", "-0.75870339", "0.61193560", "-1.62743362"};
    assertArrayEquals(first, printed(weights(2, 3)));
    assertArrayEquals(new String[] {"1.00736754", "-0.43948301", "0.18419731"}, printed(weights(3, 1)));
  }

  @Test
  void drawsWhatTheReferenceBeganWith() {
    assertCloseInDouble(Reference.read("w1_init"), weights(64, 15));
    assertCloseInDouble(Reference.read("w2_init"), weights(15, 10));
    for (int[] order : Reference.orders()) {
      assertArrayEquals(order, numpy.shuffledRange(1797));
    }
  }

  private static void assertCloseInDouble(double[][] expected, double[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], 1e-15);
    }
  }

  @Test
  void has1794Of1797DigitsRightAfter100Epochs() {
    Dataset digits = Digits.load();
    Network network = Network.of(new int[] {64, 15, 10}, Activation.RELU, Activation.SIGMOID);
    network.layers().get(0).setWeights(Matrix.of(weights(64, 15)));
    network.layers().get(1).setWeights(Matrix.of(weights(15, 10)));

    Fit post = Fit.published().epochs(100).batchSize(15).learningRate(1e-3);
    OrderedSource rows =
        new OrderedSource(digits.x(), digits.y(), digits.rows(), epoch -> numpy.shuffledRange(digits.rows()));
    network.fit(rows, post);

    int[] predicted = network.classify(digits.x());
    assertEquals(1794, ClassificationReport.of(digits.labels(), predicted, digits.classNames()).correct());
  }
}
