package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vector kernels that go element by element equal the scalar ones bit for bit: at the edges of vectors and of
 * chunks, for numbers of every kind, and in place.
 */
class ElementContractTest {

  private static final float SCALE = 0.3f;

  private final Random random = new Random(6);

  @BeforeAll
  static void needsBothSets() {
    KernelSets.vector();
  }

  /** Around the edges of vectors of 4, 8 and 16 lanes, at the start and after whole chunks of 4096. */
  private int[] sizes() {
    IntStream small = IntStream.range(0, 70);
    IntStream edges = IntStream.of(-1, 0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17);
    IntStream large = edges.flatMap(edge -> IntStream.of(4096 + edge, 8192 + edge));
    return IntStream.concat(IntStream.concat(small, large), random.ints(20, 70, 10_000)).toArray();
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void edges(ElementCall op) {
    for (int n : sizes()) {
      Block x = Block.of(random, 1, n);
      Block y = Block.of(random, 1, n);
      Block out = Block.of(random, 1, n);
      Block result = check(op, SCALE, x, y, op.readsOut() ? out : out.poison());
      assertFalse(result.hasNaN(), () -> op + " of " + n + " reads what it overwrites, or beyond an array");
    }
  }

  /** Any bits: mostly numbers that are much too large or much too small. */
  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void anyBits(ElementCall op) {
    for (float scale : new float[] {SCALE, -0f, Float.MIN_VALUE, 1e30f, Float.NEGATIVE_INFINITY, Float.NaN}) {
      int n = 20_000;
      Block x = Block.dense(random, 1, n, Floats.bits(random, n));
      Block y = Block.dense(random, 1, n, Floats.bits(random, n));
      Block out = Block.dense(random, 1, n, Floats.bits(random, n));
      check(op, scale, x, y, out);
    }
  }

  /** Each special value with each other one, in vectors and in the tail. */
  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void specialValues(ElementCall op) {
    int count = Floats.SPECIAL.length;
    int n = count * count;
    float[] first = new float[n];
    float[] second = new float[n];
    for (int i = 0; i < n; i++) {
      first[i] = Floats.SPECIAL[i / count];
      second[i] = Floats.SPECIAL[i % count];
    }
    for (int tail = 0; tail < 16; tail++) {
      Block x = Block.dense(random, 1, n - tail, first);
      Block y = Block.dense(random, 1, n - tail, second);
      Block out = Block.dense(random, 1, n - tail, second);
      check(op, SCALE, x, y, out);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.ElementCall#all")
  void inPlace(ElementCall op) {
    for (int n : sizes()) {
      Block other = Block.of(random, 1, n);
      Block out = Block.of(random, 1, n);
      Contract.check(() -> op + " of " + n + " with out = x", out, List.of(other.data), (kernels, into) ->
          op.run(kernels, n, SCALE, into.data, into.at, other.data, other.at, into.data, into.at));
      Contract.check(() -> op + " of " + n + " with out = y", out, List.of(other.data), (kernels, into) ->
          op.run(kernels, n, SCALE, other.data, other.at, into.data, into.at, into.data, into.at));
      Contract.check(() -> op + " of " + n + " with out = x = y", out, List.of(), (kernels, into) ->
          op.run(kernels, n, SCALE, into.data, into.at, into.data, into.at, into.data, into.at));
    }
  }

  private static Block check(ElementCall op, float scale, Block x, Block y, Block out) {
    return Contract.check(() -> op + " of " + out.cols, out, List.of(x.data, y.data), (kernels, into) ->
        op.run(kernels, into.cols, scale, x.data, x.at, y.data, y.at, into.data, into.at));
  }

  /** Nothing to find, or one thing at any place, behind the largest finite number and before another. */
  @Test
  void firstNonFinite() {
    for (int n : sizes()) {
      Block x = Block.of(random, 1, n);
      List<Integer> places = new ArrayList<>(List.of(-1));
      random.ints(n == 0 ? 0 : 5, 0, Math.max(1, n)).forEach(places::add);
      for (int place : places) {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
          Block searched = x.copy();
          if (place >= 0) {
            searched.set(0, 0, Float.MAX_VALUE);
            searched.set(0, place, value);
            searched.set(0, n - 1, Float.NaN);
          }
          assertFirstNonFinite(place, searched);
        }
      }
    }
  }

  /** What lies around the numbers does not count, nor do the largest that there are. */
  @Test
  void everythingIsFinite() {
    for (int n : sizes()) {
      Block x = Block.of(random, 1, n);
      for (int i = 0; i < n; i++) {
        x.set(0, i, i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE);
      }
      Block surroundings = x.copy();
      Arrays.fill(x.data, Float.NaN);
      System.arraycopy(surroundings.data, x.at, x.data, x.at, n);
      assertFirstNonFinite(-1, x);
    }
  }

  private static void assertFirstNonFinite(int expected, Block x) {
    for (Kernels kernels : KernelSets.present()) {
      int found = kernels.firstNonFinite(x.cols, x.data, x.at);
      assertFalse(found != expected, () -> kernels.name() + " finds " + found + " of " + x.cols + ", not " + expected);
    }
  }
}
