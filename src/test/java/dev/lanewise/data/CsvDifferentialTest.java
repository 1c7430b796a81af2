package dev.lanewise.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random files have the rows, fields and lines that FastCSV finds, whether they are read by it or not. */
class CsvDifferentialTest {

  private static final String[] PLAIN = {"a", "b7", ",", ",", ",", "\n", "\n", "\r\n", "\r", " ", "é", "-1.5", "\t", "x\"y"};
  private static final String[] QUOTED = {"\"a\"", "\"x\"\"\n,y\"", "\"\"", "\"é\r\n\"", ","};

  private static String random(SplittableRandom random, String[]... pieces) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      String[] from = pieces[random.nextInt(pieces.length)];
      text.append(from[random.nextInt(from.length)]);
    }
    return text.toString();
  }

  /** But lines of spaces and tabs, which are rows to FastCSV. */
  private static List<String> fastCsv(String text) throws IOException {
    String[] lines = text.split("\r\n|\r|\n", -1);
    List<String> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      for (CsvRecord row : reader) {
        int line = (int) row.getStartingLineNumber();
        if (!lines[line - 1].isBlank()) {
          rows.add(line + ": " + String.join("|", row.getFields()));
        }
      }
    }
    return rows;
  }

  /** A few bytes at a time, so that each row begins anywhere in a block. */
  private static CsvRows open(String text) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(length, 5));
      }
    };
    return new CsvRows(DecodedInput.of("test.csv", in, -1, 1 << 20), ',', '"');
  }

  private static List<String> lanewise(String text) throws IOException {
    List<String> rows = new ArrayList<>();
    try (CsvRows csv = open(text)) {
      CsvRow row = csv.row();
      while (csv.next()) {
        assertTrue(row.ends[row.fields - 1] + Decimal.PADDING <= row.bytes.length);
        List<String> fields = new ArrayList<>();
        CsvRow copy = row.copy();
        for (int j = 0; j < row.fields; j++) {
          fields.add(new Field(row, j).shown());
          assertEquals(fields.getLast(), new Field(copy, j).shown());
        }
        rows.add(row.line + ": " + String.join("|", fields));
      }
    }
    return rows;
  }

  /** The rows that were read by {@link #lanewise}, each after skipping those before. */
  private static List<String> skipping(String text) throws IOException {
    List<String> all = lanewise(text);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i <= all.size(); i++) {
      try (CsvRows csv = open(text)) {
        for (int skipped = 0; skipped < i; skipped++) {
          assertTrue(csv.skip());
        }
        assertEquals(i < all.size(), csv.next());
        if (i < all.size()) {
          assertTrue(all.get(i).startsWith(csv.row().line + ": "));
          assertTrue(all.get(i).startsWith(new Field(csv.row(), 0).shown(), all.get(i).indexOf(' ') + 1));
          rows.add(all.get(i));
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsTheRowsOfFastCsv(boolean quoted) throws IOException {
    int withQuotes = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String text = quoted ? random(random, PLAIN, PLAIN, QUOTED) : random(random, PLAIN);
      List<String> expected;
      try {
        expected = fastCsv(text);
      } catch (RuntimeException e) {
        continue; // a piece that does not fit where it fell
      }
      withQuotes += text.contains("\"\"") ? 1 : 0;
      assertEquals(expected, lanewise(text), () -> text.replace("\n", "\\n").replace("\r", "\\r"));
      assertEquals(expected, skipping(text), () -> text.replace("\n", "\\n").replace("\r", "\\r"));
    }
    assertEquals(quoted, withQuotes > 250);
  }

  /** Four ends of fields or eight at a time, wherever the array of them is full. */
  @Test
  void findsRowsOfManyFields() throws IOException {
    for (int fields = 1; fields <= 400; fields++) {
      SplittableRandom random = new SplittableRandom(fields);
      int share = 1 + fields % 9;
      int written = fields % 17;
      String row = IntStream.range(0, fields)
          .mapToObj(j -> j < written || random.nextInt(10) < share ? "1" : "")
          .collect(Collectors.joining(",", "0", "\n"));
      assertEquals(fastCsv(row), lanewise(row), row);
    }
    for (int written = 0; written < 400; written++) {
      String row = "1,".repeat(written) + ",".repeat(400 - written) + "\n";
      assertEquals(fastCsv(row), lanewise(row), row);
    }
  }

  /** Numbers in three ways of writing, some of them missing, against fields split by FastCSV and parsed by the JDK. */
  @Test
  void readsTheNumbersOfFastCsv() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("a,b,c,d\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(random.nextInt(256)).append(',');
      text.append(random.nextInt(20) == 0 ? "NA" : Float.toString((float) random.nextDouble(-10, 10))).append(',');
      text.append(random.nextDouble() * 1e-5).append(',');
      text.append(random.nextInt(9) == 0 ? "" : Long.toString(random.nextLong())).append('\n');
    }
    Table table = CsvTest.csv(text.toString()).read();
    List<String> rows = fastCsv(text.toString());
    assertEquals(rows.size() - 1, table.rows());
    for (int i = 0; i < table.rows(); i++) {
      String[] fields = rows.get(i + 1).split(": ", 2)[1].split("\\|", -1);
      for (int j = 0; j < 4; j++) {
        float expected = fields[j].isEmpty() || fields[j].equals("NA") ? Float.NaN : Float.parseFloat(fields[j]);
        assertEquals(expected, ((Column.Numeric) table.column(j)).get(i));
      }
    }
  }
}
