package dev.lanewise.benchmarks;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What JMH wrote with {@code -rf json}, of one run.
 *
 * @param all each benchmark with each set of parameters, in the order of the file
 */
record Results(List<Result> all) {

  /** One benchmark with one set of parameters, as JMH writes it. */
  record Result(
      String benchmark,
      int threads,
      List<String> jvmArgs,
      String jdkVersion,
      Map<String, String> params,
      Metric primaryMetric,
      Map<String, Metric> secondaryMetrics) {

    String method() {
      return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** The name of the class as the kernel has it: of {@code …SigmoidPrimeBenchmark.vector}, {@code sigmoidPrime}. */
    String kernel() {
      String owner = benchmark.substring(0, benchmark.lastIndexOf('.'));
      String name = owner.substring(owner.lastIndexOf('.') + 1).replace("Benchmark", "");
      return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A parameter, or null. */
    String param(String name) {
      return params == null ? null : params.get(name);
    }
  }

  /** What was measured: of each fork each iteration, or of single calls the percentiles. */
  record Metric(String scoreUnit, List<List<Double>> rawData, Map<String, Double> scorePercentiles) {

    /** The median iteration of each fork. */
    List<Double> forkMedians() {
      return rawData.stream().map(Results::median).toList();
    }

    /** The same, in nanoseconds an operation. */
    List<Double> forkNanos() {
      double unit = nanosOfUnit();
      return forkMedians().stream().map(time -> unit * time).toList();
    }

    /** The median over forks of the median iteration, in nanoseconds an operation. */
    double nanos() {
      return median(forkNanos());
    }

    /** The median over single calls, in nanoseconds. */
    double medianCallNanos() {
      return nanosOfUnit() * scorePercentiles.get("50.0");
    }

    private double nanosOfUnit() {
      return switch (scoreUnit) {
        case "ns/op" -> 1;
        case "us/op" -> 1e3;
        case "ms/op" -> 1e6;
        case "s/op" -> 1e9;
        default -> throw new IllegalArgumentException("the table is of average times, not of " + scoreUnit);
      };
    }

    /** This count over another, of the median iteration. */
    double per(Metric other) {
      List<Double> count = iterations();
      List<Double> otherCount = other.iterations();
      return median(IntStream.range(0, count.size()).mapToObj(i -> count.get(i) / otherCount.get(i)).toList());
    }

    private List<Double> iterations() {
      return rawData.stream().flatMap(List::stream).toList();
    }
  }

  /** Reads a file of JMH's; one of a run that was stopped has no results. */
  static Results of(Reader json) {
    Result[] results = new Gson().fromJson(json, Result[].class);
    return new Results(results == null ? List.of() : List.of(results));
  }

  static Results read(Path file) throws IOException {
    try (Reader json = Files.newBufferedReader(file)) {
      return of(json);
    }
  }

  /** Those with that kernel. */
  List<Result> of(String kernel) {
    return where(result -> result.kernel().equals(kernel));
  }

  List<Result> where(Predicate<Result> test) {
    return all.stream().filter(test).toList();
  }

  /** The most that one thread did in this run, in GFLOP/s. */
  OptionalDouble peak() {
    return peak(1);
  }

  /** The most that so many threads did together in this run, in GFLOP/s. */
  OptionalDouble peak(int threads) {
    return of("peak").stream().filter(result -> result.threads() == threads).mapToDouble(Results::peakOf).max();
  }

  /** The most that one thread moved to and from memory in this run, in GB/s. */
  OptionalDouble bandwidth() {
    return of("bandwidth").stream().mapToDouble(result -> 1 / result.primaryMetric().nanos()).max();
  }

  /** What all threads of a peak did. Its time is that of each. */
  static double peakOf(Result result) {
    return result.threads() / result.primaryMetric().nanos();
  }

  static double median(List<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue));
  }

  static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
