package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Kernels;
import java.util.List;

/** Forwards through the layers: z = a·W + b, a = f(z). */
final class Forward {

  private Forward() {}

  /**
   * Computes z and a of every layer for rows {@code from} to {@code to}, which other threads may do for other rows.
   *
   * @param x the inputs; row i is at xAt + i · inputs
   * @param z z of each layer, rows × outputs
   * @param a a of each layer, rows × outputs
   * @param scratch at least {@link Kernels#TILE_SCRATCH} floats of this thread's
   */
  static void rows(
      List<Dense> layers, float[][] packedWeights, float[][] biases,
      int from, int to, float[] x, int xAt, float[][] z, float[][] a, float[] scratch) {
    float[] input = x;
    int inputAt = xAt;
    for (int l = 0; l < layers.size(); l++) {
      Dense layer = layers.get(l);
      int k = layer.inputs();
      int n = layer.outputs();
      products(n).multiplyPacked(
          to - from, n, k, input, inputAt + from * k, k, packedWeights[l], biases[l], 0, 0, z[l], from * n, n, scratch);
      layer.activation().apply(to - from, n, z[l], a[l], from * n);
      input = a[l];
      inputAt = 0;
    }
  }
}
