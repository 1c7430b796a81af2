package dev.lanewise.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.BenchmarkParams;

/** An element-wise kernel whose formula the JDK's {@code Math} has too: {@code jdk} is a plain loop over that. */
public abstract class FormulaBenchmark extends ElementwiseBenchmark {

  /** Some ulp: both sides round. */
  private static final float RELATIVE = 1e-6f;

  /** The formula, with what {@code Math} has. */
  abstract float formula(float value);

  @Benchmark
  public void jdk() {
    jdk(n);
  }

  final void jdk(int length) {
    int at = offset;
    for (int i = at; i < at + length; i++) {
      out[i] = formula(x[i]);
    }
  }

  @Override
  public void setUp(BenchmarkParams fork) {
    if (isJdk(fork)) {
      prepare();
      Rehearsal.of(() -> jdk(SHORT), () -> jdk(n));
    } else {
      super.setUp(fork);
    }
  }

  @Override
  public void check(BenchmarkParams fork) {
    if (isJdk(fork)) {
      checkJdk();
    } else {
      super.check(fork);
    }
  }

  /** Close to the scalar kernel. */
  final void checkJdk() {
    float[] actual = out;
    out = outputs();
    apply(SCALAR, n);
    Floats.requireWithin(n, RELATIVE, out, offset, actual, offset);
  }

  static boolean isJdk(BenchmarkParams fork) {
    return fork.getBenchmark().endsWith(".jdk");
  }
}
