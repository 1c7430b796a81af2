package dev.lanewise.metrics;

import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cross-validation as a plain loop: k folds, each row being tested in exactly one of them and trained on in all others.
 *
 * <pre>
 * for (Fold fold : KFold.stratified(labels, 5, seed)) {
 *   // train on the rows fold.train(), judge on the rows fold.test()
 * }
 * </pre>
 *
 * <p>The folds are a function of the arguments alone. Their sizes are those of scikit-learn's {@code KFold} and
 * {@code StratifiedKFold}; which rows they hold is drawn by another generator.
 */
public final class KFold {

  private KFold() {}

  /**
   * Folds of rows drawn at random. Of n rows each fold tests ⌊n / folds⌋, the first n mod folds one more.
   *
   * @param rows how many rows there are
   * @param folds how many folds to make, at least 2
   * @param seed what the draw depends on
   * @throws IllegalArgumentException if there are fewer than two folds, or fewer rows than folds
   */
  public static List<Fold> of(int rows, int folds, long seed) {
    if (rows < 0) {
      throw new IllegalArgumentException(Message.of("there cannot be %d rows", rows));
    }
    return stratified(new int[rows], folds, seed);
  }

  /**
   * Folds that have each class in about the same share, for labels of any value. Of n rows each fold tests ⌊n / folds⌋,
   * the first n mod folds one more; of each class the folds test numbers of rows that differ by at most one. A class
   * with fewer rows than folds is missing from the test rows of some.
   *
   * @param labels the class of each row
   * @param folds how many folds to make, at least 2
   * @param seed what the draw depends on
   * @throws IllegalArgumentException if there are fewer than two folds, or no class has as many rows as there are folds
   */
  public static List<Fold> stratified(int[] labels, int folds, long seed) {
    checkFolds(folds, labels.length);
    Map<Integer, List<Integer>> rowsOfClass = new LinkedHashMap<>(); // in order of appearance, whatever the labels are
    for (int row = 0; row < labels.length; row++) {
      rowsOfClass.computeIfAbsent(labels[row], label -> new ArrayList<>()).add(row);
    }
    int largest = rowsOfClass.values().stream().mapToInt(List::size).max().orElseThrow();
    if (largest < folds) {
      throw new IllegalArgumentException(
          Message.of(
              "no class has more than %d %s, but %d stratified folds need one of %d",
              largest, largest == 1 ? "row" : "rows", folds, folds));
    }
    int[] foldOfRow = new int[labels.length];
    int dealt = 0;
    int number = 0;
    for (List<Integer> rows : rowsOfClass.values()) {
      int[] turns = new int[rows.size()];
      new CounterRandom(seed, Stream.FOLDS, number++).fillPermutation(turns);
      for (int i = 0; i < turns.length; i++) {
        foldOfRow[rows.get(i)] = (dealt + turns[i]) % folds;
      }
      dealt += turns.length;
    }
    return parts(foldOfRow, folds);
  }

  private static void checkFolds(int folds, int rows) {
    if (folds < 2) {
      throw new IllegalArgumentException(
          Message.of("cross-validation needs two folds or more, but %d asked for", folds));
    }
    if (rows < folds) {
      throw new IllegalArgumentException(Message.of("%d rows do not fill %d folds", rows, folds));
    }
  }

  private static List<Fold> parts(int[] foldOfRow, int folds) {
    int[] testRows = new int[folds];
    for (int fold : foldOfRow) {
      testRows[fold]++;
    }
    List<Fold> parts = new ArrayList<>(folds);
    for (int f = 0; f < folds; f++) {
      parts.add(new Fold(f, foldOfRow, testRows[f]));
    }
    return List.copyOf(parts);
  }
}
