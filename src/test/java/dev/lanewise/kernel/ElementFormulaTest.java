package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scalar kernels that go element by element compute their formulas, which this evaluates in double. */
class ElementFormulaTest {

  private static final float SCALE = 0.3f;

  private final Random random = new Random(7);

  @ParameterizedTest
  @EnumSource
  void ordinaryNumbers(ElementOp op) {
    int n = 10_000;
    check(op, Floats.ordinary(random, n), Floats.ordinary(random, n), Floats.ordinary(random, n));
  }

  @ParameterizedTest
  @EnumSource
  void anyBits(ElementOp op) {
    int n = 10_000;
    check(op, Floats.bits(random, n), Floats.bits(random, n), Floats.bits(random, n));
  }

  @ParameterizedTest
  @EnumSource
  void specialValues(ElementOp op) {
    for (float other : Floats.SPECIAL) {
      float[] others = new float[Floats.SPECIAL.length];
      Arrays.fill(others, other);
      check(op, Floats.SPECIAL, others, others);
    }
  }

  private static void check(ElementOp op, float[] x, float[] y, float[] out) {
    float[] result = out.clone();
    op.run(KernelSets.SCALAR, x.length, SCALE, x, 0, y, 0, result, 0);
    for (int i = 0; i < x.length; i++) {
      double wanted = op.formula(SCALE, x[i], y[i], out[i]);
      double tolerance = op.tolerance(x[i], wanted);
      String what = op + " of x = " + x[i] + ", y = " + y[i] + ", out = " + out[i];
      if (tolerance == 0 || !Float.isFinite((float) wanted)) {
        assertEquals((float) wanted, result[i], what);
      } else {
        assertTrue(Math.abs(result[i] - wanted) <= tolerance, what + ": " + result[i] + " for " + wanted);
      }
    }
  }
}
