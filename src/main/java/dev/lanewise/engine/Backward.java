package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;
import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import java.util.List;

/** Backwards through the layers: δ of each layer from the one after it, then a step along the gradient that δ gives. */
final class Backward {

  private Backward() {}

  /**
   * Computes δ of every layer but the last, whose δ is given, for rows {@code from} to {@code to}:
   * δ = (δ of the next layer · its Wᵀ) ∘ f′(z).
   *
   * @param scratch as many floats of this thread's as {@link Kernels#scratchLength} says
   */
  static void rows(
      List<Dense> layers, float[][] packedWeights,
      int from, int to, float[][] z, float[][] a, float[][] delta, float[] scratch) {
    for (int l = layers.size() - 1; l > 0; l--) {
      int k = layers.get(l).outputs();
      int n = layers.get(l).inputs();
      int ldk = Panels.columns(k);
      int ldn = Panels.columns(n);
      products(n).multiplyPackedTransposed(
          to - from, n, k, delta[l], from * ldk, ldk, packedWeights[l], delta[l - 1], from * ldn, ldn, scratch);
      layers.get(l - 1).activation().backward(to - from, n, ldn, z[l - 1], a[l - 1], delta[l - 1], from * ldn);
    }
  }

  /**
   * One step of descent on rows {@code from} to {@code to} of a layer's weights, out of as many as it has inputs. The
   * gradient is aᵀ·δ summed over the rows of the batch, for a the input of the layer; it is nowhere stored.
   *
   * @param scratch as many floats of this thread's as {@link Kernels#scratchLength} says
   */
  static void descend(
      Dense layer, int from, int to, float step, int batchRows, float[] a, float[] delta, float[] packedWeights,
      float[] scratch) {
    int k = layer.inputs();
    int n = layer.outputs();
    products(n).descendPacked(
        k, n, batchRows, from, to, step, a, 0, Panels.columns(k), delta, 0, Panels.columns(n), packedWeights, scratch);
  }

  /**
   * Elements {@code from} to {@code to} of a layer's bias gradient: the sum of δ over the rows of the batch. What pads the
   * rows of δ is zero, and so is its sum.
   */
  static void biasGradient(Dense layer, int from, int to, int batchRows, float[] delta, float[] gradient) {
    kernels().columnSums(batchRows, Panels.columns(layer.outputs()), from, to, delta, 0, gradient, 0);
  }
}
