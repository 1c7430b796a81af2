package dev.lanewise.benchmarks;

import dev.lanewise.benchmarks.Results.Metric;
import dev.lanewise.benchmarks.Results.Result;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * A line of a table: one kernel at one size, and what was measured in each kind of fork, by method.
 *
 * @param kernel the kernel, with what else it depends on
 * @param size the value of the parameter that says how large it is
 */
record Row(String kernel, String size, Map<String, List<Double>> forks, Map<String, List<Double>> allocated) {

  /** One row for each kernel and each value of that parameter, in the order of the file. */
  static List<Row> by(String parameter, Results results) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Result result : results.all()) {
      String size = result.param(parameter);
      if (size != null) {
        String state = result.param("state");
        String kernel = state == null || state.equals("normal") ? result.kernel() : result.kernel() + ", " + state;
        rows.computeIfAbsent(
                kernel + ' ' + size, key -> new Row(kernel, size, new LinkedHashMap<>(), new LinkedHashMap<>()))
            .add(result);
      }
    }
    return List.copyOf(rows.values());
  }

  private void add(Result result) {
    forks.merge(result.method(), result.primaryMetric().forkNanos(), Row::joined);
    Metric rate = result.secondaryMetrics().get("gc.alloc.rate");
    if (rate != null) {
      allocated.merge(result.method(), rate.forkMedians(), Row::joined);
    }
  }

  OptionalDouble nanos(String method) {
    return forks.containsKey(method) ? OptionalDouble.of(Results.median(forks.get(method))) : OptionalDouble.empty();
  }

  String cell(String method, int decimals, DoubleUnaryOperator figure) {
    OptionalDouble nanos = nanos(method);
    return nanos.isEmpty() ? Markdown.ABSENT : Markdown.fixed(figure.applyAsDouble(nanos.getAsDouble()), decimals);
  }

  /** What the vector kernel allocates in the worst fork, in MB/s. */
  String worstAllocation() {
    List<Double> forksOfVector = allocated.get("vector");
    return forksOfVector == null ? Markdown.ABSENT : Markdown.fixed(Collections.max(forksOfVector), 0);
  }

  /** How many times as fast the vector kernel is as another. */
  String ratio(String other) {
    OptionalDouble vector = nanos("vector");
    return vector.isEmpty() ? Markdown.ABSENT : cell(other, 2, nanos -> nanos / vector.getAsDouble());
  }

  private static List<Double> joined(List<Double> a, List<Double> b) {
    return Stream.of(a, b).flatMap(List::stream).toList();
  }
}
