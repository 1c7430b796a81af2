package dev.lanewise.benchmarks;

import static java.util.stream.Collectors.joining;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns what JMH wrote with {@code -rf json} into Markdown.
 *
 * <p>A figure is the median over forks and offsets of the medians of their iterations. The ratio says how many times as
 * fast the vector kernel is; below 1, it is slower. With {@code -prof gc}, there is also what the vector kernel
 * allocates in the worst fork: nothing, unless C2 compiled it badly. What did not run or failed is an en dash.
 */
public final class Table {

  private static final String ABSENT = "–";

  /** One benchmark with one set of parameters, as JMH writes it. */
  private record Result(
      String benchmark,
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

  /** What was measured: of each fork each iteration. */
  private record Metric(String scoreUnit, List<List<Double>> rawData) {

    /** The median iteration of each fork. */
    List<Double> forkMedians() {
      return rawData.stream().map(Table::median).toList();
    }

    /** The same, in nanoseconds an operation. */
    List<Double> forkNanos() {
      double unit = switch (scoreUnit) {
        case "ns/op" -> 1;
        case "us/op" -> 1e3;
        case "ms/op" -> 1e6;
        case "s/op" -> 1e9;
        default -> throw new IllegalArgumentException("the table is of average times, not of " + scoreUnit);
      };
      return forkMedians().stream().map(nanos -> unit * nanos).toList();
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

  /** A line of a table: one kernel at one size, and what was measured in each kind of fork, by method. */
  private record Row(String kernel, String size, Map<String, List<Double>> forks, Map<String, List<Double>> allocated) {

    void add(Result result) {
      forks.merge(result.method(), result.primaryMetric().forkNanos(), Table::joined);
      Metric rate = result.secondaryMetrics().get("gc.alloc.rate");
      if (rate != null) {
        allocated.merge(result.method(), rate.forkMedians(), Table::joined);
      }
    }

    OptionalDouble nanos(String method) {
      return forks.containsKey(method) ? OptionalDouble.of(median(forks.get(method))) : OptionalDouble.empty();
    }

    String cell(String method, int decimals, DoubleUnaryOperator figure) {
      OptionalDouble nanos = nanos(method);
      return nanos.isEmpty() ? ABSENT : fixed(figure.applyAsDouble(nanos.getAsDouble()), decimals);
    }

    /** What the vector kernel allocates in the worst fork, in MB/s. */
    String worstAllocation() {
      return allocated.containsKey("vector") ? fixed(Collections.max(allocated.get("vector")), 0) : ABSENT;
    }

    /** How many times as fast the vector kernel is as another. */
    String ratio(String other) {
      OptionalDouble vector = nanos("vector");
      return vector.isEmpty() ? ABSENT : cell(other, 2, nanos -> nanos / vector.getAsDouble());
    }
  }

  private final List<Result> results;
  private final StringBuilder out = new StringBuilder();

  private Table(List<Result> results) {
    this.results = results;
  }

  /** Prints the tables of each file. */
  public static void main(String... files) throws IOException {
    if (files.length == 0) {
      System.err.println("which files? Give those that JMH wrote with -rf json -rff FILE");
      System.exit(2);
    }
    for (String file : files) {
      try (Reader json = Files.newBufferedReader(Path.of(file))) {
        System.out.print(of(json));
      }
    }
  }

  /** The tables of what JMH wrote, as Markdown. */
  static String of(Reader json) {
    Result[] results = new Gson().fromJson(json, Result[].class);
    if (results == null || results.length == 0) {
      return "No results: JMH was stopped, or every fork failed.\n";
    }
    Table table = new Table(List.of(results));
    table.jdks();
    OptionalDouble peak = table.peak();
    table.products(peak);
    table.elementwise();
    table.training();
    return table.out.toString();
  }

  private void jdks() {
    line("JDK " + results.stream().map(Result::jdkVersion).distinct().collect(joining(", ")) + ".");
  }

  /** The largest, in GFLOP/s. */
  private OptionalDouble peak() {
    List<String> peaks = new ArrayList<>();
    OptionalDouble largest = OptionalDouble.empty();
    for (Result result : results) {
      if (result.kernel().equals("peak")) {
        double peak = 1 / median(result.primaryMetric().forkNanos());
        peaks.add(fixed(peak, 1) + " (" + result.method() + ")");
        largest = OptionalDouble.of(Math.max(peak, largest.orElse(0)));
      }
    }
    if (!peaks.isEmpty()) {
      line("FMA peak of one core, GFLOP/s: " + String.join(", ", peaks) + ".");
    }
    line("");
    return largest;
  }

  private void products(OptionalDouble peak) {
    List<Row> rows = rows("shape");
    if (rows.isEmpty()) {
      return;
    }
    head("product, GFLOP/s", "m×n×k", "scalar, not vectorised by C2", "scalar", "vector", "vector / scalar",
        "vector / not vectorised", "% of peak", "OpenBLAS", "vector, MB/s allocated");
    for (Row row : rows) {
      long flop = Shape.parse(row.size()).flop();
      DoubleUnaryOperator speed = nanos -> flop / nanos;
      cells(
          row.kernel(), row.size().replace('x', '×'),
          row.cell("scalarNoSuperWord", 1, speed), row.cell("scalar", 1, speed),
          row.cell("vector", 1, speed), row.ratio("scalar"), row.ratio("scalarNoSuperWord"),
          peak.isEmpty() ? ABSENT : row.cell("vector", 0, nanos -> 100 * flop / nanos / peak.getAsDouble()),
          row.cell("openBlas", 1, speed), row.worstAllocation());
    }
    line("");
  }

  private void elementwise() {
    List<Row> rows = new ArrayList<>(rows("n"));
    rows.addAll(rows("size"));
    if (rows.isEmpty()) {
      return;
    }
    head("kernel, ns/element", "elements", "scalar, not vectorised by C2", "scalar", "vector", "vector / scalar",
        "vector / not vectorised", "vector, MB/s allocated");
    for (Row row : rows) {
      long elements = Arrays.stream(row.size().split("x", -1)).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
      DoubleUnaryOperator each = nanos -> nanos / elements;
      cells(
          row.kernel(), row.size().replace('x', '×'),
          row.cell("scalarNoSuperWord", 3, each), row.cell("scalar", 3, each),
          row.cell("vector", 3, each), row.ratio("scalar"), row.ratio("scalarNoSuperWord"),
          row.worstAllocation());
    }
    line("");
  }

  private void training() {
    List<Result> fits = results.stream().filter(r -> r.param("workload") != null)
        .sorted(Comparator.comparing((Result r) -> r.param("workload")).thenComparing(r -> r.param("threads")))
        .toList();
    if (fits.isEmpty()) {
      return;
    }
    head("training step", "threads", "µs/step", "samples/s", "B/step");
    for (Result fit : fits) {
      Map<String, Metric> counters = fit.secondaryMetrics();
      Metric steps = counters.get("steps");
      double nanos = counters.get("nanos").per(steps);
      cells(
          fit.param("workload"), fit.param("threads"), fixed(nanos / 1e3, 1),
          fixed(counters.get("samples").per(steps) / nanos * 1e9, 0), fixed(counters.get("bytes").per(steps), 2));
    }
    line("");
  }

  /** One row for each kernel and each value of that parameter, in the order of the file. */
  private List<Row> rows(String parameter) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Result result : results) {
      String size = result.param(parameter);
      if (size != null) {
        rows.computeIfAbsent(
                result.kernel() + ' ' + size,
                key -> new Row(result.kernel(), size, new LinkedHashMap<>(), new LinkedHashMap<>()))
            .add(result);
      }
    }
    return List.copyOf(rows.values());
  }

  private void head(String... titles) {
    cells(titles);
    String[] rules = new String[titles.length];
    Arrays.fill(rules, "--:");
    rules[0] = "--";
    cells(rules);
  }

  private void cells(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String fixed(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  private static List<Double> joined(List<Double> a, List<Double> b) {
    return Stream.of(a, b).flatMap(List::stream).toList();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
