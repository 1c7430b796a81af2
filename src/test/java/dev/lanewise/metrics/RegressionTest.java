package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Matrix;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final ScikitLearn DATA = ScikitLearn.table("regression");
  private static final ScikitLearn FIGURES = ScikitLearn.table("regression_figures");
  private static final Matrix Y = DATA.matrix("y0", "y1", "y2");
  private static final Matrix P = DATA.matrix("p0", "p1", "p2");

  @Test
  void agreesWithScikitLearn() {
    assertFigures("", Y, P);
    assertFigures("_even", Y.rows(0, Y.rows() - 1), P.rows(0, Y.rows() - 1));
    assertFigures("_y0", DATA.matrix("y0"), DATA.matrix("p0"));
  }

  private static void assertFigures(String suffix, Matrix y, Matrix p) {
    FIGURES.assertFigure("r2" + suffix, Regression.r2(y, p));
    FIGURES.assertFigure("mse" + suffix, Regression.meanSquaredError(y, p));
    FIGURES.assertFigure("rmse" + suffix, Regression.rootMeanSquaredError(y, p));
    FIGURES.assertFigure("mae" + suffix, Regression.meanAbsoluteError(y, p));
    FIGURES.assertFigure("median" + suffix, Regression.medianAbsoluteError(y, p));
  }

  @Test
  void agreesWithScikitLearnOnWeightedRows() {
    double[] w = DATA.column("weight");
    FIGURES.assertFigure("r2_weighted", Regression.r2(Y, P, w));
    FIGURES.assertFigure("mse_weighted", Regression.meanSquaredError(Y, P, w));
    FIGURES.assertFigure("rmse_weighted", Regression.rootMeanSquaredError(Y, P, w));
    FIGURES.assertFigure("mae_weighted", Regression.meanAbsoluteError(Y, P, w));
    FIGURES.assertFigure("r2_weighted_y0", Regression.r2(DATA.matrix("y0"), DATA.matrix("p0"), w));
  }

  @Test
  void knowsTargetsThatAreAllTheSame() {
    Matrix same = Matrix.of(3, 1, 0.1f, 0.1f, 0.1f);
    assertEquals(1, Regression.r2(same, same));
    assertEquals(0, Regression.r2(same, Matrix.of(3, 1, 0.1f, 0.1f, 0.2f)));
    Matrix large = Matrix.of(3, 1, -1e31f, -1e31f, -1e31f);
    double[] weights = {0.1, 0.7, 0.3}; // Σ wᵢ · −1e31 / Σ wᵢ is not −1e31
    assertEquals(1, Regression.r2(large, large, weights));
    assertEquals(0, Regression.r2(large, Matrix.of(3, 1, -1e31f, -1e31f, 0), weights));
    Matrix oneOutputSame = Matrix.of(2, 2, 5, 1, 5, 2);
    assertEquals(0.5, Regression.r2(oneOutputSame, Matrix.of(2, 2, 6, 1, 5, 2)));
  }

  @Test
  void leavesOutRowsOfWeightZeroWhereverTheyAre() {
    double[] first = {0, 1, 1, 1};
    double[] last = {1, 1, 1, 0};
    double r2 = Regression.r2(Matrix.of(3, 1, 1, 2, 3), Matrix.of(3, 1, 1, 2, 2.9f));
    assertEquals(r2, Regression.r2(Matrix.of(4, 1, 9.97e36f, 1, 2, 3), Matrix.of(4, 1, 0, 1, 2, 2.9f), first));
    assertEquals(r2, Regression.r2(Matrix.of(4, 1, 1, 2, 3, 9.97e36f), Matrix.of(4, 1, 1, 2, 2.9f, 0), last));
    assertEquals(
        0, Regression.r2(Matrix.of(3, 1, 7.3f, 0.1f, 0.1f), Matrix.of(3, 1, 5, 0.1f, 0.2f), new double[] {0, 0.1, 0.2}),
        "targets that count are the same");
  }

  @Test
  void subtractsInDouble() {
    Matrix large = Matrix.of(2, 1, 3e38f, -3e38f);
    assertTrue(Double.isFinite(Regression.meanSquaredError(large, Matrix.of(2, 1, -3e38f, 3e38f))));
  }

  /** As of years or of metres on a map: a difference of squares has but the last bits of 3e14 left of Σ (y − ȳ)² = 2/3. */
  @Test
  void squaresWhatIsLeftOfTargetsFarFromZero() {
    Matrix y = Matrix.of(3, 1, 1e7f, 1e7f + 1, 1e7f + 1);
    assertEquals(-0.5, Regression.r2(y, Matrix.of(3, 1, 1e7f + 1, 1e7f + 1, 1e7f + 1)), 1e-8);
  }

  @Test
  void refusesWhatItCannotCompare() {
    Matrix two = Matrix.of(2, 1, 1, 2);
    assertRefused(
        "the targets are 2 x 1, but the predictions are 2 x 2",
        () -> Regression.meanSquaredError(two, Matrix.zeros(2, 2)));
    assertRefused(
        "the targets are 2 x 1, but the predictions are 1 x 1", () -> Regression.r2(two, Matrix.zeros(1, 1)));
    assertRefused(
        "the targets are 1 x 2, but the predictions are 2 x 1", () -> Regression.r2(Matrix.zeros(1, 2), two));
    assertRefused(
        "the targets are 2 x 1, but the predictions are 3 x 1",
        () -> Regression.meanAbsoluteError(two, Matrix.zeros(3, 1), new double[] {1, 1, 1}));
    assertRefused(
        "there are no rows to judge",
        () -> Regression.medianAbsoluteError(Matrix.zeros(0, 2), Matrix.zeros(0, 2)));
    assertRefused(
        "the targets are 2 x 0: there is no column",
        () -> Regression.meanAbsoluteError(Matrix.zeros(2, 0), Matrix.zeros(2, 0)));
    assertRefused(
        "row 1, column 0 of the predictions is NaN",
        () -> Regression.rootMeanSquaredError(two, Matrix.of(2, 1, 1, Float.NaN)));
    assertRefused(
        "row 0, column 0 of the targets is -Infinity",
        () -> Regression.r2(Matrix.of(2, 1, Float.NEGATIVE_INFINITY, 1), two));
    assertRefused(
        "R² needs two rows or more, but there is one", () -> Regression.r2(Matrix.zeros(1, 1), Matrix.zeros(1, 1)));
    assertRefused(
        "there are 3 weights for 2 rows", () -> Regression.meanAbsoluteError(two, two, new double[] {1, 1, 1}));
  }
}
