package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ElementwiseBenchmarkTest {

  static final List<Supplier<ElementwiseBenchmark>> BENCHMARKS = List.of(
      HadamardBenchmark::new, HadamardInPlaceBenchmark::new, ReluBenchmark::new, ReluPrimeBenchmark::new,
      SigmoidBenchmark::new, SigmoidPrimeBenchmark::new, TanhBenchmark::new, ExpBenchmark::new,
      () -> update("normal"), () -> update("denormal"),
      () -> of("normal", new OptimizerBenchmark.Momentum()), () -> of("denormal", new OptimizerBenchmark.Momentum()),
      () -> of("normal", new OptimizerBenchmark.RmsProp()), () -> of("denormal", new OptimizerBenchmark.RmsProp()),
      () -> of("normal", new OptimizerBenchmark.Adagrad()), () -> of("denormal", new OptimizerBenchmark.Adagrad()),
      () -> of("normal", new OptimizerBenchmark.Adam()), () -> of("denormal", new OptimizerBenchmark.Adam()));

  static final List<Supplier<FormulaBenchmark>> FORMULAS =
      List.of(SigmoidBenchmark::new, TanhBenchmark::new, ExpBenchmark::new);

  private static UpdateBenchmark update(String state) {
    UpdateBenchmark benchmark = new UpdateBenchmark();
    benchmark.state = state;
    return benchmark;
  }

  private static OptimizerBenchmark of(String state, OptimizerBenchmark benchmark) {
    benchmark.state = state;
    return benchmark;
  }

  @ParameterizedTest
  @FieldSource("BENCHMARKS")
  void bodiesRunAndAreChecked(Supplier<ElementwiseBenchmark> benchmark) {
    for (int offset : new int[] {0, 12}) {
      Bodies.runAndCheck(() -> {
        ElementwiseBenchmark prepared = benchmark.get();
        prepared.n = 4096 + 49;
        prepared.offset = offset;
        prepared.prepare();
        return prepared;
      });
    }
  }

  @ParameterizedTest
  @FieldSource("FORMULAS")
  void formulaOverMathComesClose(Supplier<FormulaBenchmark> benchmark) {
    for (int offset : new int[] {0, 12}) {
      FormulaBenchmark prepared = benchmark.get();
      prepared.n = 4096 + 49;
      prepared.offset = offset;
      prepared.prepare();
      prepared.jdk();
      float[] right = prepared.out;
      prepared.checkJdk();
      prepared.out = right;
      prepared.out[offset + 4096] *= 1.00001f;
      assertThrows(IllegalStateException.class, prepared::checkJdk);
    }
  }

  @Test
  void denormalWeightsStayDenormal() {
    UpdateBenchmark benchmark = update("denormal");
    benchmark.n = 4096;
    benchmark.prepare();
    for (int call = 0; call < 100_000; call++) {
      benchmark.vector();
    }
    for (int i = 0; i < benchmark.n; i++) {
      assertTrue(Math.abs(benchmark.x[i]) < Float.MIN_NORMAL && Math.abs(benchmark.out[i]) < Float.MIN_NORMAL);
    }
  }
}
