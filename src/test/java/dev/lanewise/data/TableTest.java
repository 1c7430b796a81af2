package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Refusals;
import dev.lanewise.nn.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Column.Numeric WIDTH = Column.numeric("width", 1, Float.NaN, 3, 4);
  private static final Column.Text SPECIES = Column.text("species", "owl", null, "cat", "owl");
  private static final Table TABLE = Table.of(WIDTH, SPECIES);

  @Test
  void holdsColumnsInOrder() {
    assertEquals(4, TABLE.rows());
    assertEquals(List.of("width", "species"), TABLE.names());
    assertEquals(List.of(WIDTH, SPECIES), TABLE.columns());
    assertEquals(SPECIES, TABLE.column("species"));
    assertEquals(WIDTH, TABLE.column(0));
    assertEquals(WIDTH, TABLE.numeric("width"));
    assertEquals("", TABLE.source());
    assertEquals("Table 4 x 2: \"width\" number, \"species\" text", TABLE.toString());
  }

  @Test
  void knowsWhatIsMissing() {
    assertTrue(WIDTH.isMissing(1));
    assertFalse(WIDTH.isMissing(0));
    assertEquals(1, WIDTH.missing());
    assertTrue(SPECIES.isMissing(1));
    assertEquals(1, SPECIES.missing());
    assertNull(SPECIES.get(1));
    assertEquals(-1, SPECIES.code(1));
  }

  @Test
  void keepsEachTextOnceInOrderOfFirstSight() {
    assertEquals(List.of("owl", "cat"), SPECIES.categories());
    assertEquals("owl", SPECIES.get(3));
    assertEquals(1, SPECIES.code(2));
    assertEquals("\"species\": 4 texts, 2 of them distinct", SPECIES.toString());
    assertEquals("\"width\": 4 numbers", WIDTH.toString());
  }

  @Test
  void isNotChangedThroughWhatItWasMadeOfOrHandsOut() {
    float[] values = {1, 2};
    Column.Numeric column = Column.numeric("a", values);
    values[0] = 9;
    column.values()[1] = 9;
    assertArrayEquals(new float[] {1, 2}, column.values());
    List<String> categories = SPECIES.categories();
    assertThrows(UnsupportedOperationException.class, () -> categories.set(0, "z"));
    int[] chosen = {1};
    Table rows = TABLE.rows(chosen);
    chosen[0] = 0;
    assertEquals("row 1, column \"width\"", rows.where(0, "width"));
  }

  @Test
  void selectsColumnsAndRows() {
    assertEquals(Table.of(SPECIES, WIDTH), TABLE.select("species", "width"));
    assertEquals(Table.of(WIDTH), TABLE.without("species"));
    Table rows = TABLE.rows(3, 0, 3);
    assertArrayEquals(new float[] {4, 1, 4}, rows.numeric("width").values());
    Column.Text species = (Column.Text) rows.column("species");
    assertEquals("owl", species.get(0));
    assertEquals(List.of("owl", "cat"), species.categories(), "a category may be without rows");
    assertEquals("row 3, column \"width\"", rows.where(2, "width"));
    assertEquals("row 0, column \"width\"", rows.rows(2, 1).where(1, "width"));
  }

  @Test
  void renamesAColumn() {
    assertEquals(Column.numeric("w", 1, Float.NaN, 3, 4), WIDTH.named("w"));
    assertEquals(Column.text("kind", "owl", null, "cat", "owl"), SPECIES.named("kind"));
  }

  @Test
  void isEqualByWhatItHolds() {
    Table same = Table.of(Column.numeric("width", 1, Float.NaN, 3, 4), Column.text("species", "owl", null, "cat", "owl"));
    assertEquals(TABLE, same);
    assertEquals(TABLE.hashCode(), same.hashCode());
    assertNotEquals(TABLE, TABLE.select("species", "width"));
    assertNotEquals(WIDTH, Column.numeric("width", 1, Float.NaN, 3, 5));
    assertNotEquals(WIDTH, WIDTH.named("height"));
    assertNotEquals(SPECIES, SPECIES.named("kind"));
    assertNotEquals(SPECIES, Column.text("species", "owl", "owl", "cat", "owl"));
    assertNotEquals(SPECIES, Column.text("species", "owl", null, "dog", "owl"));
  }

  @Test
  void putsNumbersSideBySide() {
    Table numbers = Table.of(WIDTH, Column.numeric("height", 5, 6, 7, 8));
    assertEquals(Matrix.of(4, 2, 1, 5, Float.NaN, 6, 3, 7, 4, 8), numbers.toMatrix());
    assertRefused("row 0, column \"species\": \"owl\" is not a number: encode the column by preprocessing", TABLE::toMatrix);
    Table late = Table.of(Column.text("code", "1", null, "2.5", "x7"));
    assertRefused("row 3, column \"code\": \"x7\" is not a number: encode the column by preprocessing", late::toMatrix);
    assertRefused(
        "the table has the numbers of column \"code\" as text: read them as numbers, without textColumns(…)",
        Table.of(Column.text("code", null, "7"))::toMatrix);
    for (Column text : List.of(Column.text("code", null, null), Column.text("code"))) {
      assertRefused("the table has no value in column \"code\", which was read as text", Table.of(text)::toMatrix);
    }
  }

  @Test
  void namesTheLineOfAFile() {
    Table table = Table.of(List.of(WIDTH, SPECIES), Origin.of("birds.csv", new Origin.Lines(2)));
    assertEquals("birds.csv", table.source());
    assertEquals("birds.csv, row 5, column \"species\"", table.where(3, "species"));
    assertEquals("birds.csv, row 5, column \"species\"", table.rows(1, 3).select("species").where(1, "species"));
    assertRefused("birds.csv has no column \"age\": its columns are \"width\", \"species\"", () -> table.column("age"));
    assertEquals("Table 4 x 2 from birds.csv: \"width\" number, \"species\" text", table.toString());
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    assertRefused("the table has no column \"a\": its columns are \"width\", \"species\"", () -> TABLE.without("a"));
    Refusals.assertRefused(
        "column \"b\" has 1 rows, but column \"a\" has 2",
        () -> Table.of(Column.numeric("a", 1, 2), Column.numeric("b", 1)));
    Refusals.assertRefused(
        "two columns have the name \"b\"",
        () -> Table.of(Column.numeric("a", 1), Column.numeric("b", 1), Column.text("b", "x")));
    Refusals.assertRefused("two columns have the name \"width\"", () -> TABLE.select("width", "width"));
    Refusals.assertRefused("a table needs at least one column", () -> TABLE.without("width", "species"));
    assertEquals(
        "row 4 is outside 0..3", assertThrows(IndexOutOfBoundsException.class, () -> TABLE.rows(0, 4)).getMessage());
    assertEquals(
        "row -1 is outside 0..3", assertThrows(IndexOutOfBoundsException.class, () -> TABLE.rows(0, -1)).getMessage());
    for (int index : new int[] {-1, 2}) {
      assertEquals(
          "column " + index + " is outside 0..1",
          assertThrows(IndexOutOfBoundsException.class, () -> TABLE.column(index)).getMessage());
    }
  }
}
