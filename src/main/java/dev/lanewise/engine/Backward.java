package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;
import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Kernels;
import java.util.List;

/** Backwards through the layers: δ of each layer from the one after it, then a step along the gradient that δ gives. */
final class Backward {

  private Backward() {}

  /**
   * Computes δ of every layer but the last, whose δ is given, for rows {@code from} to {@code to}:
   * δ = (δ of the next layer · its Wᵀ) ∘ f′(z).
   *
   * @param packedTransposed Wᵀ of each layer, packed; that of the first is not used
   * @param scratch at least {@link Kernels#TILE_SCRATCH} floats of this thread's
   */
  static void rows(
      List<Dense> layers, float[][] packedTransposed,
      int from, int to, float[][] z, float[][] a, float[][] delta, float[] scratch) {
    for (int l = layers.size() - 1; l > 0; l--) {
      int k = layers.get(l).outputs();
      int n = layers.get(l).inputs();
      products(n).multiplyPacked(
          to - from, n, k, delta[l], from * k, k, packedTransposed[l], null, 0, 0, delta[l - 1], from * n, n, scratch);
      layers.get(l - 1).activation().backward(to - from, n, z[l - 1], a[l - 1], delta[l - 1], from * n);
    }
  }

  /**
   * One step of descent on rows {@code from} to {@code to} of a layer's weights, out of as many as it has inputs. The
   * gradient is aᵀ·δ summed over the rows of the batch, for a the input of the layer; it is nowhere stored.
   */
  static void descend(
      Dense layer, int from, int to, float step, int batchRows, float[] a, float[] delta, float[] packedWeights,
      float[] scratch) {
    int k = layer.inputs();
    int n = layer.outputs();
    products(n).descendPacked(k, n, batchRows, from, to, step, a, 0, k, delta, 0, n, packedWeights, scratch);
  }

  /** Elements {@code from} to {@code to} of a layer's bias gradient: the sum of δ over the rows of the batch. */
  static void biasGradient(Dense layer, int from, int to, int batchRows, float[] delta, float[] gradient) {
    kernels().columnSums(batchRows, layer.outputs(), from, to, delta, 0, gradient, 0);
  }
}
