package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static dev.lanewise.metrics.ScikitLearn.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.nn.Matrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final List<String> ABC = List.of("a", "b", "c");
  /** Class c is predicted once and never true. */
  private static final ConfusionMatrix SMALL =
      ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 2}, ABC);

  @Test
  void agreesWithScikitLearn() {
    ScikitLearn data = ScikitLearn.table("multiclass");
    Matrix p = data.matrix("p0", "p1", "p2", "p3");
    ConfusionMatrix matrix = ConfusionMatrix.of(data.labels(), p.argmaxRows(), List.of("a", "b", "c", "d"));
    ScikitLearn expected = ScikitLearn.table("confusion");
    assertView(expected, "true", matrix.shareOfTruth());
    assertView(expected, "pred", matrix.shareOfPredicted());
    assertView(expected, "all", matrix.shareOfRows());
    for (int t = 0; t < 4; t++) {
      int[] row = row(expected, "counts", t);
      assertArrayEquals(row, matrix.counts()[t]);
      for (int c = 0; c < 4; c++) {
        assertEquals(row[c], matrix.count(t, c));
      }
      int[] counts = row(expected, "one_vs_rest", t);
      assertEquals(new ConfusionMatrix.OneVsRest(counts[0], counts[1], counts[2], counts[3]), matrix.oneVsRest(t));
    }
  }

  private static int[] row(ScikitLearn table, String view, int row) {
    return table.rows().stream().filter(r -> r.get(0).equals(view) && r.get(1).equals(Integer.toString(row)))
        .findFirst().orElseThrow().stream().skip(2).mapToInt(Integer::parseInt).toArray();
  }

  private static void assertView(ScikitLearn table, String view, double[][] shares) {
    for (int t = 0; t < 4; t++) {
      String row = Integer.toString(t);
      List<String> cells = table.rows().stream().filter(r -> r.get(0).equals(view) && r.get(1).equals(row))
          .findFirst().orElseThrow();
      for (int c = 0; c < 4; c++) {
        assertClose(view, Double.parseDouble(cells.get(2 + c)), shares[t][c]);
      }
    }
  }

  /** All counts would be 40 GB. */
  @Test
  void manyClassesTakeAsMuchRoomAsTheirRows() {
    int classes = 100_000;
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    int[] truth = IntStream.range(0, 3 * classes).map(i -> i % classes).toArray();
    int[] predicted = IntStream.range(0, 3 * classes).map(i -> i < classes ? i : 7).toArray();
    ConfusionMatrix matrix = ConfusionMatrix.of(truth, predicted, names);
    assertEquals(classes + 2, matrix.correct());
    assertEquals(2, matrix.count(classes - 1, 7));
    assertEquals(1, matrix.count(classes - 1, classes - 1));
    assertEquals(3, matrix.count(7, 7));
    assertEquals(0, matrix.count(7, 8));
    assertEquals(2 * classes + 1, matrix.predicted(7));
    assertEquals(3, matrix.support(8));
    assertEquals((classes + 2) / (3.0 * classes), ClassificationReport.of(matrix).accuracy());
  }

  @Test
  void sumsRowsColumnsAndDiagonal() {
    assertEquals(5, SMALL.rows());
    assertEquals(3, SMALL.classes());
    assertEquals(3, SMALL.correct());
    assertArrayEquals(new int[] {3, 2, 0}, new int[] {SMALL.support(0), SMALL.support(1), SMALL.support(2)});
    assertArrayEquals(new int[] {2, 2, 1}, new int[] {SMALL.predicted(0), SMALL.predicted(1), SMALL.predicted(2)});
  }

  @Test
  void sharesOfAClassWithoutRowsAreZero() {
    assertArrayEquals(new double[] {0, 0, 0}, SMALL.shareOfTruth()[2]);
    ConfusionMatrix turned = ConfusionMatrix.of(new int[] {0, 2}, new int[] {0, 0}, ABC);
    assertArrayEquals(new double[] {0.5, 0, 0}, turned.shareOfPredicted()[0]);
    assertArrayEquals(new double[] {0, 0, 0}, turned.shareOfPredicted()[1]);
  }

  @Test
  void printsATable() {
    assertEquals("""
        true \\ predicted  a  b  c
                       a  2  1  0
                       b  0  1  1
                       c  0  0  0
        """, SMALL.toString());
  }

  @Test
  void widensColumnsForNamesAndCounts() {
    int[] truth = new int[13];
    truth[12] = 1;
    int[] predicted = IntStream.range(0, 13).map(i -> 1).toArray();
    assertEquals("""
        true \\ predicted  a   b
                       a  0  12
                       b  0   1
        """, ConfusionMatrix.of(truth, predicted, List.of("a", "b")).toString());
    // A pair of surrogates is one character.
    assertEquals("""
          true \\ predicted  a  an iris \uD83C\uDF38 in bloom
                         a  0                  12
        an iris \uD83C\uDF38 in bloom  0                   1
        """, ConfusionMatrix.of(truth, predicted, List.of("a", "an iris \uD83C\uDF38 in bloom")).toString());
  }

  @Test
  void handsOutCopies() {
    SMALL.counts()[0][0] = 99;
    assertEquals(2, SMALL.count(0, 0));
  }

  @Test
  void isEqualWhenNamesAndCountsAre() {
    ConfusionMatrix sameCounts = ConfusionMatrix.of(new int[] {1, 1, 0, 0, 0}, new int[] {2, 1, 1, 0, 0}, ABC);
    assertEquals(SMALL, sameCounts);
    assertEquals(SMALL.hashCode(), sameCounts.hashCode());
    assertNotEquals(SMALL, ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 1}, ABC));
    // The same cells are not 0, by other counts; and the same counts, in other cells.
    assertNotEquals(SMALL, ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 1, 1, 1, 2}, ABC));
    assertNotEquals(SMALL, ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 2, 1, 2}, ABC));
    assertNotEquals(
        SMALL, ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 2}, List.of("a", "b", "d")));
  }

  /** Names come from files, and go to terminals. */
  @Test
  void showsNoControlCharacters() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 1}, List.of("a\u001b[2J", "b\tc\n"));
    String plain = ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 1}, List.of("a?[2J", "b\\tc?")).toString();
    assertEquals(plain, matrix.toString());
    assertEquals(
        ClassificationReport.of(new int[] {0, 1}, new int[] {0, 1}, List.of("a?[2J", "b\\tc?")).toString(),
        ClassificationReport.of(matrix).toString());
    assertEquals(List.of("a\u001b[2J", "b\tc\n"), matrix.classNames());
  }

  @Test
  void isWhatTheReportIsMadeOf() {
    ClassificationReport report = ClassificationReport.of(SMALL);
    assertEquals(SMALL, report.confusionMatrix());
    assertEquals(2.0 / 3, report.recall(0));
    assertEquals(0.6, report.accuracy());
  }

  @Test
  void refusesWhatItCannotCount() {
    assertRefused(
        "there are 1 true labels, but 2 predicted ones", () -> ConfusionMatrix.of(new int[1], new int[2], ABC));
    assertRefused("there are no rows to judge", () -> ConfusionMatrix.of(new int[0], new int[0], ABC));
    assertRefused(
        "predicted label 3 in row 1 is outside 0..2: 3 classes have names",
        () -> ConfusionMatrix.of(new int[2], new int[] {0, 3}, ABC));
    assertRefused(
        "label 1 in row 0 is outside 0..0: one class has a name",
        () -> ConfusionMatrix.of(new int[] {1}, new int[] {0}, List.of("a")));
    assertEquals(
        "class 3 is outside 0..2", assertThrows(IndexOutOfBoundsException.class, () -> SMALL.count(0, 3)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> SMALL.oneVsRest(-1));
  }
}
