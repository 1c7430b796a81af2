package dev.lanewise.benchmarks;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ElementwiseBenchmarkTest {

  static final List<Supplier<ElementwiseBenchmark>> BENCHMARKS = List.of(
      HadamardBenchmark::new, HadamardInPlaceBenchmark::new, ReluBenchmark::new, ReluPrimeBenchmark::new,
      SigmoidBenchmark::new, SigmoidPrimeBenchmark::new, ExpBenchmark::new, UpdateBenchmark::new);

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
}
