package dev.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.Kernels;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.openjdk.jmh.annotations.Param;

class ProductsBenchmarkTest {

  private static final Kernels VECTOR = KernelBenchmark.Vector.KERNELS;
  private static final List<String> LAYERS = List.of("1x30x20", "15x64x15", "70x150x90", "33x65x1100");

  static final List<Supplier<ProductsBenchmark>> FORMS = List.of(
      ProductsBenchmark.Forward::new, ProductsBenchmark.Gradient::new, ProductsBenchmark.Delta::new);

  @Test
  void layersAreThoseOfTheFile() throws NoSuchFieldException {
    String[] parameters = ProductsBenchmark.class.getDeclaredField("layer").getAnnotation(Param.class).value();
    assertEquals(30, parameters.length);
    assertArrayEquals(Layer.fixed().stream().map(Layer::toString).toArray(), parameters);
  }

  @Test
  void layerIsThreeProducts() {
    Layer layer = Layer.parse("128x784x256");
    assertEquals(new Shape(128, 256, 784), layer.forward());
    assertEquals(new Shape(784, 256, 128), layer.gradient());
    assertEquals(new Shape(128, 784, 256), layer.delta());
  }

  @Test
  void memoryBoundIsLargeAndLittleWork() {
    assertTrue(new Shape(1, 4096, 4096).isMemoryBound());
    assertTrue(new Shape(8, 512, 512).isMemoryBound());
    assertFalse(new Shape(1, 256, 784).isMemoryBound(), "fits in a cache");
    assertFalse(new Shape(64, 1024, 4096).isMemoryBound(), "more than 16 FLOP a byte");
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void oursHaveTheScalarBits(Supplier<ProductsBenchmark> form) {
    for (String layer : LAYERS) {
      ProductsBenchmark benchmark = prepared(form, layer);
      benchmark.rehearse(benchmark::packed);
      benchmark.vector();
      benchmark.checkPacked(VECTOR);
      benchmark.unpacked();
      benchmark.checkPlain();

      Kernels wrong = Bodies.wrongInOneBit(VECTOR);
      benchmark.packed(wrong, benchmark.m, benchmark.n, benchmark.k);
      assertThrows(IllegalStateException.class, () -> benchmark.checkPacked(wrong));
      benchmark.plain(wrong, 0, benchmark.m, benchmark.n, benchmark.k, benchmark.operands.c);
      assertThrows(IllegalStateException.class, benchmark::checkPlain);
    }
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void yardsticksInJavaComeClose(Supplier<ProductsBenchmark> form) {
    assertEquals("VectorBLAS", Yardsticks.Netlib.INSTANCE.getClass().getSimpleName());
    for (String layer : LAYERS) {
      ProductsBenchmark benchmark = prepared(form, layer);
      comesClose(benchmark, ProductsBenchmark::vectorBlas, benchmark.operands::vectorBlas);
      comesClose(benchmark, ProductsBenchmark::ejml, benchmark.operands::ejml);
    }
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void openBlasComesClose(Supplier<ProductsBenchmark> form) {
    assumeTrue(NativeBlas.Open.BLAS.isInstalled(), "OpenBLAS is not installed");
    Yardsticks.OpenBlas library = new Yardsticks.OpenBlas();
    library.setUp();
    for (String layer : LAYERS) {
      ProductsBenchmark benchmark = prepared(form, layer);
      comesClose(benchmark, b -> b.openBlas(library), benchmark.operands::openBlas);
      if (benchmark instanceof ProductsBenchmark.Gradient gradient) {
        gradient.openBlasPlain(library);
        gradient.checkPlainIsClose();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void blisComesClose(Supplier<ProductsBenchmark> form) {
    assumeTrue(NativeBlas.Blis.BLAS.isInstalled(), "BLIS is not installed");
    Yardsticks.Blis library = new Yardsticks.Blis();
    library.setUp();
    for (String layer : LAYERS) {
      ProductsBenchmark benchmark = prepared(form, layer);
      comesClose(benchmark, b -> b.blis(library), benchmark.operands::blis);
      if (benchmark instanceof ProductsBenchmark.Gradient gradient) {
        gradient.blisPlain(library);
        gradient.checkPlainIsClose();
      }
    }
  }

  @Test
  void libraryThatIsNotThereIsSaidInALine() {
    NativeBlas missing = NativeBlas.load("NoBLAS", "libno-such-blas.so.0");
    assertFalse(missing.isInstalled());
    assertEquals(
        "libno-such-blas.so.0 is not installed: there are no figures for NoBLAS",
        assertThrows(IllegalStateException.class, missing::begin).getMessage());
  }

  private static ProductsBenchmark prepared(Supplier<ProductsBenchmark> form, String layer) {
    ProductsBenchmark prepared = form.get();
    prepared.layer = layer;
    prepared.prepare();
    return prepared;
  }

  /** And an answer that does not is noticed. */
  private static void comesClose(
      ProductsBenchmark benchmark, Consumer<ProductsBenchmark> body, ProductsBenchmark.Other other) {
    body.accept(benchmark);
    benchmark.checkClose(other);
    int last = benchmark.operands.c.length - 1;
    benchmark.operands.answer()[last] += 0.1f; // of what is there, and of the step of descent that is taken once more
    assertThrows(IllegalStateException.class, () -> benchmark.checkClose((alpha, beta) -> {
      other.multiply(alpha, beta);
      benchmark.operands.answer()[last] += 0.1f;
    }));
  }
}
