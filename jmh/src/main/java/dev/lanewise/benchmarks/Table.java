package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.ABSENT;
import static dev.lanewise.benchmarks.Markdown.fixed;
import static java.util.stream.Collectors.joining;

import dev.lanewise.benchmarks.Results.Result;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * Turns what JMH wrote with {@code -rf json} into Markdown.
 *
 * <p>A figure is the median over forks and offsets of the medians of their iterations. The ratio says how many times as
 * fast the vector kernel is; below 1, it is slower. With {@code -prof gc}, there is also what the vector kernel
 * allocates in the worst fork: nothing, unless C2 compiled it badly. What did not run or failed is an en dash.
 */
public final class Table {

  private final Results results;
  private final Markdown out;

  private Table(Results results, Markdown out) {
    this.results = results;
    this.out = out;
  }

  /** Prints the tables of each file. */
  public static void main(String... files) throws IOException {
    if (files.length == 0) {
      System.err.println("which files? Give those that JMH wrote with -rf json -rff FILE");
      System.exit(2);
    }
    for (String file : files) {
      System.out.print(of(Path.of(file)));
    }
  }

  /** The tables of a file. */
  static String of(Path file) throws IOException {
    return of(Results.read(file));
  }

  /** The tables of what JMH wrote, as Markdown. */
  static String of(Reader json) {
    return of(Results.of(json));
  }

  private static String of(Results results) {
    if (results.all().isEmpty()) {
      return "No results: JMH was stopped, or every fork failed.\n";
    }
    Markdown out = new Markdown();
    Table table = new Table(results, out);
    table.jdks();
    table.peaks();
    table.products();
    new ProductsTable(results, out).write();
    table.elementwise();
    table.denormals();
    new TrainingTable(results, out).write();
    table.csv();
    return out.toString();
  }

  private void jdks() {
    out.line("JDK " + results.all().stream().map(Result::jdkVersion).distinct().collect(joining(", ")) + ".");
  }

  private void peaks() {
    // A run of several parts has each measured several times.
    Map<String, DoubleSummaryStatistics> peaks = new LinkedHashMap<>();
    for (Result peak : results.of("peak")) {
      peaks.computeIfAbsent(peak.method(), method -> new DoubleSummaryStatistics()).accept(Results.peakOf(peak));
    }
    if (!peaks.isEmpty()) {
      out.line("FMA peak, GFLOP/s: "
          + peaks.entrySet().stream().map(peak -> range(peak.getValue()) + " (" + peak.getKey() + ")")
              .collect(joining(", "))
          + ".");
    }
    for (Result bandwidth : results.of("bandwidth")) {
      out.line("Memory, GB/s: " + fixed(1 / bandwidth.primaryMetric().nanos(), 1) + " (" + bandwidth.method() + ").");
    }
    out.line("");
  }

  private static String range(DoubleSummaryStatistics values) {
    return values.getCount() == 1
        ? fixed(values.getMax(), 1)
        : fixed(values.getMin(), 1) + " to " + fixed(values.getMax(), 1) + " in " + values.getCount() + " measurements";
  }

  private void products() {
    List<Row> rows = Row.by("shape", results);
    if (rows.isEmpty()) {
      return;
    }
    OptionalDouble peak = results.peak();
    out.head("product, GFLOP/s", "m×n×k", "scalar, not vectorised by C2", "scalar", "vector", "vector / scalar",
        "vector / not vectorised", "% of peak", "OpenBLAS", "vector, MB/s allocated");
    for (Row row : rows) {
      long flop = Shape.parse(row.size()).flop();
      DoubleUnaryOperator speed = nanos -> flop / nanos;
      out.cells(
          row.kernel(), row.size().replace('x', '×'),
          row.cell("scalarNoSuperWord", 1, speed), row.cell("scalar", 1, speed),
          row.cell("vector", 1, speed), row.ratio("scalar"), row.ratio("scalarNoSuperWord"),
          peak.isEmpty() ? ABSENT : row.cell("vector", 0, nanos -> 100 * flop / nanos / peak.getAsDouble()),
          row.cell("openBlas", 1, speed), row.worstAllocation());
    }
    out.line("");
  }

  private void elementwise() {
    List<Row> rows = new ArrayList<>(Row.by("n", results));
    rows.addAll(Row.by("size", results));
    if (rows.isEmpty()) {
      return;
    }
    out.head("kernel, ns/element", "elements", "scalar, not vectorised by C2", "scalar", "JDK's Math", "vector",
        "vector / scalar", "vector / not vectorised", "vector / JDK's", "vector, MB/s allocated");
    for (Row row : rows) {
      long elements = Arrays.stream(row.size().split("x", -1)).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
      DoubleUnaryOperator each = nanos -> nanos / elements;
      out.cells(
          row.kernel(), row.size().replace('x', '×'),
          row.cell("scalarNoSuperWord", 3, each), row.cell("scalar", 3, each), row.cell("jdk", 3, each),
          row.cell("vector", 3, each), row.ratio("scalar"), row.ratio("scalarNoSuperWord"), row.ratio("jdk"),
          row.worstAllocation());
    }
    out.line("");
  }

  /** How fast numbers are read from CSV, in millions of bytes a second. */
  private void csv() {
    List<Result> read = results.of("csv");
    if (read.isEmpty()) {
      return;
    }
    out.head("CSV, MB/s", "table", "dataset", "FastCSV", "table / FastCSV");
    for (String numbers : read.stream().map(result -> result.param("numbers")).distinct().toList()) {
      OptionalDouble table = megabytes(read, numbers, "table");
      OptionalDouble fastCsv = megabytes(read, numbers, "fastCsv");
      out.cells(
          numbers, fixed(table, 0), fixed(megabytes(read, numbers, "dataset"), 0), fixed(fastCsv, 0),
          table.isEmpty() || fastCsv.isEmpty() ? ABSENT : fixed(table.getAsDouble() / fastCsv.getAsDouble(), 1));
    }
    out.line("");
  }

  private static OptionalDouble megabytes(List<Result> read, String numbers, String method) {
    return read.stream().filter(r -> r.method().equals(method) && numbers.equals(r.param("numbers")))
        .mapToDouble(r -> Results.median(r.secondaryMetrics().get("megabytes").forkMedians())).findFirst();
  }

  /** How much longer a kernel takes where numbers are denormal. */
  private void denormals() {
    List<Row> rows = Row.by("n", results);
    List<String> ratios = new ArrayList<>();
    for (Row row : rows) {
      OptionalDouble nanos = row.nanos("vector");
      String usual = row.kernel().replace(", denormal", "");
      if (!usual.equals(row.kernel()) && nanos.isPresent()) {
        rows.stream().filter(other -> other.kernel().equals(usual) && other.size().equals(row.size()))
            .forEach(other -> ratios.add(
                usual + " of " + row.size() + " " + other.cell("vector", 2, normal -> nanos.getAsDouble() / normal)));
      }
    }
    if (!ratios.isEmpty()) {
      out.line("On denormal numbers, times the vector kernel's time on usual ones: " + String.join(", ", ratios) + ".");
      out.line("");
    }
  }
}
