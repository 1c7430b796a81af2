package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Panels;
import java.util.List;

/** Forwards through the layers: z = a·W + b, a = f(z). */
final class Forward {

  private Forward() {}

  /**
   * Computes z of every layer and a of every layer but the last for rows {@code from} to {@code to}, which other threads
   * may do for other rows. Rows of z and a are {@link Panels#columns} of their columns apart.
   *
   * @param x the inputs; row i is at xAt + i · ldx
   * @param z z of each layer
   * @param a a of each layer
   */
  static void rows(
      List<Dense> layers, float[][] packedWeights, float[][] biases,
      int from, int to, float[] x, int xAt, int ldx, float[][] z, float[][] a) {
    float[] input = x;
    int inputAt = xAt;
    int lda = ldx;
    for (int l = 0; l < layers.size(); l++) {
      int k = layers.get(l).inputs();
      int n = layers.get(l).outputs();
      int ld = Panels.columns(n);
      products(n).multiplyPacked(
          to - from, n, k, input, inputAt + from * lda, lda, packedWeights[l], biases[l], 0, 0, z[l], from * ld, ld);
      if (l < layers.size() - 1) {
        activation(layers, l, from, to, z, a);
      }
      input = a[l];
      inputAt = 0;
      lda = ld;
    }
  }

  /** Computes a of the last layer. */
  static void output(List<Dense> layers, int from, int to, float[][] z, float[][] a) {
    activation(layers, layers.size() - 1, from, to, z, a);
  }

  private static void activation(List<Dense> layers, int l, int from, int to, float[][] z, float[][] a) {
    int n = layers.get(l).outputs();
    int ld = Panels.columns(n);
    layers.get(l).activation().apply(to - from, n, ld, z[l], a[l], from * ld);
  }
}
