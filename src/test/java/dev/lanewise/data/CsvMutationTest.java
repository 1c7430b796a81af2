package dev.lanewise.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.train.Source.Batch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged files are read or refused. */
@Tag("damage")
class CsvMutationTest {

  private static final byte[] PLAIN = text(60, "\n", "%d,%.3f,%d.5e-3,town %d\n");
  private static final byte[] QUOTED = text(60, "\r\n", "\"%d\",%.3f,,\"the \"\"town\"\",\r\n %d%d\"\r\n");
  private static final String[] TOKENS = {"\"", "\"\"", ",", "\r", "\n", "\r\n", "NaN", "NA", "inf", "1e39", "é", "\ufeff", "id"};

  private static byte[] text(int rows, String lineEnd, String row) {
    StringBuilder text = new StringBuilder("id,width,height,town" + lineEnd);
    for (int i = 0; i < rows; i++) {
      text.append(String.format(Locale.ROOT, row, i, i / 7.0, i * i, i % 5));
    }
    return text.toString().getBytes(UTF_8);
  }

  private static Csv csv(byte[] file) {
    return Csv.of("test.csv", new ByteArrayInputStream(file)).limit(1 << 20);
  }

  private static void read(byte[] file) throws IOException {
    Table table = csv(file).read();
    assertEquals(table.rows(), table.column(0).rows());
  }

  /** The block that is read takes 128 kB, and what FastCSV does as much again. */
  @Test
  void plain() {
    Mutations.of(PLAIN).tokens(TOKENS).allocatingAtMost(1 << 20).check(CsvMutationTest::read);
  }

  @Test
  void inQuotes() {
    Mutations.of(QUOTED, PLAIN).tokens(TOKENS).allocatingAtMost(1 << 20).check(CsvMutationTest::read);
  }

  @Test
  void packed() throws IOException {
    Mutations.of(TestFiles.gzip(PLAIN), TestFiles.gzip(QUOTED)).allocatingAtMost(1 << 20).check(CsvMutationTest::read);
  }

  /** Rows go one by one to a batch, as from a file that is streamed. */
  @Test
  void streamed() {
    byte[] numbers = text(60, "\n", "%d,%.3f,%d,%d\n");
    CsvHeader header = new CsvHeader("test.csv", List.of("id", "width", "height", "town"));
    List<String> towns = List.of("0", "1", "2", "3", "4");
    Batch batch = new Batch(2, 3, 5);
    Mutations.of(numbers).tokens(TOKENS).allocatingAtMost(1 << 20).check(file -> {
      try (CsvRowReader rows = CsvRowReader.open(csv(file), header, new int[] {3}, towns)) {
        while (rows.read(batch, 1)) {
          assertEquals(1, batch.y()[5] + batch.y()[6] + batch.y()[7] + batch.y()[8] + batch.y()[9]);
        }
      }
    });
  }

  @Test
  void withColumnsAsTold() {
    Mutations.of(PLAIN)
        .tokens(TOKENS)
        .allocatingAtMost(1 << 20)
        .check(file -> Dataset.of(csv(file).numericColumns("id", "width").textColumns("town").read().without("town"), "id"));
  }
}
