package dev.lanewise.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.JavaProcess;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each bad file is refused in one sentence that names the file and, where there are such, row and column. */
class CsvBadInputTest {

  @TempDir private Path directory;

  /** A file and what is said of it. */
  record Case(String text, String message) {}

  static final List<Case> CASES = List.of(
      new Case("", "test.csv: the file is empty"),
      new Case("\ufeff", "test.csv: the file is empty"),
      new Case("\n\r\n\n", "test.csv: the file has no header: all its lines are blank"),
      new Case("\ufeff\n", "test.csv: the file has no header: all its lines are blank"),
      new Case("a,b\n", "test.csv: the file has a header, but no row"),
      new Case("a,b\n\n\n", "test.csv: the file has a header, but no row"),
      new Case("a,n\n1,2\n3\n", "test.csv, row 3: the row has 1 field, but there are 2 columns"),
      new Case("a,n\n1,2\n\n3,4,5\n", "test.csv, row 4: the row has 3 fields, but there are 2 columns"),
      new Case("a,n\n1,2,\n", "test.csv, row 2: the row has 3 fields, but there are 2 columns"),
      new Case("a,n\n1,2\n   .\n", "test.csv, row 3: the row has 1 field, but there are 2 columns"),
      new Case("a,n\n1,\"2\"\n3\n", "test.csv, row 3: the row has 1 field, but there are 2 columns"),
      new Case("a,n\n1,\"2\"\n3,4,5\n", "test.csv, row 3: the row has 3 fields, but there are 2 columns"),
      new Case("a,b,a\n1,2,3\n", "test.csv, row 1: columns 1 and 3 have the same name \"a\": ignoreColumns(…) leaves both out"),
      new Case("\na,b,,\n1,2,3,4\n", "test.csv, row 2: columns 3 and 4 have the same name \"\": ignoreColumns(…) leaves both out"),
      new Case("n,b\nx,2\n", "test.csv, row 2, column \"n\": \"x\" is not a number"),
      new Case("n,b\n1,2\n1 2,2\n", "test.csv, row 3, column \"n\": \"1 2\" is not a number"),
      new Case("b,n\n1,2\n2,0x1p3\n", "test.csv, row 3, column \"n\": \"0x1p3\" is not a number"),
      new Case("b,n\n1,2\n2,\"1,5\"\n", "test.csv, row 3, column \"n\": \"1,5\" is not a number"),
      new Case("b,n\n1,2\n2,a\0b\n", "test.csv, row 3, column \"n\": \"a?b\" is not a number"),
      new Case("a,n\n1e39,1\n", "test.csv, row 2, column \"a\": \"1e39\" is infinite as a float"),
      new Case("a,n\n1,1\n-inf,1\n", "test.csv, row 3, column \"a\": \"-inf\" is infinite as a float"),
      new Case("a,n\n1,1\n Infinity ,1\n", "test.csv, row 3, column \"a\": \" Infinity \" is infinite as a float"),
      new Case("a,b,n\n1,1,1\n1,inf,1\n1e39,1,1\n", "test.csv, row 3, column \"b\": \"inf\" is infinite as a float"),
      new Case("n,a\n1,x\n2,x\0y\n", "test.csv, row 3, column \"a\": there is a byte of zero, which is no text"),
      new Case("n,a\0\n1,x\n", "test.csv, row 1, column \"2\": there is a byte of zero, which is no text"),
      new Case("n,a\n1,x\n2,\u00ff\n", "test.csv, row 3, column \"a\": \"\ufffd\" is not UTF-8"),
      new Case("n,a\n1,\"x\n2,y\n",
          "test.csv, row 2: a field in quotes is not closed, is longer than 16 MB or goes on after its last quote"),
      new Case("n,a\n\n1,2\n1,\"x\"y\n2,y\n",
          "test.csv, row 4: a field in quotes is not closed, is longer than 16 MB or goes on after its last quote"),
      new Case("a\n1\n", "test.csv has no column \"n\": its columns are \"a\""));

  private static Csv csv(byte[] bytes) {
    return Csv.of("test.csv", new ByteArrayInputStream(bytes)).numericColumns("n");
  }

  private static void assertRefused(String message, Csv csv) {
    assertEquals(message, assertThrows(DataException.class, csv::read).getMessage());
  }

  /** Also where the small letter of I has no dot. */
  @Test
  void infinityIsSpeltTheSameInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr"));
      for (String text : List.of("INF", "-Infinity")) {
        assertRefused("test.csv, row 2, column \"n\": \"" + text + "\" is infinite as a float", csv(("n\n" + text + "\n").getBytes(UTF_8)));
        Path rows = Files.writeString(directory.resolve("rows.svm"), "1 1:" + text);
        assertEquals(
            rows + ", row 1: the value of \"1:" + text + "\" is infinite as a float",
            assertThrows(DataException.class, () -> LibSvm.read(rows)).getMessage());
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** In ISO 8859-1, so that a character of a case is a byte of the file. */
  @ParameterizedTest
  @FieldSource("CASES")
  void isRefusedInOneSentence(Case bad) {
    boolean mark = bad.text.startsWith("\ufeff");
    assertRefused(bad.message, csv(bad.text.getBytes(mark ? UTF_8 : ISO_8859_1)));
  }

  @Test
  void noRowWhereThereIsNoHeader() {
    assertRefused("test.csv: the file has no row: all its lines are blank", CsvTest.csv("\n").withoutHeader());
    assertRefused("test.csv: the file is empty", CsvTest.csv("").withoutHeader());
  }

  @Test
  void encodings() {
    assertRefused("test.csv: it is written in UTF-16: write it in UTF-8", csv("a,n\n1,2\n".getBytes(UTF_16)));
  }

  @Test
  void columnsThatAreNotThere() {
    assertRefused("test.csv has no column \"b\": its columns are \"a\", \"n\"", CsvTest.csv("a,n\n1,2\n").textColumns("b"));
    assertRefused("test.csv, row 1: the row has 2 fields, but there are 3 columns",
        CsvTest.csv("1,2\n").withoutHeader("a", "b", "c"));
    assertRefused("test.csv, row 2: the row has 2 fields, but there is 1 column", CsvTest.csv("a\n1,2\n"));
    assertRefused(
        "test.csv, row 2: the row has 2 fields, but there is 1 column; if fields end at each ;, say delimiter(';'), on the command "
            + "line --delimiter ';'",
        CsvTest.csv("a;n\n1,5;2\n"));
    assertRefused(
        "test.csv, row 2: the row has 2 fields, but there is 1 column; if fields end at each comma, say delimiter(','), on the "
            + "command line --delimiter ','",
        CsvTest.csv("a,n\n1;2\n").delimiter(';'));
  }

  /** All of the header is one name then. */
  @Test
  void otherDelimiters() throws IOException {
    assertRefused(
        "test.csv has no column \"n\": its columns are \"a;n\"; if fields end at each ;, say delimiter(';'), on the command line"
            + " --delimiter ';'",
        CsvTest.csv("a;n\n1;2\n").textColumns("n"));
    String tabs = assertThrows(DataException.class, () -> CsvTest.csv("a\tn\n1\t2\n").read().column("n")).getMessage();
    assertEquals(
        "test.csv has no column \"n\": its columns are \"a\\tn\"; if fields end at each tab, say delimiter('\\t'), on the command"
            + " line --delimiter tab",
        tabs);
    String bars = assertThrows(DataException.class, () -> CsvTest.csv("a|n\n1|2\n").read().without("n")).getMessage();
    assertTrue(bars.endsWith("; if fields end at each |, say delimiter('|'), on the command line --delimiter '|'"), bars);
    assertRefused("test.csv has no column \"n\": its columns are \"a;b\", \"c\"", CsvTest.csv("a;b,c\n1,2\n").textColumns("n"));
  }

  @Test
  void gzipsThatEndEarly() throws IOException {
    byte[] packed = TestFiles.gzip("a,n\n1,2\n3,4\n".getBytes(UTF_8));
    assertRefused("test.csv: the gzip has no whole header", csv(Arrays.copyOf(packed, 5)));
    assertRefused("test.csv, row 4: the gzip ends early, after 12 decoded bytes", csv(Arrays.copyOf(packed, packed.length - 1)));
  }

  /** As any stream is that was read, whether by its first bytes it is refused or by its rows. */
  @Test
  void closesAStreamThatIsRefused() throws IOException {
    byte[] packed = TestFiles.gzip("a,n\n1,2\n3,4\n".getBytes(UTF_8));
    for (byte[] bytes : List.of(Arrays.copyOf(packed, 5), Arrays.copyOf(packed, packed.length - 1), "a\nb,c\n".getBytes(UTF_8))) {
      boolean[] closed = {false};
      InputStream stream = new ByteArrayInputStream(bytes) {
        @Override
        public void close() {
          closed[0] = true;
        }
      };
      assertThrows(DataException.class, () -> Csv.of("test.csv", stream).read());
      assertTrue(closed[0], bytes.length + " bytes");
    }
  }

  /** A stream is not read again: text behind the rows by which its columns were judged is refused, and the first such is named. */
  @Test
  void textBehindRowsOfNumbers() {
    assertRefused(
        "test.csv, row 152, column \"a\": \"first\" is not a number, but the rows before have no text: say textColumns(…) if it is"
            + " text",
        CsvTest.csv("a\n" + "1\n".repeat(150) + "first\n1\nsecond\n"));
  }

  /** It would wait for somebody to write to it again, or find it empty. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void pipesCannotBeReadTwice() throws Exception {
    Path pipe = directory.resolve("pipe.csv");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
      assertPiped("a,n\n" + "1,2\n".repeat(150), pipe, () -> assertEquals(150, Csv.of(pipe).read().rows()));
      assertPiped("a,n\n" + "1,2\n".repeat(150) + "x,2\n", pipe, () -> assertEquals(
          pipe + ", row 152, column \"a\": \"x\" is not a number, but the rows before have no text: say textColumns(…) if it is"
              + " text",
          assertThrows(DataException.class, () -> Csv.of(pipe).read()).getMessage()));
      assertEquals(
          pipe + " can be read only once, but a source reads it in each epoch",
          assertThrows(IllegalArgumentException.class, () -> CsvSource.classification(Csv.of(pipe), "n", 10)).getMessage());
    });
    Path missing = directory.resolve("missing.csv");
    assertThrows(NoSuchFileException.class, () -> CsvSource.classification(Csv.of(missing), "n", 10));
    assertThrows(FileSystemException.class, () -> CsvSource.classification(Csv.of(directory), "n", 10));
  }

  private static void assertPiped(String text, Path pipe, Executable reading) throws Throwable {
    Thread writer = Thread.ofVirtual().start(() -> {
      try {
        Files.writeString(pipe, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    reading.execute();
    writer.join();
  }

  /** The rows of the first are not all. */
  @Test
  void gzipsAfterAnother() throws IOException {
    byte[] first = TestFiles.gzip("a,n\n1,2\n".getBytes(UTF_8));
    byte[] second = TestFiles.gzip("3,4\n".getBytes(UTF_8));
    assertRefused(
        "test.csv, row 3: the gzip ends early, after 8 decoded bytes", csv(TestFiles.bytes(first, Arrays.copyOf(second, 9))));
    assertRefused(
        "test.csv, row 3: the gzip is damaged after 8 decoded bytes: what follows is no gzip",
        csv(TestFiles.bytes(first, "5,6\n")));
  }

  @Test
  void gzipsThatEndEarlyAfterAQuote() throws IOException {
    byte[] packed = TestFiles.gzip("a,n\r\n\"1\",2\r\n\"3\n3\",4\r5,6\n7,8\n".getBytes(UTF_8));
    assertRefused("test.csv, row 7: the gzip ends early, after 28 decoded bytes", csv(Arrays.copyOf(packed, packed.length - 1)));
    byte[] blocks = TestFiles.gzip(("a,n\r\n\"1\",2\r\n" + "3,4\r\n".repeat(100_000)).getBytes(UTF_8));
    assertRefused(
        "test.csv, row 100003: the gzip ends early, after 500012 decoded bytes", csv(Arrays.copyOf(blocks, blocks.length - 1)));
  }

  /** A disk that fails is no bad file, nor anything unchecked, whoever reads the rows. */
  @Test
  void inputThatFailsAfterAQuote() {
    IOException broken = new IOException("the line is dead");
    InputStream fails = new InputStream() {
      @Override
      public int read() throws IOException {
        throw broken;
      }

      @Override
      public int read(byte[] to, int from, int most) throws IOException {
        throw broken;
      }
    };
    for (String text : List.of("a,n\n1,2\n", "a,n\n\"1\",2\n")) {
      InputStream in = new SequenceInputStream(new ByteArrayInputStream(text.getBytes(UTF_8)), fails);
      assertSame(broken, assertThrows(IOException.class, Csv.of("test.csv", in)::read));
    }
  }

  @Test
  void moreBytesThanTheLimit() throws IOException {
    assertEquals(1, csv("n\n1\n".getBytes(UTF_8)).limit(4).read().rows());
    String message = "test.csv: it holds more than the limit of 4 decoded bytes; a higher limit can be given";
    assertRefused(message, csv("n\n1\n2\n".getBytes(UTF_8)).limit(4));
    byte[] bomb = new byte[1 << 24];
    Arrays.fill(bomb, (byte) '1');
    assertRefused(message.replace("4", "100000"), csv(TestFiles.gzip(bomb)).limit(100_000));
    assertThrows(IllegalArgumentException.class, () -> csv(bomb).limit(-1));
  }

  /** Only quotes need FastCSV; without it on the class path, the sentence says what to add. */
  @Test
  @Tag("process")
  void quotesWithoutFastCsv() throws Exception {
    String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("fastcsv"))
        .collect(Collectors.joining(File.pathSeparator));
    JavaProcess process = JavaProcess.runOn(classPath, List.of(), ReadsStandardInput.class.getName(), "a\n1\n", "a\n1\n\"2\"\n");
    assertEquals(List.of(), process.ownErrors());
    assertEquals(
        "Table 1 x 1 from test.csv: \"a\" number\ntest.csv, row 3: a field is in quotes, and reading those takes FastCSV: "
            + "add de.siegmar:fastcsv:4.4.0 to the class path (or, on the module path, add --add-modules de.siegmar.fastcsv)\n",
        process.out());
    assertFalse(process.exit() != 0);
  }

  /** Prints the table that each argument makes, or why it makes none. */
  static final class ReadsStandardInput {
    public static void main(String[] args) throws IOException {
      for (String text : args) {
        try {
          System.out.println(CsvTest.csv(text).read());
        } catch (DataException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
