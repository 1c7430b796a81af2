package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Predictions that allocate nothing need no room in the heap, also when their network would like to move its weights. */
@Tag("process")
class FullHeapTest {

  @Test
  void predictsOnWhereTheHeapIsFull() throws Exception {
    JavaProcess process = JavaProcess.run(
        List.of("-Xmx48m", "-XX:+UseG1GC", "-Dlanewise.kernels=scalar"), Predictions.class.getName());
    assertEquals("5000 predictions\n", process.out(), process::err);
    assertEquals(0, process.exit());
  }

  /** Fills the heap but for some small objects, and predicts. */
  static final class Predictions {

    private static final int CALLS = 5000;
    private static final int BEFORE = 20;
    private static final int SMALL = 1 << 14;

    /** And its header more, for which G1 needs a whole one. */
    private static final int HALF_A_REGION = 1 << 19;

    public static void main(String[] args) {
      Network network = Network.of(1, new int[] {300, 100, 4}, Activation.RELU, Activation.SOFTMAX);
      float[] row = new float[300];
      float[] out = new float[4];
      for (int i = 0; i < BEFORE; i++) { // what the JDK makes when it is first called takes room
        network.predict(row, out);
      }
      List<byte[]> heap = new ArrayList<>(10_000);
      fill(heap, SMALL);
      for (int i = 0; i < 16; i++) {
        heap.removeLast();
      }
      fill(heap, HALF_A_REGION); // no room for another of those, but for what is small
      for (int i = BEFORE; i < CALLS; i++) {
        network.predict(row, out);
      }
      heap.clear();
      System.out.println(CALLS + " predictions");
    }

    private static void fill(List<byte[]> heap, int bytes) {
      try {
        while (true) {
          heap.add(new byte[bytes]);
        }
      } catch (OutOfMemoryError e) {
        // full, as it was to be
      }
    }
  }
}
