package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static dev.lanewise.metrics.ScikitLearn.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
  private static final ScikitLearn DATA = ScikitLearn.table("binary");
  private static final int[] LABELS = DATA.labels();
  private static final Matrix SCORES = DATA.matrix("score");

  @Test
  void agreesWithRocCurve() {
    assertRoc("roc", RocCurve.of(LABELS, SCORES));
    assertRoc("roc_weighted", RocCurve.of(LABELS, SCORES, DATA.column("weight")));
  }

  private static void assertRoc(String name, RocCurve curve) {
    ScikitLearn table = ScikitLearn.table(name);
    assertEquals(table.rows().size(), curve.points().size(), name);
    for (int i = 0; i < curve.points().size(); i++) {
      RocCurve.Point point = curve.points().get(i);
      assertRow(table, i, point.threshold(), point.falsePositiveRate(), point.truePositiveRate());
    }
  }

  @Test
  void agreesWithPrecisionRecallCurve() {
    assertPrecisionRecall("precision_recall", PrecisionRecallCurve.of(LABELS, SCORES));
    assertPrecisionRecall(
        "precision_recall_weighted", PrecisionRecallCurve.of(LABELS, SCORES, DATA.column("weight")));
  }

  private static void assertPrecisionRecall(String name, PrecisionRecallCurve curve) {
    ScikitLearn table = ScikitLearn.table(name);
    assertEquals(table.rows().size(), curve.points().size(), name);
    for (int i = 0; i < curve.points().size(); i++) {
      PrecisionRecallCurve.Point point = curve.points().get(i);
      assertRow(table, i, point.threshold(), point.precision(), point.recall());
    }
  }

  private static void assertRow(ScikitLearn table, int row, double... actual) {
    for (int j = 0; j < actual.length; j++) {
      String where = table.name() + ", row " + row + ", " + table.columns().get(j);
      assertClose(where, ScikitLearn.number(table.rows().get(row).get(j)), actual[j]);
    }
  }

  @Test
  void takesTheSecondOfTwoColumns() {
    Matrix two = Matrix.of(3, 2, 9, 1, 9, 2, 9, 3);
    Matrix one = Matrix.of(3, 1, 1, 2, 3);
    int[] labels = {0, 1, 0};
    assertEquals(RocCurve.of(labels, one), RocCurve.of(labels, two));
    assertEquals(PrecisionRecallCurve.of(labels, one), PrecisionRecallCurve.of(labels, two));
    assertEquals(
        List.of(
            new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0),
            new RocCurve.Point(3, 0.5, 0),
            new RocCurve.Point(2, 0.5, 1),
            new RocCurve.Point(1, 1, 1)),
        RocCurve.of(labels, one).points());
  }

  /** The scores 0.9 and 0.8 rise straight up: what is between the ends of a line is left out, its first point is not. */
  @Test
  void keepsTheFirstPointOfALine() {
    RocCurve curve = RocCurve.of(new int[] {1, 1, 1, 0}, Matrix.of(4, 1, 0.9f, 0.8f, 0.7f, 0.1f));
    assertEquals(
        List.of(
            new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0),
            new RocCurve.Point(0.9f, 0, 1 / 3.0),
            new RocCurve.Point(0.7f, 0, 1),
            new RocCurve.Point(0.1f, 1, 1)),
        curve.points());
  }

  @Test
  void refusesMoreThanTwoClasses() {
    String message = "the scores are 2 x 3: a curve is of two classes, so of one column or two";
    assertRefused(message, () -> RocCurve.of(new int[] {0, 1}, Matrix.zeros(2, 3)));
    assertRefused(message, () -> PrecisionRecallCurve.of(new int[] {0, 1}, Matrix.zeros(2, 3)));
    assertRefused("the scores are 2 x 1, but there are 3 labels", () -> RocCurve.of(new int[3], Matrix.zeros(2, 1)));
  }

  /** A label other than 1 would count as class 0, and NaN as a score above or below all others. */
  @Test
  void refusesLabelsAndScoresThatMeanNothing() {
    Matrix scores = Matrix.of(3, 1, 1, 2, 3);
    assertRefused("label 2 in row 2 is outside 0..1", () -> RocCurve.of(new int[] {0, 1, 2}, scores));
    assertRefused("label 2 in row 2 is outside 0..1", () -> PrecisionRecallCurve.of(new int[] {0, 1, 2}, scores));
    Matrix nan = Matrix.of(3, 1, 1, Float.NaN, 3);
    assertRefused("row 1, column 0 of the scores is NaN", () -> RocCurve.of(new int[] {0, 1, 1}, nan));
    assertRefused("row 1, column 0 of the scores is NaN", () -> PrecisionRecallCurve.of(new int[] {0, 1, 1}, nan));
  }
}
