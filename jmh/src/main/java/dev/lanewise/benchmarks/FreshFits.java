package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast fits are that begin with their JVM, as a program's do: kernels are compiled beside the fit, by what C2 has seen until then,
 * and another time, with more or less of it, may become other code. Each workload trains in some fresh JVMs; what counts are its steps in
 * the second half of the time. JMH's figures are of kernels that were compiled with nothing beside them.
 */
public final class FreshFits {

  /** Steps that take longer in one JVM than this many times what they take in another are not the machine's noise. */
  private static final double SLOWEST = 1.15;

  /** Batches of other sizes, since which tiles a product is by depends on them. */
  private static final List<Steps> ALL = List.of(
      Steps.of(Workload.A), Steps.of(Workload.B), new Steps(Workload.B, 24), new Steps(Workload.B, 32), new Steps(Workload.B, 256),
      Steps.of(Workload.B_EVERYTHING), Steps.of(Workload.C));

  private FreshFits() {}

  /**
   * What a fit does again and again.
   *
   * @param batchSize that of the workload, or another
   */
  record Steps(Workload workload, int batchSize) {

    static Steps of(Workload workload) {
      return new Steps(workload, workload.batchSize());
    }

    @Override
    public String toString() {
      return batchSize == workload.batchSize() ? workload.name() : workload.name() + " in batches of " + batchSize;
    }

    double gigaflops(double micros) {
      return 1e-3 * workload.flopPerRow() * batchSize / micros;
    }
  }

  /**
   * Measures and prints: {@code short} in 3 JVMs of 8 s for each workload, {@code full} in 10 of 12 s. With a workload, the rows of a batch
   * and seconds it is one of those JVMs.
   */
  public static void main(String... args) {
    if (args.length == 3) {
      Steps steps = new Steps(Workload.valueOf(args[0]), Integer.parseInt(args[1]));
      System.out.println(microsOfAStep(steps, Double.parseDouble(args[2])));
      return;
    }
    boolean isShort = args.length == 1 && args[0].equals("short");
    System.out.print(table(isShort ? measure(3, 8) : measure(10, 12)));
  }

  /** Of so many JVMs for each workload, in turns. */
  private static Map<Steps, List<Double>> measure(int jvms, int seconds) {
    Map<Steps, List<Double>> micros = new LinkedHashMap<>();
    for (int i = 0; i < jvms; i++) {
      for (Steps steps : ALL) {
        List<String> lines = Processes.output(
            Processes.java(
                List.of("-Xms1g"), FreshFits.class, steps.workload().name(), Integer.toString(steps.batchSize()),
                Integer.toString(seconds)));
        micros.computeIfAbsent(steps, key -> new ArrayList<>()).add(Double.valueOf(lines.getLast()));
      }
    }
    return micros;
  }

  /**
   * Trains for so long on one thread, and returns the median microseconds of a whole step over the epochs that ended in the second half.
   *
   * @throws IllegalStateException if none did
   */
  static double microsOfAStep(Steps steps, double seconds) {
    Workload workload = steps.workload();
    History history = workload.network().fit(
        workload.source(),
        workload.fit().batchSize(steps.batchSize()).epochs(1_000_000).timeLimit(Duration.ofMillis(Math.round(seconds * 1e3))));
    List<Double> late = new ArrayList<>();
    double passed = 0;
    List<Epoch> whole = history.epochs().subList(0, Math.max(0, history.epochs().size() - 1)); // the time may end in the last one
    for (Epoch epoch : whole) {
      passed += epoch.seconds();
      if (passed >= seconds / 2) {
        late.add(steps.batchSize() / epoch.samplesPerSecond() * 1e6);
      }
    }
    if (late.isEmpty()) {
      throw new IllegalStateException(seconds + " seconds are too few for whole epochs of " + steps);
    }
    return Results.median(late);
  }

  /** A line for each workload, and which have a JVM that was slower than it should be. */
  static String table(Map<Steps, List<Double>> micros) {
    Markdown out = new Markdown();
    out.head("fit in fresh JVMs", "JVMs", "median µs/step", "GFLOP/s", "slowest / fastest");
    List<String> broken = new ArrayList<>();
    micros.forEach((steps, each) -> {
      double slowest = Collections.max(each) / Collections.min(each);
      double median = Results.median(each);
      out.cells(
          steps.toString(), Integer.toString(each.size()), fixed(median, 1), fixed(steps.gigaflops(median), 1), fixed(slowest, 2));
      if (slowest > SLOWEST) {
        broken.add(steps.toString());
      }
    });
    out.line("");
    out.line("None is slower than " + SLOWEST + " times the fastest: "
        + (broken.isEmpty() ? "all keep to it." : "not so " + String.join("; ", broken) + "."));
    return out.toString();
  }
}
