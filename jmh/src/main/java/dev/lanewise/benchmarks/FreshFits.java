package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import dev.lanewise.train.Epoch;
import dev.lanewise.train.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast fits are that begin with their JVM, as a program's do: kernels are compiled beside the fit, by what C2 has seen until then,
 * and another time, with more or less of it, may become other code. Each workload trains in some fresh JVMs; what counts are its steps in
 * the second half of the time. JMH's figures are of kernels that were compiled with nothing beside them.
 */
public final class FreshFits {

  /** Steps that take longer in one JVM than this many times what they take in another are not the machine's noise. */
  private static final double SLOWEST = 1.15;

  private static final List<Workload> WORKLOADS = List.of(Workload.A, Workload.B, Workload.B_EVERYTHING, Workload.C);

  private FreshFits() {}

  /**
   * Measures and prints: {@code short} in 3 JVMs of 8 s for each workload, {@code full} in 10 of 12 s. With a workload and seconds it is
   * one of those JVMs.
   */
  public static void main(String... args) {
    if (args.length == 2) {
      System.out.println(microsOfAStep(Workload.valueOf(args[0]), Double.parseDouble(args[1])));
      return;
    }
    boolean isShort = args.length == 1 && args[0].equals("short");
    System.out.print(table(isShort ? measure(3, 8) : measure(10, 12)));
  }

  /** Of so many JVMs for each workload, in turns. */
  private static Map<Workload, List<Double>> measure(int jvms, int seconds) {
    Map<Workload, List<Double>> micros = new EnumMap<>(Workload.class);
    for (int i = 0; i < jvms; i++) {
      for (Workload workload : WORKLOADS) {
        List<String> lines = Processes.output(
            Processes.java(List.of("-Xms1g"), FreshFits.class, workload.name(), Integer.toString(seconds)));
        micros.computeIfAbsent(workload, key -> new ArrayList<>()).add(Double.valueOf(lines.getLast()));
      }
    }
    return micros;
  }

  /**
   * Trains for so long on one thread, and returns the median microseconds of a whole step over the epochs that ended in the second half.
   *
   * @throws IllegalStateException if none did
   */
  static double microsOfAStep(Workload workload, double seconds) {
    History history = workload.network().fit(
        workload.source(), workload.fit().epochs(1_000_000).timeLimit(Duration.ofMillis(Math.round(seconds * 1e3))));
    List<Double> late = new ArrayList<>();
    double passed = 0;
    List<Epoch> whole = history.epochs().subList(0, Math.max(0, history.epochs().size() - 1)); // the time may end in the last one
    for (Epoch epoch : whole) {
      passed += epoch.seconds();
      if (passed >= seconds / 2) {
        late.add(workload.batchSize() / epoch.samplesPerSecond() * 1e6);
      }
    }
    if (late.isEmpty()) {
      throw new IllegalStateException(seconds + " seconds are too few for whole epochs of " + workload);
    }
    return Results.median(late);
  }

  /** A line for each workload, and which have a JVM that was slower than it should be. */
  static String table(Map<Workload, List<Double>> micros) {
    Markdown out = new Markdown();
    out.head("fit in fresh JVMs", "JVMs", "median µs/step", "slowest / fastest");
    List<String> broken = new ArrayList<>();
    new TreeMap<>(micros).forEach((workload, each) -> {
      double slowest = Collections.max(each) / Collections.min(each);
      out.cells(workload.name(), Integer.toString(each.size()), fixed(Results.median(each), 1), fixed(slowest, 2));
      if (slowest > SLOWEST) {
        broken.add(workload.name());
      }
    });
    out.line("");
    out.line("None is slower than " + SLOWEST + " times the fastest: "
        + (broken.isEmpty() ? "all keep to it." : "not so " + String.join("; ", broken) + "."));
    return out.toString();
  }
}
