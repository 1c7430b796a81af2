package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Matrix;
import dev.lanewise.train.Source.Batch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream has the rows of the dataset that the same preprocessor makes of the whole table, to the bit. */
class PreprocessedRowsTest {

  private static final int ROWS = 3000;
  private static final String[] TOWNS = {"Ulm", "Köln", "", "Bonn"};

  @TempDir private Path directory;
  private Csv csv;

  /** Three tables' worth of rows. */
  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder("width,town,code,size,label\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i % 11 == 0 ? "NA" : i / 7.0).append(',').append(TOWNS[i % 4]).append(',').append(i % 3);
      text.append(i % 2 == 0 ? ".0," : ",").append(i * i).append(',').append(i % 5 == 0 ? "1.0" : "-2").append('\n');
    }
    csv = Csv.of(Files.writeString(directory.resolve("test.csv"), text));
  }

  private static void assertSame(Dataset expected, StreamSource source) {
    source.begin(0, false, 0);
    Batch batch = new Batch(expected.rows() + 1, expected.inputs(), expected.outputs());
    assertEquals(expected.rows(), source.fill(batch));
    Batch whole = new Batch(expected.rows() + 1, expected.inputs(), expected.outputs());
    System.arraycopy(expected.x().data(), 0, whole.x(), 0, expected.x().data().length);
    System.arraycopy(expected.y().data(), 0, whole.y(), 0, expected.y().data().length);
    assertArrayEquals(whole.x(), batch.x());
    assertArrayEquals(whole.y(), batch.y());
    assertEquals(0, source.fill(batch));
  }

  private static Preprocessing preprocessing() {
    return Preprocessing.standard()
        .imputeNumbers(Imputation.MEDIAN)
        .imputeText(Imputation.MOST_FREQUENT)
        .categories("code");
  }

  @Test
  void classes() throws IOException {
    Table table = csv.read();
    Preprocessor fitted = preprocessing().fit(table, "label");
    assertEquals(List.of("-2", "1"), fitted.classNames());
    assertSame(fitted.dataset(table), fitted.source(csv, 10));
  }

  /** As {@code fit} of the dataset takes two classes. */
  @Test
  void twoClassesForOneOutput() throws IOException {
    Table table = csv.read();
    Preprocessor fitted = preprocessing().fit(table, "label");
    int[] labels = fitted.labels(table);
    Matrix y = Matrix.zeros(ROWS, 1);
    for (int i = 0; i < ROWS; i++) {
      y.set(i, 0, labels[i]);
    }
    assertEquals(ROWS / 5, Arrays.stream(labels).sum());
    assertSame(Dataset.of(fitted.transform(table), y), fitted.oneOutputSource(csv, 10));
    Preprocessor three = Preprocessing.standard().fitClassification(table.select("label", "code"), "code");
    assertEquals(
        "one output tells two classes apart, but the preprocessing was fitted to 3",
        assertThrows(IllegalStateException.class, () -> three.oneOutputSource(csv, 10)).getMessage());
    Preprocessor numbers = preprocessing().fitRegression(table, "label");
    assertThrows(IllegalStateException.class, () -> numbers.oneOutputSource(csv, 10));
    Preprocessor one = Preprocessing.standard().fit(Table.of(Column.numeric("a", 1, 2), Column.text("y", "x", "x")), "y");
    assertEquals(
        "the preprocessing was fitted to one class, \"x\", but a network tells two and more apart",
        assertThrows(IllegalStateException.class, () -> one.source(csv, 10)).getMessage());
  }

  @Test
  void classesThatAreText() throws IOException {
    Table table = csv.textColumns("label").read();
    Preprocessor fitted = preprocessing().fit(table.rows(0, 1, 3, 4, 5), "town");
    DataException e = assertThrows(DataException.class, () -> fitted.source(csv, 10).begin(0, true, 0));
    assertEquals(directory.resolve("test.csv") + ", row 4, column \"town\": the label is missing", e.getMessage());
  }

  @Test
  void columnsThatAreDeclaredText() throws IOException {
    Path codes = Files.writeString(directory.resolve("codes.csv"), "code,width,label\n01,1,01\n1,2,02\n01,3,02\n");
    Csv declared = Csv.of(codes).textColumns("code", "label");
    Table table = declared.read();
    Preprocessor fitted = Preprocessing.standard().fit(table, "label");
    assertSame(fitted.dataset(table), fitted.source(declared, 10));
    assertSame(fitted.dataset(table), fitted.source(Csv.of(codes), 10));
    assertSame(fitted.dataset(table), Preprocessor.fromMap(fitted.toMap()).source(declared, 10));
  }

  /** As a dataset of the file finds them: in any order, and whatever else is there. */
  @Test
  void columnsBesides() throws IOException {
    Table known = csv.read().without("code");
    Preprocessing preprocessing =
        Preprocessing.standard().imputeNumbers(Imputation.MEDIAN).imputeText(Imputation.MOST_FREQUENT);
    Preprocessor classes = preprocessing.fit(known, "label");
    assertSame(classes.dataset(known), classes.source(csv, 10));
    Preprocessor numbers = preprocessing.fitRegression(known.select("town", "size", "width"), "size");
    assertSame(numbers.dataset(csv), numbers.source(csv, 10));
  }

  @Test
  void columnsThatAreMissing() throws IOException {
    Preprocessor fitted = preprocessing().fit(csv.read(), "label");
    for (String lacking : List.of("town", "label")) {
      List<String> names = new ArrayList<>(List.of("label", "more", "town", "size", "code", "width"));
      names.remove(lacking);
      Path other = Files.writeString(directory.resolve("other.csv"), String.join(",", names) + "\n1,1,1,1,1\n");
      DataException e =
          assertThrows(DataException.class, () -> fitted.source(Csv.of(other), 10).begin(0, true, 0));
      assertEquals(
          other + " has no column \"" + lacking + "\": its columns are \"" + String.join("\", \"", names) + "\"",
          e.getMessage());
    }
  }

  @Test
  void numbers() throws IOException {
    Table table = csv.read();
    Preprocessor fitted = preprocessing().scaleTargets(Scaler.STANDARD).fitRegression(table, "size", "label");
    assertSame(fitted.dataset(table), fitted.source(csv, 10));
  }

  @Test
  void refusesWhatTheFittedRowsHadNot() throws IOException {
    Preprocessor fitted = preprocessing().fit(csv.read().rows(1, 2, 3, 4, 5), "label");
    Path other = Files.writeString(directory.resolve("other.csv"), "width,town,code,size,label\n1,Ulm,0,2,1\n1,Rom,0,2,1\n");
    StreamSource source = fitted.source(Csv.of(other), 10);
    assertEquals(-1, source.rows());
    String message = assertThrows(DataException.class, () -> source.begin(0, true, 0)).getMessage();
    assertEquals(other + ", row 3, column \"town\": \"Rom\" is none", message.substring(0, message.indexOf(" of the")));
    Csv once = Csv.of("standard input", new ByteArrayInputStream(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> fitted.source(once, 10));
  }
}
