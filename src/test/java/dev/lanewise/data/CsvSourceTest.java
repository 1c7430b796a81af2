package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Network;
import dev.lanewise.TestData;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source.Batch;
import dev.lanewise.train.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {

  private static final String BIRDS = "width,species,height\n1,owl,4\n2,cat,5\n\n3,owl,6\n";


  @TempDir private Path directory;

  private Csv csv(String text) throws IOException {
    return Csv.of(Files.writeString(directory.resolve("test.csv"), text));
  }

  private static float[] x(Source source, int rows) {
    source.begin(0, false, 0);
    Batch batch = new Batch(rows + 1, source.inputs(), source.outputs());
    assertEquals(rows, source.fill(batch));
    assertEquals(0, source.fill(batch));
    return Arrays.copyOf(batch.x(), rows * source.inputs());
  }

  @Test
  void findsClassesAndRowsBeforehand() throws IOException {
    CsvSource source = CsvSource.classification(csv(BIRDS), "species", 2);
    assertEquals(3, source.rows());
    assertEquals(2, source.inputs());
    assertEquals(2, source.outputs());
    assertEquals(List.of("width", "height"), source.featureNames());
    assertEquals(List.of("cat", "owl"), source.targetNames());
    source.begin(0, false, 0);
    Batch batch = new Batch(3, 2, 2);
    assertEquals(3, source.fill(batch));
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, batch.x());
    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 1}, batch.y());
    assertEquals(0, source.fill(batch));
  }

  @Test
  void takesClassesThatAreKnown() throws IOException {
    CsvSource source = CsvSource.classification(csv(BIRDS), "species", List.of("owl", "ant", "cat"), 2);
    assertEquals(-1, source.rows());
    assertEquals(3, source.outputs());
    source.begin(0, false, 0);
    Batch batch = new Batch(3, 2, 3);
    source.fill(batch);
    assertArrayEquals(new float[] {1, 0, 0, 0, 0, 1, 1, 0, 0}, batch.y());
  }

  /** Labels are numbers, of which one has many spellings, only where all classes are and nobody said that they are text. */
  @Test
  void takesAnotherSpellingForNumbersAlone() throws IOException {
    String text = "a,code\n1,7\n2,1.2e1\n3,7.0\n4,12\n";
    Csv csv = csv(text);
    assertArrayEquals(
        new int[] {0, 1, 0, 1}, CsvSource.classification(csv, "code", List.of("7", "12"), 1).dataset().labels());
    String file = directory.resolve("test.csv") + ", row 3, column \"code\": \"1.2e1\" is not one of the ";
    assertRefused(
        file + "2 classes \"7\", \"12\"",
        () -> CsvSource.classification(csv.textColumns("code"), "code", List.of("7", "12"), 1).dataset());
    assertRefused(
        file + "3 classes \"7\", \"12\", \"x\"",
        () -> CsvSource.classification(csv, "code", List.of("7", "12", "x"), 1).dataset());
  }

  /** As floats, the last two labels are one. */
  @Test
  void refusesNumbersTooLargeForNames() throws IOException {
    Csv csv = csv("a,id\n1,5\n2,16777216\n3,16777217\n");
    String file = directory.resolve("test.csv") + ", row ";
    String tooLarge =
        " is too large to name a class or category, as other whole numbers become the same float: "
            + "read the column as text, textColumns(…)";
    assertRefused(file + "3, column \"id\": \"16777216\"" + tooLarge, () -> CsvSource.classification(csv, "id", 2));
    assertRefused(file + "3, column \"id\": the float 16777216" + tooLarge, () -> Dataset.classification(csv.read(), "id"));
    List<String> names = List.of("16777216", "16777217", "5");
    assertEquals(names, CsvSource.classification(csv.textColumns("id"), "id", 2).dataset().classNames());
    assertArrayEquals(new int[] {2, 0, 1}, CsvSource.classification(csv, "id", names, 2).dataset().labels());
    assertRefused(
        file + "4, column \"id\": \"16777217\" is not one of the 2 classes \"5\", \"16777216\"",
        () -> CsvSource.classification(csv, "id", List.of("5", "16777216"), 2).dataset());
    // With other text among them, each text is a class.
    Csv mixed = csv("a,id\n1,x\n2,16777216\n3,16777217\n");
    assertEquals(List.of("16777216", "16777217", "x"), CsvSource.classification(mixed, "id", 2).targetNames());
  }

  @Test
  void refusesInfiniteNumbersAmongLabels() throws IOException {
    Csv csv = csv("a,y\n1,1\n2,2\n3,inf\n");
    String infinite = directory.resolve("test.csv") + ", row 4, column \"y\": \"inf\" is infinite as a float";
    assertRefused(infinite, () -> CsvSource.classification(csv, "y", 2));
    assertRefused(infinite, csv::read);
    assertEquals(List.of("1", "2", "inf"), CsvSource.classification(csv.textColumns("y"), "y", 2).targetNames());
    assertEquals(List.of("1", "inf", "x"), CsvSource.classification(csv("a,y\n1,1\n2,x\n3,inf\n"), "y", 2).targetNames());
  }

  /** One output tells two classes apart: the other would never come, and all be learnt as the first. */
  @Test
  void refusesOneClass() throws IOException {
    Csv csv = csv("a,y\n1,x\n2,x\n");
    String refused = directory.resolve("test.csv") + ": column \"y\" has one class, \"x\", but a network tells two and more apart";
    assertRefused(refused, () -> CsvSource.classification(csv, "y", 2));
    assertRefused(refused, () -> CsvSource.classification(csv, "y", List.of("x"), 2));
  }

  /** Such as a file of somebody else's has, so that sets of them take the square of their number. */
  @Test
  @Timeout(60)
  void namesOfOneHash() throws IOException {
    List<String> names = new ArrayList<>(List.of(""));
    for (int i = 0; i < 15; i++) {
      names = names.stream().flatMap(name -> Stream.of(name + "Aa", name + "BB")).collect(Collectors.toCollection(ArrayList::new));
    }
    String header = String.join(",", names);
    Csv csv = csv(header + "\n" + "1,".repeat(names.size() - 1) + "1\n").numericColumns(names.toArray(String[]::new));
    assertEquals(names, csv.read().names());
    assertEquals(names.size() - 1, CsvSource.regression(csv, 2, names.getLast()).inputs());
  }

  @Test
  void hasOneOutputForTwoClasses() throws IOException {
    CsvSource source = CsvSource.classification(csv(BIRDS), "species", 2).oneOutput();
    assertEquals(1, source.outputs());
    assertEquals(3, source.rows());
    source.begin(0, false, 0);
    Batch batch = new Batch(3, 2, 1);
    source.fill(batch);
    assertArrayEquals(new float[] {1, 0, 1}, batch.y());
    CsvSource three = CsvSource.classification(csv("a,b\n1,x\n2,y\n3,z\n"), "b", 2);
    assertEquals(
        "one output tells two classes apart, but this source has 3",
        assertThrows(IllegalStateException.class, three::oneOutput).getMessage());
  }

  @Test
  void refusesNoClassNames() {
    assertEquals(
        "a source needs class names, but none are given",
        assertThrows(IllegalArgumentException.class, () -> CsvSource.classification(csv(BIRDS), "species", List.of(), 2)).getMessage());
    assertEquals(
        "window must be positive, but is 0",
        assertThrows(IllegalArgumentException.class, () -> CsvSource.classification(csv(BIRDS), "species", 0)).getMessage());
  }

  @Test
  void predictsNumbers() throws IOException {
    CsvSource source = CsvSource.regression(csv("a,b,c\n1,2,3\n4,5,6\n"), 2, "c", "a");
    assertEquals(List.of("b"), source.featureNames());
    assertEquals(List.of("c", "a"), source.targetNames());
    source.begin(0, false, 0);
    Batch batch = new Batch(2, 1, 2);
    source.fill(batch);
    assertArrayEquals(new float[] {2, 5}, batch.x());
    assertArrayEquals(new float[] {3, 1, 6, 4}, batch.y());
    assertEquals("within a window of 2", source.order());
    assertEquals(Matrix.of(2, 1, 2, 5), source.dataset().x());
    assertEquals(Matrix.of(2, 2, 3, 1, 6, 4), source.dataset().y());
    assertEquals(
        "one output tells two classes apart, but this source has numbers to predict",
        assertThrows(IllegalStateException.class, source::oneOutput).getMessage());
  }

  /** The dataset of the table, in all ways of writing labels. */
  @ParameterizedTest
  @ValueSource(strings = {
    BIRDS,
    "width,species,height\n1,10,4\n2,9,5\n3,1e1,6\n4,9.0,2\n5,-0,2\n6,0,2\n",
    "width,species,height\n1,10,4\n2,9,5\n3,x,6\n4,9.0,2\n",
    "width,species,height\n1,2.5,4\n2,\"9\",5\n3,2.50,6\n",
    "width,species,height\n 1,2.5, 4 \n2 ,9,\t5\n",
  })
  void readsTheDatasetOfTheTable(String text) throws IOException {
    Csv csv = csv(text);
    Dataset expected = Dataset.classification(csv.read(), "species");
    assertEquals(expected, CsvSource.classification(csv, "species", 2).dataset());
    assertEquals(expected, CsvSource.classification(csv, "species", expected.classNames(), 2).dataset());
    assertArrayEquals(expected.x().data(), x(CsvSource.classification(csv, "species", 2), expected.rows()));
    Csv asText = csv.textColumns("species");
    assertEquals(
        Dataset.classification(asText.read(), "species"), CsvSource.classification(asText, "species", 2).dataset());
    assertEquals(
        Dataset.regression(csv.read().without("species"), "height"),
        CsvSource.regression(csv(withoutSpecies(text)), 2, "height").dataset());
  }

  private static String withoutSpecies(String text) {
    return text.replaceAll("(?m)^([^,\n]*),[^,\n]*,", "$1,");
  }

  /** Shuffled within its window as any other stream: the same rows every time, in another order each epoch. */
  @Test
  void shufflesWithinItsWindow() throws IOException {
    StringBuilder text = new StringBuilder("n,label\n");
    for (int i = 0; i < 1000; i++) {
      text.append(i).append(',').append(i % 2).append('\n');
    }
    CsvSource source = CsvSource.classification(csv(text.toString()), "label", 100);
    StreamSource numbers = StreamSource.of(1, 2, 1000, 100, epoch -> {
      int[] next = {0};
      return (into, row) -> {
        into.x()[row] = next[0];
        into.setLabel(row, next[0] % 2);
        return next[0]++ < 1000;
      };
    });
    for (long epoch = 0; epoch < 2; epoch++) {
      Batch batch = new Batch(1000, 1, 2);
      Batch expected = new Batch(1000, 1, 2);
      source.begin(epoch, true, 7);
      numbers.begin(epoch, true, 7);
      assertEquals(1000, source.fill(batch));
      assertEquals(1000, numbers.fill(expected));
      assertArrayEquals(expected.x(), batch.x());
      assertArrayEquals(expected.y(), batch.y());
    }
    assertNotEquals(0, x(source, 1000)[1]);
  }

  @Test
  void trainsANetwork() throws IOException {
    Dataset digits = Digits.load();
    StringBuilder text = new StringBuilder("label");
    digits.featureNames().forEach(name -> text.append(',').append(name));
    for (int i = 0; i < digits.rows(); i++) {
      text.append('\n').append(digits.labels()[i]);
      for (float pixel : digits.x().row(i)) {
        text.append(',').append((int) pixel);
      }
    }
    CsvSource source = CsvSource.classification(csv(text.toString()), "label", 300);
    assertEquals(digits, source.dataset());
    Fit fit = Fit.with(Loss.CROSS_ENTROPY).epochs(3).shuffle(false);
    Network streamed = Network.of(1, new int[] {64, 15, 10}, Activation.RELU, Activation.SOFTMAX);
    streamed.fit(source, fit);
    Network inMemory = Network.of(1, new int[] {64, 15, 10}, Activation.RELU, Activation.SOFTMAX);
    inMemory.fit(digits, fit);
    assertEquals(TestData.parameters(inMemory), TestData.parameters(streamed));
  }

  @Test
  void refusesWhatANetworkCannotRead() throws IOException {
    String file = directory.resolve("test.csv") + ", row 4, column ";
    assertTextRefused(file + "\"a\": \"x\" is not a number: encode the column by preprocessing", "a,b\n1,0\n\nx,1\n");
    assertTextRefused(
        file + "\"a\": the value is missing, and a network needs one: fill it in by preprocessing", "a,b\n1,0\n\n,1\n");
    assertTextRefused(file + "\"a\": \"-1e40\" is infinite as a float", "a,b\n1,0\n\n-1e40,1\n");
    assertTextRefused(file + "\"a\": \"inf\" is infinite as a float", "a,b\n1,0\n\ninf,1\n");
    assertTextRefused(file + "\"b\": the label is missing", "a,b\n1,0\n\n1,NA\n");
    assertTextRefused(file.replace(", column ", "") + ": the row has 1 field, but there are 2 columns", "a,b\n1,0\n\n1\n");
    Csv good = csv("a,b\n1,x\n2,y\n");
    assertRefused(
        directory.resolve("test.csv") + ", row 3, column \"b\": \"y\" is not one of the 2 classes \"x\", \"z\"",
        () -> CsvSource.classification(good, "b", List.of("x", "z"), 1).dataset());
    assertRefused(
        directory.resolve("test.csv") + " has no column \"c\": its columns are \"a\", \"b\"",
        () -> CsvSource.classification(good, "c", 1));
    assertRefused(
        directory.resolve("test.csv") + " has no column besides those to predict",
        () -> CsvSource.regression(good, 1, "a", "b"));
    assertEquals(
        "columns to predict must be named, each once, but they are [\"a\", \"a\"]",
        assertThrows(IllegalArgumentException.class, () -> CsvSource.regression(good, 1, "a", "a")).getMessage());
    assertEquals(
        "columns to predict must be named, each once, but they are []",
        assertThrows(IllegalArgumentException.class, () -> CsvSource.regression(good, 1)).getMessage());
    assertTextRefused(
        directory.resolve("test.csv") + ", row 1: columns 1 and 3 have the same name \"a\": ignoreColumns(…) leaves both out",
        "a,b,a\n1,0,2\n");
  }

  /** As a table refuses it, and not found to be something else without a word. */
  @Test
  void keepsToWhatIsDeclared() throws IOException {
    String file = directory.resolve("test.csv").toString();
    Csv csv = csv("zip,a,y\n01069,1,10\n80331,2,9\n1069,3,none\n");
    String late = file + ", row 4, column \"y\": \"none\" is not a number: encode the column by preprocessing";
    assertRefused(late, () -> CsvSource.classification(csv.numericColumns("y"), "y", 1));
    assertRefused(late, () -> CsvSource.classification(csv.numericColumns("y"), "y", List.of("10", "9", "none"), 1).dataset());
    assertEquals(
        List.of("10", "9", "none"), CsvSource.classification(csv.numericColumns("y").textColumns("y"), "y", 1).targetNames());
    String unknown = file + " has no column \"lable\": its columns are \"zip\", \"a\", \"y\"";
    assertRefused(unknown, () -> CsvSource.classification(csv.textColumns("lable"), "y", 1));
    assertRefused(unknown, () -> CsvSource.classification(csv.numericColumns("lable"), "y", List.of("10", "9"), 1));
    String zip = file + ": column \"zip\" is declared text, but has to hold numbers: a preprocessor makes inputs of text";
    assertRefused(zip, () -> CsvSource.classification(csv.textColumns("zip"), "y", 1));
    assertRefused(zip, () -> CsvSource.regression(csv.textColumns("zip"), 1, "a"));
    assertRefused(zip, () -> CsvSource.regression(csv.textColumns("zip"), 1, "zip"));
    assertEquals(List.of("a"), CsvSource.classification(csv.ignoreColumns("zip"), "y", 1).featureNames());
  }

  private void assertTextRefused(String message, String text) throws IOException {
    Csv csv = csv(text);
    assertRefused(message, () -> CsvSource.classification(csv, "b", 2).dataset());
    assertRefused(message, () -> x(CsvSource.classification(csv, "b", List.of("0", "1"), 2), 3));
  }

  @Test
  void refusesAStreamAndAFileThatChanges() throws IOException {
    Csv once = Csv.of("standard input", new ByteArrayInputStream(new byte[0]));
    assertEquals(
        "standard input can be read only once, but a source reads it in each epoch",
        assertThrows(IllegalArgumentException.class, () -> CsvSource.regression(once, 1, "a")).getMessage());
    CsvSource source = CsvSource.regression(csv("a,b\n1,2\n"), 1, "b");
    csv("b,a\n1,2\n");
    assertRefused(directory.resolve("test.csv") + ": the columns are others than before", () -> source.begin(0, true, 0));
    for (String changed : List.of("a,b\n1,0\n", "a,b\n1,0\n2,1\n3,0\n")) {
      CsvSource counted = CsvSource.classification(csv("a,b\n1,0\n2,1\n"), "b", 1);
      csv(changed);
      assertRefused(directory.resolve("test.csv") + ": the number of rows changed while it was read", counted::dataset);
      counted.begin(0, false, 0);
      String message = assertThrows(IllegalArgumentException.class, () -> counted.fill(new Batch(8, 1, 2))).getMessage();
      String came = changed.length() > "a,b\n1,0\n2,1\n".length() ? "gives more" : "1 came";
      assertEquals(directory.resolve("test.csv") + " was said to have 2 rows, but " + came, message);
    }
  }

  /** A source may be asked again and again: each refusal would cost a descriptor. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void closesAFileThatIsRefusedWhenItIsOpenedAgain() throws IOException {
    CsvSource source = CsvSource.regression(csv("a,b\n1,2\n"), 1, "b");
    Path file = directory.resolve("test.csv");
    csv("b,a\n1,2\n");
    assertThrows(DataException.class, () -> source.begin(0, true, 0));
    assertEquals(0, descriptors(file));
    csv("a,b\n1,2\n");
    source.begin(0, false, 0);
    assertEquals(1, descriptors(file), "an epoch that has begun has it open");
    assertEquals(1, source.fill(new Batch(2, 1, 1)));
    assertEquals(0, descriptors(file));
    Csv csv = csv("a,b\n1,2\n");
    StreamSource preprocessed = Preprocessing.standard().fitRegression(csv.read(), "b").source(csv, 1);
    preprocessed.begin(0, false, 0);
    source.begin(1, false, 0);
    assertEquals(2, descriptors(file));
    source.close();
    preprocessed.close();
    assertEquals(0, descriptors(file), "an epoch that is left has it open no more");
  }

  /** How often this process has the file open. */
  private static long descriptors(Path file) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(each -> isOf(each, file)).count();
    }
  }

  private static boolean isOf(Path descriptor, Path file) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException e) { // closed since it was listed
      return false;
    }
  }

  /** Names of numbers may be written in another way than labels, too. */
  @Test
  void takesNamesInAnotherSpelling() throws IOException {
    Csv csv = csv("a,code\n1,1\n2,-1\n3,1.0\n4,1e0\n5,0.0001\n");
    List<String> names = List.of("+1", "-1.00", "0.0001");
    int[] labels = {0, 1, 0, 0, 2};
    Dataset streamed = CsvSource.classification(csv, "code", names, 1).dataset();
    assertArrayEquals(labels, streamed.labels());
    assertEquals(names, streamed.classNames());
    Dataset inMemory = Dataset.classification(csv.read(), "code", names);
    assertArrayEquals(labels, inMemory.labels());
    assertEquals(names, inMemory.classNames());
    Dataset first = Dataset.classification(csv.read(), "code", List.of("1.0", "1", "-1", "1.0E-4"));
    assertArrayEquals(new int[] {1, 2, 1, 1, 3}, first.labels(), "a name that is written as the label is taken first");
    Csv text = csv.textColumns("code");
    assertThrows(DataException.class, () -> CsvSource.classification(text, "code", names, 1).dataset());
    assertThrows(DataException.class, () -> Dataset.classification(text.read(), "code", names));
  }

  /** Whose rows take gigabytes to read before they turn out to be too many. */
  @Test
  void refusesMoreRowsThanAMatrixHas() throws IOException {
    CsvSource source = CsvSource.regression(csv("a,b,c\n1,2,3\n"), 1, "c");
    assertEquals(1073741819, source.inMatrix(1073741819));
    String file = directory.resolve("test.csv").toString();
    assertRefused(file + ": 1073741820 rows of 2 inputs are more than fit in a matrix", () -> source.inMatrix(1073741820));
    assertRefused(file + ": 4294967297 rows of 2 inputs are more than fit in a matrix", () -> source.inMatrix((1L << 32) + 1));
    CsvSource wide = CsvSource.regression(csv("a,b,c\n1,2,3\n"), 1, "b", "c");
    assertRefused(file + ": 1073741820 rows of 1 inputs are more than fit in a matrix", () -> wide.inMatrix(1073741820));
  }

  /** Eight GiB are the limit of what is kept only. */
  @Test
  void keepsTheLimitOfTheCaller() throws IOException {
    Csv none = csv("a,b\n1,2\n");
    assertEquals(8L << 30, none.withUsualLimit().mostBytes());
    assertEquals(Long.MAX_VALUE, none.limit(Long.MAX_VALUE).withUsualLimit().mostBytes());
    assertEquals(5, none.limit(5).withUsualLimit().mostBytes());
    Csv csv = csv("a,b\n1,2\n").limit(4);
    assertThrows(DataException.class, () -> CsvSource.regression(csv, 1, "b"));
    assertEquals(Matrix.of(1, 1, 1), CsvSource.regression(csv.limit(8), 1, "b").dataset().x());
  }
}
