package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static dev.lanewise.data.TestFiles.bytes;
import static dev.lanewise.data.TestFiles.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibSvmTest {

  private static final String GOOD = """
      # made by hand
      +1 1:0.5 3:-2e-1 # a comment

      -1 qid:7 2:1
      0.5
      """;

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("a.svm");
  }

  private LibSvm read(String text) throws IOException {
    return LibSvm.read(Files.write(file, text.getBytes(StandardCharsets.UTF_8)));
  }

  private LibSvm read(String text, int columns) throws IOException {
    return LibSvm.read(Files.writeString(file, text), columns);
  }

  private static void assertGood(LibSvm rows) {
    assertEquals(Matrix.of(3, 3, 0.5f, 0, -0.2f, 0, 1, 0, 0, 0, 0), rows.x());
    assertArrayEquals(new float[] {1, -1, 0.5f}, rows.targets());
  }

  @Test
  void readsRowsPlainAndGzip() throws IOException {
    assertGood(read(GOOD));
    assertGood(LibSvm.read(Files.write(file, gzip(bytes(GOOD)))));
  }

  @Test
  void readsWhateverEndsItsLines() throws IOException {
    assertGood(read(GOOD.replace("\n", "\r\n")));
    assertGood(read(GOOD.replace("\n", "\r")));
    assertGood(read(GOOD.replace("\n", " # a comment\r")));
    assertGood(read(GOOD.replace(" # a", "#a")));
    assertGood(read(GOOD.stripTrailing()));
    assertGood(read("\ufeff" + GOOD));
    assertGood(read(GOOD + "\n\n  \t\n# the end"));
    assertGood(read(GOOD.replace(" ", " \t ").replace("0.5\n", "  0.5  \n")));
  }

  /** The line that an editor shows, whatever ends it. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void countsLinesWhateverEndsThem(String end) {
    assertRefused(
        file + ", row 5: the target \"x\" is not a finite number", () -> read("1 1:1\n\n# a\n1 1:2\nx\n".replace("\n", end)));
  }

  /** It ends neither the line nor the file: the rows behind it would be lost without a word. */
  @Test
  void refusesABinaryZero() {
    assertRefused(file + ", row 2: the target \"?1\" is not a finite number", () -> read("1 1:1\n\0001 1:2\n1 1:3\n"));
    assertRefused(file + ", row 1: the value of \"1:1?\" is not a number", () -> read("1 1:1\0\n1 1:3\n"));
  }

  @Test
  void readsNumbersOfEveryForm() throws IOException {
    LibSvm rows = read("1e1 1:.5 2:5. 3:+1E+2 4:-0 5:nan 6:NaN 7:1e-50 8:16777217 9:00\n");
    assertArrayEquals(new float[] {10}, rows.targets());
    assertEquals(Matrix.of(1, 1, 3), read("1 qid:90 1:3\n").x());
    assertEquals(Matrix.of(1, 1, 3), read("1 1:" + "0".repeat(61) + "3\n").x()); // the longest there may be
    assertEquals(
        Matrix.of(1, 9, 0.5f, 5, 100, -0f, Float.NaN, Float.NaN, 0, 16_777_216, 0), rows.x());
  }

  @Test
  void hasTheColumnsOfTheLargestIndexOrThoseGiven() throws IOException {
    assertEquals("2 x 7", read("1 1:1 7:2\n0 2:1\n").x().shape());
    assertEquals("2 x 9", read("1 1:1 7:2\n0 2:1\n", 9).x().shape());
    assertEquals("1 x 0", read("1\n").x().shape());
  }

  /** As scikit-learn's {@code dump_svmlight_file} counts: {@code dump_svmlight_file([[0.5, 0, -0.2], …], y, file)}. */
  @Test
  void readsIndicesFromZero() throws IOException {
    Files.writeString(file, "1 0:0.5 2:-0.2\n-1 qid:7 1:1\n0.5\n");
    assertGood(LibSvm.readZeroBased(file));
    assertEquals("3 x 5", LibSvm.readZeroBased(file, 5).x().shape());
    assertEquals(0.5f, LibSvm.readZeroBased(file, 5).x().get(0, 0));
    assertGood(LibSvm.readZeroBased(file, 3, 36));
    assertRefused(
        file + ": 3 rows of 3 columns take 36 bytes, more than the limit of 35; a higher limit can be given",
        () -> LibSvm.readZeroBased(file, 3, 35));
    assertRefused(
        file + ", row 1: the index of \"2:-0.2\" is above 1, that of the last column that was asked for",
        () -> LibSvm.readZeroBased(file, 2));
    String negative = assertThrows(IllegalArgumentException.class, () -> LibSvm.readZeroBased(file, -1)).getMessage();
    assertEquals("a matrix cannot have -1 columns", negative);
    Files.writeString(file, "1 0:1 0:2\n");
    assertRefused(
        file + ", row 1: the index of \"0:2\" is not above the one before it, which is 0", () -> LibSvm.readZeroBased(file));
    Files.writeString(file, "1 -1:1\n");
    assertRefused(
        file + ", row 1: the index of \"-1:1\" is not a whole number from 0 to 2147483638", () -> LibSvm.readZeroBased(file));
  }

  /** So that tokens lie across the edges of buffers, and arrays grow. */
  @Test
  void readsFilesLargerThanABuffer() throws IOException {
    int rows = 20_000;
    StringBuilder text = new StringBuilder();
    Matrix x = Matrix.zeros(rows, 5);
    float[] targets = new float[rows];
    for (int i = 0; i < rows; i++) {
      targets[i] = i % 3;
      x.set(i, i % 4, i);
      x.set(i, 4, i - 0.5f);
      text.append(i % 3 + " " + (i % 4 + 1) + ":" + i + " 5:" + (i - 0.5f) + "\n");
    }
    LibSvm read = read(text.toString());
    assertArrayEquals(targets, read.targets());
    assertEquals(x, read.x());
  }

  @Test
  void makesADatasetOfClasses() throws IOException {
    Dataset training = read("+1 1:1\n-1 1:2\n1.0 1:3\n10 1:4\n").classification();
    assertEquals(List.of("-1", "1", "10"), training.classNames());
    assertArrayEquals(new int[] {1, 0, 1, 2}, training.labels());
    Dataset test = read("-1 1:5\n", 1).classification(training.classNames());
    assertArrayEquals(new int[] {0}, test.labels());
    assertEquals(training.classNames(), test.classNames());
    LibSvm other = read("# one\n-1 1:5\n\n2 1:6\n");
    assertRefused(
        file + ", row 4, column \"target\": \"2\" is not one of the 3 classes \"-1\", \"1\", \"10\"",
        () -> other.classification(training.classNames()));
  }

  @Test
  void refusesTargetsTooLargeForClasses() throws IOException {
    LibSvm large = read("5 1:1\n# two that are one float\n16777217 1:2\n16777216 1:3\n");
    String refused =
        file + ", row 3, column \"target\": the float 16777216 is too large to name a class or category, as other whole numbers become the"
            + " same float: take the targets for numbers, regression()";
    assertRefused(refused, large::classification);
    assertRefused(refused, () -> large.classification(List.of("5", "16777216")));
    assertEquals(3, large.regression().rows());
  }

  @Test
  void makesADatasetOfNumbers() throws IOException {
    Dataset dataset = read(GOOD).regression();
    assertEquals(Matrix.of(3, 1, 1, -1, 0.5f), dataset.y());
    assertEquals(List.of("target"), dataset.targetNames());
    assertEquals(3, dataset.inputs());
  }

  @Test
  void handsOutCopiesOfItsTargets() throws IOException {
    LibSvm rows = read(GOOD);
    rows.targets()[0] = 9;
    rows.regression().y().set(0, 0, 9);
    assertEquals(1, rows.targets()[0]);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
    "a 1:1 | the target \"a\" is not a finite number",
    "nan 1:1 | the target \"nan\" is not a finite number",
    "1e39 1:1 | the target \"1e39\" is not a finite number",
    "1,2 1:1 | the target \"1,2\" is not a finite number",
    "1:1 2:2 | the target \"1:1\" is not a finite number",
    "1 5 | \"5\" is not an index:value",
    "1 sid:2 | the index of \"sid:2\" is not a whole number from 1 to 2147483639",
    "1 0:1 | the index of \"0:1\" is not a whole number from 1 to 2147483639; LibSvm.readZeroBased reads files whose indices begin at 0",
    "1 -1:1 | the index of \"-1:1\" is not a whole number from 1 to 2147483639",
    "1 1.0:1 | the index of \"1.0:1\" is not a whole number from 1 to 2147483639",
    "1 18446744073709551617:1 | the index of \"18446744073709551617:1\" is not a whole number from 1 to 2147483639", // 2⁶⁴ + 1
    "1 12:1 5 | \"5\" is not an index:value",
    "1 :1 | the index of \":1\" is not a whole number from 1 to 2147483639",
    "1 2147483640:1 | the index of \"2147483640:1\" is not a whole number from 1 to 2147483639",
    "1 99999999999:1 | the index of \"99999999999:1\" is not a whole number from 1 to 2147483639",
    "1 2:1 2:1 | the index of \"2:1\" is not above the one before it, which is 2",
    "1 3:1 2:1 | the index of \"2:1\" is not above the one before it, which is 3",
    "1 1: | the value of \"1:\" is not a number",
    "1 1:x | the value of \"1:x\" is not a number",
    "1 1:1:1 | the value of \"1:1:1\" is not a number",
    "1 1:inf | the value of \"1:inf\" is infinite as a float",
    "1 1:1e39 | the value of \"1:1e39\" is infinite as a float",
    "1 1:-1e400 | the value of \"1:-1e400\" is infinite as a float",
    "1 1:0x1p3 | the value of \"1:0x1p3\" is not a number",
    "1 1:1f | the value of \"1:1f\" is not a number",
    "1 1:-nan | the value of \"1:-nan\" is not a number",
    "1 qid:x 1:1 | the query of \"qid:x\" is not a whole number",
    "1 qid:1-2 1:1 | the query of \"qid:1-2\" is not a whole number",
    "1 qid: 1:1 | the query of \"qid:\" is not a whole number",
    "1 1:1 qid:1 | the index of \"qid:1\" is not a whole number from 1 to 2147483639",
    "qid:1 1:1 | the target \"qid:1\" is not a finite number"
  })
  void refusesWhatIsNotTheFormat(String row, String message) {
    assertRefused(file + ", row 3: " + message, () -> read("1 1:1\n\n" + row + "\n1 1:1\n"));
  }

  @Test
  void showsNoMoreOfABadTokenThanNeeded() {
    assertRefused(
        file + ", row 1: \"1:" + "0".repeat(38) + "…\" is too long for a number",
        () -> read("1 1:" + "0".repeat(63)));
    assertRefused(file + ", row 1: the target \"a?b\" is not a finite number", () -> read("a\u0007b 1:1"));
    assertRefused(
        file + ", row 1: the target \"\ufffd1\" is not a finite number",
        () -> LibSvm.read(Files.write(file, bytes(0xef, "1 1:1"))));
    assertRefused(file + ", row 1: the target \"ä\" is not a finite number", () -> read("ä 1:1"));
  }

  @Test
  void refusesIndicesAboveTheColumnsGiven() {
    assertRefused(
        file + ", row 2: the index of \"4:1\" is above 3, that of the last column that was asked for", () -> read("1 3:1\n1 4:1\n", 3));
    assertRefused(
        file + ", row 1: the index of \"0:1\" is not a whole number from 1 to 3; LibSvm.readZeroBased reads files whose indices begin at 0",
        () -> read("1 0:1\n", 3));
    String negative = assertThrows(IllegalArgumentException.class, () -> read(GOOD, -1)).getMessage();
    assertEquals("a matrix cannot have -1 columns", negative);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n \r\n", "# nothing\n"})
  void refusesAFileWithoutRows(String text) {
    assertRefused(file + ": it has no rows", () -> read(text));
  }

  @Test
  void refusesAMatrixOutOfAllProportion() throws IOException {
    assertEquals("1 x 4194304", read("1 4194304:1\n").x().shape());
    assertRefused(
        file + ": 1 rows of 4194305 columns would take 16777220 bytes, though the text has but 12; "
            + "if that is meant, give the number of columns",
        () -> read("1 4194305:1\n"));
    assertEquals("1 x 4194305", read("1 4194305:1\n", 4_194_305).x().shape());
    String text = "1 4194560:1\n#" + "a".repeat(16_371); // 16,384 bytes, and the matrix has 1,024 times 16,385
    assertRefused(
        file + ": 1 rows of 4194560 columns would take 16778240 bytes, though the text has but 16384; "
            + "if that is meant, give the number of columns",
        () -> read(text));
    assertEquals("1 x 4194560", read(text + "a").x().shape());
    assertRefused( // not that they do not fit in an array
        file + ": 1 rows of 2147483639 columns would take 8589934556 bytes, though the text has but 15; "
            + "if that is meant, give the number of columns",
        () -> read("1 2147483639:1\n"));
    assertRefused(
        file + ": 2 rows of 2000000000 columns are more values than fit in an array",
        () -> read("1 1:1\n1 2000000000:1\n"));
  }

  @Test
  void refusesMoreThanTheLimit() throws IOException {
    Files.writeString(file, "1 5:1\n");
    assertEquals("1 x 5", LibSvm.read(file, 0, 20).x().shape());
    assertRefused(
        file + ": 1 rows of 5 columns take 20 bytes, more than the limit of 19; a higher limit can be given",
        () -> LibSvm.read(file, 0, 19));
    Files.writeString(file, "1  \n");
    assertRefused(
        file + ": it holds more than the limit of 3 decoded bytes; a higher limit can be given",
        () -> LibSvm.read(file, 0, 3));
  }

  @Test
  void refusesAGzipThatEndsEarly() {
    byte[] packed = gzip(bytes(GOOD));
    assertRefused(
        file + ", row 5: the gzip ends early, after 62 decoded bytes",
        () -> LibSvm.read(Files.write(file, Arrays.copyOf(packed, packed.length - 8))));
    byte[] line = gzip(bytes("1 1:1"));
    assertRefused(
        file + ", row 1: the gzip ends early, after 5 decoded bytes",
        () -> LibSvm.read(Files.write(file, Arrays.copyOf(line, line.length - 8))));
  }

  @Test
  void namesAFileThatIsMissing() {
    assertEquals(
        file.toString(), assertThrows(NoSuchFileException.class, () -> LibSvm.read(file)).getMessage());
  }

  @Test
  @Tag("damage")
  void survivesDamage() {
    Mutations.of(bytes(GOOD), bytes("0 1:1 2:2 30:3\r\n1 5:nan\r\n"))
        .tokens("qid:1", ":", "#", "nan", "1e5", "-", " 9:", "\n", "999", "2000000000:1")
        .allocatingAtMost(40 << 20)
        .check(bytes -> LibSvm.read(TestFiles.open(bytes), 1, 0).classification());
    Mutations.of(gzip(bytes(GOOD)))
        .allocatingAtMost(40 << 20)
        .check(bytes -> LibSvm.read(TestFiles.open(bytes), 1, 0).regression());
  }
}
