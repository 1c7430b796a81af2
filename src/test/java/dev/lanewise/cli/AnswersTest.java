package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.Model;
import dev.lanewise.data.Column;
import dev.lanewise.data.Csv;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.io.json.Json;
import dev.lanewise.io.json.JsonException;
import dev.lanewise.metrics.ClassificationReport;
import dev.lanewise.metrics.Regression;
import dev.lanewise.nn.Matrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evaluate} and {@code predict} say of rows, against the model itself. */
class AnswersTest {

  @TempDir Path folder;

  /** What the command writes, where it does what it was asked for. */
  private static String answer(String... args) {
    CommandsTest.Result result = CommandsTest.run(args);
    assertEquals(0, result.code(), result::err);
    return result.out();
  }

  private Path rows(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private Path trained(Path rows) {
    Path model = folder.resolve("model");
    answer("train", rows.toString(), "--label", "y", "--epochs", "2", "--quiet", "--out", model.toString());
    return model;
  }

  private static Map<?, ?> figures(Path model, Path rows) throws JsonException {
    return (Map<?, ?>) Json.parse(answer("evaluate", model.toString(), rows.toString(), "--json"));
  }

  /** To the last bit, and each by its own name. */
  @Test
  void figuresOfNumbersAreThoseOfTheModel() throws IOException, JsonException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      text.append(i % 7).append(',').append(i * i % 11 + 0.5).append('\n');
    }
    Path rows = rows(text.toString());
    Path file = trained(rows);
    Map<?, ?> figures = figures(file, rows);
    Model model = Model.load(file);
    Table table = Csv.of(rows).read();
    Matrix y = table.select("y").toMatrix();
    Matrix predicted = model.predict(table);
    assertEquals(Set.of("rows", "r2", "rmse", "mae", "median_error"), figures.keySet(), "of one target nothing is said by target");
    assertEquals(40L, figures.get("rows"));
    assertEquals(Regression.r2(y, predicted), figures.get("r2"));
    assertEquals(Regression.rootMeanSquaredError(y, predicted), figures.get("rmse"));
    assertEquals(Regression.meanAbsoluteError(y, predicted), figures.get("mae"));
    assertEquals(Regression.medianAbsoluteError(y, predicted), figures.get("median_error"));
  }

  /** Scaled by twenty million and back, small targets would be others. */
  @Test
  void targetsAreJudgedAsTheyAreInTheFile() throws IOException, JsonException {
    Path file = trained(rows("x,y\n1,0.5\n2,20000000\n3,10000000\n"));
    Path few = Files.writeString(folder.resolve("few.csv"), "x,y\n1,1.25\n2,2.5\n3,3.125\n");
    Matrix predicted = Model.load(file).predict(Csv.of(few).read());
    assertEquals(Regression.r2(Matrix.of(3, 1, 1.25f, 2.5f, 3.125f), predicted), figures(file, few).get("r2"));
  }

  /** Of classes with many rows and few, which the two means weigh differently. */
  @Test
  void figuresOfClassesAreThoseOfTheModel() throws IOException, JsonException {
    Path rows = rows("x,y\n1,a\n2,b\n3,a\n5,a\n2.2,a\n3,b\n2,c\n");
    Path file = trained(rows);
    Map<?, ?> figures = figures(file, rows);
    Model model = Model.load(file);
    Preprocessor raw = model.preprocessor();
    Table table = Csv.of(rows).read();
    int[] predicted = model.classify(table).stream().mapToInt(raw.classNames()::indexOf).toArray();
    ClassificationReport report = ClassificationReport.of(raw.labels(table), predicted, raw.classNames());
    assertNotEquals(report.macroF1(), report.weightedF1());
    assertEquals(report.accuracy(), figures.get("accuracy"));
    assertEquals(report.macroF1(), figures.get("macro_f1"));
    assertEquals(report.weightedF1(), figures.get("weighted_f1"));
  }

  /** A carriage return ends a row wherever it is not in quotes, and a quotation mark the quotes where it is not doubled. */
  @Test
  void predictionsAreReadAgainAsTheyWereWhateverIsInThem() throws IOException {
    Path rows = rows("x,y\n1,\"a\r\"\"b\"\n2,\"c\r\"\"d\"\n3,\"a\r\"\"b\"\n");
    Path file = trained(rows);
    String out = answer("predict", file.toString(), rows.toString());
    Table back =
        Csv.of("out", new ByteArrayInputStream(out.getBytes(StandardCharsets.UTF_8))).textColumns("y").read();
    assertEquals(Table.of(Column.text("y", Model.load(file).classify(Csv.of(rows).read()).toArray(String[]::new))), back);
  }

  /** A line of spaces is no row. */
  @Test
  void aClassOfSpacesIsARow() throws IOException {
    Path rows = rows("x,y\n1, \n2,b\n3, \n");
    Path model = folder.resolve("model");
    answer("train", rows.toString(), "--label", "y", "--missing", "none", "--epochs", "2", "--quiet", "--out", model.toString());
    String out = answer("predict", model.toString(), Files.writeString(folder.resolve("x.csv"), "x\n1\n2\n3\n").toString());
    assertEquals(1 + 3, out.lines().filter(line -> !line.isBlank()).count(), out);
  }
}
