package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.nn.Normalization;
import java.util.Arrays;

/**
 * Rows of weight 0, of which nothing may be left, also where their error or what a layer made of them is infinite: that times 0 is NaN.
 * Only moments of batch normalisation are of all rows.
 */
final class UncountedRows {

  private final Workspace work;
  private final RowWeights weights;

  UncountedRows(Workspace work, RowWeights weights) {
    this.work = work;
    this.weights = weights;
  }

  /** All that layers hold of such rows, and the errors of the last one. */
  void clear(int from, int to) {
    for (int i = from; i < to; i++) {
      if (weights.of(i) > 0) {
        continue;
      }
      LayerWork last = work.last();
      if (!isFinite(last.deltaZ, last, i)) {
        clear(last.deltaZ, last, i);
      }
      for (LayerWork w : work.layers) {
        if (!isFinite(w, i)) {
          clear(w, i);
        }
      }
    }
  }

  /** What an activation of one's own made of such an error: 0 times a prime that is infinite is NaN, too. */
  void clearError(LayerWork w, int from, int to) {
    for (int i = from; i < to && weights.isUsed(); i++) {
      if (weights.of(i) == 0 && !isFinite(w.deltaZ, w, i)) {
        clear(w.deltaZ, w, i);
      }
    }
  }

  /**
   * Whether all that a layer holds of a row is finite, and what pads it; an array with two names is looked at once. Behind the columns of a
   * row an activation of one's own may leave what it likes, and nobody asks for it.
   */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isFinite(LayerWork w, int row) {
    int written = w.layer.activation().isOwn() ? w.layer.outputs() : w.ld;
    return isFinite(w.z, w, row, w.a == w.z ? written : w.ld)
        && (w.a == w.z || isFinite(w.a, w, row, written))
        && (w.out == w.a || isFinite(w.out, w, row, written))
        && (w.hat == null || isFinite(w.hat, w, row));
  }

  private static void clear(LayerWork w, int row) {
    clear(w.sums(), w, row);
    clear(w.z, w, row);
    clear(w.a, w, row);
    clear(w.out, w, row);
    if (w.layer.normalization() == Normalization.LAYER) {
      w.inverse[row] = 0;
    }
  }

  private static boolean isFinite(float[] values, LayerWork w, int row) {
    return isFinite(values, w, row, w.ld);
  }

  private static boolean isFinite(float[] values, LayerWork w, int row, int length) {
    return kernels(Extra.ELEMENTWISE).firstNonFinite(length, values, w.at(row)) < 0;
  }

  private static void clear(float[] values, LayerWork w, int row) {
    Arrays.fill(values, w.at(row), w.at(row) + w.ld, 0f);
  }
}
