package dev.lanewise.metrics;

import dev.lanewise.text.Message;

/** One turn of a cross-validation: the rows to train on and the rows to test on. Immutable. */
public final class Fold {
  private final int number;
  private final int[] train;
  private final int[] test;

  /** Parts the rows by the number of the fold that each is tested in. */
  Fold(int number, int[] foldOfRow, int testRows) {
    this.number = number;
    train = new int[foldOfRow.length - testRows];
    test = new int[testRows];
    int trainAt = 0;
    int testAt = 0;
    for (int row = 0; row < foldOfRow.length; row++) {
      if (foldOfRow[row] == number) {
        test[testAt++] = row;
      } else {
        train[trainAt++] = row;
      }
    }
  }

  /** Which fold this is, from 0. */
  public int number() {
    return number;
  }

  /** The rows to train on, ascending: a copy. */
  public int[] train() {
    return train.clone();
  }

  /** The rows to test on, ascending: a copy. */
  public int[] test() {
    return test.clone();
  }

  @Override
  public String toString() {
    return Message.of("Fold %d: %d rows to train on, %d to test on", number, train.length, test.length);
  }
}
