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
            result("GemmBenchmark.Multiply.scalar", "{'shape': '100x100x50'}", "us/op", "[[100, 100, 900], [100]]"),
            result("GemmBenchmark.Multiply.vector", "{'shape': '100x100x50'}", "ns/op", "[[12500], [12500], [99999]]"),
            result("GemmBenchmark.Multiply.openBlas", "{'shape': '100x100x50'}", "ns/op", "[[20000]]"),
            result("GemmBenchmark.MultiplyPacked.scalar", "{'shape': '1x1x1'}", "ns/op", "[[4]]"),
            result("ReluPrimeBenchmark.scalar", "{'n': '4096', 'offset': '0'}", "ns/op", "[[409.6], [4096]]"),
            result("ReluPrimeBenchmark.scalar", "{'n': '4096', 'offset': '12'}", "ns/op", "[[409.6], [409.6]]"),
            result("ReluPrimeBenchmark.scalarNoSuperWord", "{'n': '4096', 'offset': '0'}", "ns/op", "[[4096]]"),
            result("ReluPrimeBenchmark.vector", "{'n': '4096', 'offset': '0'}", "ns/op", "[[819.2]]"),
            result("SoftmaxBenchmark.vector", "{'size': '15x10'}", "ns/op", "[[150], [150]]")
                .replace("{}", "{'gc.alloc.rate': {'scoreUnit': 'MB/sec', 'rawData': [[0.01], [192.3]]}}"),
            training())
        + "]";

    assertEquals(
        """
        JDK 25.0.3.
        FMA peak of one core, GFLOP/s: 100.0 (widest), 25.0 (at128Bits).

        | product, GFLOP/s | m×n×k | scalar, not vectorised by C2 | scalar | vector | vector / scalar | vector / not vectorised | % of peak | OpenBLAS | vector, MB/s allocated |
        | -- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | multiply | 100×100×50 | – | 10.0 | 80.0 | 8.00 | – | 80 | 50.0 | – |
        | multiplyPacked | 1×1×1 | – | 0.5 | – | – | – | – | – | – |

        | kernel, ns/element | elements | scalar, not vectorised by C2 | scalar | vector | vector / scalar | vector / not vectorised | vector, MB/s allocated |
        | -- | --: | --: | --: | --: | --: | --: | --: |
        | reluPrime | 4096 | 1.000 | 0.100 | 0.200 | 0.50 | 5.00 | – |
        | softmax | 15×10 | – | – | 1.000 | – | – | 192 |

        | training step | threads | µs/step | samples/s | B/step |
        | -- | --: | --: | --: | --: |
        | A | 2 | 2.0 | 7500000 | 0.50 |

        """,
        Table.of(new StringReader(json.replace('\'', '"'))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]"})
  void fileWithoutResultsSaysSo(String json) {
    assertEquals("No results: JMH was stopped, or every fork failed.\n", Table.of(new StringReader(json)));
  }

  /** The error that JMH writes beside one iteration is no number. */
  private static String result(String benchmark, String params, String unit, String rawData) {
    return """
        {'jmhVersion': '1.37', 'benchmark': 'dev.lanewise.benchmarks.%s', 'mode': 'avgt', 'jdkVersion': '25.0.3',
         'params': %s, 'primaryMetric': {'score': 1.0, 'scoreError': 'NaN', 'scoreConfidence': ['NaN', 'NaN'],
         'scoreUnit': '%s', 'rawData': %s}, 'secondaryMetrics': {}}
        """.formatted(benchmark, params, unit, rawData);
  }

  private static String training() {
    return result("TrainingStepBenchmark.fit", "{'workload': 'A', 'threads': '2'}", "ms/op", "[[9, 9], [9]]")
        .replace("{}", """
            {'steps': {'scoreUnit': '#', 'rawData': [[100, 100], [200]]},
             'samples': {'scoreUnit': '#', 'rawData': [[1500, 1500], [3000]]},
             'nanos': {'scoreUnit': '#', 'rawData': [[100000, 900000], [400000]]},
             'bytes': {'scoreUnit': '#', 'rawData': [[50, 50], [100]]}}
            """);
  }
}
