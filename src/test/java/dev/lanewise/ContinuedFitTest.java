package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fit begins with, and in which order it takes the rows. */
class ContinuedFitTest {

  private static final int ROWS = 43;

  /** Row i is (i, i² mod 43, 1). */
  private static final Matrix X = rows();
  private static final Matrix Y = TestData.unit(2, ROWS, 2);
  private static final Fit FIT = Fit.with(Loss.MSE).learningRate(1e-4).batchSize(8);

  private static Matrix rows() {
    Matrix x = Matrix.zeros(ROWS, 3);
    for (int i = 0; i < ROWS; i++) {
      x.set(i, 0, i);
      x.set(i, 1, i * i % 43);
      x.set(i, 2, 1);
    }
    return x;
  }

  private static Network network() {
    return Network.of(1, new int[] {3, 4, 2}, Activation.RELU, Activation.SIGMOID);
  }

  private static List<Matrix> after(Fit... fits) {
    Network network = network();
    for (Fit fit : fits) {
      network.fit(X, Y, fit);
    }
    return TestData.parameters(network);
  }

  /** The order of the rows in each epoch, as a source hands them to the fit. */
  private static List<List<Integer>> orders(Fit fit, int epochs) {
    Source source = Source.of(X, Y);
    Source.Batch batch = new Source.Batch(8, 3, 2);
    List<List<Integer>> orders = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      source.begin(epoch, fit.shuffle(), fit.seed());
      List<Integer> order = new ArrayList<>();
      for (int filled = source.fill(batch); filled > 0; filled = source.fill(batch)) {
        for (int i = 0; i < filled; i++) {
          int row = (int) batch.x()[3 * i];
          order.add(row);
          assertEquals(row * row % 43, (int) batch.x()[3 * i + 1]);
          assertEquals(Y.get(row, 1), batch.y()[2 * i + 1], "x and y go together");
        }
      }
      orders.add(order);
    }
    return orders;
  }

  @Test
  void fiveEpochsAndFiveMoreAreTen() {
    assertEquals(after(FIT.epochs(10)), after(FIT.epochs(5), FIT.epochs(5)));
    assertEquals(after(FIT.epochs(3)), after(FIT.epochs(1), FIT.epochs(1), FIT.epochs(1)));
    Fit post = Fit.published().batchSize(8);
    assertEquals(after(post.epochs(10)), after(post.epochs(7), post.epochs(3)));
    assertEquals(after(post.epochs(2), FIT.epochs(2)), after(post.epochs(1), post.epochs(1), FIT.epochs(2)));
  }

  @Test
  void replacedParametersDoNotForgetTheEpochs() {
    Network network = network();
    List<Matrix> initial = TestData.parameters(network);
    network.fit(X, Y, FIT.epochs(1));
    TestData.setParameters(network, initial);
    network.fit(X, Y, FIT.epochs(1));
    assertNotEquals(after(FIT.epochs(1)), TestData.parameters(network), "the second epoch has another order");
  }

  @Test
  void orderDependsOnTheFitsSeed() {
    assertEquals(after(FIT.epochs(2).seed(5)), after(FIT.epochs(2).seed(5)));
    assertNotEquals(after(FIT.epochs(2).seed(5)), after(FIT.epochs(2).seed(6)));
  }

  @Test
  void everyEpochHasEachRowOnceInAnOrderOfItsOwn() {
    List<List<Integer>> orders = orders(FIT.seed(5), 20);
    assertEquals(orders, orders(FIT.seed(5).batchSize(3).epochs(77), 20));
    assertEquals(20, orders.stream().distinct().count());
    for (List<Integer> order : orders) {
      assertEquals(inOrder(), order.stream().sorted().toList());
    }
    List<List<Integer>> others = orders(FIT.seed(6), 20);
    for (int epoch = 0; epoch < 20; epoch++) {
      assertNotEquals(orders.get(epoch), others.get(epoch));
    }
  }

  /** Each row comes first about as often as any other: chi-square with 42 degrees of freedom, five deviations up. */
  @Test
  void everyRowComesFirstAboutAsOften() {
    int[] count = new int[ROWS];
    int epochs = 100 * ROWS;
    orders(FIT, epochs).forEach(order -> count[order.getFirst()]++);
    double chiSquare = Arrays.stream(count).mapToDouble(c -> (c - 100.0) * (c - 100.0) / 100).sum();
    double limit = 42 + 5 * Math.sqrt(2 * 42);
    assertEquals(0, chiSquare, limit);
  }

  @Test
  void withoutShufflingRowsComeAsTheyAre() {
    Fit plain = FIT.shuffle(false);
    assertEquals(List.of(inOrder(), inOrder()), orders(plain, 2));
    assertEquals(after(plain.epochs(3)), after(plain.epochs(3).seed(9)));
    assertNotEquals(after(plain.epochs(3)), after(FIT.epochs(3)));

    Network one = network();
    one.fit(X, Y, plain.epochs(1));
    Network batchByBatch = network();
    for (int from = 0; from < ROWS; from += 8) {
      int to = Math.min(ROWS, from + 8);
      batchByBatch.fit(X.rows(from, to), Y.rows(from, to), plain.epochs(1));
    }
    assertEquals(TestData.parameters(one), TestData.parameters(batchByBatch));
  }

  private static List<Integer> inOrder() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      all.add(i);
    }
    return all;
  }
}
