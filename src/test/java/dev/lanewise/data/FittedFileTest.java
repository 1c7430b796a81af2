package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fitted preprocessor finds its columns in a file of more tables than one, by name. */
class FittedFileTest {

  private static final int ROWS = 2500;
  private static final String[] TOWNS = {"Ulm", "7", "", "Bonn"};

  @TempDir private Path directory;
  private Csv csv;
  private Table table;
  private Preprocessing preprocessing;

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder("id,width,town,size,label\n");
    for (int i = 0; i < ROWS; i++) {
      text.append("row").append(i).append(',').append(i % 11 == 0 ? "NA" : i / 7.0).append(',');
      text.append(TOWNS[i % 4]).append(',').append(i * i).append(',').append(i % 5 == 0 ? "1.0" : "-2").append('\n');
    }
    csv = Csv.of(Files.writeString(directory.resolve("test.csv"), text));
    table = csv.read();
    preprocessing = Preprocessing.standard().imputeNumbers(Imputation.MEDIAN).imputeText(Imputation.MOST_FREQUENT);
  }

  private static Csv text(String text) {
    return Csv.of("standard input", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertSame(Dataset expected, Dataset actual) {
    assertArrayEquals(expected.x().data(), actual.x().data());
    assertArrayEquals(expected.y().data(), actual.y().data());
    assertEquals(expected.featureNames(), actual.featureNames());
    assertEquals(expected.isClassification(), actual.isClassification());
  }

  @Test
  void classesAndColumnsBesides() throws IOException {
    Table known = table.without("id");
    Preprocessor fitted = preprocessing.fit(known, "label");
    assertSame(fitted.dataset(known), fitted.dataset(csv));
    assertArrayEquals(fitted.labels(known), fitted.dataset(csv).labels());
  }

  @Test
  void numbers() throws IOException {
    Table known = table.without("id");
    Preprocessor fitted = preprocessing.scaleTargets(Scaler.STANDARD).fitRegression(known, "size", "label");
    assertSame(fitted.dataset(known), fitted.dataset(csv));
    assertEquals(List.of("size", "label"), fitted.targetColumns());
  }

  /** Neither what is predicted is read, nor what else there is; what a column holds is what it held in training. */
  @Test
  void rowsToPredictFor() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    String rows = "label,note,town,size,width\n?,x,7,1,2\n,y,7,3,NA\n";
    List<Table> tables = new ArrayList<>();
    fitted.forEachTable(text(rows), tables::add);
    assertEquals(1, tables.size());
    assertEquals(List.of("width", "town", "size"), tables.getFirst().names());
    assertTrue(tables.getFirst().column("town") instanceof Column.Text);
    assertArrayEquals(fitted.transform("2", "7", "1"), fitted.transform(tables.getFirst()).row(0));
    assertArrayEquals(fitted.transform("", "7", "3"), fitted.transform(tables.getFirst()).row(1));
  }

  /** Not even whether it is text: bytes that are no UTF-8, zeros, and more distinct values than are worth keeping. */
  @Test
  void whatElseIsInTheFileIsNotLookedAt() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    StringBuilder good = new StringBuilder("width,town,size,label\n");
    StringBuilder bad = new StringBuilder("a,width,b,town,size,c,label,d\n");
    for (int i = 0; i < 300; i++) {
      good.append(i).append(",7,1,1\n");
      bad.append("\u00ff,").append(i).append(",\0,7,1,1e999,1,inf\n");
    }
    byte[] bytes = bad.toString().getBytes(StandardCharsets.ISO_8859_1);
    Csv besides = Csv.of(Files.write(directory.resolve("besides.csv"), bytes));
    assertEquals(fitted.readWithTargets(text(good.toString())), fitted.readWithTargets(besides));
    assertEquals(fitted.read(text(good.toString())), fitted.read(besides));
    assertSame(fitted.dataset(text(good.toString())), fitted.dataset(besides));
    List<Table> tables = new ArrayList<>();
    fitted.forEachTable(besides, tables::add);
    assertEquals(List.of(fitted.read(besides)), tables);
    assertEquals(directory.resolve("besides.csv") + ", row 301, column \"size\"", tables.getFirst().where(299, "size"));
    assertRefused(
        "standard input, row 2: the row has 5 fields, but there are 4 columns",
        () -> fitted.read(text("width,town,size,note\n1,7,1,x,y\n")));
  }

  @Test
  void numbersThatFloatsRound() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    List<String> told = new ArrayList<>();
    Table read = fitted.read(text("width,town,size\n1,7,2\n1,7,16777217\n").onRounding(told::add));
    assertEquals(16777216, read.numeric("size").get(1));
    assertEquals(
        List.of(
            "standard input, row 3, column \"size\": 16777217 is read as 16777216, since floats cannot tell all whole numbers"
                + " from 2^24 on apart"),
        told);
  }

  @Test
  void inTablesThatKnowTheirRows() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    List<Integer> rows = new ArrayList<>();
    List<String> where = new ArrayList<>();
    fitted.forEachTable(csv, part -> {
      rows.add(part.rows());
      where.add(part.where(part.rows() - 1, "size"));
    });
    assertEquals(List.of(1024, 1024, 452), rows);
    assertEquals(directory.resolve("test.csv") + ", row 2501, column \"size\"", where.getLast());
  }

  /** As a table of the whole file has them, and the same preprocessor once it has been stored. */
  @Test
  void columnsThatAreDeclaredText() throws IOException {
    String rows = "code,width,label\n01,1,01\n1,2,02\n01,3,02\n";
    Csv declared = Csv.of(Files.writeString(directory.resolve("codes.csv"), rows)).textColumns("code", "label");
    Preprocessor fitted = Preprocessing.standard().fit(declared.read(), "label");
    assertEquals(List.of("01", "02"), fitted.classNames());
    assertEquals(List.of("code=01", "code=1", "width"), fitted.featureNames());
    Dataset expected = fitted.dataset(declared.read());
    for (Preprocessor same : List.of(fitted, Preprocessor.fromMap(fitted.toMap()))) {
      assertSame(expected, same.dataset(declared));
      assertSame(expected, same.dataset(text(rows))); // it held text, so it does
      List<Table> tables = new ArrayList<>();
      same.forEachTable(declared, tables::add);
      assertEquals(expected.x(), same.transform(tables.getFirst()));
    }
    assertRefused(
        "standard input, row 2, column \"label\": \"1\" is not one of the 2 classes \"01\", \"02\"",
        () -> fitted.dataset(text("code,width,label\n01,1,1\n")));
  }

  /** What held numbers and is text now, because somebody says so. */
  @Test
  void numbersThatAreDeclaredText() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    assertSame(fitted.dataset(csv), fitted.dataset(csv.textColumns("label", "town")));
    assertArrayEquals(fitted.labels(table), fitted.dataset(csv.textColumns("label")).labels());
    assertRefused(
        directory.resolve("test.csv")
            + " has the numbers of column \"width\" as text: read them as numbers, without textColumns(…)",
        () -> fitted.dataset(csv.textColumns("width")));
  }

  /** All rows of one file at once; what is not text in all of it, or not a number, is what it was in training. */
  @Test
  void tablesOfAllRows() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    assertEquals(table.select("width", "town", "size"), fitted.read(csv));
    assertEquals(table.select("width", "town", "size", "label"), fitted.readWithTargets(csv));
    Table rows = fitted.read(text("label,note,town,size,width\n?,x,7,1,2\n,y,7,3,NA\n"));
    Column width = Column.numeric("width", 2, Float.NaN);
    assertEquals(Table.of(width, Column.text("town", "7", "7"), Column.numeric("size", 1, 3)), rows);
    assertRefused(
        "standard input, row 2, column \"size\": \"big\" is not a number",
        () -> fitted.read(text("width,town,size\n1,Ulm,big\n")));
    assertRefused(
        "standard input has no column \"label\": its columns are \"width\", \"town\", \"size\"",
        () -> fitted.readWithTargets(text("width,town,size\n1,Ulm,2\n")));
  }

  /** Such as those that a spreadsheet has at the end of each row. */
  @Test
  void columnsThatWereNotFittedMayHaveOneName() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    String text = "label,note,town,size,width,note,,\n?,x,7,1,2,inf,,\n";
    Table rows = Table.of(Column.numeric("width", 2), Column.text("town", "7"), Column.numeric("size", 1));
    assertEquals(rows, fitted.read(text(text)));
    fitted.forEachTable(text(text), read -> assertEquals(rows, read));
    String town = "standard input, row 1: columns 2 and 4 have the same name \"town\"";
    assertRefused(town, () -> fitted.read(text("width,town,size,town\n1,a,2,b\n")));
    assertRefused(town, () -> fitted.forEachTable(text("width,town,size,town\n1,a,2,b\n"), each -> {}));
  }

  @Test
  void refusals() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    assertRefused(
        "standard input has no column \"town\": its columns are \"width\", \"size\"",
        () -> fitted.forEachTable(text("width,size\n1,2\n"), rows -> {}));
    assertRefused(
        "standard input has no column \"label\": its columns are \"width\", \"town\", \"size\"",
        () -> fitted.dataset(text("width,town,size\n1,Ulm,2\n")));
    assertRefused(
        "standard input, row 3, column \"size\": \"big\" is not a number",
        () -> fitted.forEachTable(text("width,town,size\n1,Ulm,2\n1,Ulm,big\n"), rows -> {}));
    assertRefused(
        "standard input, row 2, column \"label\": \"3\" is not one of the 2 classes \"-2\", \"1\"",
        () -> fitted.dataset(text("width,town,size,label\n1,Ulm,2,3\n")));
    Preprocessor nothing = preprocessing.fit(table);
    assertThrows(IllegalStateException.class, () -> nothing.dataset(csv));
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void assertRefused(String message, Reading reading) {
    assertEquals(message, assertThrows(DataException.class, reading::run).getMessage());
  }

  /** Which are counted while they are read, and not when all are there. */
  @Test
  void moreRowsThanAMatrixHas() throws IOException {
    Preprocessor fitted = preprocessing.fit(table.without("id"), "label");
    int inputs = fitted.featureNames().size();
    fitted.requireRoom("test.csv", Matrix.MOST_ELEMENTS / inputs);
    DataException tooMany =
        assertThrows(DataException.class, () -> fitted.requireRoom("test.csv", Matrix.MOST_ELEMENTS / inputs + 1));
    assertTrue(tooMany.getMessage().startsWith("test.csv: "), tooMany.getMessage());
    assertTrue(
        tooMany.getMessage().endsWith(" rows of 5 inputs are more than fit in a matrix; column \"town\" makes 3 of the inputs"),
        tooMany.getMessage());
    Preprocessor numbers = preprocessing.fit(table.select("width", "size"));
    long rows = Matrix.MOST_ELEMENTS / 2 + 1;
    assertEquals(
        "test.csv: " + rows + " rows of 2 inputs are more than fit in a matrix",
        assertThrows(DataException.class, () -> numbers.requireRoom("test.csv", rows)).getMessage());
  }

  @Test
  void aDatasetOfNothingToPredict() {
    Preprocessor fitted = preprocessing.fit(table.select("width", "size"));
    assertEquals(
        "the preprocessing was fitted with nothing to predict",
        assertThrows(IllegalStateException.class, () -> fitted.dataset(csv)).getMessage());
  }
}
