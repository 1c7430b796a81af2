package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Gather;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MeasuredSourceBenchmarkTest {

  private static final int BYTES = 1 << 20;

  private byte[] allocated;

  @Test
  void countsWhatTheThreadsOfTheFitAllocate() throws InterruptedException, ExecutionException {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      other.submit(this::allocate).get();
      MeasuredSource source = MeasuredSource.of(Source.of(Matrix.zeros(10, 3), Matrix.zeros(10, 2)));
      try (ExecutorService ofTheFit = Executors.newSingleThreadExecutor()) {
        ofTheFit.submit(this::allocate).get();
        source.begin(0, false, 0);
        assertEquals(4, ((Gather) source).advance(4));
        other.submit(this::allocate).get();
        ofTheFit.submit(this::allocate).get();
        allocate();
        while (((Gather) source).advance(4) > 0) {
          // to the end of the epoch
        }
      }

      assertEquals(3, source.steps());
      assertEquals(10, source.samples());
      assertTrue(source.bytes() >= 2 * BYTES && source.bytes() < 3 * BYTES, () -> source.bytes() + " bytes");
    }
  }

  private void allocate() {
    allocated = new byte[BYTES];
    assertEquals(0, allocated[0]);
  }
}
