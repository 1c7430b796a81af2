package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.CounterRandom.Stream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The random numbers are SplitMix64's, for ever the same, and distributed as they say. */
class CounterRandomTest {

  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  /** SplitMix64 as its authors publish it, by a state that advances. */
  private static final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
      state = seed;
    }

    long next() {
      long z = (state += GAMMA);
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }
  }

  private static CounterRandom weights(long seed) {
    return new CounterRandom(seed, Stream.WEIGHTS, 0);
  }

  /** The numbers that implementations of SplitMix64 publish for their tests. */
  @Test
  void referenceIsSplitMix64() {
    SplitMix64 ofZero = new SplitMix64(0);
    assertEquals(0xe220a8397b1dcdafL, ofZero.next());
    assertEquals(0x6e789e6aa1b965f4L, ofZero.next());
    SplitMix64 other = new SplitMix64(1234567);
    assertEquals(6457827717110365317L, other.next());
    assertEquals(3203168211198807973L, other.next());
  }

  /** Seed, stream and number are mixed one after the other; the first outputs of a SplitMix64 do that. */
  @Test
  void isSplitMix64OfSeedAndStream() {
    for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE}) {
      for (long number : new long[] {0, 1, 7, 1L << 40}) {
        check(seed, Stream.WEIGHTS, 1, number);
        check(seed, Stream.ORDER, 2, number);
        check(seed, Stream.DROPOUT, 3, number);
        check(seed, Stream.SPLIT, 4, number);
        check(seed, Stream.FOLDS, 5, number);
      }
    }
  }

  private static void check(long seed, Stream stream, long id, long number) {
    long mixedSeed = new SplitMix64(seed).next();
    long mixedStream = new SplitMix64(mixedSeed + id - GAMMA).next();
    long start = new SplitMix64(mixedStream + number * GAMMA - GAMMA).next();
    SplitMix64 expected = new SplitMix64(start);
    CounterRandom random = new CounterRandom(seed, stream, number);
    for (int i = 0; i < 100; i++) {
      assertEquals(expected.next(), random.nextLong());
    }
  }

  /** A change here changes every network that anybody trains from a seed. */
  @Test
  void numbersNeverChange() {
    assertEquals(0x0a45b3e0d5967d37L, weights(1).nextLong());
    assertEquals(0xbddf9008db94b320L, new CounterRandom(1, Stream.ORDER, 3).nextLong());
    assertEquals(0x0a45b3e0d5967d37L >>> 11, weights(1).nextDouble() * 0x1p53, "the upper 53 bits, of which the last is 1 here");
    int[] order = new int[8];
    new CounterRandom(1, Stream.ORDER, 0).fillPermutation(order);
    assertArrayEquals(new int[] {5, 2, 6, 4, 1, 3, 0, 7}, order);
    double[] normal = new double[3];
    weights(1).fillNormal(normal);
    assertArrayEquals(new double[] {-0x1.b9e5f6b1ef2e8p-2, 0x1.d3baa4dc9812fp-4, -0x1.03c1afa27f039p0}, normal);
  }

  @Test
  void streamsDiffer() {
    Set<Long> firsts = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      for (Stream stream : Stream.values()) {
        for (long number = 0; number < 100; number++) {
          CounterRandom random = new CounterRandom(seed, stream, number);
          firsts.add(random.nextLong());
          firsts.add(random.nextLong());
        }
      }
    }
    assertEquals(100 * Stream.values().length * 100 * 2, firsts.size());
  }

  @Test
  void restartedIsAsNew() {
    CounterRandom random = weights(1);
    random.nextLong();
    random.restart(8, Stream.ORDER, 9);
    CounterRandom other = new CounterRandom(8, Stream.ORDER, 9);
    for (int i = 0; i < 5; i++) {
      assertEquals(other.nextLong(), random.nextLong());
    }
  }

  @Test
  void doublesAreUniform() {
    CounterRandom random = weights(2);
    int n = 1_000_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = random.nextDouble();
      assertTrue(x >= 0 && x < 1);
      sum += x;
      squares += x * x;
    }
    assertEquals(0.5, sum / n, 2e-3);
    assertEquals(1.0 / 3, squares / n, 2e-3);
  }

  @Test
  void intsAreUniformBelowTheBound() {
    CounterRandom random = weights(3);
    for (int bound : new int[] {1, 2, 3, 10, 1797}) {
      int[] counts = new int[bound];
      int n = 100 * bound + 10_000;
      for (int i = 0; i < n; i++) {
        counts[random.nextInt(bound)]++;
      }
      double expected = (double) n / bound;
      double chiSquare = Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
      // Mean bound − 1, standard deviation √(2 (bound − 1)).
      assertTrue(chiSquare < bound + 5 * Math.sqrt(2.0 * bound), () -> "χ² of bound " + bound + ": " + chiSquare);
    }
  }

  /** 2³² numbers are 8/3 of this bound: without rejection, two results of three would come half as often again. */
  @Test
  void intsOfAHugeBoundHaveNoBias() {
    CounterRandom random = weights(4);
    int bound = 3 << 29;
    int[] counts = new int[3];
    int n = 300_000;
    for (int i = 0; i < n; i++) {
      int x = random.nextInt(bound);
      assertTrue(x >= 0 && x < bound);
      counts[x % 3]++;
    }
    for (int count : counts) {
      assertEquals(n / 3.0, count, 1500);
    }
  }

  @Test
  void permutationHoldsEveryIndexOnce() {
    for (int n : new int[] {0, 1, 2, 3, 10, 1797}) {
      int[] order = new int[n];
      new CounterRandom(5, Stream.ORDER, n).fillPermutation(order);
      assertArrayEquals(IntStream.range(0, n).toArray(), IntStream.of(order).sorted().toArray());
    }
  }

  @Test
  void permutationsAreEquallyLikely() {
    int[] counts = new int[27];
    int[] order = new int[3];
    CounterRandom random = weights(6);
    int n = 60_000;
    for (int i = 0; i < n; i++) {
      random.fillPermutation(order);
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    int[] found = Arrays.stream(counts).filter(c -> c > 0).toArray();
    assertEquals(6, found.length);
    for (int count : found) {
      assertEquals(n / 6.0, count, 500);
    }
  }

  @Test
  void normalsHaveTheMomentsOfN01() {
    double[] x = new double[1_000_001];
    weights(7).fillNormal(x);
    double[] moments = new double[5];
    int beyondTwo = 0;
    for (double value : x) {
      double power = 1;
      for (int i = 0; i < moments.length; i++) {
        moments[i] += power / x.length;
        power *= value;
      }
      beyondTwo += Math.abs(value) > 2 ? 1 : 0;
    }
    assertEquals(0, moments[1], 5e-3);
    assertEquals(1, moments[2], 7e-3);
    assertEquals(0, moments[3], 2e-2);
    assertEquals(3, moments[4], 5e-2);
    assertEquals(0.0455, (double) beyondTwo / x.length, 1e-3);
  }
}
