package dev.lanewise.engine;

import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;

/**
 * How rows and columns are divided among threads: in multiples of sixteen, so that no two share a vector, and where weights are
 * divided by columns in whole panels.
 */
final class Share {

  /** What each share but the last is a multiple of. */
  static final int UNIT = 16;

  /** Below so many weights, meeting once more costs more than reading all of them in each thread. */
  private static final int WORTH_MEETING = 1 << 16;

  private Share() {}

  /** Where part {@code index} of {@code parts} begins. */
  static int bound(int length, int index, int parts) {
    return bound(length, UNIT, index, parts);
  }

  /** The same in multiples of {@code unit}. */
  static int bound(int length, int unit, int index, int parts) {
    long share = (long) Math.ceilDiv(Math.ceilDiv(length, parts), unit) * unit;
    return (int) Math.min(length, share * index);
  }

  /**
   * Whether a product of a batch and weights is divided by the columns of its result, and not by its rows. Each thread then reads
   * the whole batch, otherwise all weights, of which the others have their share in their caches. That is worth it where the batch has
   * fewer elements than the weights, and where shares of whole panels leave at most a ninth of the columns' places empty.
   */
  static boolean isByColumns(int batchRows, int columns, int terms, int parts) {
    long places = (long) parts * bound(columns, Panels.GROUP, 1, parts);
    return parts > 1 && columns > batchRows && 8 * places <= 9L * Panels.columns(columns)
        && (long) columns * terms >= WORTH_MEETING;
  }

  /** What a thread computes of a layer's gradient: rows of the weights, or columns in whole panels. */
  record Weights(int fromRow, int toRow, int fromColumn, int toColumn) {

    /** Part {@code index} of {@code parts}, by columns where the sums of the layer are. */
    static Weights of(Dense layer, int batchRows, int index, int parts) {
      int k = layer.inputs();
      int n = layer.outputs();
      return isByColumns(batchRows, n, k, parts)
          ? new Weights(0, k, bound(n, Panels.GROUP, index, parts), bound(n, Panels.GROUP, index + 1, parts))
          : new Weights(bound(k, index, parts), bound(k, index + 1, parts), 0, n);
    }

    boolean isEmpty() {
      return fromRow >= toRow || fromColumn >= toColumn;
    }
  }
}
