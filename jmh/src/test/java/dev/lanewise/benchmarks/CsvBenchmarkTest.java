package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.benchmarks.CsvBenchmark.Numbers;
import dev.lanewise.benchmarks.CsvBenchmark.Read;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CsvBenchmarkTest {

  private interface Body {
    Object run(Read read) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Numbers.class)
  void bodiesRunAndAreChecked(Numbers numbers) throws IOException {
    CsvBenchmark benchmark = new CsvBenchmark();
    benchmark.numbers = numbers;
    benchmark.part = 0.005;
    benchmark.write();
    for (Body body : new Body[] {benchmark::table, benchmark::dataset, benchmark::fastCsv}) {
      Read read = new Read();
      read.begin();
      int times = 0;
      do {
        body.run(read);
        read.end();
        times++;
      } while (read.processorSeconds == 0); // the system may count in hundredths
      double megabytes = read.megabytes / times;
      assertTrue(megabytes > 0.2 && megabytes < 0.5, () -> megabytes + " MB");
      benchmark.check();
      benchmark.write();
    }
    float[] wrong = (float[]) benchmark.result;
    wrong[wrong.length - 1] = Math.nextUp(wrong[wrong.length - 1]);
    assertThrows(IllegalStateException.class, benchmark::check);
  }
}
