package dev.lanewise.cli;

import static dev.lanewise.cli.CommandsTest.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Model;
import dev.lanewise.cli.CommandsTest.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands take columns for, and which of them they mind. */
class ColumnsTest {

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The command, whose words are separated by spaces and which is to succeed; names of files are those of the folder. */
  private Result done(String command, String... more) {
    Result result = tried(command, more);
    assertEquals(0, result.code(), result.err());
    return result;
  }

  private Result tried(String command, String... more) {
    List<String> args = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      args.add(word.matches("(?s)[a-z].*\\..*") ? folder.resolve(word).toString() : word);
    }
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  /** One label of 400 is no whole number, and is not always among the rows to train on. */
  @ParameterizedTest
  @ValueSource(strings = {"--early-stop 3", "--validation 0.2"})
  void whatTheLabelIsDoesNotDependOnTheSeed(String option) throws IOException {
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int r = 0; r < 400; r++) {
      rows.append(r * 0.01).append(',').append(r == 123 ? "2.5" : r % 4).append('\n');
    }
    file("rows.csv", rows.toString());
    for (int seed = 1; seed <= 12; seed++) {
      Result trained = done("train rows.csv --label y --epochs 1 --quiet " + option + " --seed " + seed);
      assertEquals("1 column: \"x\": number; predicts \"y\": number", trained.out().lines().findFirst().orElseThrow());
    }
  }

  @Test
  void saysWhatTheLabelWasTakenFor() throws IOException {
    file("rows.csv", "a,b,c\n1,2,x\n2,3,y\n3,2,x\n4,3,y\n");
    for (String[] each : new String[][] {
      {"--label c", "2 columns: \"a\", \"b\": numbers; predicts \"c\": 2 classes"},
      {"--label a", "2 columns: \"b\": number; \"c\": 2 categories; predicts \"a\": 4 classes"},
      {"--label a --regression", "2 columns: \"b\": number; \"c\": 2 categories; predicts \"a\": number"},
      {"--targets a,b", "1 column: \"c\": 2 categories; predicts \"a\", \"b\": numbers"},
    }) {
      assertEquals(each[1], done("train rows.csv --epochs 1 --quiet " + each[0]).out().lines().findFirst().orElseThrow());
    }
  }

  /** One line for all columns, on standard error, whatever else is done. */
  @Test
  void warnsOfDigitsThatAreLost() throws IOException {
    file("rows.csv", "x,big,y\n1,5,20000000\n2,16777217,16777216\n3,5,16777217\n4,7,3\n");
    Path rows = folder.resolve("rows.csv");
    Result trained = done("train rows.csv --label y --epochs 1 --quiet --out m.lanewise");
    assertEquals(
        "lanewise: warning: " + rows + ", row 3, column \"big\": 16777217 is read as 16777216, since floats cannot tell all whole"
            + " numbers from 2^24 on apart (as in \"y\")",
        trained.err().strip());
    assertEquals(trained.err(), done("evaluate m.lanewise rows.csv").err());
    file("exact.csv", "x,big,y\n1,5,20000000\n2,16777218,1e30\n");
    assertEquals("", done("evaluate m.lanewise exact.csv").err());
    assertEquals(trained.err().replace("rows.csv", "more.csv"), validated());
  }

  private String validated() throws IOException {
    Files.copy(folder.resolve("rows.csv"), folder.resolve("more.csv"));
    file("small.csv", "x,big,y\n1,5,2.5\n2,16,3\n3,5,167\n4,7,3\n");
    return done("train small.csv --label y --epochs 1 --quiet --validation more.csv").err();
  }

  /** Where more than half of the values are numbers; what is missing is neither, and the first of the others is named. */
  @Test
  void textAmongNumbersIsDoubted() throws IOException {
    Path rows = file("rows.csv", "w,v,y\n1,1,a\n2,2,b\nwide,low,a\n3,high,b\nhigh,,a\n");
    List<String> taken = done("train rows.csv --label y --epochs 1 --quiet --impute mean").out().lines().toList();
    assertEquals("2 columns: \"w\": 5 categories; \"v\": 4 categories; predicts \"y\": 2 classes", taken.get(0));
    assertEquals(
        rows + ", row 4, column \"w\" has \"wide\" among numbers, so the column is text with 5 categories "
            + "(--numeric refuses that, --text says that it is meant)",
        taken.get(1));
    assertTrue(taken.get(2).startsWith("layer"), taken.get(2));
  }

  @Test
  void columnsThatAreIgnoredMayHoldAnything() throws IOException {
    file("rows.csv", "id,x,,id,y,\n1,1,a,inf,p,\n2,2,b,3,q,\n3,3,c,4,p,\n4,4,d,5,q,\n");
    Result trained = done("train rows.csv --label y --epochs 1 --quiet --out m.lanewise --ignore id", "--ignore", "");
    assertEquals("1 column: \"x\": number; predicts \"y\": 2 classes", trained.out().lines().findFirst().orElseThrow());
    assertEquals(List.of("x"), Model.load(folder.resolve("m.lanewise")).preprocessor().columns());
    for (String kind : List.of("--numeric", "--text")) {
      assertEquals(0, done("train rows.csv --label y --epochs 1 --quiet --ignore id " + kind + " id", "--ignore", "").code());
    }
    assertTrue(done("evaluate m.lanewise rows.csv").out().contains("weighted avg"));
    assertEquals(5, done("predict m.lanewise rows.csv").out().lines().count());
    Result refused = tried("train rows.csv --label y --epochs 1");
    assertTrue(refused.err().contains("columns 1 and 4 have the same name \"id\": --ignore leaves both out"), refused.err());
    file("empty.csv", "x,z,y,\n1,,p,\n2,,q,\n");
    Result empty = tried("train empty.csv --label y");
    assertTrue(empty.err().contains("empty.csv has no value in any of the 2 rows of column \"z\" (--ignore leaves it out)"), empty.err());
    Result nameless = tried("train empty.csv --label y --ignore z");
    assertTrue(nameless.err().contains("of column 3, which has no name (--ignore \"\" leaves it out)"), nameless.err());
    Result unknown = tried("train rows.csv --label y --ignore z");
    assertTrue(unknown.err().contains("has no column \"z\""), unknown.err());
  }

  /** Names of columns may have commas, quotation marks and spaces. */
  @Test
  void namesWithCommas() throws IOException {
    file("rows.csv", "\"a,b\",c,\"say \"\"hi\"\"\",y,\"z, too\"\n1,2,x,3,5\n2,3,y,4,7\n3,4,x,6,8\n4,5,y,6,9\n");
    Result trained = done(
        "train rows.csv --epochs 1 --quiet --out m.lanewise", "--targets", "y,\"z, too\"", "--ignore", "\"a,b\" , c", "--text",
        "\"say \"\"hi\"\"\"");
    assertEquals(
        "1 column: \"say \"hi\"\": 2 categories; predicts \"y\", \"z, too\": numbers", trained.out().lines().findFirst().orElseThrow());
    assertEquals(0, done("evaluate m.lanewise rows.csv").code());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
    "a,b             | a;b", "' a , b '       | a;b", "a               | a", "''              | ''", "?,              | ?;''",
    "','             | ;''", "\"a,b\",c       | a,b;c", "c, \"a,\"\"b\"  | c;a,\"b", "\"\",a          | '';a", "a\"b            | a\"b",
  })
  void lists(String given, String expected) {
    assertEquals(List.of((expected.equals("''") ? "" : expected.replace("''", "")).split(";", -1)), Lists.of("--ignore", List.of(given)));
  }

  @Test
  void listsThatGoOn() {
    assertEquals(List.of("a", "b", "c"), Lists.of("--ignore", List.of("a,b", "c")));
    assertEquals(List.of(), Lists.of("--ignore", null));
    assertThrows(UsageException.class, () -> Lists.of("--ignore", List.of("a,\"b")));
  }

  /** On each command: a model does not know them. */
  @Test
  void textsThatMeanMissing() throws IOException {
    StringBuilder rows = new StringBuilder("x,kind,y\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i == 3 ? "?" : i == 4 ? "-999" : i).append(',').append(i == 5 ? "?" : i % 2 == 0 ? "red" : "blue").append(',')
          .append(i % 2 == 0 ? "a" : "b").append('\n');
    }
    file("rows.csv", rows.toString());
    String options = "--missing ?,-999";
    Result trained = done("train rows.csv --label y --epochs 1 --quiet --impute mean --out m.lanewise " + options);
    assertEquals(
        "2 columns: \"x\": number; \"kind\": 2 categories; predicts \"y\": 2 classes", trained.out().lines().findFirst().orElseThrow());
    String mean = Model.load(folder.resolve("m.lanewise")).preprocessor().toMap().toString();
    assertTrue(mean.contains("missing=10.1666"), mean);
    assertEquals(0, done("evaluate m.lanewise rows.csv " + options).code());
    String answers = done("predict m.lanewise rows.csv " + options).out();
    assertEquals(answers, done("predict m.lanewise rows.csv --missing ? --missing -999").out());
    Result without = tried("predict m.lanewise rows.csv");
    assertTrue(without.err().contains("row 5, column \"x\": \"?\" is not a number"), without.err());
    file("usual.csv", "x,kind\nNA,red\n");
    assertTrue(tried("predict m.lanewise usual.csv " + options).err().contains("\"NA\" is not a number"));
    assertEquals(0, done("predict m.lanewise usual.csv --missing NA").code());
  }

  /** It may be that of a file that the JVM itself has opened, where a program is started without one. */
  @Test
  void standardInputStaysOpen() {
    boolean[] closed = {false};
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("x,y\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8)) {
        @Override
        public void close() {
          closed[0] = true;
        }
      });
      done("train - --label y --epochs 1 --quiet");
    } finally {
      System.setIn(before);
    }
    assertFalse(closed[0]);
  }

  /** Names of classes, columns and files come from anywhere. */
  @Test
  void nothingSpoilsTheTerminal() throws IOException {
    file("rows.csv", "x\u001b[2J,y\u0007\n1,a\u001b[31m\n2,b\u009b\n3,a\u001b[31m\n4,b\u009b\n");
    StringBuilder shown = new StringBuilder();
    Path model = folder.resolve("m\u001b[2J");
    shown.append(done("train rows.csv --label y\u0007 --epochs 1 --quiet --out", model.toString()).out());
    shown.append(done("evaluate", model.toString(), folder.resolve("rows.csv").toString()).out());
    shown.append(done("info", model.toString()).out());
    shown.append(tried("train rows.csv --label z\u001b --epochs 1").err());
    shown.append(tried("info n\u001b[2J.lanewise").err());
    shown.append(tried("kl\u001b[2J").err());
    file("o\u001b[2J.csv", "x,y\n1,a\n2,b\nwide,a\n4,b\n");
    Result mixed = done("train o\u001b[2J.csv --label y --epochs 1");
    assertTrue(mixed.out().concat(mixed.err()).contains("among numbers"), mixed::toString);
    shown.append(mixed.out()).append(mixed.err());
    shown.append(done("train rows.csv --regression --targets", "x\u001b[2J").out());
    assertTrue(shown.toString().contains("m?[2J"), shown.toString());
    assertEquals(List.of(), shown.chars().filter(c -> Character.isISOControl(c) && c != '\n' && c != '\r').boxed().toList());
  }
}
