package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Matrix;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final ScikitLearn BINARY = ScikitLearn.table("binary");
  private static final ScikitLearn MULTICLASS = ScikitLearn.table("multiclass");

  private static final int[] LABELS = {0, 1, 1, 0};
  private static final Matrix SCORES = Matrix.of(4, 1, 0.1f, 0.4f, 0.35f, 0.8f);

  @Test
  void agreesWithScikitLearnOnTwoClasses() {
    int[] y = BINARY.labels();
    Matrix p = BINARY.matrix("score");
    double[] w = BINARY.column("weight");
    int[] predicted = new int[y.length];
    for (int i = 0; i < y.length; i++) {
      predicted[i] = p.get(i, 0) >= 0.5 ? 1 : 0;
    }
    ScikitLearn figures = ScikitLearn.table("binary_figures");
    figures.assertFigure("accuracy", Classification.accuracy(y, predicted));
    figures.assertFigure("accuracy_weighted", Classification.accuracy(y, predicted, w));
    figures.assertFigure("roc_auc", Classification.rocAuc(y, p));
    figures.assertFigure("roc_auc_weighted", Classification.rocAuc(y, p, w));
    figures.assertFigure("average_precision", Classification.averagePrecision(y, p));
    figures.assertFigure("average_precision_weighted", Classification.averagePrecision(y, p, w));
    figures.assertFigure("log_loss", Classification.logLoss(y, p));
    figures.assertFigure("log_loss_weighted", Classification.logLoss(y, p, w));
    figures.assertFigure("brier", Classification.brierScore(y, p));
    figures.assertFigure("brier_weighted", Classification.brierScore(y, p, w));
  }

  @Test
  void agreesWithScikitLearnOnFourClasses() {
    int[] y = MULTICLASS.labels();
    Matrix p = MULTICLASS.matrix("p0", "p1", "p2", "p3");
    double[] w = MULTICLASS.column("weight");
    ScikitLearn figures = ScikitLearn.table("multiclass_figures");
    figures.assertFigure("accuracy", Classification.accuracy(y, p.argmaxRows()));
    figures.assertFigure("accuracy_weighted", Classification.accuracy(y, p.argmaxRows(), w));
    for (int top = 1; top <= 4; top++) {
      figures.assertFigure("top" + top, Classification.topKAccuracy(y, p, top));
      figures.assertFigure("top" + top + "_weighted", Classification.topKAccuracy(y, p, top, w));
    }
    figures.assertFigure("roc_auc", Classification.rocAuc(y, p));
    figures.assertFigure("roc_auc_weighted", Classification.rocAuc(y, p, w));
    figures.assertFigure("average_precision", Classification.averagePrecision(y, p));
    figures.assertFigure("average_precision_weighted", Classification.averagePrecision(y, p, w));
    figures.assertFigure("log_loss", Classification.logLoss(y, p));
    figures.assertFigure("log_loss_weighted", Classification.logLoss(y, p, w));
    figures.assertFigure("brier", Classification.brierScore(y, p));
    figures.assertFigure("brier_weighted", Classification.brierScore(y, p, w));
  }

  /** A sigmoid's column and softmax's two are two ways to say the same. */
  @Test
  void takesOneColumnOrTwoForTwoClasses() {
    Matrix two = Matrix.of(4, 2, 0.875f, 0.125f, 0.5f, 0.5f, 0.75f, 0.25f, 0.25f, 0.75f);
    Matrix one = Matrix.of(4, 1, 0.125f, 0.5f, 0.25f, 0.75f);
    same(one, two, p -> Classification.rocAuc(LABELS, p));
    same(one, two, p -> Classification.averagePrecision(LABELS, p));
    same(one, two, p -> Classification.logLoss(LABELS, p));
    same(one, two, p -> Classification.brierScore(LABELS, p));
  }

  private static void same(Matrix one, Matrix two, ToDoubleFunction<Matrix> figure) {
    assertEquals(figure.applyAsDouble(one), figure.applyAsDouble(two), 1e-15);
  }

  @Test
  void countsTiedPairsHalf() {
    // Of the four pairs (class 1, class 0): .4 > .1, .35 > .1, .4 < .8, .35 < .8.
    assertEquals(0.5, Classification.rocAuc(LABELS, SCORES));
    assertEquals(0.5, Classification.rocAuc(LABELS, Matrix.of(4, 1, 7, 7, 7, 7)));
    assertEquals(1, Classification.rocAuc(LABELS, Matrix.of(4, 1, -9, -1, 3, -2)));
    assertEquals(0, Classification.rocAuc(LABELS, Matrix.of(4, 1, 2, -1, -3, 1)));
    // −0 and 0 are one score: one pair tied, three won.
    assertEquals(0.875, Classification.rocAuc(LABELS, Matrix.of(4, 1, -0f, 0f, 5, -1)));
  }

  @Test
  void takesStepsForAveragePrecision() {
    // From .8 down: precision 0, 1/2, 2/3, 1/2 at recall 0, 1/2, 1, 1.
    assertEquals(0.5 * 0.5 + 0.5 * 2 / 3, Classification.averagePrecision(LABELS, SCORES), 1e-15);
    assertEquals(1, Classification.averagePrecision(new int[] {1, 1}, Matrix.of(2, 1, 3, 4)));
  }

  @Test
  void ranksTheLowerClassFirstAmongEqualScores() {
    Matrix tied = Matrix.of(3, 3, 1, 1, 0, 0, 1, 1, 5, 5, 5);
    int[] labels = {1, 1, 2};
    assertEquals(Classification.accuracy(labels, tied.argmaxRows()), Classification.topKAccuracy(labels, tied, 1));
    assertEquals(1.0 / 3, Classification.topKAccuracy(labels, tied, 1));
    assertEquals(2.0 / 3, Classification.topKAccuracy(labels, tied, 2));
    assertEquals(1, Classification.topKAccuracy(labels, tied, 3));
    assertEquals(0.5, Classification.topKAccuracy(new int[] {1, 1}, Matrix.of(2, 2, 1, 1, 0, 1), 1), "of two classes as well");
  }

  @Test
  void keepsTheLogOfACertainErrorFinite() {
    assertEquals(23 * Math.log(2), Classification.logLoss(new int[] {1}, Matrix.of(1, 1, 0)), 1e-12);
    assertEquals(-Math.log1p(-0x1p-23), Classification.logLoss(new int[] {1}, Matrix.of(1, 1, 1)), 1e-20);
    // Three sigmoids, not one distribution: the row is divided by its sum.
    assertEquals(Math.log(3), Classification.logLoss(new int[] {2}, Matrix.of(1, 3, 0.5f, 0.5f, 0.5f)), 1e-15);
  }

  @Test
  void addsBrierOverMoreThanTwoClasses() {
    assertEquals(2, Classification.brierScore(new int[] {0}, Matrix.of(1, 3, 0, 1, 0)));
    assertEquals(1, Classification.brierScore(new int[] {0}, Matrix.of(1, 2, 0, 1)));
    assertEquals(0, Classification.brierScore(new int[] {2}, Matrix.of(1, 3, 0, 0, 1)));
  }

  @Test
  void ignoresRowsOfWeightZero() {
    double[] weights = {1, 2, 1, 0};
    assertEquals(1, Classification.rocAuc(LABELS, SCORES, weights));
    assertEquals(1, Classification.averagePrecision(LABELS, SCORES, weights));
    assertEquals(0.75, Classification.accuracy(LABELS, new int[] {0, 1, 0, 1}, weights));
    assertRefused(
        "no row of another class than 1 weighs anything: a ROC curve needs rows of another as well",
        () -> Classification.rocAuc(LABELS, SCORES, new double[] {0, 2, 1, 0}));
  }

  @Test
  void refusesOtherShapes() {
    assertRefused(
        "the scores are 4 x 1, but there are 3 labels", () -> Classification.rocAuc(new int[3], SCORES));
    double[] weights = {1, 1, 1, 1}; // as many as scores: they are not what is wrong
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> Classification.rocAuc(new int[3], SCORES, weights));
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> Classification.averagePrecision(new int[3], SCORES, weights));
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> Classification.topKAccuracy(new int[3], SCORES, 1, weights));
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> Classification.logLoss(new int[3], SCORES, weights));
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> Classification.brierScore(new int[3], SCORES, weights));
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> RocCurve.of(new int[3], SCORES, weights));
    assertRefused("the scores are 4 x 1, but there are 3 labels", () -> PrecisionRecallCurve.of(new int[3], SCORES, weights));
    assertRefused(
        "there are 3 true labels, but 4 predicted ones", () -> Classification.accuracy(new int[3], new int[4], weights));
    assertRefused(
        "there are 2 true labels, but 3 predicted ones", () -> Classification.accuracy(new int[2], new int[3]));
    assertRefused("there are no rows to judge", () -> Classification.accuracy(new int[0], new int[0]));
    assertRefused("there are no rows to judge", () -> Classification.logLoss(new int[0], Matrix.zeros(0, 3)));
    assertRefused("there are no rows to judge", () -> Classification.logLoss(new int[0], Matrix.zeros(0, 3), new double[0]));
    assertRefused(
        "the scores are 2 x 0: there is no column", () -> Classification.brierScore(new int[2], Matrix.zeros(2, 0)));
    assertRefused(
        "the scores are 4 x 1: top-k accuracy needs a column for each class",
        () -> Classification.topKAccuracy(LABELS, SCORES, 1));
    assertRefused(
        "top 4 of 3 classes: it must be from 1 to 3",
        () -> Classification.topKAccuracy(new int[1], Matrix.zeros(1, 3), 4));
    assertRefused(
        "top 0 of 3 classes: it must be from 1 to 3",
        () -> Classification.topKAccuracy(new int[1], Matrix.zeros(1, 3), 0));
  }

  @Test
  void refusesValuesThatMeanNothing() {
    assertRefused(
        "row 1, column 0 of the scores is NaN",
        () -> Classification.averagePrecision(new int[] {0, 1}, Matrix.of(2, 1, 0, Float.NaN)));
    assertRefused(
        "row 0, column 1 of the scores is Infinity",
        () -> Classification.rocAuc(new int[] {0, 1}, Matrix.of(2, 2, 0, Float.POSITIVE_INFINITY, 0, 0)));
    assertRefused(
        "label 2 in row 1 is outside 0..1", () -> Classification.rocAuc(new int[] {0, 2, 1, 0}, SCORES));
    // It would count as a row of another class.
    assertRefused("label -1 in row 1 is outside 0..1", () -> Classification.rocAuc(new int[] {0, -1, 1, 0}, SCORES));
    assertRefused(
        "label 3 in row 0 is outside 0..2", () -> Classification.topKAccuracy(new int[] {3}, Matrix.of(1, 3, 1, 2, 3), 3));
    assertRefused( // no score is above NaN, so its class would come first
        "row 0, column 1 of the scores is NaN",
        () -> Classification.topKAccuracy(new int[] {1}, Matrix.of(1, 3, 1, Float.NaN, 3), 1));
    assertRefused(
        "label -1 in row 1 is negative", () -> Classification.accuracy(new int[] {0, -1}, new int[] {0, -1}));
    assertRefused(
        "predicted label -2 in row 0 is negative",
        () -> Classification.accuracy(new int[] {0, 1}, new int[] {-2, 1}, new double[] {1, 1}));
    assertRefused(
        "1.5 in row 1, column 0 is no probability: it is outside 0..1",
        () -> Classification.logLoss(new int[] {0, 1}, Matrix.of(2, 1, 0.5f, 1.5f)));
    assertRefused(
        "-0.5 in row 0, column 2 is no probability: it is outside 0..1",
        () -> Classification.brierScore(new int[1], Matrix.of(1, 3, 1, 0.5f, -0.5f)));
  }

  @Test
  void refusesClassesWithoutRows() {
    assertRefused("no row is of class 1, so it has no curve", () -> Classification.rocAuc(new int[4], SCORES));
    assertRefused(
        "no row of class 1 weighs anything, so it has no curve",
        () -> Classification.rocAuc(new int[] {0, 1, 0, 1}, SCORES, new double[] {1, 0, 1, 0}));
    assertRefused(
        "every row is of class 1: a ROC curve needs rows of another as well",
        () -> Classification.rocAuc(new int[] {1, 1, 1, 1}, SCORES));
    assertRefused(
        "no row is of class 1, so it has no curve", () -> Classification.averagePrecision(new int[4], SCORES));
    assertRefused(
        "no row is of class 2, so it has no curve",
        () -> Classification.rocAuc(new int[] {0, 1}, Matrix.zeros(2, 3)));
  }

  @Test
  void refusesWeightsThatAreNone() {
    assertRefused(
        "there are 3 weights for 4 rows", () -> Classification.rocAuc(LABELS, SCORES, new double[3]));
    assertRefused(
        "the weight of row 1 is -1.0: it must be finite and not negative",
        () -> Classification.logLoss(LABELS, SCORES, new double[] {1, -1, 1, 1}));
    assertRefused(
        "the weight of row 0 is NaN: it must be finite and not negative",
        () -> Classification.brierScore(LABELS, SCORES, new double[] {Double.NaN, 1, 1, 1}));
    assertRefused(
        "the weight of row 3 is Infinity: it must be finite and not negative",
        () -> Classification.accuracy(LABELS, LABELS, new double[] {1, 1, 1, Double.POSITIVE_INFINITY}));
    assertRefused(
        "the weights of all 4 rows are 0", () -> Classification.averagePrecision(LABELS, SCORES, new double[4]));
  }

  /** Only what each weight is of their sum counts. */
  @Test
  void takesWeightsWhoseSumIsNoDouble() {
    for (double scale : new double[] {5e307, 1e-308, Double.MIN_VALUE}) {
      double[] given = {3 * scale, scale, 2 * scale, scale};
      double[] small = {3, 1, 2, 1};
      assertEquals(Classification.rocAuc(LABELS, SCORES, small), Classification.rocAuc(LABELS, SCORES, given));
      assertEquals(Classification.logLoss(LABELS, SCORES, small), Classification.logLoss(LABELS, SCORES, given), 1e-15);
    }
    assertEquals(10_000, Regression.meanSquaredError(Matrix.zeros(2, 1), Matrix.of(2, 1, 100, 100), new double[] {1e305, 1e305}));
  }
}
