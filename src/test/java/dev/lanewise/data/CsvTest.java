package dev.lanewise.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  private static final Table BIRDS = Table.of(
      Column.numeric("width", 1.5f, Float.NaN, -3),
      Column.text("species", "owl", "Käuzchen", null));

  @TempDir private Path directory;

  static Csv csv(String text) {
    return Csv.of("test.csv", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static Table read(String text) throws IOException {
    return csv(text).read();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "width,species\n1.5,owl\n,Käuzchen\n-3,\n",
    "width,species\n1.5,owl\nNA,Käuzchen\n-3,null",
    "\ufeffwidth,species\r\n1.5,owl\r\nnan,Käuzchen\r\n-3,NaN\r\n",
    "width,species\r1.5,owl\rnull,Käuzchen\r-3,",
    "\n\r\n\rwidth,species\n\n1.5,owl\n,Käuzchen\n\n\n-3,\n\r\n\n",
    " width ,\tspecies\n 1.5 ,owl\n  NA\t,Käuzchen\n-3, \n",
    "\"width\",\"species\"\n1.5,owl\n\"\",\"Käuzchen\"\n\"-3\",\n",
    "width,species\n1.5,owl\n,Käuzchen\n\"-3\",\"NA\"\r\n\r\n",
  })
  void readsWhatIsTheSameInEveryDress(String text) throws IOException {
    assertEquals(BIRDS, read(text));
  }

  /** As pandas does; what is missing in a single column has to be written. */
  @Test
  void blankLinesAreNoRowsOfASingleColumnEither() throws IOException {
    assertEquals(Table.of(Column.numeric("a", 1, 2)), csv("a\n1\n\n2\n\n").read());
    assertEquals(Table.of(Column.numeric("a", 1, Float.NaN, 2)), csv("a\n1\nNA\n2\n").read());
    assertEquals(Table.of(Column.numeric("a", 1, Float.NaN, 2)), csv("a\n1\n\"\"\n\n2\n").read());
  }

  @Test
  void linesOfSpacesAndTabsAreBlankButWhereTheyDelimit() throws IOException {
    for (String blank : List.of(" ", "\t", " \t  ", " ".repeat(100))) {
      String text = blank + "\nwidth,species\n" + blank + "\r\n1.5,owl\n,Käuzchen\n" + blank + "\r-3,\n" + blank;
      assertEquals(BIRDS, read(text));
      assertEquals(BIRDS, read(text.replace("owl", "\"owl\""))); // the rest by FastCSV
      assertEquals(Table.of(Column.numeric("a", 1, 2)), csv("a\n1\n" + blank + "\n2\n").read());
    }
    assertEquals(Table.of(Column.text("a", "x", null)), csv("a\n\"x\"\n\" \"\n").read());
    assertEquals(
        Table.of(Column.numeric("a", 1, Float.NaN), Column.numeric("b", 2, Float.NaN)),
        csv("a\tb\n1\t2\n\t\n \n").delimiter('\t').read());
    assertEquals(
        Table.of(Column.numeric("a", 1, Float.NaN), Column.numeric("b", 2, Float.NaN)),
        csv("a b\n\"1\" 2\n \n\t\n").delimiter(' ').read());
  }

  @Test
  void readsAFilePlainAndPacked() throws IOException {
    byte[] text = "width,species\n1.5,owl\n,Käuzchen\n-3,\n".getBytes(UTF_8);
    Path plain = Files.write(directory.resolve("birds.csv"), text);
    Path packed = Files.write(directory.resolve("birds"), TestFiles.gzip(text));
    assertEquals(BIRDS, Csv.of(plain).read());
    assertEquals(BIRDS, Csv.of(packed).read());
    assertEquals(plain.toString(), Csv.of(plain).read().source());
    byte[] tabs = new String(text, UTF_8).replace(',', '\t').getBytes(UTF_8);
    for (String name : List.of("birds.tsv", "BIRDS.TAB", "birds.tsv.gz")) {
      assertEquals(BIRDS, Csv.of(Files.write(directory.resolve(name), tabs)).read());
    }
    assertThrows(IOException.class, () -> Csv.of(directory.resolve("none.csv")).read());
    assertThrows(IOException.class, () -> Csv.of(directory).read());
  }

  @Test
  void readsWithOtherDelimitersAndQuotes() throws IOException {
    assertEquals(BIRDS, csv("width;species\n1.5;owl\n;Käuzchen\n-3;\n").delimiter(';').read());
    assertEquals(
        Column.text("a", "x,y", "it's"),
        csv("a,b\n'x,y',1\n'it''s',2\n").quote('\'').read().column("a"));
    for (char c : new char[] {'a', '7', '.', '-', '\n', '\r', '"', 'ä', 0, 127}) {
      assertThrows(IllegalArgumentException.class, () -> csv("").delimiter(c));
    }
    assertEquals(
        "the delimiter U+002C and the quote U+002C must be two ASCII characters that are in no number or name",
        assertThrows(IllegalArgumentException.class, () -> csv("").quote(',')).getMessage());
  }

  @Test
  void readsWithoutHeader() throws IOException {
    assertEquals(List.of("0", "1"), csv("1,2\n3,4\n").withoutHeader().read().names());
    assertEquals(
        Table.of(Column.numeric("a", 1, 3), Column.numeric("b", 2, 4)),
        csv("1,2\n3,4\n").withoutHeader("a", "b").read());
    assertEquals(
        "names of columns must differ, but are \"a\", \"a\"",
        assertThrows(IllegalArgumentException.class, () -> csv("").withoutHeader("a", "a")).getMessage());
  }

  @Test
  void readsWhatIsMissingAsTold() throws IOException {
    Table table = csv("a,b\n?,x\n -1 ,\n2,NA\n").missing("?", "-1").read();
    assertEquals(Table.of(Column.numeric("a", Float.NaN, Float.NaN, 2), Column.text("b", "x", "", "NA")), table);
  }

  /** Which is a number as good as any, but for what somebody says of it. */
  @ParameterizedTest
  @ValueSource(strings = {"-999", " -999 ", "20000000", "0"})
  void aNumberMayMeanThatItIsMissing(String sentinel) throws IOException {
    Csv csv = csv("a,b\n" + sentinel + ",x\n-1,-999\n2,20000000\n").missing(sentinel);
    assertEquals(Column.numeric("a", Float.NaN, -1, 2), csv.read().column("a"));
    Csv file = Csv.of(Files.writeString(directory.resolve("test.csv"), "a,b\n1,x\n" + sentinel + ",y\n")).missing(sentinel);
    String refused = assertThrows(DataException.class, () -> CsvSource.classification(file, "b", 1).dataset()).getMessage();
    assertTrue(refused.contains(", row 3, column \"a\": the value is missing"), refused);
  }

  @Test
  void columnsToIgnore() throws IOException {
    String text = "a,id,b,,id,\n1,inf,x,2,\"q\",\n3,\0,y,4,\u00ff,5\n";
    for (Csv csv : List.of(csv(text), Csv.of(Files.write(directory.resolve("test.csv"), text.getBytes(ISO_8859_1))))) {
      Table table = csv.ignoreColumns("id", "").read();
      assertEquals(Table.of(Column.numeric("a", 1, 3), Column.text("b", "x", "y")), table);
    }
    Csv numbers = Csv.of(Files.writeString(directory.resolve("numbers.csv"), "a,id,b,id\n1,inf,2,x\n3,4,5,\n"));
    CsvSource source = CsvSource.regression(numbers.ignoreColumns("id"), 1, "b");
    assertEquals(List.of("a"), source.featureNames());
    assertEquals(Dataset.regression(numbers.ignoreColumns("id").read(), "b"), source.dataset());
    assertRefused("test.csv has no column \"c\": its columns are \"a\", \"b\"", csv("a,b\n1,2\n").ignoreColumns("c"));
    assertRefused("test.csv: all columns are to be ignored", csv("a,b,a\n1,2,3\n").ignoreColumns("a", "b"));
    assertRefused(
        "test.csv: column \"a\" is to be ignored, ignoreColumns(…), and cannot be used",
        csv("a,b\n1,2\n").ignoreColumns("a").textColumns("a"));
    assertRefused(
        "test.csv, row 1: columns 2 and 3 have the same name \"b\": ignoreColumns(…) leaves both out",
        csv("a,b,b,a,c,c\n1,2,3,4,5,6\n").ignoreColumns("a"));
  }

  private static void assertRefused(String message, Csv csv) {
    assertEquals(message, assertThrows(DataException.class, csv::read).getMessage());
  }

  /** Whole numbers alone lose what somebody will look for; and of those, the first that does. */
  @Test
  void tellsWhatFloatsRound() throws IOException {
    List<String> told = new ArrayList<>();
    String text = """
        a,b,c,d,e,f
        16777216,16777217.5,1e30,16777217x,-20000001, 123456789012345678901234567890.0
        16777217,3e8,16777215,16777217,1,1
        16777219,1,1,1,1,1
        """;
    Table table = csv(text).onRounding(told::add).read();
    assertEquals(
        List.of(
            "test.csv, row 2, column \"e\": -20000001 is read as -20000000, since floats cannot tell all whole numbers from 2^24 on apart"
                + " (as in \"f\", \"a\")"),
        told);
    assertEquals(Column.numeric("a", 16777216, 16777216, 16777220), table.column("a"));
    told.clear();
    assertEquals(2, csv("a\n16777217\n16777219\n").onRounding(told::add).read().rows());
    String first =
        "test.csv, row 2, column \"a\": 16777217 is read as 16777216, since floats cannot tell all whole numbers from 2^24 on apart";
    assertEquals(List.of(first), told);
    told.clear();
    for (Csv exact : List.of(
        csv("a,b,c\n1,20000002,1.5e10\n16777216,1.5E10,33554436\n"), csv("a,b\n1,16777217\n").textColumns("b"),
        csv("a,b\n1,16777217\n").ignoreColumns("b"))) {
      assertEquals(1, exact.onRounding(told::add).read().numeric("a").get(0));
    }
    assertEquals(List.of(), told);
  }

  @Test
  void readsColumnsAsTold() throws IOException {
    String text = "town,n\n01069,1\n1069,2\n,3\n";
    assertEquals(Column.numeric("town", 1069, 1069, Float.NaN), read(text).column("town"));
    assertEquals(Column.text("town", "01069", "1069", null), csv(text).textColumns("town").read().column("town"));
    assertEquals(Column.text("town", "01069", "1069", null), csv(text).textColumns("town").numericColumns("town", "n")
        .read().column("town"));
  }

  @Test
  void leavesTheValueItIsMadeOfAsItIs() throws IOException {
    Csv csv = csv("a;b\n1;2\n");
    assertNotEquals(csv, csv.delimiter(';').quote('\'').withoutHeader().missing().textColumns("a").limit(1));
    assertEquals(List.of("a;b"), csv.read().names());
  }

  /** In this order and the other way round, so that each comes before all others. */
  @Test
  void keepsWhatWasSaidBefore() throws IOException {
    String text = "16777217;2;'x;';?\n1;3;y;4\n";
    List<String> told = new ArrayList<>();
    List<UnaryOperator<Csv>> said = List.of(
        csv -> csv.delimiter(';'), csv -> csv.quote('\''), csv -> csv.withoutHeader("a", "b", "c", "d"), csv -> csv.missing("?"),
        csv -> csv.numericColumns("a"), csv -> csv.textColumns("b"), csv -> csv.ignoreColumns("c"), csv -> csv.onRounding(told::add),
        csv -> csv.limit(text.length()));
    for (List<UnaryOperator<Csv>> order : List.of(said, said.reversed())) {
      Csv csv = with(order, text);
      assertEquals(Set.of("a"), csv.declaredNumeric());
      assertEquals(
          Table.of(Column.numeric("a", 16777216, 1), Column.text("b", "2", "3"), Column.numeric("d", Float.NaN, 4)), csv.read());
      assertEquals(1, told.size());
      told.clear();
      assertRefused(
          "test.csv: it holds more than the limit of 26 decoded bytes; a higher limit can be given", with(order, text + '\n'));
    }
  }

  private static Csv with(List<UnaryOperator<Csv>> all, String text) {
    Csv csv = csv(text);
    for (UnaryOperator<Csv> each : all) {
      csv = each.apply(csv);
    }
    return csv;
  }

  /** What is text keeps its spaces; an unnamed column has an empty name, as tools write that number the rows. */
  @Test
  void keepsTextAsItIs() throws IOException {
    Table table = read(",a\n0, x\n1,x \n2,5\" pipe\n");
    assertEquals(Table.of(Column.numeric("", 0, 1, 2), Column.text("a", " x", "x ", "5\" pipe")), table);
  }

  @Test
  void readsLinesLongerThanItsBlock() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < 4; row++) {
      for (int j = 0; j < 100_000; j++) {
        text.append(j == 0 ? "" : ",").append(row == 0 ? "c" + j : Integer.toString(row * j));
      }
      text.append("\r\n");
    }
    Table table = read(text.toString());
    assertEquals(100_000, table.columns().size());
    assertArrayEquals(new float[] {77_777, 155_554, 233_331}, table.numeric("c77777").values());
  }

  /** Line ends on either side of each block's end, whatever comes at a time from the input. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1 << 17})
  void readsWhateverComesAtATime(int atATime) throws IOException {
    StringBuilder text = new StringBuilder("n,t\r\n");
    for (int i = 0; i < 30_000; i++) {
      text.append(i).append(",t").append(i % 7).append(i % 3 == 0 ? "\r" : i % 3 == 1 ? "\n" : "\r\n");
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    Table table = Csv.of("test.csv", new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(length, atATime));
      }
    }).read();
    assertEquals(30_000, table.rows());
    Column.Text text7 = (Column.Text) table.column("t");
    for (int i = 0; i < 30_000; i++) {
      assertEquals(i, table.numeric("n").get(i));
      assertEquals("t" + i % 7, text7.get(i));
    }
    assertEquals("test.csv, row 30001, column \"n\"", table.where(29_999, "n"));
  }

  /** Far behind the rows by which a column's kind is told. */
  @Test
  void findsTextThatComesLate() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    String[] a = new String[5000];
    String[] b = new String[5000];
    for (int i = 0; i < 5000; i++) {
      a[i] = i == 4000 ? "x" : "0" + i;
      b[i] = i == 4999 ? "y" : i + ".0";
      text.append(a[i]).append(',').append(b[i]).append(',').append(i).append('\n');
    }
    Path file = Files.writeString(directory.resolve("late.csv"), text);
    Table table = Csv.of(file).read();
    assertEquals(Column.text("a", a), table.column("a"));
    assertEquals(Column.text("b", b), table.column("b"));
    assertInstanceOf(Column.Numeric.class, table.column("c"));
    assertEquals(
        "late.csv, row 4002, column \"a\": \"x\" is not a number, but the rows before have no text: "
            + "say textColumns(…) if it is text",
        assertThrows(DataException.class, () -> Csv.of("late.csv", Files.newInputStream(file)).read()).getMessage());
    assertEquals(table, Csv.of("late.csv", Files.newInputStream(file)).textColumns("a", "b").read());
  }

  /** Codes, of which one that comes early would be infinite as a number; the same table as where the text comes first. */
  @Test
  void findsTextThatComesAfterAnInfiniteNumber() throws IOException {
    StringBuilder text = new StringBuilder("code,word,n\n");
    for (int i = 0; i < 500; i++) {
      String code = i == 3 ? "12e4567" : i == 400 ? "12f4567" : "1" + i;
      text.append(code).append(',').append(i == 200 ? "inf" : i == 300 ? "infer" : "7").append(",1\n");
    }
    Path file = Files.writeString(directory.resolve("codes.csv"), text);
    Table table = Csv.of(file).read();
    assertEquals(Csv.of(file).textColumns("code", "word").read(), table);
    assertEquals("12e4567", assertInstanceOf(Column.Text.class, table.column("code")).get(3));
    assertEquals("inf", assertInstanceOf(Column.Text.class, table.column("word")).get(200));
    assertEquals(
        file + ", row 5, column \"code\": \"12e4567\" is infinite as a float",
        assertThrows(DataException.class, () -> Csv.of(file).numericColumns("code").read()).getMessage());

    Path numbers = Files.writeString(directory.resolve("numbers.csv"), text.toString().replace('f', 'e').replace("12e4567", "12e456"));
    assertEquals(
        numbers + ", row 5, column \"code\": \"12e456\" is infinite as a float",
        assertThrows(DataException.class, () -> Csv.of(numbers).read()).getMessage(), "of several, the first row");
  }

  /** A search from the first name on, for each of them, would take minutes. */
  @Test
  @Timeout(20)
  void findsEachOfManyColumns() {
    List<String> names = IntStream.range(0, 200_000).mapToObj(Integer::toString).toList();
    CsvHeader header = new CsvHeader("test.csv", names);
    for (int j = 0; j < names.size(); j++) {
      assertEquals(j, header.index(names.get(j)));
    }
    assertEquals(header, new CsvHeader("test.csv", names));
  }

  @Test
  void namesTheLineOfEachRow() throws IOException {
    Table table = read("\n\na,b\n1,x\n\n\n2,y\n3,z\n\"4\",\"q\nr\ns\"\n5,t\n");
    int[] lines = {4, 7, 8, 9, 12};
    for (int i = 0; i < lines.length; i++) {
      assertEquals("test.csv, row " + lines[i] + ", column \"a\"", table.where(i, "a"));
    }
    assertEquals("test.csv, row 12, column \"b\"", table.rows(1, 4).rows(1).where(0, "b"));
    assertEquals("q\nr\ns", ((Column.Text) table.column("b")).get(3));
  }

  @Test
  void keepsThousandsOfDistinctTexts() throws IOException {
    StringBuilder text = new StringBuilder("id\n");
    String[] ids = new String[20_000];
    Arrays.setAll(ids, i -> "id-" + (i * 31 % 15_000));
    Arrays.stream(ids).forEach(id -> text.append(id).append('\n'));
    assertEquals(Table.of(Column.text("id", ids)), read(text.toString()));
  }
}
