package dev.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import java.util.List;
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
}
