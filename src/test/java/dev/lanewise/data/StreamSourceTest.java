package dev.lanewise.data;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Network;
import dev.lanewise.TestData;
import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import dev.lanewise.train.Source.Batch;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamSourceTest {

  /** Rows i = 0, 1, … with inputs i and −i, label i mod 3 and weight 1 + i mod 2. */
  private static final class Counting implements RowReader {
    private final int rows;
    private int next;
    private int closed;

    Counting(int rows) {
      this.rows = rows;
    }

    @Override
    public boolean read(Batch into, int row) {
      if (next == rows) {
        return false;
      }
      into.x()[2 * row] = next;
      into.x()[2 * row + 1] = -next;
      into.setLabel(row, next % 3);
      if (next % 2 == 1) {
        into.setWeight(row, 2);
      }
      next++;
      return true;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** The rows of an epoch in the order they come, each found whole; batch sizes vary. */
  private static List<Integer> epoch(Source source, long epoch, boolean shuffle, long seed) {
    source.begin(epoch, shuffle, seed);
    List<Integer> rows = new ArrayList<>();
    Batch batch = new Batch(7, 2, 3);
    for (int filled = source.fill(batch); filled > 0; filled = source.fill(batch)) {
      for (int i = 0; i < filled; i++) {
        int row = (int) batch.x()[2 * i];
        assertEquals(-row, batch.x()[2 * i + 1]);
        for (int c = 0; c < 3; c++) {
          assertEquals(c == row % 3 ? 1 : 0, batch.y()[3 * i + c]);
        }
        assertEquals(1 + row % 2, batch.weights() == null ? 1 : batch.weights()[i]);
        rows.add(row);
      }
      assertTrue(filled == 7 || source.fill(batch) == 0, "only the last batch is short");
      batch.clearWeights();
    }
    return rows;
  }

  /** Written with a list: draw one of those waiting, and the next row takes its place; at the end, the last one does. */
  private static List<Integer> expected(int rows, int window, long epoch, long seed) {
    CounterRandom random = new CounterRandom(seed, Stream.ORDER, epoch);
    ArrayDeque<Integer> coming = new ArrayDeque<>(IntStream.range(0, rows).boxed().toList());
    List<Integer> waiting = new ArrayList<>();
    while (waiting.size() < window && !coming.isEmpty()) {
      waiting.add(coming.poll());
    }
    List<Integer> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      int drawn = random.nextInt(waiting.size());
      order.add(waiting.get(drawn));
      if (coming.isEmpty()) {
        waiting.set(drawn, waiting.getLast());
        waiting.removeLast();
      } else {
        waiting.set(drawn, coming.poll());
      }
    }
    return order;
  }

  @ParameterizedTest
  @CsvSource({"100, 10", "100, 2", "100, 100", "100, 99", "100, 5000", "1, 1", "1, 8", "7, 3", "1000, 1", "0, 4"})
  void givesEachRowOnceInTheOrderOfItsWindow(int rows, int window) {
    Source source = StreamSource.of(2, 3, rows, window, epoch -> new Counting(rows));
    for (long epoch = 0; epoch < 3; epoch++) {
      List<Integer> order = epoch(source, epoch, true, 5);
      List<Integer> expected = window == 1 ? IntStream.range(0, rows).boxed().toList() : expected(rows, window, epoch, 5);
      assertEquals(expected, order);
      assertEquals(rows, order.stream().distinct().count());
      for (int at = 0; at < rows; at++) {
        assertTrue(at > order.get(at) - window, "a row comes at most window - 1 places early");
      }
    }
    assertEquals(IntStream.range(0, rows).boxed().toList(), epoch(source, 3, false, 5));
  }

  @Test
  void dependsOnTheSeedAndTheEpochAlone() {
    Source source = StreamSource.of(2, 3, 20, epoch -> new Counting(100));
    List<Integer> order = epoch(source, 4, true, 5);
    assertNotEquals(order, epoch(source, 5, true, 5));
    assertNotEquals(order, epoch(source, 4, true, 6));
    assertEquals(order, epoch(source, 4, true, 5));
    assertEquals(order, epoch(StreamSource.of(2, 3, 20, epoch -> new Counting(100)), 4, true, 5));
    assertEquals(-1, source.rows());
  }

  /** The network that a source in memory trains, to the bit, when both give the same order. */
  @Test
  void trainsAsFromMemory() {
    Matrix x = TestData.normal(1, 200, 4);
    int[] labels = TestData.labels(2, 200, 3);
    RowReader.Opener opener = epoch -> new RowReader() {
      private int next;

      @Override
      public boolean read(Batch into, int row) {
        if (next == 200) {
          return false;
        }
        System.arraycopy(x.data(), 4 * next, into.x(), 4 * row, 4);
        into.setLabel(row, labels[next++]);
        return true;
      }
    };
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(5);
    List<List<Matrix>> trained = new ArrayList<>();
    for (Source source : List.of(
        Source.of(x, labels, 3), StreamSource.of(4, 3, 200, 50, opener), StreamSource.of(4, 3, 50, opener))) {
      Network network = Network.of(1, new int[] {4, 8, 3}, Activation.RELU, Activation.SOFTMAX);
      network.fit(source, fit.shuffle(false));
      trained.add(TestData.parameters(network));
    }
    assertEquals(trained.get(0), trained.get(1));
    assertEquals(trained.get(0), trained.get(2));
  }

  @Test
  void closesWhatItReads() {
    List<Counting> opened = new ArrayList<>();
    StreamSource source = StreamSource.of(2, 3, 4, epoch -> {
      opened.add(new Counting(10));
      return opened.getLast();
    });
    epoch(source, 0, true, 1);
    epoch(source, 1, false, 1);
    source.begin(2, true, 1);
    assertEquals(List.of(1, 1, 0), opened.stream().map(reader -> reader.closed).toList());
    source.begin(3, true, 1);
    source.close();
    source.close();
    assertEquals(List.of(1, 1, 1, 1), opened.stream().map(reader -> reader.closed).toList());
    assertEquals(4, source.window());
  }

  /** As a fit does that ends by its time: what waits in the window is of no use to the next epoch, which reads all rows again. */
  @Test
  void forgetsTheRowsOfAnEpochThatWasCutShort() {
    Source source = StreamSource.of(2, 3, 4, epoch -> new Counting(10));
    source.begin(0, true, 1);
    assertEquals(3, source.fill(new Batch(3, 2, 3)));
    assertEquals(expected(10, 4, 1, 1), epoch(source, 1, true, 1));
  }

  @Test
  void handsOnWhatReadingThrows() {
    IOException broken = new IOException("the line is dead");
    Source opens = StreamSource.of(2, 3, 4, epoch -> {
      throw broken;
    });
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> opens.begin(0, true, 1));
    assertEquals("the rows to train on cannot be read: the line is dead", e.getMessage());
    assertSame(broken, e.getCause());
    Source reads = StreamSource.of(2, 3, 1, epoch -> (into, row) -> {
      throw broken;
    });
    reads.begin(0, true, 1);
    assertSame(broken, assertThrows(UncheckedIOException.class, () -> reads.fill(new Batch(1, 2, 3))).getCause());
  }

  /** Whatever is thrown, and whenever: while the window is filled, or after that. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0, 4", "5, 4", "5, 1"})
  void closesWhatCannotBeReadAnyFurther(int good, int window) {
    for (Throwable broken : List.of(new IOException("x"), new DataException("x"), new OutOfMemoryError("x"))) {
      int[] closed = {0};
      StreamSource source = StreamSource.of(2, 3, window, epoch -> new RowReader() {
        private int next;

        @Override
        public boolean read(Batch into, int row) throws IOException {
          if (next++ < good) {
            return true;
          }
          switch (broken) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new OutOfMemoryError("x");
          }
        }

        @Override
        public void close() throws IOException {
          closed[0]++;
          throw new IOException("nor closed");
        }
      });
      Throwable thrown = assertThrows(Throwable.class, () -> {
        source.begin(0, true, 1);
        source.fill(new Batch(10, 2, 3));
      });
      assertEquals(1, closed[0], thrown.toString());
      Throwable told = thrown.getCause() == null ? thrown : thrown.getCause();
      assertEquals(broken.getClass(), told.getClass());
      assertEquals(1, told.getSuppressed().length);
    }
  }

  /** The message of several exceptions is nothing but the name of a file. */
  @Test
  void saysWhyRowsCannotBeRead() {
    String sentence = "the rows to train on cannot be read: ";
    assertEquals(sentence + "a.csv: it does not exist", told(new NoSuchFileException("a.csv")));
    assertEquals(sentence + "a.csv: access is denied", told(new AccessDeniedException("a.csv")));
    assertEquals(sentence + "a.csv: it is a directory", told(new FileSystemException("a.csv", null, "it is a directory")));
    assertEquals(sentence + "a.csv", told(new FileSystemException("a.csv")));
    assertEquals(sentence + "a.csv (No such file or directory)", told(new FileNotFoundException("a.csv (No such file or directory)")));
    assertEquals(sentence + "it ends too early", told(new EOFException()));
  }

  private static String told(IOException e) {
    StreamSource source = StreamSource.of(2, 3, 4, epoch -> {
      throw e;
    });
    return assertThrows(UncheckedIOException.class, () -> source.begin(0, true, 1)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({"11, 10, true", "11, 10, false", "10, 15, true", "10, 15, false", "0, 1, true"})
  void refusesAnotherNumberOfRows(int said, int came, boolean shuffle) {
    Source source = StreamSource.of(2, 3, said, 4, epoch -> new Counting(came));
    assertEquals(
        "the source was said to have " + said + " rows, but " + (came > said ? "gives more" : came + " came"),
        assertThrows(IllegalArgumentException.class, () -> epoch(source, 0, shuffle, 1)).getMessage());
  }

  @Test
  void refusesSizesThatAreNone() {
    RowReader.Opener none = epoch -> (into, row) -> false;
    assertRefused("inputs must be positive, but is 0", () -> StreamSource.of(0, 1, 1, 1, none));
    assertRefused("outputs must be positive, but is -1", () -> StreamSource.of(1, -1, 1, 1, none));
    assertRefused("window must be positive, but is 0", () -> StreamSource.of(1, 1, 1, 0, none));
    assertRefused("rows must be known, or -1, but are -2", () -> StreamSource.of(1, 1, -2, 1, none));
    assertEquals(
        "a window of 1000000 rows of 10000 values fits in no array: make it smaller",
        assertThrows(
            IllegalArgumentException.class, () -> StreamSource.of(10_000, 1, 1_000_000, none)).getMessage());
  }

  /** Once compiled, an epoch of any length costs its opener's reader and no other byte. */
  @Test
  @Timeout(60)
  void allocatesNothingForARow() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Source source = StreamSource.of(2, 3, 100, epoch -> new Counting((int) epoch));
    Batch batch = new Batch(32, 2, 3);
    long longer;
    long shorter;
    do {
      shorter = bytes(threads, source, batch, 1000);
      longer = bytes(threads, source, batch, 50_000);
    } while (longer != shorter);
    assertFalse(shorter > 1000, () -> "an epoch allocates");
  }

  private static long bytes(ThreadMXBean threads, Source source, Batch batch, int rows) {
    long before = threads.getCurrentThreadAllocatedBytes();
    source.begin(rows, true, 1);
    int read = 0;
    for (int filled = source.fill(batch); filled > 0; filled = source.fill(batch)) {
      read += filled;
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(rows, read);
    return bytes;
  }
}
