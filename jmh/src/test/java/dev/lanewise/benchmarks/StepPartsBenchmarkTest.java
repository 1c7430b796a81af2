package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.kernel.Panels;
import dev.lanewise.kernel.ScalarKernels;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepPartsBenchmarkTest {

  private static final int[] WIDTHS = {5, 512, 17, 3};
  private static final int BATCH = 6;

  /** The parts together are the step of a fit: the same network learns the same from them. */
  @Test
  void partsAreThoseOfAStep() {
    StepParts parts = new StepParts(WIDTHS, BATCH, BATCH, ScalarKernels.INSTANCE);
    Network network = Network.of(1, WIDTHS, Activation.RELU, Activation.RELU, Activation.SOFTMAX);
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      layer.setParameter("weight", Matrix.of(WIDTHS[l], WIDTHS[l + 1], weights(parts, l)));
      layer.setParameter("bias", Matrix.zeros(1, WIDTHS[l + 1]));
    }
    int[] labels = IntStream.range(0, BATCH).map(i -> i % 3).toArray();
    network.fit(
        Matrix.of(BATCH, WIDTHS[0], parts.rows()), labels,
        Fit.with(Loss.CROSS_ENTROPY).learningRate(StepParts.STEP).batchSize(BATCH).epochs(1).shuffle(false));
    parts.step();
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      assertArrayEquals(layer.weights().data(), weights(parts, l), "weights of layer " + l);
      assertArrayEquals(
          layer.parameters().get("bias").data(), Arrays.copyOf(parts.biases()[l], WIDTHS[l + 1]), "bias of layer " + l);
    }
  }

  private static float[] weights(StepParts parts, int l) {
    int k = WIDTHS[l];
    int n = WIDTHS[l + 1];
    float[] weights = new float[k * n];
    ScalarKernels.INSTANCE.unpack(k, n, 0, k, parts.weights()[l], weights, 0, n);
    return weights;
  }

  @Test
  void eachPartIsARow() {
    List<String> lines = StepParts.table(new int[] {16, 16, 10}, 4, 8, 0.001).lines().toList();
    assertEquals(2 + 11 + 1 + 2, lines.size(), lines.toString());
    assertTrue(lines.get(3).startsWith("| forwards 16 × 16 | "), lines.get(3));
    assertTrue(lines.getLast().startsWith("Medians of "), lines.getLast());
  }

  @Test
  void aWrongWeightIsSeen() {
    StepParts parts = new StepParts(WIDTHS, BATCH, BATCH, ScalarKernels.INSTANCE);
    parts.weights()[1][Panels.LEAD] += 0.01f;
    assertThrows(IllegalStateException.class, () -> parts.requireScalarBits(BATCH));
    new StepParts(WIDTHS, BATCH, BATCH, ScalarKernels.INSTANCE).requireScalarBits(BATCH);
  }

  @Test
  void batchIsNotMoreThanAllRows() {
    assertThrows(IllegalArgumentException.class, () -> new StepParts(WIDTHS, 7, 6, ScalarKernels.INSTANCE));
  }
}
