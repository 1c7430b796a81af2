package dev.lanewise.data;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DatasetTest {
  private static final Matrix X = Matrix.of(3, 2, 1, 2, 3, 4, 5, 6);

  @Test
  void holdsRowsLabelsAndNames() {
    Dataset dataset = Dataset.of(X, new int[] {2, 0, 2}, List.of("cat", "dog", "owl"));
    assertSame(X, dataset.x());
    assertEquals(Matrix.of(3, 3, 0, 0, 1, 1, 0, 0, 0, 0, 1), dataset.y());
    assertArrayEquals(new int[] {2, 0, 2}, dataset.labels());
    assertEquals(List.of("cat", "dog", "owl"), dataset.classNames());
    assertEquals(3, dataset.rows());
    assertEquals(2, dataset.inputs());
    assertEquals(3, dataset.classes());
    assertEquals("Dataset 3 x 2, 3 classes", dataset.toString());
  }

  @Test
  void namesClassesUpToTheLargestLabel() {
    Dataset dataset = Dataset.of(X, new int[] {3, 0, 1});
    assertEquals(List.of("0", "1", "2", "3"), dataset.classNames());
    assertEquals(4, dataset.y().cols());
  }

  /** Sixteen million names, had each to be there. */
  @Test
  void takesNoMemoryForNamesThatAreNumbers() {
    Dataset dataset = Dataset.of(Matrix.zeros(1, 3), new int[] {16_777_215});
    assertEquals(16_777_216, dataset.classes());
    assertEquals("16777214", dataset.classNames().get(16_777_214));
    assertEquals(1, dataset.y().get(0, 16_777_215));
    assertEquals(List.of("x0", "x1", "x2"), dataset.featureNames());
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.featureNames().get(3));
    assertThrows(UnsupportedOperationException.class, () -> dataset.featureNames().set(0, "z"));
  }

  @Test
  void holdsNoRowsWhenTheClassesAreNamed() {
    Dataset dataset = Dataset.of(Matrix.zeros(0, 5), new int[0], List.of("a", "b"));
    assertEquals(0, dataset.rows());
    assertEquals(5, dataset.inputs());
    assertEquals(Matrix.zeros(0, 2), dataset.y());
  }

  @Test
  void isNotChangedThroughWhatItWasMadeOfOrHandsOut() {
    int[] labels = {0, 1, 0};
    List<String> names = new ArrayList<>(List.of("a", "b"));
    Dataset dataset = Dataset.of(X, labels, names);
    labels[0] = 1;
    names.set(0, "z");
    dataset.labels()[1] = 0;
    dataset.y().set(2, 1, 7);
    assertArrayEquals(new int[] {0, 1, 0}, dataset.labels());
    assertEquals(Matrix.of(3, 2, 1, 0, 0, 1, 1, 0), dataset.y());
    assertEquals(List.of("a", "b"), dataset.classNames());
    List<String> handedOut = dataset.classNames();
    assertThrows(UnsupportedOperationException.class, () -> handedOut.set(0, "z"));
  }

  @Test
  void isEqualByWhatItHolds() {
    Dataset dataset = Dataset.of(X, new int[] {0, 1, 0});
    Dataset same = Dataset.of(X.copy(), new int[] {0, 1, 0}, List.of("0", "1"));
    assertEquals(dataset, same);
    assertEquals(dataset.hashCode(), same.hashCode());
    assertNotEquals(dataset, Dataset.of(X, new int[] {0, 1, 1}));
    assertNotEquals(dataset, Dataset.of(X, new int[] {0, 1, 0}, List.of("0", "one")));
    assertNotEquals(dataset, Dataset.of(Matrix.zeros(3, 2), new int[] {0, 1, 0}));
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertRefused("x has 3 rows, but there are 2 labels", () -> Dataset.of(X, new int[2]));
    assertRefused("x has 3 rows, but there are 4 labels", () -> Dataset.of(X, new int[4], List.of("a")));
    assertRefused("label 2 in row 1 is outside 0..1", () -> Dataset.of(X, new int[] {0, 2, 9}, List.of("a", "b")));
    assertRefused("label -1 in row 2 is outside 0..1", () -> Dataset.of(X, new int[] {0, 1, -1}, List.of("a", "b")));
    assertRefused("label -1 in row 0 is outside 0..16777215", () -> Dataset.of(X, new int[] {-1, 0, 0}));
    assertRefused("label 16777216 in row 2 is outside 0..16777215", () -> Dataset.of(X, new int[] {0, 0, 1 << 24}));
    assertRefused(
        "label 2000000000 in row 0 is outside 0..16777215", () -> Dataset.of(Matrix.zeros(1, 3), new int[] {2_000_000_000}));
  }

  @Test
  void holdsNumbersToPredict() {
    Matrix y = Matrix.of(3, 2, 7, 8, 9, 10, 11, 12);
    Dataset dataset = Dataset.of(X, y, "price", "size");
    assertFalse(dataset.isClassification());
    assertSame(y, dataset.y());
    assertEquals(List.of("price", "size"), dataset.targetNames());
    assertEquals(2, dataset.outputs());
    assertEquals("Dataset 3 x 2, 2 targets", dataset.toString());
    assertEquals(List.of("y0", "y1"), Dataset.of(X, y).targetNames());
    assertEquals(dataset, Dataset.of(X.copy(), y.copy(), "price", "size"));
    assertEquals(dataset.hashCode(), Dataset.of(X.copy(), y.copy(), "price", "size").hashCode());
    assertNotEquals(dataset, Dataset.of(X, y));
    assertNotEquals(dataset, Dataset.of(X, Matrix.zeros(3, 2), "price", "size"));
    assertNotEquals(dataset, Dataset.of(X, new int[3], List.of("price", "size")));
    String message = "a dataset for regression has no classes: it has 2 targets";
    for (Executable call : List.<Executable>of(dataset::labels, dataset::classNames, dataset::classes)) {
      assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }
  }

  @Test
  void namesItsInputs() {
    Dataset dataset = Dataset.of(X, new int[] {0, 1, 0});
    assertEquals(List.of("x0", "x1"), dataset.featureNames());
    Dataset named = dataset.withFeatureNames(List.of("width", "height"));
    assertEquals(List.of("width", "height"), named.featureNames());
    assertNotEquals(dataset, named);
    assertRefused("there are 2 inputs, but 1 names", () -> dataset.withFeatureNames(List.of("width")));
  }

  @Test
  void givesChosenRows() {
    Dataset dataset = Dataset.of(X, new int[] {2, 0, 1}, List.of("cat", "dog", "owl"));
    Dataset chosen = dataset.rows(2, 0, 2);
    assertEquals(Dataset.of(Matrix.of(3, 2, 5, 6, 1, 2, 5, 6), new int[] {1, 2, 1}, dataset.classNames()), chosen);
    chosen.x().set(1, 0, 99);
    assertEquals(1, X.get(0, 0));
    Dataset numbers = Dataset.of(X, Matrix.of(3, 1, 7, 8, 9));
    assertEquals(Dataset.of(Matrix.of(1, 2, 3, 4), Matrix.of(1, 1, 8)), numbers.rows(1));
    assertEquals(
        "row 3 is outside 0..2", assertThrows(IndexOutOfBoundsException.class, () -> dataset.rows(0, 3)).getMessage());
    assertEquals(
        "row -1 is outside 0..2", assertThrows(IndexOutOfBoundsException.class, () -> dataset.rows(0, -1)).getMessage());
  }

  @Test
  void givesBatchesInOrder() {
    Dataset dataset = Dataset.of(X, new int[] {0, 1, 0});
    List<Dataset> batches = new ArrayList<>();
    dataset.batches(2).forEach(batches::add);
    assertEquals(List.of(dataset.rows(0, 1), dataset.rows(2)), batches);
    assertEquals(dataset, dataset.batches(Integer.MAX_VALUE).iterator().next());
    assertRefused("a batch needs a positive number of rows, but has 0", () -> dataset.batches(0));
  }

  @Test
  void refusesTargetsThatDoNotFit() {
    assertRefused("x has 3 rows, but there are 2 targets", () -> Dataset.of(X, Matrix.zeros(2, 1)));
    assertRefused("there are 2 outputs, but 1 names", () -> Dataset.of(X, Matrix.zeros(3, 2), "a"));
    assertRefused(
        "a dataset needs something to predict, but y is 3 x 0", () -> Dataset.of(X, Matrix.zeros(3, 0)));
  }

  @Test
  void refusesToGuessTheClasses() {
    assertRefused("a dataset needs class names, but none are given", () -> Dataset.of(X, new int[3], List.of()));
    assertRefused(
        "without rows the number of classes is unknown: give the class names",
        () -> Dataset.of(Matrix.zeros(0, 2), new int[0]));
  }

  @Test
  void saysSoInTheSameDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertRefused("label 12 in row 1 is outside 0..1", () -> Dataset.of(X, new int[] {0, 12, 0}, List.of("a", "b")));
    } finally {
      Locale.setDefault(before);
    }
  }
}
