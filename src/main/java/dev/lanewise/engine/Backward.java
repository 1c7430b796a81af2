package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;
import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Activation;

/** Backwards through the layers: δ of each layer from the one after it, then the gradient that δ gives. */
final class Backward {

  private Backward() {}

  /**
   * The gradient by the outputs of a layer from that by the sums of the next: δ of the next layer · its Wᵀ. Of rows {@code from}
   * to {@code to}, and columns {@code fromColumn}, a multiple of {@link Panels#WIDE}, to {@code toColumn}, another or the end.
   *
   * @param batchRows of the whole batch, which decides on the order of sums: it may not depend on how threads share the rows
   * @param scratch as many floats of this thread's as {@link Kernels#scratchLength} says
   */
  static void delta(
      LayerWork next, LayerParameters p, int batchRows, int from, int to, int fromColumn, int toColumn, LayerWork w, float[] scratch) {
    int k = next.layer.outputs();
    int n = next.layer.inputs();
    if (Kernels.handsBackByDots(batchRows, n, k)) {
      kernels(Extra.DOTS).dotPacked(
          to - from, n, k, fromColumn, toColumn, next.delta, next.at(from), next.ld, p.packed, w.deltaZ, w.at(from), w.ld,
          scratch);
      return;
    }
    products(n).multiplyPackedTransposed(
        to - from, n, k, fromColumn, toColumn, next.delta, next.at(from), next.ld, p.packed, w.deltaZ, w.at(from), w.ld,
        scratch);
  }

  /** δ = δ ∘ f′(z), where f is element-wise. */
  static void activation(LayerWork w, int from, int to) {
    Activation f = w.layer.activation();
    f.backward(to - from, w.layer.outputs(), w.ld, w.z, w.a, w.deltaZ, w.at(from));
    if (f.isOwn()) { // it may leave in the padding what it likes, which the built-in ones leave zero
      Panels.clearPadding(to - from, w.layer.outputs(), w.ld, w.deltaZ, w.at(from));
    }
  }

  /**
   * One step of descent on a share of a layer's weights. The gradient is aᵀ·δ summed over the rows of the batch, for a the input
   * of the layer; it is nowhere stored.
   *
   * @param aAt where the first row of a begins
   * @param lda from one row of a to the next
   * @param scratch as many floats of this thread's as {@link Kernels#scratchLength} says
   */
  static void descend(
      LayerWork w, Share.Weights share, float step, int batchRows, float[] a, int aAt, int lda, float[] packedWeights,
      float[] scratch) {
    int k = w.layer.inputs();
    int n = w.layer.outputs();
    int column = share.fromColumn();
    products(n).descendPacked(
        k, share.toColumn() - column, batchRows, share.fromRow(), share.toRow(), step, a, aAt, lda,
        w.delta, w.at(0) + column, w.ld, packedWeights, Panels.at(k, column), scratch);
  }

  /** The same gradient, stored in the order of the weights. */
  static void weightGradient(
      LayerWork w, Share.Weights share, int batchRows, float[] a, int aAt, int lda, float[] scratch) {
    int k = w.layer.inputs();
    int n = w.layer.outputs();
    int column = share.fromColumn();
    products(n).gradientPacked(
        k, share.toColumn() - column, batchRows, share.fromRow(), share.toRow(), a, aAt, lda,
        w.delta, w.at(0) + column, w.ld, w.weightGradient, Panels.at(k, column), scratch);
  }

  /**
   * Elements {@code from} to {@code to} of a layer's bias gradient: the sum of δ over the rows of the batch. What pads the
   * rows of δ is zero, and so is its sum.
   */
  static void biasGradient(LayerWork w, int from, int to, int batchRows) {
    kernels().columnSums(batchRows, w.ld, from, to, w.delta, w.at(0), w.biasGradient, 0);
  }
}
