package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.Network;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.train.Fit;
import dev.lanewise.train.History;
import dev.lanewise.train.Source;
import java.util.Arrays;

/**
 * Steps of training through {@code Network.fit}, each timed by itself: on a machine that others use too, a mean says as much about them as
 * about the step. So the fastest tenth, half and mean of all steps stand beside the same of the peak's loop, a millisecond of it at a time
 * right before each fit: like with like.
 *
 * <p>A step lasts from asking for its batch to asking for the next. What an epoch has besides, shuffling and publishing what was learnt, is
 * in {@link TrainingStepBenchmark} and not here. Asking for the time takes some 25 ns a step.
 */
public final class StepTimes {

  private static final int PEAKS = 40;
  private static final int PEAK_CALLS = 600;

  /** More steps are not looked at. */
  private static final int MOST = 1 << 23;

  private StepTimes() {}

  /**
   * How durations are spread, in nanoseconds.
   *
   * @param tenth the longest of the shortest tenth
   */
  record Spread(double tenth, double median, double mean) {

    static Spread of(double[] durations, int count) {
      if (count == 0) {
        throw new IllegalArgumentException("nothing was timed");
      }
      double[] sorted = Arrays.copyOf(durations, count);
      Arrays.sort(sorted);
      return new Spread(sorted[(count - 1) / 10], sorted[(count - 1) / 2], Arrays.stream(sorted).sum() / count);
    }
  }

  /** When batches were asked for: of those within an epoch, how long after one another. */
  static final class Clock {

    final double[] nanos;
    int count;
    private boolean runs;
    private long last;

    Clock(int most) {
      nanos = new double[most];
    }

    /** Before the first batch of an epoch. */
    void pause() {
      runs = false;
    }

    void tick() {
      tick(System.nanoTime());
    }

    void tick(long now) {
      if (runs && count < nanos.length) {
        nanos[count++] = now - last;
      }
      runs = true;
      last = now;
    }
  }

  /**
   * Measures and prints.
   *
   * @param args seconds of each step
   */
  public static void main(String... args) {
    if (args.length != 1) {
      System.err.println("say for how many seconds to measure each step, as in 10");
      System.exit(2);
    }
    System.out.print(table(Double.parseDouble(args[0]), Workload.A, Workload.B, Workload.B_RESIDENT, Workload.C));
  }

  static String table(double seconds, Workload... workloads) {
    LibraryKernels.await();
    Markdown table = new Markdown();
    table.head(
        "step", "threads", "µs: tenth", "half", "mean", "samples/s: tenth", "half", "mean", "of the peak: tenth", "half", "mean");
    for (Workload workload : workloads) {
      for (int threads = 1; threads <= (workload.isDivided() ? 2 : 1); threads++) {
        measure(table, workload, threads, seconds);
      }
    }
    return table + "\nA tenth of all steps took at most, half of them at most, and their mean. Shares are of one thread's peak, its fastest "
        + "tenth, half\nand mean of milliseconds.\n";
  }

  private static void measure(Markdown table, Workload workload, int threads, double seconds) {
    Source rows = workload.source();
    Fit fit = workload.fit().threads(threads);
    PeakBenchmark peak = new PeakBenchmark();
    peak.setUp();
    Network warm = workload.network();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < seconds * 1e9 / 4) {
      var _ = warm.fit(rows, fit);
    }
    double[] peaks = new double[1 << 16];
    int measured = 0;
    Clock clock = new Clock(MOST);
    begin = System.nanoTime();
    while (measured == 0
        || (System.nanoTime() - begin < seconds * 1e9 && measured + PEAKS <= peaks.length && clock.count < MOST)) {
      for (int i = 0; i < PEAKS; i++) {
        peaks[measured++] = peak.nanosAFlop(PEAK_CALLS);
      }
      History history = workload.network().fit(MeasuredSource.of(rows, clock), fit);
      if (!(history.last().loss() < history.epochs().getFirst().loss()) || history.threads() != threads) {
        throw new IllegalStateException("the loss does not fall, or on another number of threads than the table says: " + history);
      }
    }
    Spread steps = Spread.of(clock.nanos, clock.count);
    Spread flops = Spread.of(peaks, measured);
    table.cells(
        workload.name(), Integer.toString(threads),
        micros(steps.tenth()), micros(steps.median()), micros(steps.mean()),
        samples(workload, steps.tenth()), samples(workload, steps.median()), samples(workload, steps.mean()),
        share(workload, flops.tenth(), steps.tenth()), share(workload, flops.median(), steps.median()),
        share(workload, flops.mean(), steps.mean()));
  }

  private static String micros(double nanos) {
    return fixed(nanos * 1e-3, nanos < 1e5 ? 2 : 1);
  }

  private static String samples(Workload workload, double nanos) {
    return fixed(workload.batchSize() / nanos * 1e9, 0);
  }

  private static String share(Workload workload, double nanosAFlop, double nanos) {
    return fixed(100 * workload.flopPerRow() * workload.batchSize() * nanosAFlop / nanos, 1) + " %";
  }
}
