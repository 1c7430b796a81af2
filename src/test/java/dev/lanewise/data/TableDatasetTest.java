package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Datasets of tables: which column is what. */
class TableDatasetTest {
  private static final Column WIDTH = Column.numeric("width", 1, 2, 3);
  private static final Column HEIGHT = Column.numeric("height", 4, 5, 6);
  private static final Column SPECIES = Column.text("species", "owl", "cat", "owl");
  private static final Table BIRDS = Table.of(List.of(WIDTH, SPECIES, HEIGHT), Origin.of("birds.csv", new Origin.Lines(2)));

  @Test
  void textNamesClassesInTheOrderOfItsCharacters() {
    Dataset dataset = Dataset.of(BIRDS, "species");
    assertTrue(dataset.isClassification());
    assertEquals(List.of("cat", "owl"), dataset.classNames());
    assertArrayEquals(new int[] {1, 0, 1}, dataset.labels());
    assertEquals(Matrix.of(3, 2, 1, 4, 2, 5, 3, 6), dataset.x());
    assertEquals(List.of("width", "height"), dataset.featureNames());
    assertEquals(List.of("cat", "owl"), dataset.targetNames());
  }

  @Test
  void fewWholeNumbersAreClasses() {
    Dataset dataset = Dataset.of(Table.of(WIDTH, Column.numeric("label", 10, -0f, 0)), "label");
    assertEquals(List.of("0", "10"), dataset.classNames());
    assertArrayEquals(new int[] {1, 0, 0}, dataset.labels());
  }

  @Test
  void otherNumbersAreNot() {
    Dataset dataset = Dataset.of(Table.of(WIDTH, Column.numeric("price", 10, 2.5f, 0)), "price");
    assertFalse(dataset.isClassification());
    assertEquals(Matrix.of(3, 1, 10, 2.5f, 0), dataset.y());
    assertEquals(List.of("price"), dataset.targetNames());
    assertEquals(List.of("width"), dataset.featureNames());
  }

  @Test
  void drawsTheLineAtTwentyDistinctOnes() {
    float[] numbers = new float[42];
    for (int i = 0; i < 40; i++) {
      numbers[i] = i % 20;
    }
    Column x = Column.numeric("x", new float[42]);
    assertTrue(Dataset.of(Table.of(x, Column.numeric("n", numbers)), "n").isClassification());
    numbers[41] = 20;
    assertFalse(Dataset.of(Table.of(x, Column.numeric("n", numbers)), "n").isClassification());
    Dataset told = Dataset.classification(Table.of(x, Column.numeric("n", numbers)), "n");
    assertEquals(21, told.classes());
    assertEquals("20", told.classNames().getLast());
  }

  /** What is missing is none of them. */
  @Test
  void twentyWholeNumbersAreClasses() {
    float[] values = new float[22];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 20 ? i : Float.NaN;
    }
    assertTrue(Table.of(Column.numeric("n", values)).holdsClasses("n"));
    values[20] = 20;
    assertFalse(Table.of(Column.numeric("n", values)).holdsClasses("n"));
  }

  @Test
  void anyNumbersAreClassesWhenSaidSo() {
    Dataset dataset = Dataset.classification(Table.of(WIDTH, Column.numeric("dose", 2.5f, 10, 16_777_215)), "dose");
    assertEquals(List.of("2.5", "10", "16777215"), dataset.classNames());
    assertArrayEquals(new int[] {0, 1, 2}, dataset.labels());
  }

  /** In the file they may have been 16777216 and 16777217: as floats they are one class. */
  @Test
  void numbersThatSharedAFloatAreNoClasses() {
    for (float large : new float[] {1 << 24, -(1 << 24), 123_456_792}) {
      Table table = Table.of(List.of(WIDTH, Column.numeric("id", 5, large, 6)), Origin.of("ids.csv", new Origin.Lines(2)));
      assertFalse(table.holdsClasses("id"));
      String refused =
          "ids.csv, row 3, column \"id\": the float " + String.format(Locale.ROOT, "%.0f", large)
              + " is too large to name a class or category, as other whole numbers become the same float: "
              + "read the column as text, textColumns(…)";
      assertRefused(refused, () -> Dataset.classification(table, "id"));
      assertRefused(refused, () -> Dataset.classification(table, "id", List.of("5", "6", "123456792")));
      assertEquals(List.of("width"), Dataset.of(table.rows(0, 2), "id").featureNames());
      assertTrue(Dataset.of(table.rows(0, 2), "id").isClassification(), "the other rows hold classes");
    }
    Table infinite = Table.of(WIDTH, Column.numeric("id", 5, Float.NEGATIVE_INFINITY, 6));
    assertFalse(infinite.holdsClasses("id"));
    assertRefused(
        "row 1, column \"id\": -Infinity is no finite number, and names no class or category",
        () -> Dataset.classification(infinite, "id"));
    Table table = Table.of(WIDTH, Column.numeric("id", 5, 1 << 24, 6));
    assertEquals(Matrix.of(3, 1, 5, 1 << 24, 6), Dataset.of(table, "id").y());
    assertEquals(2, table.split(0.34, 1, "id").train().rows());
    assertTrue(Table.of(Column.numeric("id", 5, 16_777_215)).holdsClasses("id"));
  }

  @Test
  void classesMayBeKnown() {
    Dataset dataset = Dataset.classification(BIRDS, "species", List.of("owl", "ant", "cat"));
    assertArrayEquals(new int[] {0, 2, 0}, dataset.labels());
    assertEquals(3, dataset.y().cols());
    assertArrayEquals(
        new int[] {0, 2, 0}, Dataset.classification(BIRDS, "species", List.of("owl", "owl", "cat")).labels());
    assertRefused(
        "birds.csv, row 3, column \"species\": \"cat\" is not one of the 2 classes \"owl\", \"ant\"",
        () -> Dataset.classification(BIRDS, "species", List.of("owl", "ant")));
    assertArrayEquals(
        new int[] {1, 0, 1},
        Dataset.classification(Table.of(WIDTH, Column.numeric("n", 1, 0, 1)), "n", List.of("0", "1")).labels());
  }

  @Test
  void aPartOfATableHasTheClassesOfTheWhole() {
    assertEquals(List.of("cat", "owl"), Dataset.of(BIRDS.rows(0, 2), "species").classNames());
  }

  @Test
  void predictsSeveralNumbers() {
    Dataset dataset = Dataset.regression(BIRDS.without("species").rows(2, 0), "height");
    assertEquals(Matrix.of(2, 1, 6, 4), dataset.y());
    Table three = Table.of(WIDTH, HEIGHT, Column.numeric("age", 7, 8, 9));
    Dataset two = Dataset.regression(three, "age", "width");
    assertEquals(Matrix.of(3, 2, 7, 1, 8, 2, 9, 3), two.y());
    assertEquals(Matrix.of(3, 1, 4, 5, 6), two.x());
    assertEquals(List.of("age", "width"), two.targetNames());
  }

  @Test
  void refusesWhatANetworkCannotRead() {
    assertRefused(
        "birds.csv, row 2, column \"species\": \"owl\" is not a number: encode the column by preprocessing",
        () -> Dataset.of(BIRDS, "height"));
    assertRefused(
        "birds.csv, row 2, column \"species\": \"owl\" is not a number: encode the column by preprocessing",
        () -> Dataset.regression(BIRDS, "species"));
    Table gap = Table.of(List.of(Column.numeric("width", 1, Float.NaN, 3), SPECIES), Origin.of("gap.csv", new Origin.Lines(2)));
    assertRefused(
        "gap.csv, row 3, column \"width\": the value is missing, and a network needs one: fill it in by preprocessing",
        () -> Dataset.of(gap, "species"));
    assertRefused(
        "row 1, column \"label\": the label is missing",
        () -> Dataset.of(Table.of(WIDTH, Column.text("label", "a", null, "b")), "label"));
    assertRefused(
        "row 2, column \"label\": the label is missing",
        () -> Dataset.of(Table.of(WIDTH, Column.numeric("label", 0, 1, Float.NaN)), "label"));
  }

  @Test
  void refusesColumnsThatAreNotThere() {
    assertRefused(
        "birds.csv has no column \"kind\": its columns are \"width\", \"species\", \"height\"",
        () -> Dataset.of(BIRDS, "kind"));
    assertRefused("birds.csv has no column besides \"width\"", () -> Dataset.of(BIRDS.select("width"), "width"));
  }
}
