package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteBenchmarkTest {

  private static final String PEAK = result("PeakBenchmark.widest", "{}", 0.01);

  /** Two steps of B of 2 ms. */
  private static final String TRAINING = result("TrainingStepBenchmark.fit", "{'workload': 'B', 'threads': '1'}", 4e6)
      .replace("'secondaryMetrics': {}", "'secondaryMetrics': {'steps': " + counter(2) + ", 'samples': " + counter(256)
          + ", 'nanos': " + counter(4_000_000) + "}");

  private static final String PRODUCTS = "["
      + String.join(",", PEAK, PEAK.replace("0.01", "0.0125"),
          result("ProductsBenchmark.Forward.vector", "{'layer': '100x50x100'}", 12500),
          result("ProductsBenchmark.Forward.openBlas", "{'layer': '100x50x100'}", 25000))
      + "]";

  @Test
  void tablesAndRooflineAreOfWhatIsThere(@TempDir Path results) throws IOException {
    write(results, "products", PRODUCTS);
    write(results, "memory", "[" + PEAK + "," + result("BandwidthBenchmark.triad", "{}", 0.04) + "]");
    write(results, "width-1", "["
        + result("PeakBenchmark.widest", "{}", 0.04) + ","
        + result("GemmBenchmark.MultiplyPacked.vector", "{'shape': '100x100x50'}", 50000) + "]");
    write(results, "collector-2", "[" + PEAK + "," + TRAINING + "]");
    StartUp.write(
        new StartUp.Figures(List.of(0.5), List.of(800.0), List.of(100_000.0), List.of(), List.of()), results.resolve("start-up.json"));
    FreshJvms.write(
        List.of(new FreshJvms.Kernel("relu", List.of(100.0), List.of(0.0), List.of(100.0))), results.resolve("fresh-jvms.json"));

    Files.writeString(results.resolve("streamed.txt"), "0.95 of it\n");
    Files.writeString(results.resolve("machine.txt"), "a processor, JDK 25.0.3\nBLIS is not installed\n");

    new Suite(results, true).tables();

    String tables = Files.readString(results.resolve("tables.md"));
    assertTrue(tables.startsWith("""
        a processor, JDK 25.0.3.
        BLIS is not installed.

        ## products

        JDK 25.0.3.
        FMA peak, GFLOP/s: 80.0 to 100.0 in 2 measurements (widest).
        """), tables);
    assertTrue(tables.contains("| forward | 100×50×100 | 100×100×50 | 80.0 | 80 | 40.0 | – | 2.00 | – | – |\n"), tables);
    assertTrue(tables.contains("""
        ## widths

        | 512×512×512, B packed before | flags | GFLOP/s | peak at that width | % of it |
        | -- | --: | --: | --: | --: |
        | 128 bits, 32 registers | `-XX:MaxVectorSize=16` | 20.0 | 25.0 | 80 |

        """), tables);
    assertTrue(tables.contains("""
        ## collectors

        | step B with | flags | µs/step | GFLOP/s | peak with these flags | % of it |
        | -- | --: | --: | --: | --: | --: |
        | serial | `-XX:+UseSerialGC` | 2000.0 | 64.5 | 100.0 | 64 |
        """), tables);
    assertTrue(tables.contains("| relu | 0.100 | 1.00 | 0.0 |"), tables);
    assertTrue(tables.endsWith(
        "| that speed, samples/s | 1 | 100000 | 100000 | 100000 |\n\n## streamed\n\n0.95 of it\n\n"), tables);
    assertFalse(tables.contains("## training"), tables);
    BufferedImage roofline = ImageIO.read(results.resolve("roofline.png").toFile());
    assertEquals(1100, roofline.getWidth());
  }

  @Test
  void rooflineHasAPointForEachProductAndLibraryThatWasMeasured() {
    Results results = Results.of(new StringReader(PRODUCTS.replace('\'', '"')));
    var chart = Roofline.chart(ProductsTable.packed(results), 100, 25);
    assertNull(chart.getSeries("BLIS"));
    assertEquals(80, chart.getSeries("Lanewise").getYData()[0], 1e-9);
    assertEquals(40, chart.getSeries("OpenBLAS").getYData()[0], 1e-9);
    assertEquals(1e6 / 80_000, chart.getSeries("OpenBLAS").getXData()[0], 1e-9);
    assertEquals(4, chart.getSeries("roof").getXData()[1], 1e-9, "where memory is no longer the limit");
  }

  private static void write(Path results, String name, String json) throws IOException {
    Files.writeString(results.resolve(name + ".json"), json.replace('\'', '"'));
  }

  private static String counter(int value) {
    return "{'scoreUnit': '#', 'rawData': [[" + value + "]]}";
  }

  private static String result(String benchmark, String params, double nanos) {
    return """
        {'benchmark': 'dev.lanewise.benchmarks.%s', 'threads': 1, 'jdkVersion': '25.0.3', 'params': %s,
         'primaryMetric': {'scoreUnit': 'ns/op', 'rawData': [[%s]]}, 'secondaryMetrics': {}}
        """.formatted(benchmark, params, nanos);
  }
}
