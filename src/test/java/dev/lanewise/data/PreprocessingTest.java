package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Refusals;
import dev.lanewise.nn.Matrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
  private static final float NAN = Float.NaN;
  private static final float[] AGES = {20, 40, NAN, 60};
  private static final Column AGE = Column.numeric("age", AGES);
  private static final Column TOWN = Column.text("town", "Bern", null, "Aarau", "Bern");
  private static final Column LEFT = Column.text("left", "no", "yes", "no", "no");
  private static final Table PEOPLE = file("people.csv", AGE, TOWN, LEFT);
  private static final Preprocessing IMPUTING =
      Preprocessing.minMax().imputeNumbers(Imputation.MEAN).imputeText(Imputation.MOST_FREQUENT);
  private static final Preprocessor FITTED = IMPUTING.fit(PEOPLE, "left");

  /** A table whose first row is the second line of a file. */
  private static Table file(String name, Column... columns) {
    return Table.of(List.of(columns), Origin.of(name, new Origin.Lines(2)));
  }

  @Test
  void makesInputsAndLabels() {
    assertEquals(List.of("age", "town"), FITTED.columns());
    assertEquals(List.of("age", "town=Aarau", "town=Bern"), FITTED.featureNames());
    assertEquals(List.of("left"), FITTED.targetColumns());
    assertEquals(List.of("no", "yes"), FITTED.classNames());
    assertTrue(FITTED.isClassification());
    assertEquals(Matrix.of(4, 3, 0, 0, 1, 0.5f, 0, 1, 0.5f, 1, 0, 1, 0, 1), FITTED.transform(PEOPLE));
    assertArrayEquals(new int[] {0, 1, 0, 0}, FITTED.labels(PEOPLE));
    Dataset dataset = FITTED.dataset(PEOPLE);
    assertEquals(
        Dataset.of(FITTED.transform(PEOPLE), new int[] {0, 1, 0, 0}, List.of("no", "yes"))
            .withFeatureNames(FITTED.featureNames()),
        dataset);
    assertEquals("Preprocessor of 2 columns to 3 inputs, for \"left\"", FITTED.toString());
  }

  @Test
  void takesColumnsInAnyOrderAndWithoutTheTarget() {
    Table turned = Table.of(TOWN, AGE);
    assertEquals(FITTED.transform(PEOPLE), FITTED.transform(turned));
  }

  @Test
  void givesARowTheSameBitsAsATable() {
    String[][] raw = {{"20", "Bern"}, {" 40.0", ""}, {"NA", "Aarau"}, {"6e1", "Bern"}};
    Preprocessor robust = IMPUTING.scale("age", Scaler.ROBUST).fit(PEOPLE, "left");
    for (int i = 0; i < raw.length; i++) {
      assertArrayEquals(robust.transform(PEOPLE).row(i), robust.transform(raw[i]));
    }
    Map<String, String> byName = new HashMap<>();
    byName.put("town", null);
    byName.put("age", "60");
    byName.put("left", "yes");
    assertArrayEquals(new float[] {1, 0, 1}, FITTED.transform(byName));
  }

  /** Long tables are filled some rows at a time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128, 129, 300})
  void fillsEachRowOfAnyTable(int rows) {
    int[] people = IntStream.range(0, rows).map(i -> (i + i / 3) % 4).toArray();
    Matrix few = FITTED.transform(PEOPLE);
    Matrix many = FITTED.transform(PEOPLE.rows(people));
    Matrix numbers = Table.of(AGE, Column.numeric("more", 4, 3, 2, 1)).rows(people).toMatrix();
    Table table = Table.of(AGE, Column.numeric("y", 5, 1, 0, 2));
    Matrix targets = IMPUTING.fitRegression(table, "y").targets(table.rows(people));
    for (int i = 0; i < rows; i++) {
      assertArrayEquals(few.row(people[i]), many.row(i));
      assertArrayEquals(new float[] {AGES[people[i]], 4 - people[i]}, numbers.row(i));
      assertEquals(new float[] {5, 1, 0, 2}[people[i]], targets.get(i, 0));
    }
  }

  @Test
  void takesWhatElseIsMissingForACategoryThatATrainingRowHas() {
    Table table = Table.of(Column.text("country", "NA", "DE", "DE"), Column.numeric("x", 1, 2, 3));
    Preprocessor fitted = Preprocessing.unscaled().imputeText(Imputation.MOST_FREQUENT).fit(table);
    assertEquals(List.of("country=DE", "country=NA", "x"), fitted.featureNames());
    assertArrayEquals(new float[] {0, 1, 1}, fitted.transform(table).row(0));
    assertArrayEquals(new float[] {0, 1, 1}, fitted.transform("NA", "1"));
    assertArrayEquals(new float[] {1, 0, 1}, fitted.transform("null", "1"));
  }

  @Test
  void dependsOnTheTrainingRowsAlone() {
    // A town, a class and numbers that only other rows of the same file have.
    Table train = PEOPLE.rows(0, 3);
    Preprocessor fitted = Preprocessing.standard().ignoreUnknown(true).fit(train, "left");
    assertEquals(List.of("age", "town=Bern"), fitted.featureNames());
    assertEquals(List.of("no"), fitted.classNames());
    assertEquals(Matrix.of(2, 2, -1, 1, 1, 1), fitted.transform(train));
  }

  @Test
  void letsEachColumnBeTreatedApart() {
    Table table = Table.of(
        Column.numeric("a", 1, 3), Column.numeric("b", 1, 3), Column.numeric("c", NAN, 3), Column.numeric("d", 3, 1));
    Preprocessor fitted = Preprocessing.unscaled().scale("b", Scaler.MIN_MAX).impute("c", Imputation.constant(9))
        .categories("d").fit(table);
    assertEquals(List.of("a", "b", "c", "d=1", "d=3"), fitted.featureNames());
    assertEquals(Matrix.of(2, 5, 1, 0, 9, 0, 1, 3, 1, 3, 1, 0), fitted.transform(table));
    assertEquals(List.of(), fitted.targetColumns());
    assertFalse(fitted.isClassification());
  }

  @Test
  void withersLeaveTheValueAsItWas() {
    Preprocessing plain = Preprocessing.standard();
    Preprocessing unscaled = plain.scale("a", Scaler.NONE);
    Preprocessing categories = plain.categories("a");
    Table table = Table.of(Column.numeric("a", 5, 6));
    assertEquals(Matrix.of(2, 1, 5, 6), unscaled.fit(table).transform(table));
    assertEquals(Matrix.of(2, 2, 1, 0, 0, 1), categories.fit(table).transform(table));
    assertEquals(Matrix.of(2, 1, -1, 1), plain.fit(table).transform(table));
  }

  /** Each keeps what was asked for before it. */
  @Test
  void withersMayComeInAnyOrder() {
    Table table = Table.of(Column.text("t", "a", "b"), Column.numeric("y", 1.5f, 2));
    Preprocessing plain = Preprocessing.standard();
    Preprocessor fitted = plain.ignoreUnknown(true).scaleTargets(Scaler.STANDARD).fitRegression(table, "y");
    assertArrayEquals(new float[] {0, 0}, fitted.transform("c"));
    assertEquals(Matrix.of(2, 1, -1, 1), fitted.targets(table));
    assertEquals(fitted, plain.scaleTargets(Scaler.STANDARD).ignoreUnknown(true).fitRegression(table, "y"));
  }

  @Test
  void knowsNumbersThatNameCategories() {
    Table table = Table.of(Column.numeric("code", 10, 9, -0f, 2.5f));
    Preprocessor fitted = Preprocessing.standard().categories("code").fit(table);
    assertEquals(List.of("code=0", "code=2.5", "code=9", "code=10"), fitted.featureNames());
    assertArrayEquals(new float[] {0, 0, 0, 1}, fitted.transform("10"));
    assertArrayEquals(new float[] {0, 0, 0, 1}, fitted.transform("1.0e1"));
    assertArrayEquals(new float[] {1, 0, 0, 0}, fitted.transform("-0.0"));
    // The rows of another file may have made the column text.
    Table text = Table.of(Column.text("code", "9.0", "2.50"));
    assertEquals(Matrix.of(2, 4, 0, 0, 1, 0, 0, 1, 0, 0), fitted.transform(text));
  }

  /** A postal code is no number: one text is one category. */
  @Test
  void takesTextThatLooksLikeNumbersAsItIs() {
    Table table = Table.of(Column.text("code", "1234", "007", "1234"));
    Preprocessor fitted = Preprocessing.standard().fit(table);
    assertEquals(List.of("code=007", "code=1234"), fitted.featureNames());
    assertArrayEquals(new float[] {0, 1}, fitted.transform("1234"));
    for (String other : List.of("01234", "1.234e3", "1234.0", " 1234", "7")) {
      assertRefused(
          "column \"code\": \"" + other + "\" is none of the categories of the training rows, \"007\", \"1234\"",
          () -> fitted.transform(other));
      Table others = file("other.csv", Column.text("code", "007", other));
      assertRefused(
          "other.csv, row 3, column \"code\": \"" + other
              + "\" is none of the categories of the training rows, \"007\", \"1234\"",
          () -> Preprocessor.fromMap(fitted.toMap()).transform(others));
    }
    // What takes the place of a missing value is such a text as well.
    Table gap = Table.of(Column.text("code", "1234", "007", null, "007"));
    for (Imputation imputation : List.of(Imputation.MOST_FREQUENT, Imputation.constant("007"))) {
      Preprocessor imputing = Preprocessing.standard().imputeText(imputation).fit(gap);
      assertEquals(List.of("code=007", "code=1234"), imputing.featureNames());
      assertEquals(Matrix.of(4, 2, 0, 1, 1, 0, 1, 0, 1, 0), imputing.transform(gap));
    }
    // Rows of a file with nothing but numbers there may have made the column numbers: 7 was "7" or "007".
    assertRefused(
        "row 0, column \"code\": the column has numbers, but had text in the training rows: read it as text, textColumns(\"code\")",
        () -> fitted.transform(Table.of(Column.numeric("code", 7))));
  }

  @Test
  void remembersThatCategoriesAreNumbers() {
    Preprocessor fitted = Preprocessing.standard().categories("code").fit(Table.of(Column.numeric("code", 10, 2.5f)));
    Preprocessor read = Preprocessor.fromMap(fitted.toMap());
    assertArrayEquals(new float[] {0, 1}, read.transform("1.0e1"));
    assertArrayEquals(new float[] {1, 0}, read.transform(" 2.50"));
  }

  /** Else the number in a table and the text in a row would be two categories. */
  @Test
  void imputesANumberAmongNumbersHoweverItIsWritten() {
    Table table = Table.of(Column.numeric("code", 2, NAN, 10));
    Preprocessor fitted =
        Preprocessing.standard().categories("code").imputeText(Imputation.constant("2.0")).fit(table);
    assertEquals(List.of("code=2", "code=10"), fitted.featureNames());
    assertEquals(Matrix.of(3, 2, 1, 0, 1, 0, 0, 1), fitted.transform(table));
    assertArrayEquals(new float[] {1, 0}, fitted.transform("2.0"));
    assertArrayEquals(new float[] {1, 0}, fitted.transform(""));
  }

  /** As many as are classes, one of which is written in two ways. */
  @Test
  void negativeZeroIsNoClassOfItsOwn() {
    float[] labels = new float[21];
    for (int i = 0; i < 20; i++) {
      labels[i] = i;
    }
    labels[20] = -0f;
    Table table = file("labels.csv", Column.numeric("y", labels), Column.numeric("x", new float[21]));
    Preprocessor fitted = Preprocessing.standard().fit(table, "y");
    assertTrue(fitted.isClassification());
    assertEquals(20, fitted.classNames().size());
    labels[20] = 20;
    assertFalse(
        Preprocessing.standard().fit(file("labels.csv", Column.numeric("y", labels), Column.numeric("x", new float[21])), "y")
            .isClassification());
  }

  @Test
  void refusesNoScalerAndNoImputation() {
    Preprocessing preprocessing = Preprocessing.standard();
    assertThrows(NullPointerException.class, () -> preprocessing.scale("x", null));
    assertThrows(NullPointerException.class, () -> preprocessing.scaleTargets(null));
    assertThrows(NullPointerException.class, () -> preprocessing.imputeNumbers(null));
    assertThrows(NullPointerException.class, () -> preprocessing.imputeText(null));
    assertThrows(NullPointerException.class, () -> preprocessing.impute("x", null));
  }

  @Test
  void refusesNumbersTooLargeForNames() {
    Table table = file("ids.csv", Column.numeric("id", 7, NAN, 16_777_216, 8), Column.numeric("x", 1, 2, 3, 4));
    String refused =
        "ids.csv, row 4, column \"id\": the float 16777216 is too large to name a class or category, as other whole numbers become the"
            + " same float: read the column as text, textColumns(…)";
    Preprocessing preprocessing = Preprocessing.standard();
    assertRefused(refused, () -> preprocessing.categories("id").fit(table));
    assertRefused(refused, () -> preprocessing.fitClassification(table, "id"));
    assertFalse(preprocessing.fit(table.rows(0, 2, 3), "id").isClassification());
  }

  /** No training row can have had it, so it is a category like any other that none had. */
  @Test
  void takesALargeNumberForAnUnknownCategory() {
    Preprocessing preprocessing = Preprocessing.standard().categories("id");
    Table table = Table.of(Column.numeric("id", 7, 8));
    Table large = Table.of(Column.numeric("id", 7, 123_456_789));
    Preprocessor ignoring = preprocessing.ignoreUnknown(true).fit(table);
    assertEquals(Matrix.of(2, 2, 1, 0, 0, 0), ignoring.transform(large));
    assertArrayEquals(new float[] {0, 0}, ignoring.transform("123456789"));
    assertRefused(
        "column \"id\": \"123456789\" is none of the categories of the training rows, \"7\", \"8\"",
        () -> preprocessing.fit(table).transform("123456789"));
    assertThrows(DataException.class, () -> preprocessing.fit(table).transform(large));
  }

  @Test
  void sortsAnImputedCategoryAmongTheOthers() {
    Preprocessing imputing = Preprocessing.standard().imputeText(Imputation.constant("B"));
    Table text = Table.of(Column.text("t", "A", null, "C"));
    assertEquals(List.of("t=A", "t=B", "t=C"), imputing.fit(text).featureNames());
    Table numbers = Table.of(Column.numeric("t", 2, NAN, 10));
    assertEquals(List.of("t=2", "t=10", "t=B"), imputing.categories("t").fit(numbers).featureNames());
    Table complete = Table.of(Column.text("t", "A", "C"));
    assertEquals(List.of("t=A", "t=C"), imputing.fit(complete).featureNames());
  }

  @Test
  void sortsAnImputedNumberAmongTheOthers() {
    Table numbers = Table.of(Column.numeric("t", 3, NAN, 10, 2.5f));
    for (String[] each : new String[][] {
      {"7.0", "t=2.5", "t=3", "t=7", "t=10"}, {"-1e9", "t=-1e9", "t=2.5", "t=3", "t=10"}, {"11", "t=2.5", "t=3", "t=10", "t=11"}
    }) {
      Preprocessor fitted =
          Preprocessing.standard().categories("t").impute("t", Imputation.constant(each[0])).fit(numbers);
      assertEquals(List.of(each).subList(1, 5), fitted.featureNames());
      assertArrayEquals(fitted.transform(numbers).row(1), fitted.transform(each[0]));
    }
  }

  /** The text that takes the place of a missing value is in no row that is refused for it, nor in a row that is taken. */
  @Test
  void saysOfWhatTakesTheValuesPlaceThatItIsNoCategory() {
    Preprocessing imputing = Preprocessing.standard().imputeText(Imputation.constant("none"));
    Table complete = Table.of(Column.text("t", "A", "C"));
    Table gap = file("gap.csv", Column.text("t", "A", null));
    Preprocessor fitted = imputing.fit(complete);
    String message = "column \"t\": the value is missing, and \"none\", which takes its place, is none of the categories of the"
        + " training rows, \"A\", \"C\"";
    assertRefused(message, () -> fitted.transform(""));
    assertRefused("gap.csv, row 3, " + message, () -> fitted.transform(gap));
    assertRefused(
        "column \"t\": \"none\" is none of the categories of the training rows, \"A\", \"C\"", () -> fitted.transform("none"));
    Preprocessor ignoring = imputing.ignoreUnknown(true).fit(complete);
    assertArrayEquals(new float[] {0, 0}, ignoring.transform(""));
    assertEquals(Matrix.of(2, 2, 1, 0, 0, 0), ignoring.transform(gap));
  }

  @Test
  void scalesTargetsAndBack() {
    Table table = Table.of(
        Column.numeric("x", 1, 2, 3), Column.numeric("price", 100, 300, 200), Column.numeric("same", 7, 7, 7));
    Preprocessor fitted =
        Preprocessing.standard().scaleTargets(Scaler.MIN_MAX).fitRegression(table, "price", "same");
    Matrix y = fitted.targets(table);
    assertEquals(Matrix.of(3, 2, 0, 0, 1, 0, 0.5f, 0), y);
    assertEquals(Matrix.of(3, 2, 100, 7, 300, 7, 200, 7), fitted.inverseTargets(y));
    assertEquals(Matrix.of(3, 2, 0, 0, 1, 0, 0.5f, 0), y, "scaling back changed its argument");
    assertEquals(List.of("price", "same"), fitted.dataset(table).targetNames());
    assertEquals(y, fitted.dataset(table).y());
    assertFalse(fitted.isClassification());
  }

  @Test
  void guessesWhatIsPredictedAsADatasetDoes() {
    Column x = Column.numeric("x", 1, 2, 3);
    Table whole = Table.of(x, Column.numeric("y", 0, 10, 2));
    assertEquals(List.of("0", "2", "10"), Preprocessing.standard().fit(whole, "y").classNames());
    assertArrayEquals(new int[] {0, 2, 1}, Preprocessing.standard().fit(whole, "y").labels(whole));
    Table broken = Table.of(x, Column.numeric("y", 0, 10.5f, 2));
    assertEquals(Matrix.of(3, 1, 0, 10.5f, 2), Preprocessing.standard().fit(broken, "y").targets(broken));
    assertEquals(Matrix.of(3, 1, 0, 10, 2), Preprocessing.standard().fitRegression(whole, "y").targets(whole));
    assertEquals(
        List.of("0", "2", "10.5"), Preprocessing.standard().fitClassification(broken, "y").classNames());
  }

  @Test
  void refusesMissingValuesUnlessTold() {
    assertRefused(
        "people.csv, row 4, column \"age\": the value is missing, and the preprocessing imputes none: imputeNumbers(…) fills it in",
        () -> Preprocessing.standard().fit(PEOPLE, "left"));
    assertRefused(
        "people.csv, row 3, column \"town\": the value is missing, and the preprocessing imputes none: imputeText(…) fills it in",
        () -> Preprocessing.standard().imputeNumbers(Imputation.MEAN).fit(PEOPLE, "left"));
    Preprocessor complete = Preprocessing.standard().fit(PEOPLE.rows(0, 3), "left");
    assertRefused(
        "people.csv, row 4, column \"age\": the value is missing, and the preprocessing imputes none: imputeNumbers(…) fills it in",
        () -> complete.transform(PEOPLE));
    assertRefused(
        "column \"town\": the value is missing, and the preprocessing imputes none: imputeText(…) fills it in",
        () -> complete.transform("1", ""));
  }

  @Test
  void refusesWhatOnlyOtherRowsHave() {
    Table other = file(
        "other.csv", Column.numeric("age", 1, 2), Column.text("town", "Bern", "Olten"), Column.text("left", "no", "?"));
    assertRefused(
        "other.csv, row 3, column \"town\": \"Olten\" is none of the categories of the training rows, \"Aarau\","
            + " \"Bern\"",
        () -> FITTED.transform(other));
    assertRefused(
        "column \"town\": \"Olten\" is none of the categories of the training rows, \"Aarau\", \"Bern\"",
        () -> FITTED.transform("1", "Olten"));
    assertRefused(
        "other.csv, row 3, column \"left\": \"?\" is not one of the 2 classes \"no\", \"yes\"",
        () -> FITTED.labels(other));
    assertRefused(
        "other.csv, row 2, column \"left\": the label is missing",
        () -> FITTED.labels(file("other.csv", AGE, TOWN, Column.text("left", null, "no", "no", "no"))));
  }

  /** Whether 1 was {@code 01} nobody knows any more; what is missing was nothing else. */
  @Test
  void refusesNumbersWhereTextWasFitted() {
    Table numbers = file("other.csv", Column.numeric("age", 1, 2), Column.numeric("town", NAN, 7), Column.numeric("left", NAN, 1));
    assertRefused(
        "other.csv, row 3, column \"town\": the column has numbers, but had text in the training rows: read it as text,"
            + " textColumns(\"town\")",
        () -> FITTED.transform(numbers));
    assertRefused(
        "other.csv, row 3, column \"left\": the column has numbers, but had text in the training rows: read it as text,"
            + " textColumns(\"left\")",
        () -> FITTED.labels(numbers));
    Table missing = file("other.csv", Column.numeric("age", 1), Column.numeric("town", NAN));
    assertArrayEquals(FITTED.transform("1", ""), FITTED.transform(missing).row(0));
  }

  /** An id, say, that was left out when the columns were fitted. */
  @Test
  void ignoresColumnsThatWereNotFitted() {
    Table more = Table.of(LEFT, Column.text("id", "a", "b", "c", "d"), TOWN, AGE);
    assertEquals(FITTED.transform(PEOPLE), FITTED.transform(more));
    assertEquals(FITTED.dataset(PEOPLE), FITTED.dataset(more));
    assertArrayEquals(
        FITTED.transform("1", "Bern"), FITTED.transform(Map.of("age", "1", "town", "Bern", "left", "?", "zip", "3000")));
  }

  /** A file of features, a report or a user could not tell them apart. */
  @Test
  void refusesTwoInputsOfOneName() {
    Table alike = file("other.csv", Column.text("c", "x=y", "z"), Column.text("c=x", "y", "y"));
    assertRefused(
        "other.csv has columns \"c\" and \"c=x\", which both make an input \"c=x=y\": rename one of them",
        () -> Preprocessing.standard().fit(alike));
    Table number = file("other.csv", Column.numeric("c=z", 1, 2), Column.text("c", "x=y", "z"));
    assertRefused(
        "other.csv has columns \"c=z\" and \"c\", which both make an input \"c=z\": rename one of them",
        () -> Preprocessing.standard().fit(number));
    assertEquals(List.of("c=x=y", "c=z"), Preprocessing.standard().fit(alike.rows(1).select("c=x", "c")).featureNames());
  }

  /** Whatever a file has there: one line, not too long, and nothing that a terminal obeys. */
  @Test
  void showsWhatItRefusesInOneLine() {
    String bad = "\033[2J\n" + "x".repeat(50_000);
    String shown = "\"?[2J?" + "x".repeat(35) + "…\"";
    String refused = shown + " is none of the categories of the training rows, \"Aarau\", \"Bern\"";
    assertRefused("column \"town\": " + refused, () -> FITTED.transform("1", bad));
    assertRefused(
        "other.csv, row 2, column \"town\": " + refused,
        () -> FITTED.transform(file("other.csv", Column.numeric("age", 1), Column.text("town", bad))));
    Preprocessor number = Preprocessing.standard().fit(Table.of(Column.numeric(bad, 1, 2)));
    assertRefused("column " + shown + ": \"no\" is not a number", () -> number.transform("no"));
    assertRefused(
        "column " + shown + ": the value is missing, and the preprocessing imputes none: imputeNumbers(…) fills it in",
        () -> number.transform((String) null));
    Preprocessor text = Preprocessing.standard().fit(Table.of(Column.text(bad, "1")));
    assertRefused(
        "column " + shown + ": the value is missing, and the preprocessing imputes none: imputeText(…) fills it in",
        () -> text.transform((String) null));
    assertRefused(
        "the table has no value in any of the 1 rows of column " + shown,
        () -> Preprocessing.standard().fit(Table.of(Column.numeric(bad, NAN))));
    Refusals.assertRefused(
        "column " + shown + " has categories, which cannot be scaled",
        () -> Preprocessing.standard().scale(bad, Scaler.NONE).fit(Table.of(Column.text(bad, "1"))));
    Refusals.assertRefused(
        "column " + shown + " is a target: it cannot be prepared as an input is",
        () -> Preprocessing.standard().scale(bad, Scaler.NONE).fit(Table.of(Column.text(bad, "1")), bad));
    Refusals.assertRefused(
        "column " + shown + ": the text " + shown + " cannot take the place of numbers",
        () -> Preprocessing.standard().impute(bad, Imputation.constant(bad)).fit(Table.of(Column.numeric(bad, 1))));
  }

  @Test
  void refusesRowsThatLackAColumn() {
    assertRefused(
        "other.csv lacks \"age\", which the preprocessing was fitted to: its columns are \"Age\", \"town\", \"left\"",
        () -> FITTED.transform(file("other.csv", AGE.named("Age"), TOWN, LEFT)));
    assertRefused(
        "the table lacks \"age\", \"town\", which the preprocessing was fitted to: its columns are \"left\"",
        () -> FITTED.transform(Table.of(LEFT)));
    assertRefused(
        "the row lacks \"town\", which the preprocessing was fitted to: its columns are \"age\"",
        () -> FITTED.transform(Map.of("age", "1")));
    assertRefused(
        "the row has 3 values, but 2 columns were fitted: \"age\", \"town\"",
        () -> FITTED.transform("1", "Bern", "no"));
  }

  @Test
  void refusesTextAndWhatIsNotFinite() {
    Table other = file("other.csv", Column.text("age", "1", "old"), TOWN.rows(0, 2));
    DataException text = assertThrows(DataException.class, () -> FITTED.transform(other));
    assertTrue(text.getMessage().startsWith("other.csv, row 3, column \"age\": \"old\" is not a number"));
    for (String bad : List.of("old", "1f", "0x1p3", "1,5", "Infinity", "--1", ".", "1e")) {
      assertRefused("column \"age\": \"" + bad + "\" is not a number", () -> FITTED.transform(bad, "Bern"));
    }
    assertRefused(
        "column \"age\": \" 1e400\" is infinite as a float", () -> FITTED.transform(" 1e400", "Bern"));
    assertRefused(
        "row 0, column \"age\": Infinity is no finite number once it is scaled",
        () -> FITTED.transform(Table.of(Column.numeric("age", Float.POSITIVE_INFINITY), Column.text("town", "Bern"))));
    assertRefused(
        "row 1, column \"x\": Infinity is no finite number",
        () -> Preprocessing.robust().fit(Table.of(Column.numeric("x", 1, Float.POSITIVE_INFINITY))));
    assertRefused(
        "row 2, column \"x\": -Infinity is no finite number",
        () -> Preprocessing.standard().imputeNumbers(Imputation.MEAN)
            .fit(Table.of(Column.numeric("x", Float.NaN, 1, Float.NEGATIVE_INFINITY))));
    Preprocessor tiny = Preprocessing.minMax().fit(Table.of(Column.numeric("x", 0, Float.MIN_VALUE)));
    assertRefused("column \"x\": 1.0 is no finite number once it is scaled", () -> tiny.transform("1"));
  }

  @Test
  void refusesTablesWithNothingToFit() {
    assertRefused(
        "people.csv has no rows to fit the preprocessing to", () -> IMPUTING.fit(PEOPLE.rows(new int[0]), "left"));
    assertRefused(
        "people.csv has no column besides \"left\"", () -> IMPUTING.fit(PEOPLE.select("left"), "left"));
    assertRefused(
        "people.csv has no value in any of the 1 rows of column \"age\"", () -> IMPUTING.fit(PEOPLE.rows(2), "left"));
    assertRefused(
        "people.csv has no value in any of the 1 rows of column \"town\"", () -> IMPUTING.fit(PEOPLE.rows(1), "left"));
    assertRefused(
        "the table has no value in any of the 2 rows of column 3, which has no name",
        () -> IMPUTING.fit(Table.of(Column.numeric("x", 1, 2), Column.numeric("y", 1, 2), Column.numeric("", NAN, NAN)), "y"));
    assertRefused(
        "people.csv has no column \"price\": its columns are \"age\", \"town\", \"left\"",
        () -> IMPUTING.fitRegression(PEOPLE, "price"));
    assertRefused(
        "people.csv, row 4, column \"age\": the number to predict is missing",
        () -> IMPUTING.fitRegression(PEOPLE, "age"));
    Preprocessor fitted = IMPUTING.fitRegression(PEOPLE.rows(0, 1), "age");
    assertRefused("people.csv, row 4, column \"age\": the number to predict is missing", () -> fitted.targets(PEOPLE));
  }

  @Test
  void refusesToBeToldNonsense() {
    Refusals.assertRefused("imputeNumbers: the text \"x\" cannot take the place of numbers",
        () -> Preprocessing.standard().imputeNumbers(Imputation.constant("x")));
    Refusals.assertRefused("imputeText: the mean cannot take the place of text",
        () -> Preprocessing.standard().imputeText(Imputation.MEAN));
    Refusals.assertRefused("column \"town\": the median cannot take the place of text",
        () -> IMPUTING.impute("town", Imputation.MEDIAN).fit(PEOPLE, "left"));
    Refusals.assertRefused("column \"age\": the text \"?\" cannot take the place of numbers",
        () -> IMPUTING.impute("age", Imputation.constant("?")).fit(PEOPLE, "left"));
    Refusals.assertRefused("column \"town\" has categories, which cannot be scaled",
        () -> IMPUTING.scale("town", Scaler.ROBUST).fit(PEOPLE, "left"));
    Refusals.assertRefused("column \"left\" is a target: it cannot be prepared as an input is",
        () -> IMPUTING.categories("left").fit(PEOPLE, "left"));
    assertRefused("people.csv has no column \"Age\": its columns are \"age\", \"town\", \"left\"",
        () -> IMPUTING.scale("Age", Scaler.NONE).fit(PEOPLE, "left"));
    Refusals.assertRefused("a missing value cannot become NaN", () -> Imputation.constant(Double.NaN));
    Refusals.assertRefused("a missing value cannot become 1.0E39", () -> Imputation.constant(1e39));
    Refusals.assertRefused("a regression needs a column to predict", () -> IMPUTING.fitRegression(PEOPLE));
    Refusals.assertRefused("two columns have the name \"age\"", () -> IMPUTING.fitRegression(PEOPLE, "age", "age"));
    Refusals.assertRefused("the predictions are 1 x 2, but 1 targets were fitted",
        () -> Preprocessing.standard().fitRegression(Table.of(AGE.rows(0, 1), AGE.rows(0, 1).named("y")), "y")
            .inverseTargets(Matrix.zeros(1, 2)));
  }

  @Test
  void knowsWhatItWasNotFittedFor() {
    Preprocessor alone = IMPUTING.fit(PEOPLE);
    assertEquals("the preprocessing was fitted without numbers to predict",
        assertThrows(IllegalStateException.class, () -> FITTED.targets(PEOPLE)).getMessage());
    assertEquals("the preprocessing was fitted without numbers to predict",
        assertThrows(IllegalStateException.class, () -> alone.inverseTargets(Matrix.zeros(1, 1))).getMessage());
    assertEquals("the preprocessing was fitted without classes to predict",
        assertThrows(IllegalStateException.class, alone::classNames).getMessage());
    assertThrows(IllegalStateException.class, () -> alone.dataset(PEOPLE));
    assertEquals("Preprocessor of 3 columns to 5 inputs, for nothing", alone.toString());
  }
}
