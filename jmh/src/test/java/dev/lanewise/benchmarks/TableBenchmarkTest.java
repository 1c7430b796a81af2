package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableBenchmarkTest {

  @Test
  void figuresAreMediansAndWhatIsMissingIsADash() {
    String json = "["
        + String.join(",",
            result("PeakBenchmark.widest", "{}", "ns/op", "[[0.01, 0.01]]"),
            result("PeakBenchmark.at128Bits", "{}", "ns/op", "[[0.04]]"),
            result("PeakBenchmark.twoThreads", "{}", "ns/op", "[[0.0125]]").replace("'threads': 1", "'threads': 2"),
            result("BandwidthBenchmark.triad", "{}", "ns/op", "[[0.04]]"),
            result("GemmBenchmark.Multiply.scalar", "{'shape': '100x100x50'}", "us/op", "[[100, 100, 900], [100]]"),
            result("GemmBenchmark.Multiply.vector", "{'shape': '100x100x50'}", "ns/op", "[[12500], [12500], [99999]]"),
            result("GemmBenchmark.Multiply.openBlas", "{'shape': '100x100x50'}", "ns/op", "[[20000]]"),
            result("GemmBenchmark.MultiplyPacked.scalar", "{'shape': '1x1x1'}", "ns/op", "[[4]]"),
            result("ReluPrimeBenchmark.scalar", "{'n': '4096', 'offset': '0'}", "ns/op", "[[409.6], [4096]]"),
            result("ReluPrimeBenchmark.scalar", "{'n': '4096', 'offset': '12'}", "ns/op", "[[409.6], [409.6]]"),
            result("ReluPrimeBenchmark.scalarNoSuperWord", "{'n': '4096', 'offset': '0'}", "ns/op", "[[4096]]"),
            result("ReluPrimeBenchmark.vector", "{'n': '4096', 'offset': '0'}", "ns/op", "[[819.2]]"),
            result("ReluPrimeBenchmark.jdk", "{'n': '4096', 'offset': '0'}", "ns/op", "[[8192]]"),
            result("UpdateBenchmark.vector", "{'n': '64', 'offset': '0', 'state': 'normal'}", "ns/op", "[[64]]"),
            result("UpdateBenchmark.vector", "{'n': '64', 'offset': '0', 'state': 'denormal'}", "ns/op", "[[72]]"),
            result("SoftmaxBenchmark.vector", "{'size': '15x10'}", "ns/op", "[[150], [150]]")
                .replace("{}", "{'gc.alloc.rate': {'scoreUnit': 'MB/sec', 'rawData': [[0.01], [192.3]]}}"),
            training("A", 1, 200_000), training("A", 2, 100_000), training("B", 1, 200_000), training("B", 2, 100_000),
            prediction())
        + "]";

    assertEquals(
        """
        JDK 25.0.3.
        FMA peak, GFLOP/s: 100.0 (widest), 25.0 (at128Bits), 160.0 (twoThreads).
        Memory, GB/s: 25.0 (triad).

        | product, GFLOP/s | m×n×k | scalar, not vectorised by C2 | scalar | vector | vector / scalar | vector / not vectorised | % of peak | OpenBLAS | vector, MB/s allocated |
        | -- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | multiply | 100×100×50 | – | 10.0 | 80.0 | 8.00 | – | 80 | 50.0 | – |
        | multiplyPacked | 1×1×1 | – | 0.5 | – | – | – | – | – | – |

        | kernel, ns/element | elements | scalar, not vectorised by C2 | scalar | JDK's Math | vector | vector / scalar | vector / not vectorised | vector / JDK's | vector, MB/s allocated |
        | -- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | reluPrime | 4096 | 1.000 | 0.100 | 2.000 | 0.200 | 0.50 | 5.00 | 10.00 | – |
        | update | 64 | – | – | – | 1.000 | – | – | – | – |
        | update, denormal | 64 | – | – | – | 1.125 | – | – | – | – |
        | softmax | 15×10 | – | – | – | 1.000 | – | – | – | 192 |

        On denormal numbers, times the vector kernel's time on usual ones: update of 64 1.13.

        | training step | threads | µs/step | samples/s | GFLOP/s | % of one thread's peak | two threads / one | B/step |
        | -- | --: | --: | --: | --: | --: | --: | --: |
        | A | 1 | 2.0 | 7500000 | 35.6 | 36 |  | 0.50 |
        | A | 2 | 1.0 | 15000000 | 71.1 | 71 | – | 0.50 |
        | B | 1 | 2.0 | 7500000 | 7553.3 | 7553 |  | 0.50 |
        | B | 2 | 1.0 | 15000000 | 15106.6 | 15107 | 2.00 | 0.50 |

        From one of two threads to the other a cache line took 30 ns beside B.

        Two threads' peak over one's: 1.60.

        | prediction | rows | median µs | GFLOP/s | % of peak | B/call |
        | -- | --: | --: | --: | --: | --: |
        | 784-256-128-10 | 1 | 10.0 | 47.0 | 47 | 8.00 |
        | 784-256-128-10, by its predictor | 1 | 10.0 | 47.0 | 47 | – |

        """,
        Table.of(new StringReader(json.replace('\'', '"'))));
  }

  @Test
  void speedOfReadingIsInMegabytesASecond() {
    String json = "["
        + String.join(",",
            read("table", "PIXELS", "[[300, 310, 900], [290, 300]]"), read("fastCsv", "PIXELS", "[[75]]"),
            read("dataset", "DIGITS_8", "[[400]]"))
        + "]";

    assertEquals(
        """
        JDK 25.0.3.

        | CSV, MB/s | table | dataset | FastCSV | table / FastCSV |
        | -- | --: | --: | --: | --: |
        | PIXELS | 303 | – | 75 | 4.0 |
        | DIGITS_8 | – | 400 | – | – |

        """,
        Table.of(new StringReader(json.replace('\'', '"'))));
  }

  /** Its own score, operations a second, is of no interest. */
  private static String read(String method, String numbers, String megabytes) {
    return result("CsvBenchmark." + method, "{'numbers': '%s'}".formatted(numbers), "ops/s", "[[5]]").replace(
        "'secondaryMetrics': {}", "'secondaryMetrics': {'megabytes': {'scoreUnit': 'ops/s', 'rawData': %s}}".formatted(megabytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]"})
  void fileWithoutResultsSaysSo(String json) {
    assertEquals("No results: JMH was stopped, or every fork failed.\n", Table.of(new StringReader(json)));
  }

  /** The error that JMH writes beside one iteration is no number. */
  private static String result(String benchmark, String params, String unit, String rawData) {
    return """
        {'jmhVersion': '1.37', 'benchmark': 'dev.lanewise.benchmarks.%s', 'mode': 'avgt', 'threads': 1,
         'jdkVersion': '25.0.3', 'params': %s, 'primaryMetric': {'score': 1.0, 'scoreError': 'NaN', 'scoreConfidence': ['NaN', 'NaN'],
         'scoreUnit': '%s', 'rawData': %s}, 'secondaryMetrics': {}}
        """.formatted(benchmark, params, unit, rawData);
  }

  private static String training(String workload, int threads, int nanosOfHundredSteps) {
    return result(
            "TrainingStepBenchmark.fit", "{'workload': '%s', 'threads': '%d'}".formatted(workload, threads), "ms/op",
            "[[9, 9], [9]]")
        .replace("{}", """
            {'steps': {'scoreUnit': '#', 'rawData': [[100, 100], [200]]},
             'samples': {'scoreUnit': '#', 'rawData': [[1500, 1500], [3000]]},
             'nanos': {'scoreUnit': '#', 'rawData': [[1000, 9000000], [%d]]},
             'fits': {'scoreUnit': '#', 'rawData': [[1, 1], [2]]},
             'lineNanos': {'scoreUnit': '#', 'rawData': [[1, 9000], [60]]},
             'bytes': {'scoreUnit': '#', 'rawData': [[50, 50], [100]]}}
            """.formatted(2 * nanosOfHundredSteps));
  }

  /** Single calls have percentiles and no raw data. */
  private static String prediction() {
    return """
        {'benchmark': 'dev.lanewise.benchmarks.PredictBenchmark.row', 'mode': 'sample', 'threads': 1,
         'jdkVersion': '25.0.3', 'primaryMetric': {'score': 99.0, 'scorePercentiles': {'0.0': 9.0, '50.0': 10.0},
         'scoreUnit': 'us/op', 'rawDataHistogram': [[[[10.0, 2]]]]}, 'secondaryMetrics': {}},
        {'benchmark': 'dev.lanewise.benchmarks.PredictBenchmark.row', 'mode': 'sample', 'threads': 1,
         'jdkVersion': '25.0.3', 'params': {'by': 'PREDICTOR'},
         'primaryMetric': {'score': 99.0, 'scorePercentiles': {'0.0': 9.0, '50.0': 10.0},
         'scoreUnit': 'us/op', 'rawDataHistogram': [[[[10.0, 2]]]]}, 'secondaryMetrics': {}},
        """
        + result("PredictBenchmark.rowBytes", "{}", "us/op", "[[11.0]]").replace("'secondaryMetrics': {}", """
            'secondaryMetrics': {'calls': {'scoreUnit': '#', 'rawData': [[100, 200]]},
                                 'bytes': {'scoreUnit': '#', 'rawData': [[800, 1600]]}}""");
  }
}
