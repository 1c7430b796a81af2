package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.JavaProcess;
import dev.lanewise.Network;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of many times the heap are trained on. */
@Tag("process")
class SmallHeapTest {

  private static final int INPUTS = 500;
  private static final int ROWS = 100_000;

  @Test
  void streamsTwoHundredMegabytesInThirtyTwo() throws Exception {
    JavaProcess process = JavaProcess.run(List.of("-Xmx32m"), Streams.class.getName());
    assertEquals("trained on 100000 rows\n", process.out(), process::err);
    assertEquals(0, process.exit());
  }

  /** Written as text these are 50 MB, and as floats 40. */
  @Test
  void streamsAFileLargerThanTheHeap(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("large.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("label");
      for (int j = 0; j < INPUTS; j++) {
        writer.write(",x" + j);
      }
      writer.write("\n");
      for (int i = 0; i < ROWS / 5; i++) {
        writer.write((i % 2 == 0 ? "a" : "b") + (i % 2 == 0 ? ",1.25" : ",0.75").repeat(INPUTS) + "\n");
      }
    }
    JavaProcess process = JavaProcess.run(List.of("-Xmx32m"), Streams.class.getName(), file.toString());
    assertEquals("trained on 20000 rows\n", process.out(), process::err);
    assertEquals(0, process.exit());
  }

  /** By its first rows, which are short, the file would have 290,000, and a table of them 47 MB. */
  @Test
  void makesNoRoomForRowsThatNeverCome(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("late.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("x0" + IntStream.range(1, 40).mapToObj(j -> ",x" + j).collect(Collectors.joining()) + "\n");
      for (int i = 0; i < ROWS / 5; i++) {
        writer.write((i < 200 ? ",".repeat(39) : "0.123456789012" + ",0.123456789012".repeat(39)) + "\n");
      }
    }
    JavaProcess process = JavaProcess.run(List.of("-Xmx32m"), Reads.class.getName(), file.toString());
    assertEquals("read 20000 rows\n", process.out(), process::err);
    assertEquals(0, process.exit());
  }

  /** Reads the file that the argument names. */
  static final class Reads {
    public static void main(String[] args) throws IOException {
      System.out.println("read " + Csv.of(Path.of(args[0])).read().rows() + " rows");
    }
  }

  /** Trains on the file that the argument names, or on rows it makes. */
  static final class Streams {
    public static void main(String[] args) throws IOException {
      Source source =
          args.length == 0
              ? StreamSource.of(INPUTS, 2, ROWS, 2000, epoch -> new Rows())
              : CsvSource.classification(Csv.of(Path.of(args[0])), "label", 2000);
      Network network = Network.of(1, new int[] {INPUTS, 4, 2}, Activation.RELU, Activation.SOFTMAX);
      Epoch epoch = network.fit(source, Fit.with(Loss.CROSS_ENTROPY).epochs(1).batchSize(100)).last();
      System.out.println("trained on " + Math.round(epoch.samplesPerSecond() * epoch.seconds()) + " rows");
    }
  }

  private static final class Rows implements RowReader {
    private int next;

    @Override
    public boolean read(Source.Batch into, int row) {
      if (next == ROWS) {
        return false;
      }
      for (int j = 0; j < INPUTS; j++) {
        into.x()[row * INPUTS + j] = (next * 31 + j) % 17 / 17f;
      }
      into.setLabel(row, next++ % 2);
      return true;
    }
  }
}
