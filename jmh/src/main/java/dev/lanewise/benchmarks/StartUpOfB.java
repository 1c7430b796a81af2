package dev.lanewise.benchmarks;

import dev.lanewise.Network;
import dev.lanewise.kernel.Gather;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * What {@link StartUp} starts: trains 784-256-128-10, plain or with parts that an argument names, in batches of 128, shuffled within
 * 60,000 rows in memory, for ten seconds from the start of the JVM and a little, and prints after how many milliseconds it first was at 90 % of the
 * speed of seconds 5 to 10, and that speed in samples a second.
 *
 * <p>Making the rows counts, as reading them would. Speed is that of windows of 50 ms; the time is the end of the first
 * that was fast enough.
 */
public final class StartUpOfB {

  static final int WINDOW_MILLIS = 50;
  static final int FIRST_SECOND = 5;
  static final int LAST_SECOND = 10;

  private static final int ROWS = 60_000;
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int BATCH = 128;
  private static final long RUN_NANOS = 10_500_000_000L;

  /** What a network and its fit have besides, or instead. */
  enum With {
    NOTHING("nothing else"),
    ADAM("Adam"),
    MOMENTUM("momentum"),
    BATCH_NORMALIZATION("batch normalisation"),
    LEAKY_RELU("leaky ReLU"),
    SIGMOID("sigmoid"),
    GELU("GELU"),
    EVERYTHING("Adam, dropout, batch normalisation and clipping by norm");

    private final String words;

    With(String words) {
      this.words = words;
    }

    private Network network() {
      Activation activation = switch (this) {
        case LEAKY_RELU -> Activation.LEAKY_RELU;
        case SIGMOID -> Activation.SIGMOID;
        case GELU -> Activation.GELU;
        default -> Activation.RELU;
      };
      UnaryOperator<Dense> options = switch (this) {
        case BATCH_NORMALIZATION -> Dense::batchNorm;
        case EVERYTHING -> layer -> layer.batchNorm().dropout(0.2);
        default -> UnaryOperator.identity();
      };
      return Network.input(INPUTS).dense(256, activation, options).dense(128, activation, options)
          .dense(CLASSES, Activation.SOFTMAX).seed(1).build();
    }

    private Fit fit() {
      Fit plain = Fit.with(Loss.CROSS_ENTROPY).epochs(1_000_000).batchSize(BATCH);
      return switch (this) {
        case ADAM -> plain.optimizer(Optimizer.adam()).learningRate(0.001);
        case MOMENTUM -> plain.optimizer(Optimizer.momentum(0.9));
        case EVERYTHING -> plain.optimizer(Optimizer.adam()).learningRate(0.001).clipNorm(1);
        default -> plain;
      };
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private StartUpOfB() {}

  /** Trains and prints. */
  public static void main(String[] args) {
    long begin = System.nanoTime();
    With with = args.length == 0 ? With.NOTHING : With.valueOf(args[0]);
    Network network = with.network();
    float[] x = new float[ROWS * INPUTS];
    fill(x);
    int[] labels = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = i % CLASSES;
    }
    Watched source = new Watched(Source.of(Matrix.of(ROWS, INPUTS, x), labels, CLASSES), begin + RUN_NANOS);
    try {
      network.fit(source, with.fit());
    } catch (TimeIsOver e) {
      // This bean takes a while to load, so that it is asked only now.
      long ageMillis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      double[] speeds = source.speeds(System.nanoTime() - 1_000_000 * ageMillis);
      double usual = usual(speeds);
      System.out.println(millisToSpeed(speeds, 0.9 * usual) + " " + Math.round(usual));
    }
  }

  /** Numbers between 0 and 1 without a pattern that matters, in a loop that is quick from the start. */
  private static void fill(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = ((i * 0x9E3779B9) >>> 8) * 0x1p-24f;
    }
  }

  /** The median of seconds 5 to 10, in samples a second. */
  static double usual(double[] speeds) {
    return Results.median(
        Arrays.stream(speeds, FIRST_SECOND * 1000 / WINDOW_MILLIS, LAST_SECOND * 1000 / WINDOW_MILLIS));
  }

  /** The end of the first window that is as fast, in milliseconds. */
  static int millisToSpeed(double[] speeds, double speed) {
    int window = 0;
    while (speeds[window] < speed) {
      window++;
    }
    return (window + 1) * WINDOW_MILLIS;
  }

  /** Ends a fit. */
  private static final class TimeIsOver extends RuntimeException {}

  /** Rows from memory; notes when each batch is asked for, which is when the one before it is done. */
  static final class Watched implements Source, Gather {

    private final Source rows;
    private final long end;
    private final long[] times = new long[1 << 20];
    private final int[] samples = new int[1 << 20];
    private int batches;
    private int current;

    Watched(Source rows, long end) {
      this.rows = rows;
      this.end = end;
    }

    /** The speed of each window since that time, in samples a second. */
    double[] speeds(long begin) {
      double[] speeds = new double[LAST_SECOND * 1000 / WINDOW_MILLIS];
      for (int i = 0; i < batches; i++) {
        long window = (times[i] - begin) / (1_000_000L * WINDOW_MILLIS);
        if (window >= 0 && window < speeds.length) {
          speeds[(int) window] += samples[i] * 1000.0 / WINDOW_MILLIS;
        }
      }
      return speeds;
    }

    @Override
    public int inputs() {
      return rows.inputs();
    }

    @Override
    public int outputs() {
      return rows.outputs();
    }

    @Override
    public long rows() {
      return rows.rows();
    }

    @Override
    public void check() {
      rows.check();
    }

    @Override
    public void begin(long epoch, boolean shuffle, long seed) {
      rows.begin(epoch, shuffle, seed);
    }

    /** Not called: the trainer gathers. */
    @Override
    public int fill(Batch batch) {
      throw new UnsupportedOperationException("rows are gathered");
    }

    @Override
    public int advance(int capacity) {
      long now = System.nanoTime();
      if (current > 0) {
        times[batches] = now;
        samples[batches++] = current;
      }
      if (now > end) {
        throw new TimeIsOver();
      }
      current = ((Gather) rows).advance(capacity);
      return current;
    }

    @Override
    public void copyRows(int from, int to, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
      ((Gather) rows).copyRows(from, to, x, xAt, ldx, y, yAt, ldy);
    }
  }
}
