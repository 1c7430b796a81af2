package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Team;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Validation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {

  /** Activations of a block of the widest layer stay in cache, and one row of any layer fits into an array. */
  @ParameterizedTest
  @CsvSource({"10, 240", "2184, 240", "2185, 239", "4096, 128", "4097, 127", "20000, 26", "100000, 16", "5000000, 13", "70000000, 1"})
  void wideLayersAreComputedInBlocksOfFewerRows(int width, int rows) {
    assertEquals(rows, Inference.mostRows(width));
    List<Dense> layers = List.of(Dense.of(1, width, Activation.RELU));
    Kernels before = KernelProvider.kernels(); // others may take over meanwhile
    int block = new Inference(new ParameterStore(layers, 0, LastLoss.INITIAL, (l, kind) -> null)).blockRows();
    Kernels after = KernelProvider.kernels();
    assertTrue(
        Stream.of(before, after).anyMatch(kernels -> block == Math.min(rows, kernels.rowsAtOnce(width))), () -> "blocks of " + block);
  }

  /** A set that is never given back is never written again: each epoch of a fit would need a new one. */
  @Test
  void givesBackWhatItReads() {
    ParameterStore store = new ParameterStore(List.of(Dense.of(2, 1, Activation.IDENTITY)), 0, LastLoss.INITIAL, (l, kind) -> null);
    Inference inference = new Inference(store);
    Matrix x = Matrix.of(1, 2, 1f, 2f);
    Matrix y = Matrix.of(1, 1, 3f);
    inference.predict(1, x.data(), new float[1]);
    inference.evaluate(x, y, Loss.MSE);
    inference.evaluate(x, loss -> y);
    inference.classify(x);
    inference.forward(x);
    Validation validation = Fit.with(Loss.MSE).validation(x, y).validation().orElseThrow();
    try (Team team = new Team(1)) {
      new Validator(store, inference, validation, 1, Loss.MSE).run(team);
    }
    store.forServing();
    assertEquals(1, store.acquire().readers.get());
  }

  /** Nor may a call that fails keep it. */
  @Test
  void givesBackWhatItFailsOn() {
    Activation broken = new Activation("broken") {
      @Override
      public void apply(int rows, int cols, int ld, float[] z, float[] a, int at) {
        throw new IllegalStateException("it cannot");
      }

      @Override
      public void backward(int rows, int cols, int ld, float[] z, float[] a, float[] delta, int at) {
        throw new IllegalStateException("it cannot");
      }
    };
    ParameterStore store = new ParameterStore(List.of(Dense.of(2, 1, broken)), 0, LastLoss.INITIAL, (l, kind) -> null);
    Inference inference = new Inference(store);
    Matrix x = Matrix.of(1, 2, 1f, 2f);
    Matrix y = Matrix.of(1, 1, 3f);
    Validation validation = Fit.with(Loss.MSE).validation(x, y).validation().orElseThrow();
    try (Team team = new Team(1)) {
      Validator validator = new Validator(store, inference, validation, 1, Loss.MSE);
      for (Executable call : List.<Executable>of(
          () -> inference.predict(1, x.data(), new float[1]), () -> inference.evaluate(x, y, Loss.MSE),
          () -> inference.evaluate(x, loss -> y), () -> inference.classify(x), () -> inference.forward(x), () -> validator.run(team))) {
        assertThrows(IllegalStateException.class, call);
      }
    }
    assertEquals(1, store.acquire().readers.get());
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
