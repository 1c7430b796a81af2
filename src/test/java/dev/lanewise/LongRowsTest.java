package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Rows that would be a multiple of 256 floats apart are a line further, which nobody sees: a network of 512 inputs and outputs learns
 * what one of 528 does whose last sixteen have no weights.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // see TeamTest
class LongRowsTest {

  private static final int ROWS = 21;
  private static final int LONG = 512;
  private static final int LONGER = LONG + Panels.NARROW;
  private static final int CLASSES = 3;

  /** Columns of the larger network's that the smaller one does not have are zero. */
  private static Matrix resized(Matrix matrix, int rows, int cols) {
    Matrix resized = Matrix.zeros(rows, cols);
    for (int i = 0; i < Math.min(rows, matrix.rows()); i++) {
      for (int j = 0; j < Math.min(cols, matrix.cols()); j++) {
        resized.set(i, j, matrix.get(i, j));
      }
    }
    return resized;
  }

  private static Network network(int width) {
    return Network.of(4, new int[] {width, width, width, CLASSES}, Activation.RELU, Activation.TANH, Activation.SOFTMAX);
  }

  @Test
  void rowsApartAreNotSeen() {
    assertEquals(LONGER, Panels.stride(LONG));
    assertEquals(LONGER, Panels.stride(LONGER));
    Matrix x = TestData.normal(1, ROWS, LONG);
    int[] labels = TestData.labels(2, ROWS, CLASSES);
    for (Optimizer optimizer : List.of(Optimizer.sgd(), Optimizer.adam())) {
      for (int threads : new int[] {1, 2}) {
        for (int batchSize : new int[] {4, 8, 16}) { // each has another way back through the weights
          Fit fit = Fit.with(Loss.CROSS_ENTROPY).optimizer(optimizer).learningRate(0.01).epochs(2);
          assertLearnTheSame(x, labels, fit.batchSize(batchSize).threads(threads));
        }
      }
    }
  }

  private static void assertLearnTheSame(Matrix x, int[] labels, Fit fit) {
    Network small = network(LONG);
    Network large = network(LONGER);
    for (int l = 0; l < small.layers().size(); l++) {
      Layer from = small.layers().get(l);
      Layer to = large.layers().get(l);
      for (Map.Entry<String, Matrix> each : from.parameters().entrySet()) {
        Matrix value = each.getValue();
        int rows = value.rows() == LONG ? LONGER : value.rows();
        to.setParameter(each.getKey(), resized(value, rows, value.cols() == LONG ? LONGER : value.cols()));
      }
    }
    small.fit(x, labels, fit);
    large.fit(resized(x, ROWS, LONGER), labels, fit);
    for (int l = 0; l < small.layers().size(); l++) {
      Map<String, Matrix> expected = large.layers().get(l).parameters();
      small.layers().get(l).parameters().forEach(
          (name, value) -> assertEquals(resized(expected.get(name), value.rows(), value.cols()), value, name + " of " + fit));
    }
  }
}
