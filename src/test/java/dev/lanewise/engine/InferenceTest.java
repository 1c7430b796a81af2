package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {

  /** Activations of a block of the widest layer stay in cache, and one row of any layer fits into an array. */
  @ParameterizedTest
  @CsvSource({"10, 128", "4096, 128", "4097, 127", "20000, 26", "100000, 16", "5000000, 13", "70000000, 1"})
  void wideLayersAreComputedInBlocksOfFewerRows(int width, int rows) {
    List<Dense> layers = List.of(Dense.of(1, width, Activation.RELU));
    assertEquals(rows, new Inference(new ParameterStore(layers, 0, LastLoss.INITIAL, (l, kind) -> null)).blockRows());
  }

  /** A fit may publish others between. */
  @Test
  void evaluatesByTheLossThatTheParametersWereTrainedOn() {
    List<Dense> layers = List.of(Dense.of(1, 1, Activation.IDENTITY));
    ParameterStore store = new ParameterStore(layers, 0, LastLoss.of(Loss.MAE), (l, kind) -> null);
    Matrix x = Matrix.of(1, 1, 1f);
    Matrix y = Matrix.of(1, 1, 3f);
    Parameters trained = new Parameters(layers);
    trained.set(0, ParameterKind.BIAS, new float[] {1f});
    double before = new Inference(store).evaluate(x, loss -> {
      assertEquals(Loss.MAE, loss);
      store.publish(trained.layers(), 1, LastLoss.of(Loss.MSE));
      return y;
    });
    assertEquals(3, before);
    assertEquals(4, new Inference(store).evaluate(x, loss -> y));
  }
}
