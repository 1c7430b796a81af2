package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.NormalizationKernels;
import dev.lanewise.kernel.ScalarMath;
import dev.lanewise.nn.Normalization;

/**
 * Normalisation in a step of training. Rows are shared out among the threads, and so are the columns of what is summed over the
 * rows of the whole batch: the threads meet in between.
 */
final class Normalize {

  private Normalize() {}

  private static NormalizationKernels normalization(LayerWork w) {
    return kernels(
        w.layer.normalization() == Normalization.BATCH ? Extra.BATCH_NORMALIZATION : Extra.LAYER_NORMALIZATION);
  }

  /**
   * Moments of columns {@code from} to {@code to} of x·W, and what the running ones become: of a single row, whose variance is 0 whatever
   * it is, and of a batch that no step is taken for, they stay as they are.
   */
  static void moments(LayerWork w, LayerParameters p, Batches batches, int from, int to) {
    int batchRows = batches.rows();
    normalization(w).columnMoments(batchRows, w.ld, from, to, w.hat, w.at(0), w.mean, w.variance);
    for (int j = from; j < to; j++) {
      w.inverse[j] = ScalarMath.inverseRoot(w.variance[j], Normalization.EPSILON);
      w.factor[j] = w.inverse[j] * p.scale[j];
    }
    if (batchRows == 1 || batches.weights.sum() == 0) {
      return;
    }
    float rest = 1f - Normalization.MOMENTUM;
    for (int j = from; j < to; j++) {
      p.mean[j] = Normalization.MOMENTUM * p.mean[j] + rest * w.mean[j];
      p.variance[j] = Normalization.MOMENTUM * p.variance[j] + rest * w.variance[j];
    }
  }

  /** z = hat · scale + bias, hat in place of x·W. */
  static void forward(LayerWork w, LayerParameters p, int from, int to) {
    int n = w.layer.outputs();
    int ld = w.ld;
    if (w.layer.normalization() == Normalization.BATCH) {
      normalization(w)
          .normalizeColumns(to - from, ld, w.mean, w.inverse, p.scale, p.bias, w.hat, w.hat, w.z, w.at(from));
    } else {
      normalization(w)
          .normalizeRows(
              to - from, n, ld, Normalization.EPSILON, p.scale, p.bias, w.hat, w.hat, w.z, w.at(from), w.inverse, from);
    }
  }

  /** The gradients of bias and scale of columns {@code from} to {@code to}: Σ deltaZ and Σ deltaZ · hat over the batch. */
  static void gradients(LayerWork w, int batchRows, int from, int to) {
    int ld = w.ld;
    kernels().columnSums(batchRows, ld, from, to, w.deltaZ, w.at(0), w.biasGradient, 0);
    normalization(w).columnDots(batchRows, ld, from, to, w.deltaZ, w.hat, w.at(0), w.scaleGradient);
    for (int j = from; w.meanDelta != null && j < to; j++) {
      w.meanDelta[j] = w.biasGradient[j] / batchRows;
      w.meanDot[j] = w.scaleGradient[j] / batchRows;
    }
  }

  /** delta, the gradient by x·W, from that by z. */
  static void backward(LayerWork w, LayerParameters p, int from, int to) {
    int n = w.layer.outputs();
    int ld = w.ld;
    if (w.layer.normalization() == Normalization.BATCH) {
      normalization(w)
          .normalizeColumnsBackward(
              to - from, ld, w.meanDelta, w.meanDot, w.factor, w.hat, w.deltaZ, w.delta, w.at(from));
    } else {
      normalization(w)
          .normalizeRowsBackward(
              to - from, n, ld, p.scale, w.hat, w.deltaZ, w.delta, w.at(from), w.inverse, from);
    }
  }
}
