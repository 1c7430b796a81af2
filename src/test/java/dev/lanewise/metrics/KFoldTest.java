package dev.lanewise.metrics;

import static dev.lanewise.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KFoldTest {
  private static final ScikitLearn SIZES = ScikitLearn.table("folds");

  @Test
  void makesFoldsAsLargeAsScikitLearns() {
    int compared = 0;
    for (List<String> row : SIZES.rows()) {
      if (row.get(0).equals("plain")) {
        List<Fold> folds = KFold.of(Integer.parseInt(row.get(1)), Integer.parseInt(row.get(2)), 1);
        assertEquals(Integer.parseInt(row.get(2)), folds.size());
        assertEquals(Integer.parseInt(row.get(4)), folds.get(Integer.parseInt(row.get(3))).test().length);
        compared++;
      }
    }
    assertEquals(17, compared);
  }

  @Test
  void stratifiesAsScikitLearnDoes() {
    int compared = 0;
    for (List<String> row : SIZES.rows()) {
      if (row.get(0).equals("stratified")) {
        int[] labels = Arrays.stream(row.get(1).split(" ")).mapToInt(Integer::parseInt).toArray();
        Fold fold = KFold.stratified(labels, Integer.parseInt(row.get(2)), 1).get(Integer.parseInt(row.get(3)));
        String counts = IntStream.of(7, -3, 0)
            .mapToObj(c -> Long.toString(Arrays.stream(fold.test()).filter(i -> labels[i] == c).count()))
            .reduce((a, b) -> a + " " + b).orElseThrow();
        assertEquals(row.get(5), counts, row.toString());
        compared++;
      }
    }
    assertEquals(21, compared);
  }

  @Test
  void testsEachRowOnceAndTrainsOnAllOthers() {
    int[] labels = IntStream.range(0, 57).map(i -> i % 3).toArray();
    for (List<Fold> folds : List.of(KFold.stratified(labels, 5, 7), KFold.of(57, 5, 7))) {
      int[] tested = new int[57];
      for (Fold fold : folds) {
        for (int row : fold.test()) {
          tested[row]++;
        }
        int[] both = IntStream.concat(Arrays.stream(fold.train()), Arrays.stream(fold.test())).sorted().toArray();
        assertArrayEquals(IntStream.range(0, 57).toArray(), both);
        assertArrayEquals(Arrays.stream(fold.test()).sorted().toArray(), fold.test());
        assertArrayEquals(Arrays.stream(fold.train()).sorted().toArray(), fold.train());
      }
      assertArrayEquals(new int[57], Arrays.stream(tested).map(n -> n - 1).toArray());
      assertArrayEquals(new int[] {0, 1, 2, 3, 4}, folds.stream().mapToInt(Fold::number).toArray());
    }
  }

  @Test
  void drawsByTheSeedAlone() {
    assertArrayEquals(KFold.of(100, 4, 3).get(2).test(), KFold.of(100, 4, 3).get(2).test());
    assertFalse(Arrays.equals(KFold.of(100, 4, 3).get(2).test(), KFold.of(100, 4, 4).get(2).test()));
    int[] labels = IntStream.range(0, 100).map(i -> i / 50).toArray();
    int[] renamed = IntStream.range(0, 100).map(i -> 9 - i / 50).toArray();
    assertArrayEquals(
        KFold.stratified(labels, 4, 3).get(0).test(), KFold.stratified(renamed, 4, 3).get(0).test());
  }

  /** What a seed means never changes. Both from a few lines of Python: SplitMix64, and rows dealt to folds in turn. */
  @Test
  void drawsTheRowsItAlwaysDrew() {
    assertEquals("[1, 3, 4, 5]", Arrays.toString(KFold.of(10, 3, 1).get(0).test()));
    int[] labels = {0, 0, 0, 0, 1, 1, 1, 1};
    assertEquals("[1, 3, 5, 6]", Arrays.toString(KFold.stratified(labels, 2, 1).get(0).test()));
  }

  /** Each row of 12 is in the first of three folds for about a third of the seeds. */
  @Test
  void favoursNoRow() {
    int[] first = new int[12];
    for (int seed = 0; seed < 3000; seed++) {
      for (int row : KFold.of(12, 3, seed).get(0).test()) {
        first[row]++;
      }
    }
    for (int row = 0; row < 12; row++) {
      assertEquals(1000, first[row], 130, "row " + row); // five standard deviations
    }
  }

  @Test
  void handsOutCopies() {
    Fold fold = KFold.of(6, 3, 0).get(0);
    fold.test()[0] = 99;
    fold.train()[0] = 99;
    assertEquals(15, Arrays.stream(fold.test()).sum() + Arrays.stream(fold.train()).sum());
    assertEquals("Fold 0: 4 rows to train on, 2 to test on", fold.toString());
  }

  @Test
  void refusesFoldsThatCannotBeFilled() {
    assertRefused("cross-validation needs two folds or more, but 1 asked for", () -> KFold.of(10, 1, 0));
    assertRefused("3 rows do not fill 4 folds", () -> KFold.of(3, 4, 0));
    assertRefused("0 rows do not fill 2 folds", () -> KFold.stratified(new int[0], 2, 0));
    assertRefused("0 rows do not fill 2 folds", () -> KFold.of(0, 2, 0));
    assertRefused("there cannot be -1 rows", () -> KFold.of(-1, 2, 0));
    assertRefused(
        "no class has more than 2 rows, but 3 stratified folds need one of 3",
        () -> KFold.stratified(new int[] {0, 1, 1, 2, 2}, 3, 0));
    assertRefused(
        "no class has more than 1 row, but 2 stratified folds need one of 2", () -> KFold.stratified(new int[] {-1, 0}, 2, 0));
  }
}
