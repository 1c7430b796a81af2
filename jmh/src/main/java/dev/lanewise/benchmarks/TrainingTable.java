package dev.lanewise.benchmarks;

import static dev.lanewise.benchmarks.Markdown.ABSENT;
import static dev.lanewise.benchmarks.Markdown.fixed;

import dev.lanewise.benchmarks.Results.Metric;
import dev.lanewise.benchmarks.Results.Result;
import dev.lanewise.benchmarks.TrainingStepBenchmark.Workload;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Steps of training, and predictions: how near they are to the peak of one thread, and what a second thread brings. */
final class TrainingTable {

  private static final String PREDICTOR = PredictBenchmark.By.PREDICTOR.name();

  private final Results results;
  private final Markdown out;
  private final OptionalDouble peak;

  TrainingTable(Results results, Markdown out) {
    this.results = results;
    this.out = out;
    this.peak = results.peak();
  }

  void write() {
    training();
    predictions();
  }

  private void training() {
    List<Result> fits = results.where(result -> result.param("workload") != null).stream()
        .sorted(Comparator.comparing((Result r) -> r.param("workload")).thenComparing(r -> r.param("threads")))
        .toList();
    if (fits.isEmpty()) {
      return;
    }
    out.head("training step", "threads", "µs/step", "samples/s", "GFLOP/s", "% of one thread's peak",
        "two threads / one", "B/step");
    for (Result fit : fits) {
      double perSecond = samplesPerSecond(fit);
      double flops = perSecond * Workload.valueOf(fit.param("workload")).flopPerRow() * 1e-9;
      Map<String, Metric> counters = fit.secondaryMetrics();
      Metric steps = counters.get("steps");
      out.cells(
          fit.param("workload"), fit.param("threads"), fixed(counters.get("nanos").per(steps) / 1e3, 1),
          fixed(perSecond, 0), fixed(flops, 1), Markdown.share(flops, beside(fit)), scaling(fit, fits),
          fixed(counters.get("bytes").per(steps), 2));
    }
    out.line("");
    double[] besides = fits.stream().filter(fit -> peakBeside(fit).isPresent()).mapToDouble(fit -> peakBeside(fit).getAsDouble()).toArray();
    if (besides.length > 0) {
      out.line(
          "Shares are of the peak right before each fit, " + fixed(Arrays.stream(besides).min().getAsDouble(), 1) + " to "
              + fixed(Arrays.stream(besides).max().getAsDouble(), 1) + " GFLOP/s; forks of its own had " + fixed(peak, 1) + ".");
      out.line("");
    }
    String lines = fits.stream()
        .filter(fit -> fit.param("threads").equals("2") && Workload.valueOf(fit.param("workload")).isDivided())
        .filter(fit -> fit.secondaryMetrics().containsKey("lineNanos"))
        .map(fit -> fixed(lineNanos(fit), 0) + " ns beside " + fit.param("workload"))
        .collect(Collectors.joining(", "));
    if (!lines.isEmpty()) {
      out.line("From one of two threads to the other a cache line took " + lines + ".");
      out.line("");
    }
    OptionalDouble two = results.peak(2);
    if (two.isPresent() && peak.isPresent()) {
      out.line("Two threads' peak over one's: " + fixed(two.getAsDouble() / peak.getAsDouble(), 2) + ".");
      out.line("");
    }
  }

  /** The peak of one thread that a fit is compared with: that of right before it, or, in older results, that of forks of its own. */
  private OptionalDouble beside(Result fit) {
    OptionalDouble beside = peakBeside(fit);
    return beside.isPresent() ? beside : peak;
  }

  private static OptionalDouble peakBeside(Result fit) {
    Metric flop = fit.secondaryMetrics().get("peakFlop");
    return flop == null ? OptionalDouble.empty() : OptionalDouble.of(1 / fit.secondaryMetrics().get("peakNanos").per(flop));
  }

  private static double lineNanos(Result fit) {
    return fit.secondaryMetrics().get("lineNanos").per(fit.secondaryMetrics().get("fits"));
  }

  static double samplesPerSecond(Result fit) {
    Map<String, Metric> counters = fit.secondaryMetrics();
    Metric steps = counters.get("steps");
    return counters.get("samples").per(steps) / counters.get("nanos").per(steps) * 1e9;
  }

  /** How many times as fast as on one thread in this run. */
  private static String scaling(Result fit, List<Result> fits) {
    if (fit.param("threads").equals("1")) {
      return "";
    }
    if (!Workload.valueOf(fit.param("workload")).isDivided()) {
      return ABSENT;
    }
    return fits.stream()
        .filter(one -> one.param("threads").equals("1") && one.param("workload").equals(fit.param("workload")))
        .map(one -> fixed(samplesPerSecond(fit) / samplesPerSecond(one), 2)).findFirst().orElse(ABSENT);
  }

  private void predictions() {
    List<Result> predictions =
        results.where(r -> r.kernel().equals("predict") && List.of("row", "batch").contains(r.method()));
    if (predictions.isEmpty()) {
      return;
    }
    out.head("prediction", "rows", "median µs", "GFLOP/s", "% of peak", "B/call");
    for (Result prediction : predictions) {
      int rows = prediction.method().equals("row") ? 1 : PredictBenchmark.ROWS;
      double nanos = prediction.primaryMetric().medianCallNanos();
      double flops = rows * PredictBenchmark.FLOP_PER_ROW / nanos;
      out.cells(
          predictor(prediction), Integer.toString(rows), fixed(nanos / 1e3, 1), fixed(flops, 1), Markdown.share(flops, peak),
          bytes(prediction));
    }
    out.line("");
  }

  /** Results from before predictors were measured do not say who predicts. */
  private static String predictor(Result prediction) {
    return "784-256-128-10" + (PREDICTOR.equals(prediction.param("by")) ? ", by its predictor" : "");
  }

  /** Of the method that counts them for this one. */
  private String bytes(Result prediction) {
    String method = prediction.method() + "Bytes";
    return results.where(r -> r.method().equals(method) && predictor(r).equals(predictor(prediction))).stream()
        .map(Result::secondaryMetrics)
        .map(counters -> fixed(counters.get("bytes").per(counters.get("calls")), 2)).findFirst().orElse(ABSENT);
  }
}
