package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
    assertRefused("label -1 in row 0 is outside 0..2147483646", () -> Dataset.of(X, new int[] {-1, 0, 0}));
    assertRefused(
        "label 2147483647 in row 2 is outside 0..2147483646",
        () -> Dataset.of(X, new int[] {0, 0, Integer.MAX_VALUE}));
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

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
