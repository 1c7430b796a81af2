package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A predictor stays as it is, and answers any number of threads with the bits that one would get, and without allocating. */
@Timeout(120)
class PredictorTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CROWD = 64;
  private static final int ROWS = 300;

  private final Matrix x = TestData.normal(1, ROWS, 23);
  private final int[] labels = TestData.labels(2, ROWS, 5);

  private static Network network() {
    return Network.input(23)
        .dense(40, Activation.RELU, l -> l.batchNorm().dropout(0.3))
        .dense(17, Activation.TANH, Dense::layerNorm)
        .dense(5, Activation.SOFTMAX)
        .seed(4)
        .build();
  }

  private static Fit fit() {
    return Fit.with(Loss.CROSS_ENTROPY).learningRate(0.1).epochs(2);
  }

  @Test
  void staysAsItIs() {
    Network network = network();
    network.fit(x, labels, fit());
    Matrix before = network.predict(x);
    Predictor predictor = network.predictor();
    network.fit(x, labels, fit());
    assertEquals(before, predictor.predict(x));
    assertEquals(network.predict(x), network.predictor().predict(x));
    assertTrue(!before.equals(network.predict(x)), "the network has learnt nothing, so this test sees nothing");
  }

  @Test
  void saysWhatItIs() {
    Predictor predictor = network().predictor();
    assertEquals(List.of(23, 5, "23-40-17-5"), List.of(predictor.inputs(), predictor.outputs(), predictor.toString()));
  }

  @Test
  void writesToAMatrixOfTheCallers() {
    Network network = network();
    Predictor predictor = network.predictor();
    Matrix out = Matrix.zeros(ROWS, 5);
    assertSame(out, predictor.predict(x, out));
    assertEquals(network.predict(x), out);
    for (Matrix wrong : List.of(Matrix.zeros(ROWS, 4), Matrix.zeros(ROWS - 1, 5))) {
      String message = assertThrows(IllegalArgumentException.class, () -> predictor.predict(x, wrong)).getMessage();
      assertEquals("out is " + wrong.shape() + ", but predictions for x of 300 x 23 are 300 x 5", message);
    }
  }

  @Test
  void rowsOfOtherColumnsHaveNoClass() {
    Predictor predictor = network().predictor();
    for (int columns : new int[] {22, 24, 46}) {
      String message = assertThrows(IllegalArgumentException.class, () -> predictor.classify(Matrix.zeros(2, columns))).getMessage();
      assertEquals("x has " + columns + " columns, but the network is 23-40-17-5: it must have 23", message);
    }
  }

  /** Its weights are in arrays of another length, where they are long enough. */
  @Test
  void largeLayersHaveTheNetworksBits() {
    Network network = Network.input(23).dense(1000, Activation.RELU).dense(100, Activation.TANH).dense(5, Activation.SOFTMAX).build();
    Predictor predictor = network.predictor();
    assertEquals(network.predict(x), predictor.predict(x));
    assertArrayEquals(network.predict(x.row(0), new float[5]), predictor.predict(x.row(0), new float[5]));
  }

  @Test
  void oneRowHasTheBitsOfMany() {
    Predictor predictor = network().predictor();
    Matrix all = predictor.predict(x);
    for (int i = 0; i < ROWS; i++) {
      assertArrayEquals(all.row(i), predictor.predict(x.row(i), new float[5]), "row " + i);
    }
  }

  /** Rounds of calls by all threads at once: in the end no thread allocates, and none ever got other bits. */
  @Test
  void aCrowd() throws Exception {
    Network network = network();
    network.fit(x, labels, fit());
    Predictor predictor = network.predictor();
    Matrix expected = predictor.predict(x);
    CyclicBarrier together = new CyclicBarrier(CROWD);
    try (ExecutorService crowd = Executors.newFixedThreadPool(CROWD)) {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 200 && least > 0; round++) {
        List<Future<Long>> calls = new ArrayList<>();
        for (int t = 0; t < CROWD; t++) {
          int first = t;
          calls.add(crowd.submit(() -> bytesOfRows(predictor, expected, first, together)));
        }
        least = Math.min(least, sum(calls));
      }
      assertEquals(0, least, "bytes allocated by " + CROWD + " threads in the best round");
    }
  }

  private long bytesOfRows(Predictor predictor, Matrix expected, int first, CyclicBarrier together) throws Exception {
    float[][] rows = new float[ROWS][];
    float[] out = new float[5];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = x.row((first + i) % ROWS);
    }
    together.await();
    long bytes = 0;
    for (int i = 0; i < ROWS; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      predictor.predict(rows[i], out);
      bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
      assertArrayEquals(expected.row((first + i) % ROWS), out, "row " + i);
    }
    return bytes;
  }

  private static long sum(List<Future<Long>> calls) throws InterruptedException, ExecutionException {
    long sum = 0;
    for (Future<Long> call : calls) {
      sum += call.get();
    }
    return sum;
  }

  @Test
  void otherShapes() {
    Predictor predictor = network().predictor();
    assertEquals(
        "x has 22 columns, but the network is 23-40-17-5: it must have 23",
        assertThrows(IllegalArgumentException.class, () -> predictor.predict(Matrix.zeros(2, 22))).getMessage());
    assertEquals(
        "the row has 23 values and out 4, but the network is 23-40-17-5",
        assertThrows(
                IllegalArgumentException.class, () -> predictor.predict(new float[23], new float[4]))
            .getMessage());
    for (int values : new int[] {22, 24}) {
      assertEquals(
          "the row has " + values + " values and out 5, but the network is 23-40-17-5",
          assertThrows(IllegalArgumentException.class, () -> predictor.predict(new float[values], new float[5])).getMessage());
    }
  }

  @Test
  void summary() {
    assertEquals(
        """
        layer          shape  activation  with                               parameters
            0       23 -> 40  relu        batch normalisation, dropout 0.3        1,080
            1       40 -> 17  tanh        layer normalisation                       714
            2        17 -> 5  softmax                                                90
        1,884 parameters: 1,804 trainable, 80 that batch normalisation keeps; 7,536 bytes
        """,
        network().summary());
  }

  /** Nothing is kept where nothing is normalised by batches. */
  @Test
  void summaryOfAPlainNetwork() {
    assertEquals(
        """
        layer          shape  activation  with                               parameters
            0         4 -> 3  softmax                                                15
        15 parameters: 15 trainable; 60 bytes
        """,
        Network.of(new int[] {4, 3}, Activation.SOFTMAX).summary());
  }

  /** What does not fit its column widens it, so that the columns behind stay below each other. */
  @Test
  void summaryOfLongNames() {
    Network network = Network.input(10)
        .dense(4, Activation.leakyRelu(0.25), l -> l.batchNorm().dropout(0.125))
        .dense(3, Activation.SOFTMAX)
        .build();
    assertEquals(
        """
        layer          shape  activation        with                                 parameters
            0        10 -> 4  leaky_relu(0.25)  batch normalisation, dropout 0.125           56
            1         4 -> 3  softmax                                                        15
        71 parameters: 63 trainable, 8 that batch normalisation keeps; 284 bytes
        """,
        network.summary());
  }
}
