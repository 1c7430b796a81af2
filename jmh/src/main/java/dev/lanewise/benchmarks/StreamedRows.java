package dev.lanewise.benchmarks;

import dev.lanewise.Network;
import dev.lanewise.data.RowReader;
import dev.lanewise.data.StreamSource;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import dev.lanewise.train.Source.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * Training on rows that are made on the fly beside training on rows in memory, in one process and in turns: 784-256-128-10 by
 * batches of 128, shuffled, in memory all rows, streamed within a window of 8,192.
 *
 * <pre>
 *   java -Xmx256m --add-modules jdk.incubator.vector -cp target/benchmarks.jar dev.lanewise.benchmarks.StreamedRows 10000
 * </pre>
 */
public final class StreamedRows {

  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int WINDOW = 8_192;
  private static final int ROWS_IN_MEMORY = 20_000;
  private static final int TURNS = 10;
  private static final Fit FIT = Fit.with(Loss.CROSS_ENTROPY).learningRate(0.01).batchSize(128).epochs(1);

  private StreamedRows() {}

  /** Streams as many millions of bytes of inputs as the argument says, and prints the speeds of both. */
  public static void main(String... args) {
    LibraryKernels.await();
    System.out.println(measure(Long.parseLong(args[0]), ROWS_IN_MEMORY, WINDOW));
  }

  /** A line with both speeds: the median of ten epochs each. */
  static String measure(long megabytes, int rowsInMemory, int window) {
    Source memory = inMemory(rowsInMemory);
    long rows = megabytes * 1_000_000 / (INPUTS * Float.BYTES * TURNS);
    List<Rows> streams = new ArrayList<>();
    Source stream = StreamSource.of(INPUTS, CLASSES, rows, window, epoch -> {
      streams.add(new Rows(epoch, rows));
      return streams.getLast();
    });
    List<Double> memorySpeeds = new ArrayList<>();
    List<Double> streamSpeeds = new ArrayList<>();
    Network network =
        Network.input(INPUTS).dense(256, Activation.RELU).dense(128, Activation.RELU).dense(CLASSES, Activation.SOFTMAX)
            .seed(1).build();
    for (int turn = 0; turn < TURNS; turn++) {
      memorySpeeds.add(network.fit(memory, FIT).last().samplesPerSecond());
      streamSpeeds.add(network.fit(stream, FIT).last().samplesPerSecond());
    }
    long read = streams.stream().mapToLong(each -> each.next).sum();
    if (read != rows * TURNS) {
      throw new IllegalStateException(read + " rows were streamed, and not " + rows * TURNS);
    }
    double inMemory = Results.median(memorySpeeds);
    double streamed = Results.median(streamSpeeds);
    return "%d rows streamed, a heap of at most %d MB: %.0f samples a second in memory, %.0f streamed, %.2f of it".formatted(
        rows * TURNS, Runtime.getRuntime().maxMemory() >> 20, inMemory, streamed, streamed / inMemory);
  }

  private static Source inMemory(int rows) {
    Batch all = new Batch(rows, INPUTS, CLASSES);
    Rows reader = new Rows(0, rows);
    for (int i = 0; i < rows; i++) {
      reader.read(all, i);
    }
    return Source.of(Matrix.of(rows, INPUTS, all.x()), Matrix.of(rows, CLASSES, all.y()));
  }

  /** Rows of noise between 0 and 1, brighter where their class has its part of the columns. */
  private static final class Rows implements RowReader {
    private final long rows;
    private long next;
    private int state;

    Rows(long epoch, long rows) {
      this.rows = rows;
      this.state = (int) epoch;
    }

    @Override
    public boolean read(Batch into, int row) {
      if (next == rows) {
        return false;
      }
      next++;
      state = state * 0x2c9277b5 + 0x3504f333;
      int label = (state >>> 16) % CLASSES;
      float[] x = into.x();
      int from = row * INPUTS;
      for (int j = 0; j < INPUTS; j++) {
        x[from + j] = ((state * (2 * j + 1)) >>> 8) * 0x1p-24f;
      }
      for (int j = label; j < INPUTS; j += CLASSES) {
        x[from + j] += 0.1f;
      }
      into.setLabel(row, label);
      return true;
    }
  }
}
