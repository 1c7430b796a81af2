package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The references themselves, against SciPy 1.15. */
class FormulasTest {

  /** {@code from scipy.stats import norm; [norm.cdf(x) for x in (-13, -5, -3.6, -3.5, -1, 0, 0.5, 4)]}. */
  @Test
  void normalDistribution() {
    double[] right = {
      6.117164399549704e-39, 2.866515718791933e-07, 0.00015910859015753364, 0.00023262907903552502,
      0.15865525393145707, 0.5, 0.6914624612740131, 0.9999683287581669
    };
    double[] at = {-13, -5, -3.6, -3.5, -1, 0, 0.5, 4};
    for (int i = 0; i < at.length; i++) {
      assertEquals(right[i], Formulas.cdf(at[i]), 1e-12 * right[i], "at " + at[i]);
    }
  }
}
