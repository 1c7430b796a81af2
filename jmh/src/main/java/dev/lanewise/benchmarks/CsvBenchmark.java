package dev.lanewise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.Csv;
import dev.lanewise.data.CsvSource;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A numeric CSV file of some 64 MB, which the system has in memory, read into a table and into a dataset; and by FastCSV and
 * {@code Float.parseFloat} into an array, as a yardstick. One thread; the counter {@code megabytes} is in millions of bytes a
 * second. {@code processorSeconds} are those of the whole process, its garbage collector among it: where others use the
 * machine as well, the quotient of the two says more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class CsvBenchmark {

  /** What is in the file. */
  public enum Numbers {
    /** 785 columns of a label and pixels from 0 to 255, half of them 0: 1 to 3 digits a field. */
    PIXELS(785, 30_000) {
      @Override
      String next(SplittableRandom random) {
        return Integer.toString(random.nextBoolean() ? 0 : random.nextInt(256));
      }
    },
    /** 100 columns with 8 significant digits, as {@code -1.2345678}. */
    DIGITS_8(100, 62_000) {
      @Override
      String next(SplittableRandom random) {
        return String.format(Locale.ROOT, "%.7f", random.nextDouble(1, 10) * (random.nextBoolean() ? 1 : -1));
      }
    },
    /** 100 columns of doubles as Java and Python write them, most with 16 or 17 digits. */
    DIGITS_17(100, 33_000) {
      @Override
      String next(SplittableRandom random) {
        return Double.toString(random.nextDouble());
      }
    },
    /** 5 columns with 2 digits, as {@code 5.1}. */
    DIGITS_2(5, 3_200_000) {
      @Override
      String next(SplittableRandom random) {
        return (char) ('0' + random.nextInt(10)) + "." + (char) ('0' + random.nextInt(10));
      }
    };

    private final int columns;
    private final int rows;

    Numbers(int columns, int rows) {
      this.columns = columns;
      this.rows = rows;
    }

    abstract String next(SplittableRandom random);
  }

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What was read and what it took, for JMH to show as rates. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Read {
    public double megabytes;
    public double processorSeconds;
    private long before;

    @Setup(Level.Iteration)
    public void begin() {
      megabytes = 0;
      before = SYSTEM.getProcessCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
      processorSeconds = (SYSTEM.getProcessCpuTime() - before) * 1e-9;
    }
  }

  @Param
  public Numbers numbers;

  /** The part of the rows that are written. */
  double part = 1;

  private Path file;
  private double megabytes;
  private int rows;
  private float[] expected;

  /** What was read last: a table, a dataset or the numbers row by row. */
  Object result;

  @Setup
  public void write() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    rows = (int) (part * numbers.rows);
    expected = new float[rows * numbers.columns];
    file = Files.createTempFile("lanewise", ".csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i < expected.length; i++) {
        String text = numbers.next(random);
        expected[i] = Float.parseFloat(text);
        writer.append(text).append((i + 1) % numbers.columns == 0 ? '\n' : ',');
      }
    }
    megabytes = Files.size(file) * 1e-6;
  }

  @Benchmark
  public Object table(Read read) throws IOException {
    read.megabytes += megabytes;
    result = Csv.of(file).withoutHeader().read();
    return result;
  }

  @Benchmark
  public Object dataset(Read read) throws IOException {
    read.megabytes += megabytes;
    result = CsvSource.regression(Csv.of(file).withoutHeader(), 1, "0").dataset();
    return result;
  }

  @Benchmark
  public Object fastCsv(Read read) throws IOException {
    read.megabytes += megabytes;
    float[] values = new float[rows * numbers.columns];
    int at = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file, StandardCharsets.UTF_8)) {
      for (CsvRecord row : reader) {
        for (int j = 0; j < row.getFieldCount(); j++) {
          values[at++] = Float.parseFloat(row.getField(j));
        }
      }
    }
    result = values;
    return result;
  }

  /** The numbers are those that were written, to the bit. */
  @TearDown
  public void check() throws IOException {
    Files.deleteIfExists(file);
    float[] actual = switch (result) {
      case Table table -> table.toMatrix().data();
      case Dataset dataset -> withTarget(dataset);
      default -> (float[]) result;
    };
    Floats.requireSameBits(expected.length, expected, 0, actual, 0);
  }

  /** Row by row, the target first. */
  private float[] withTarget(Dataset dataset) {
    int columns = numbers.columns;
    float[] values = new float[dataset.rows() * columns];
    for (int i = 0; i < dataset.rows(); i++) {
      values[i * columns] = dataset.y().get(i, 0);
      System.arraycopy(dataset.x().data(), i * dataset.inputs(), values, i * columns + 1, dataset.inputs());
    }
    return values;
  }
}
