package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;
import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;

/** Backwards through the layers: δ of each layer from the one after it, then the gradient that δ gives. */
final class Backward {

  private Backward() {}

  /**
   * The gradient by the outputs of a layer from that by the sums of the next: δ of the next layer · its Wᵀ. Of rows {@code from}
   * to {@code to}, and columns {@code fromColumn}, a multiple of {@link Panels#WIDE}, to {@code toColumn}, another or the end.
   *
   * @param scratch as many floats of this thread's as {@link Kernels#scratchLength} says
   */
  static void delta(
      LayerWork next, LayerParameters p, int from, int to, int fromColumn, int toColumn, float[] delta, float[] scratch) {
    int k = next.layer.outputs();
    int n = next.layer.inputs();
    int ldk = Panels.columns(k);
    int ldn = Panels.columns(n);
    products(n).multiplyPackedTransposed(
        to - from, n, k, fromColumn, toColumn, next.delta, from * ldk, ldk, p.packed, delta, from * ldn, ldn, scratch);
  }

  /** δ = δ ∘ f′(z), where f is element-wise. */
  static void activation(LayerWork w, int from, int to) {
    int n = w.layer.outputs();
    int ld = Panels.columns(n);
    w.layer.activation().backward(to - from, n, ld, w.z, w.a, w.deltaZ, from * ld);
  }

  /**
   * One step of descent on a share of a layer's weights. The gradient is aᵀ·δ summed over the rows of the batch, for a the input
   * of the layer; it is nowhere stored.
   *
   * @param scratch as many floats of this thread's as {@link Kernels#scratchLength} says
   */
  static void descend(
      Dense layer, Share.Weights share, float step, int batchRows, float[] a, float[] delta, float[] packedWeights,
      float[] scratch) {
    int k = layer.inputs();
    int n = layer.outputs();
    int column = share.fromColumn();
    products(n).descendPacked(
        k, share.toColumn() - column, batchRows, share.fromRow(), share.toRow(), step, a, 0, Panels.columns(k),
        delta, column, Panels.columns(n), packedWeights, Panels.at(k, column), scratch);
  }

  /** The same gradient, stored in the order of the weights. */
  static void weightGradient(
      Dense layer, Share.Weights share, int batchRows, float[] a, float[] delta, float[] packedGradient, float[] scratch) {
    int k = layer.inputs();
    int n = layer.outputs();
    int column = share.fromColumn();
    products(n).gradientPacked(
        k, share.toColumn() - column, batchRows, share.fromRow(), share.toRow(), a, 0, Panels.columns(k),
        delta, column, Panels.columns(n), packedGradient, Panels.at(k, column), scratch);
  }

  /**
   * Elements {@code from} to {@code to} of a layer's bias gradient: the sum of δ over the rows of the batch. What pads the
   * rows of δ is zero, and so is its sum.
   */
  static void biasGradient(LayerWork w, int from, int to, int batchRows) {
    kernels().columnSums(batchRows, Panels.columns(w.layer.outputs()), from, to, w.delta, 0, w.biasGradient, 0);
  }
}
