package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.benchmarks.PeerSteps.Figures;
import dev.lanewise.benchmarks.PeerSteps.Row;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Epoch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerStepsBenchmarkTest {

  @Test
  void ourProcessTrainsWhatTheOthersAreGiven(@TempDir Path directory) throws IOException {
    Workload step = Workload.A;
    PeerSteps.write(step, directory);
    Matrix x = step.x(step.rowsOfWholeBatches());
    assertEquals(19_995, x.rows());
    assertArrayEquals(x.data(), floats(directory.resolve("x.f32")));
    assertArrayEquals(step.network().layers().get(1).weights().data(), floats(directory.resolve("weights-1.f32")));
    ByteBuffer labels = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("labels.i32"))).order(ByteOrder.LITTLE_ENDIAN);
    int[] expected = step.labels(x);
    for (int label : expected) {
      assertEquals(label, labels.getInt());
    }

    Figures figures = PeerSteps.train(step, 1, 2, 0, 0);

    List<Epoch> epochs = step.network().fit(x, expected, step.fit().learningRate(0.1).epochs(2)).epochs();
    assertEquals(epochs.getFirst().loss(), figures.firstLoss());
    assertEquals(epochs.getLast().loss(), figures.loss());
    PeerSteps.requireFall("Lanewise", figures);
    assertTrue(figures.samplesPerSecond() > 0, figures.toString());
  }

  @Test
  void tableHasTheRatioToTheFastestOtherOnAsManyThreadsOrFewer() {
    assertEquals("""
        | step | threads | Lanewise | one | another | Lanewise / best other |
        | -- | --: | --: | --: | --: | --: |
        | B | 2 | 300 | 100 | 200 | 1.50 |
        """, PeerSteps.table(List.of("Lanewise", "one", "another"), List.of(new Row(Workload.B, 2, List.of(300.0, 100.0, 200.0)))));
    assertEquals("""
        | step | threads | Lanewise | one | another | Lanewise / best other |
        | -- | --: | --: | --: | --: | --: |
        | C | 1 | 300 | – | 200 | 1.50 |
        """, PeerSteps.table(
            List.of("Lanewise", "one", "another"), List.of(new Row(Workload.C, 1, List.of(300.0, Double.NaN, 200.0)))));
    assertEquals("""
        | step | threads | Lanewise | one | another | Lanewise / best other |
        | -- | --: | --: | --: | --: | --: |
        | A | 1 | 300 | 900 | 900 | 0.33 |
        | B | 1 | 300 | 100 | 200 | 1.50 |
        | B | 2 | 500 | 150 | 100 | 2.50 |
        """, PeerSteps.table(
            List.of("Lanewise", "one", "another"),
            List.of(
                new Row(Workload.A, 1, List.of(300.0, 900.0, 900.0)), new Row(Workload.B, 1, List.of(300.0, 100.0, 200.0)),
                new Row(Workload.B, 2, List.of(500.0, 150.0, 100.0)))));
    assertEquals("""
        | step | threads | Lanewise | Lanewise / best other |
        | -- | --: | --: | --: |
        | A | 1 | 300 | – |
        """, PeerSteps.table(List.of("Lanewise"), List.of(new Row(Workload.A, 1, List.of(300.0)))));
  }

  @Test
  void figuresAreTheLastLineOfAProcess() {
    assertEquals(new Figures(12.5, 0.5, 0.25), Figures.parse(List.of("PyTorch 2.6.0", "12.5 0.5 0.25")));
    assertThrows(IllegalStateException.class, () -> Figures.parse(List.of()));
    assertThrows(IllegalStateException.class, () -> Figures.parse(List.of("PyTorch 2.6.0", "12.5 0.5")));
  }

  @Test
  void anotherTrainingIsRefused() {
    PeerSteps.requireCloseLosses("another", 1.0, 1.015);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> PeerSteps.requireCloseLosses("another", 1.0, 1.03));
    assertEquals("the losses are 1.0 and, of another, 1.03: that is not the same training", e.getMessage());
    assertThrows(IllegalStateException.class, () -> PeerSteps.requireCloseLosses("another", 1.0, Double.NaN));
    PeerSteps.requireFall("another", new Figures(1, 1.0, 0.95));
    assertThrows(IllegalStateException.class, () -> PeerSteps.requireFall("another", new Figures(1, 1.0, 0.97)));
    assertThrows(IllegalStateException.class, () -> PeerSteps.requireFall("another", new Figures(1, 1.0, Double.NaN)));
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }
}
