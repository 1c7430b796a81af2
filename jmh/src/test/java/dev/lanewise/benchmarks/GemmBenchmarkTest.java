package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class GemmBenchmarkTest {

  /** Read in place and packed, whole tiles and edges, and a k that is cut. */
  private static final List<String> SHAPES = List.of("15x15x64", "15x10x15", "64x64x64", "70x150x300", "30x70x1100");

  static final List<Function<String, GemmBenchmark>> FORMS = List.of(
      shape -> {
        GemmBenchmark.Multiply form = new GemmBenchmark.Multiply();
        form.shape = shape;
        return form;
      },
      shape -> {
        GemmBenchmark.MultiplyPacked form = new GemmBenchmark.MultiplyPacked();
        form.shape = shape;
        return form;
      },
      shape -> {
        GemmBenchmark.MultiplyTransposedA form = new GemmBenchmark.MultiplyTransposedA();
        form.shape = shape;
        return form;
      },
      shape -> {
        GemmBenchmark.MultiplyTransposedB form = new GemmBenchmark.MultiplyTransposedB();
        form.shape = shape;
        return form;
      });

  @ParameterizedTest
  @FieldSource("FORMS")
  void bodiesRunAndAreChecked(Function<String, GemmBenchmark> form) {
    for (String shape : SHAPES) {
      Bodies.runAndCheck(() -> prepared(form, shape));
    }
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void openBlasComesClose(Function<String, GemmBenchmark> form) {
    assumeTrue(NativeBlas.Open.BLAS.isInstalled(), "OpenBLAS is not installed");
    Yardsticks.OpenBlas library = new Yardsticks.OpenBlas();
    library.setUp();
    for (String shape : SHAPES) {
      GemmBenchmark benchmark = prepared(form, shape);
      benchmark.openBlas(library);
      benchmark.checkClose();
      benchmark.c[benchmark.c.length - 1] += 0.1f;
      assertThrows(IllegalStateException.class, benchmark::checkClose);
    }
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void sampleOfLargeAnswerHoldsItsLastRow(Function<String, GemmBenchmark> form) {
    GemmBenchmark benchmark = prepared(form, "300x1000x1000");
    benchmark.vector();
    benchmark.check(KernelBenchmark.Vector.KERNELS);
    benchmark.c[benchmark.c.length - 1] += 0.1f;
    assertThrows(IllegalStateException.class, () -> benchmark.check(KernelBenchmark.Vector.KERNELS));
  }

  @Test
  void shapeIsThreeNumbers() {
    assertEquals(new Shape(128, 256, 784), Shape.parse("128x256x784"));
    assertEquals(2L * 128 * 256 * 784, Shape.parse("128x256x784").flop());
    assertThrows(IllegalArgumentException.class, () -> Shape.parse("128x256"));
  }

  private static GemmBenchmark prepared(Function<String, GemmBenchmark> form, String shape) {
    GemmBenchmark prepared = form.apply(shape);
    prepared.prepare();
    return prepared;
  }
}
