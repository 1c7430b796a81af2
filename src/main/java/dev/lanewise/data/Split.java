package dev.lanewise.data;

import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.text.Message;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Rows divided into those to train on and those to test on, each part in the order of the whole.
 *
 * @param <D> what was divided: a {@link Dataset}, a {@link Table} or row numbers
 */
public record Split<D>(D train, D test) {

  /**
   * Sets rows apart at random. Of n rows t = round(fraction · n) are for testing, and of a class of m among them ⌊m · t / n⌋
   * or one more: the classes with the largest remainders of m · t / n have one more, so many that there are t in all, and of
   * equal ones the first.
   *
   * @param classes the class of each row, from 0; all 0 where there are none
   * @param rows gives the rows with those numbers, which are ascending
   */
  static <D> Split<D> stratified(int[] classes, double testFraction, long seed, Function<int[], D> rows) {
    Split<int[]> numbers = ofRows(classes, testFraction, seed);
    return new Split<>(rows.apply(numbers.train()), rows.apply(numbers.test()));
  }

  /**
   * The numbers of the rows in each part, ascending: those that {@link Dataset#split} and {@link Table#split} take.
   *
   * @param classes the class of each row, from 0; all 0 where there are none; some may be without rows
   * @throws IllegalArgumentException if a class is negative, or either part would be without rows
   */
  public static Split<int[]> ofRows(int[] classes, double testFraction, long seed) {
    requireNotNegative(classes);
    int[] present = present(classes);
    int[] sizes = new int[present.length];
    for (int c : classes) {
      sizes[Arrays.binarySearch(present, c)]++;
    }
    int[] tests = testRows(sizes, total(classes.length, testFraction));
    int[][] orders = new int[sizes.length][];
    for (int c = 0; c < sizes.length; c++) {
      orders[c] = new int[sizes[c]];
      new CounterRandom(seed, Stream.SPLIT, present[c]).fillPermutation(orders[c]);
    }
    boolean[] isTest = new boolean[classes.length];
    int[] next = new int[sizes.length];
    for (int row = 0; row < classes.length; row++) {
      int c = Arrays.binarySearch(present, classes[row]);
      isTest[row] = orders[c][next[c]++] < tests[c];
    }
    int[] train = IntStream.range(0, classes.length).filter(row -> !isTest[row]).toArray();
    int[] test = IntStream.range(0, classes.length).filter(row -> isTest[row]).toArray();
    return new Split<>(train, test);
  }

  private static void requireNotNegative(int[] classes) {
    for (int row = 0; row < classes.length; row++) {
      if (classes[row] < 0) {
        throw new IllegalArgumentException(
            Message.of("class %d in row %d is negative, but classes count from 0", classes[row], row));
      }
    }
  }

  /** The classes that some row has, ascending: what is kept for each follows from the rows, however large its number is. */
  private static int[] present(int[] classes) {
    int[] present = classes.clone();
    Arrays.sort(present);
    int count = 0;
    for (int c : present) {
      if (count == 0 || present[count - 1] != c) {
        present[count++] = c;
      }
    }
    return Arrays.copyOf(present, count);
  }

  private static int total(int rows, double testFraction) {
    int total = (int) Math.round(testFraction * rows);
    if (!(testFraction > 0 && testFraction < 1) || total < 1 || total >= rows) {
      throw new IllegalArgumentException(
          Message.of(
              "a share of %s of %d rows is no split: it must be between 0 and 1 and leave rows to both parts",
              testFraction, rows));
    }
    return total;
  }

  private static int[] testRows(int[] sizes, int total) {
    long rows = Arrays.stream(sizes).asLongStream().sum();
    int[] tests = new int[sizes.length];
    long[] remainders = new long[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      tests[c] = (int) ((long) sizes[c] * total / rows);
      remainders[c] = (long) sizes[c] * total % rows;
    }
    IntStream.range(0, sizes.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer c) -> remainders[c]).reversed())
        .limit(total - Arrays.stream(tests).sum())
        .forEach(c -> tests[c]++);
    return tests;
  }
}
