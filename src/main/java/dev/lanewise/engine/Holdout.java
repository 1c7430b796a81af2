package dev.lanewise.engine;

import dev.lanewise.kernel.CounterRandom;
import dev.lanewise.kernel.CounterRandom.Stream;
import dev.lanewise.kernel.Message;
import java.util.Arrays;

/** Which rows a fit keeps back for validation. */
public final class Holdout {

  private final int[] trained;
  private final int[] held;

  private Holdout(int[] trained, int[] held) {
    this.trained = trained;
    this.held = held;
  }

  /**
   * Keeps a share of the rows back, that of each class where there are classes: of n rows share · n, rounded to the nearest.
   *
   * @param classes the class of each row from 0, or null
   * @throws IllegalArgumentException if nothing would be left to train on or to validate with
   */
  public static Holdout of(int rows, int[] classes, double share, long seed) {
    int[] order = new int[rows];
    new CounterRandom(seed, Stream.HOLDOUT, 0).fillPermutation(order);
    int[] wanted = new int[classes == null ? 1 : Arrays.stream(classes).max().orElse(0) + 1];
    for (int i = 0; i < rows; i++) {
      wanted[classes == null ? 0 : classes[i]]++;
    }
    for (int c = 0; c < wanted.length; c++) {
      wanted[c] = (int) Math.round(wanted[c] * share);
    }
    int held = Arrays.stream(wanted).sum();
    if (held == 0 || held == rows) {
      throw new IllegalArgumentException(
          Message.of("a validation split of %s keeps %d of %d rows back: there must be rows on both sides", share, held, rows));
    }
    int[] back = new int[held];
    int[] rest = new int[rows - held];
    int b = 0;
    int r = 0;
    for (int row : order) {
      if (wanted[classes == null ? 0 : classes[row]]-- > 0) {
        back[b++] = row;
      } else {
        rest[r++] = row;
      }
    }
    Arrays.sort(back);
    Arrays.sort(rest);
    return new Holdout(rest, back);
  }

  /** The rows to train on, ascending. */
  public int[] trained() {
    return trained;
  }

  /** The rows kept back, ascending. */
  public int[] held() {
    return held;
  }
}
