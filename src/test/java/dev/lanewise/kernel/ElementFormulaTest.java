package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scalar kernels that go element by element compute their formulas, which this evaluates in double. */
class ElementFormulaTest {

  private static final float SCALE = 0.3f;

  private final Random random = new Random(7);

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void ordinaryNumbers(ElementCall op) {
    int n = 10_000;
    check(op, Floats.ordinary(random, n), Floats.ordinary(random, n), Floats.ordinary(random, n));
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void anyBits(ElementCall op) {
    int n = 10_000;
    check(op, Floats.bits(random, n), Floats.bits(random, n), Floats.bits(random, n));
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void specialValues(ElementCall op) {
    for (float other : Floats.SPECIAL) {
      float[] others = new float[Floats.SPECIAL.length];
      Arrays.fill(others, other);
      check(op, Floats.SPECIAL, others, others);
    }
  }

  private static void check(ElementCall op, float[] x, float[] y, float[] out) {
    float[] result = out.clone();
    op.run(KernelSets.SCALAR, x.length, SCALE, x, 0, y, 0, result, 0);
    for (int i = 0; i < x.length; i++) {
      if (!op.isFor(x[i])) {
        continue;
      }
      double wanted = op.formula(SCALE, x[i], y[i], out[i]);
      double tolerance = op.tolerance(x[i], out[i], wanted);
      String what = op + " of x = " + x[i] + ", y = " + y[i] + ", out = " + out[i];
      if (tolerance == 0 || !Float.isFinite((float) wanted)) {
        assertEquals((float) wanted, result[i], what);
      } else {
        assertTrue(Math.abs(result[i] - wanted) <= tolerance, what + ": " + result[i] + " for " + wanted);
      }
    }
  }
}
