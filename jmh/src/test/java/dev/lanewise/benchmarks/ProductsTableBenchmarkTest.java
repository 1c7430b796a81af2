package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ProductsTableBenchmarkTest {

  @Test
  void oursIsHeldAgainstTheBetterOfTheNativeOnesAndWhatMemoryDecidesIsApart() {
    String json = "["
        + String.join(",",
            result("PeakBenchmark.widest", "[[0.01]]", "1x1x1").replace("'params': {'layer': '1x1x1'},", ""),
            result("ProductsBenchmark.Forward.vector", "[[12500]]", "100x50x100"), // 80 GFLOP/s
            result("ProductsBenchmark.Forward.openBlas", "[[25000]]", "100x50x100"),
            result("ProductsBenchmark.Forward.blis", "[[50000]]", "100x50x100"),
            result("ProductsBenchmark.Forward.vectorBlas", "[[100000]]", "100x50x100"),
            result("ProductsBenchmark.Forward.ejml", "[[1000000]]", "100x50x100"),
            result("ProductsBenchmark.Forward.unpacked", "[[20000]]", "100x50x100"),
            result("ProductsBenchmark.Gradient.vector", "[[25000]]", "10x500x100"),
            result("ProductsBenchmark.Gradient.blis", "[[12500]]", "10x500x100"),
            result("ProductsBenchmark.Gradient.unpacked", "[[12500]]", "10x500x100"),
            result("ProductsBenchmark.Gradient.openBlasPlain", "[[10000]]", "10x500x100"),
            result("ProductsBenchmark.Delta.vector", "[[1000000]]", "1x1000x1000"),
            result("ProductsBenchmark.Delta.openBlas", "[[500000]]", "1x1000x1000"))
        + "]";

    assertEquals(
        """
        JDK 25.0.3.
        FMA peak, GFLOP/s: 100.0 (widest).

        Products as training calls them, GFLOP/s. Ours has its weights packed before, rows of the batch of 2 KiB and more a cache line further apart where they would be a multiple of 1 KiB apart, and the gradient ends in a step of descent on them. OpenBLAS and BLIS have no packed form in their interface: they pack in the call, and take the step in place (alpha = −step, beta = 1).

        | product | batch×in×out | m×n×k | ours | % of peak | OpenBLAS | BLIS | ours / better | VectorBLAS | EJML |
        | -- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | forward | 100×50×100 | 100×100×50 | 80.0 | 80 | 40.0 | 20.0 | 2.00 | 10.0 | 1.0 |
        | gradient | 10×500×100 | 500×100×10 | 40.0 | 40 | – | 80.0 | 0.50 | – | – |

        Ours over the better of OpenBLAS and BLIS: geometric mean 1.000 over 2 products, of batches of 32 and more 2.000 over 1 products; the least is 0.50 (gradient of 10×500×100).

        Of these, memory decides (more than 1 MiB of operands and result, less than 16 FLOP for each byte): they are in no mean.

        | product | batch×in×out | m×n×k | ours | % of peak | OpenBLAS | BLIS | ours / better | VectorBLAS | EJML |
        | -- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | delta | 1×1000×1000 | 1×1000×1000 | 2.0 | 2 | 4.0 | – | 0.50 | – | – |

        The same products of plain row-major arrays, GFLOP/s: nothing is packed before on either side, and the gradient is stored.

        | product | batch×in×out | m×n×k | ours | % of peak | OpenBLAS | BLIS | ours / better | VectorBLAS | EJML |
        | -- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        | forward | 100×50×100 | 100×100×50 | 50.0 | 50 | 40.0 | 20.0 | 1.25 | 10.0 | 1.0 |
        | gradient | 10×500×100 | 500×100×10 | 80.0 | 80 | 100.0 | – | 0.80 | – | – |

        Ours over the better of OpenBLAS and BLIS: geometric mean 1.000 over 2 products, of batches of 32 and more 1.250 over 1 products; the least is 0.80 (gradient of 10×500×100).

        """,
        Table.of(new StringReader(json.replace('\'', '"'))));
  }

  private static String result(String benchmark, String rawData, String layer) {
    return """
        {'benchmark': 'dev.lanewise.benchmarks.%s', 'threads': 1, 'jdkVersion': '25.0.3', 'params': {'layer': '%s'},
         'primaryMetric': {'scoreUnit': 'ns/op', 'rawData': %s}, 'secondaryMetrics': {}}
        """.formatted(benchmark, layer, rawData);
  }
}
