package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Warmable.Loops;
import dev.lanewise.kernel.Warmable.Tiling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The warm-up knows each kernel, and when one is compiled. */
class WarmUpTest {

  private static final List<Consumer<WarmUp>> STAGES = Stream.concat(
      Stream.of(
          ProductWarmUp::narrow, ProductWarmUp::wide, ProductWarmUp::medium, ProductWarmUp::finer, ProductWarmUp::rarer,
          WarmUp::common),
      Stream.of(Extra.values()).map(WarmUpTest::examples)).toList();

  /** What says something about the kernels, what copies, and what no step of training calls. */
  private static final Set<String> OTHERS = Set.of(
      "name", "vectorBits", "rowsAtOnce", "scratchLength", "packedLength", "handsBackByDots", "pack", "unpack", "multiply",
      "multiplyTransposedA", "multiplyTransposedB", "exp");

  /** Of the scalar kernels, which need none of that. */
  private static final Warmable NOTHING = new Warmable() {
    @Override
    public void useTiles(Tiling tiling) {}

    @Override
    public Tiling tiling() {
      return Tiling.ALL;
    }

    @Override
    public void tryTiles(Tiling tiling) {}

    @Override
    public boolean gainsMuchFromFineTiles() {
      return false;
    }

    @Override
    public int[] rowsOfCoarseTiles() {
      return IntStream.rangeClosed(1, WarmUp.MAX_ROWS).toArray();
    }

    @Override
    public int termsOfLongExample(Tiling tiling) {
      return tiling == Tiling.ALL ? 0 : 64;
    }

    @Override
    public boolean hasWaysOfOddWidths() {
      return true;
    }

    @Override
    public void callTilesWithoutTerms(Tiling tiling, int times) {}

    @Override
    public void callMediumTilesWithoutTerms(int times) {}

    @Override
    public void callWithoutTurns(Loops loops, int times) {}

    @Override
    public void callSoftmaxes(int times, float[] x, float[] out) {}

    @Override
    public void callCrossEntropies(int times, float[] x, float[] y, float[] delta, float[] out) {}

    @Override
    public void callSquaredErrors(int times, float[] x, float[] y, float[] out) {}
  };

  private final Set<String> called = new TreeSet<>();

  private static Consumer<WarmUp> examples(Extra extra) {
    return warmUp -> ExtraWarmUp.run(extra, warmUp);
  }

  /** Where an object of each call is kept: C2 leaves out what nobody can see. */
  private byte[] allocated = {};

  /** Scalar kernels behind a proxy, which allocates at each call. */
  private Kernels allocating() {
    return (Kernels) Proxy.newProxyInstance(
        Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
          called.add(method.getName());
          allocated = new byte[allocated.length % 2 + 1];
          return call(method, arguments);
        });
  }

  private static Object call(Method method, Object[] arguments) throws ReflectiveOperationException {
    try {
      return method.invoke(ScalarKernels.INSTANCE, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method.getName(), e.getCause());
    }
  }

  @Test
  void eachKernelIsCalled() {
    WarmUp warmUp = new WarmUp(allocating(), NOTHING, 0, () -> false);
    STAGES.forEach(warmUp::run);
    Set<String> kernels =
        Stream.of(Kernels.class.getMethods()).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    kernels.removeAll(OTHERS);
    called.removeAll(OTHERS);
    assertEquals(kernels, called);
  }

  @Test
  void kernelsThatGoOnAllocatingAreNotTakenForCompiled() {
    WarmUp warmUp = new WarmUp(allocating(), NOTHING, 1_000_000, () -> false);
    assertFalse(warmUp.run(examples(Extra.DROPOUT)));
    assertFalse(warmUp.run(examples(Extra.ADAM)));
  }

  /** Of a stage that ends for another nothing is known; the next time it is whole. */
  @Test
  void aHurriedStageEnds() {
    AtomicBoolean hurried = new AtomicBoolean(true);
    WarmUp warmUp = new WarmUp(allocating(), NOTHING, 1_000_000, hurried::get);
    called.clear();
    assertFalse(warmUp.runOrLeave(examples(Extra.NORM)));
    assertTrue(warmUp.wasLeft());
    assertEquals(Set.of(), called);
    assertFalse(warmUp.run(examples(Extra.NORM)));
    assertFalse(warmUp.wasLeft(), "a stage that has to be");
    hurried.set(false);
    called.clear();
    assertFalse(warmUp.runOrLeave(examples(Extra.NORM)));
    assertFalse(warmUp.wasLeft());
    assertEquals(Set.of("sumOfSquares"), called);
  }

  /** Vectors are read and written whole, be it that an array ends sooner; time is up at once, but examples come first. */
  @Test
  void vectorKernelsStayWithinTheArraysOfTheirExamples() {
    WarmUp warmUp = new WarmUp(KernelSets.vector(), KernelSets.warmable(), 0, () -> false);
    try {
      for (int i = 0; i < STAGES.size(); i++) {
        Consumer<WarmUp> stage = STAGES.get(i);
        assertDoesNotThrow(() -> warmUp.run(stage), "stage " + i);
      }
    } finally {
      KernelSets.warmable().useTiles(Tiling.ALL);
    }
  }

  /** They would read beyond the empty array they get. */
  @Test
  void tilesReturnAtOnceWithoutTerms() {
    Warmable kernels = KernelSets.warmable();
    for (Tiling tiling : Tiling.values()) {
      assertDoesNotThrow(() -> kernels.callTilesWithoutTerms(tiling, 2000), tiling.name()); // so many that strips are shown as well
    }
    assertDoesNotThrow(() -> kernels.callMediumTilesWithoutTerms(2));
    for (Loops loops : Loops.values()) {
      assertDoesNotThrow(() -> kernels.callWithoutTurns(loops, 2), loops.name());
    }
  }

  @Test
  void scalarKernelsAllocateNothing() {
    WarmUp warmUp = new WarmUp(ScalarKernels.INSTANCE, NOTHING, 10_000_000_000L, () -> false);
    for (int i = 0; i < STAGES.size(); i++) {
      assertTrue(warmUp.run(STAGES.get(i)), "stage " + i);
    }
  }
}
