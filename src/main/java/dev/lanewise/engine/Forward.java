package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;
import static dev.lanewise.kernel.KernelProvider.products;

import dev.lanewise.kernel.Extra;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Panels;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Normalization;

/** Forwards through the layers: z = a·W + b, a = f(z). Several threads may work on rows of their own. */
final class Forward {

  private Forward() {}

  /**
   * Computes z of every layer and a of every layer but the last for some rows, as predictions do: with the running moments of
   * batch normalisation, and without dropout.
   *
   * @param x the inputs; row i is at xAt + i · ldx
   * @param z of each layer, rows {@link Panels#columns} of its outputs apart, from index {@code at} on
   * @param a likewise
   * @param inverse where layer normalisation leaves its factors, one a row
   * @param scratch this thread's, as {@link Kernels#multiplyPacked} needs it
   */
  static void rows(
      LayerParameters[] layers, int rows, float[] x, int xAt, int ldx, float[][] z, float[][] a, int at, float[] inverse,
      float[] scratch) {
    float[] input = x;
    int inputAt = xAt;
    int lda = ldx;
    for (int l = 0; l < layers.length; l++) {
      int ld = Panels.columns(layers[l].layer.outputs());
      sums(layers[l], 0, rows, 0, layers[l].layer.outputs(), input, inputAt, lda, z[l], at, ld, scratch);
      if (layers[l].layer.isNormalized()) {
        normalize(layers[l], rows, z[l], at, inverse);
      }
      if (l < layers.length - 1) {
        activation(layers[l].layer, 0, rows, z[l], a[l], at, ld);
      }
      input = a[l];
      inputAt = at;
      lda = ld;
    }
  }

  /**
   * x·W + b, or x·W where a normalisation comes before the bias: rows {@code from} to {@code to}, and columns {@code fromColumn}, a
   * multiple of {@link Panels#WIDE}, to {@code toColumn}, another or the end.
   *
   * @param zAt where z of the first row of the batch begins
   * @param ld from one row of z to the next
   * @param scratch this thread's, as {@link Kernels#multiplyPacked} needs it
   */
  static void sums(
      LayerParameters p, int from, int to, int fromColumn, int toColumn, float[] input, int inputAt, int lda, float[] z,
      int zAt, int ld, float[] scratch) {
    int k = p.layer.inputs();
    float[] start = p.layer.isNormalized() ? null : p.bias;
    products(p.layer.outputs()).multiplyPacked(
        to - from, toColumn - fromColumn, k, input, inputAt + from * lda, lda, p.packed, Panels.at(k, fromColumn),
        start, fromColumn, 0, z, zAt + from * ld + fromColumn, ld, scratch);
  }

  private static void normalize(LayerParameters p, int rows, float[] z, int at, float[] inverse) {
    int n = p.layer.outputs();
    int ld = Panels.columns(n);
    if (p.layer.normalization() == Normalization.BATCH) {
      kernels(Extra.BATCH_NORMALIZATION)
          .normalizeColumns(rows, ld, p.mean, p.inverse, p.scale, p.bias, z, z, z, at);
    } else {
      kernels(Extra.LAYER_NORMALIZATION)
          .normalizeRows(rows, n, ld, Normalization.EPSILON, p.scale, p.bias, z, z, z, at, inverse, 0);
    }
  }

  /** a = f(z), of rows {@code ld} apart, of which the first begins at index {@code at}. */
  static void activation(Dense layer, int from, int to, float[] z, float[] a, int at, int ld) {
    layer.activation().apply(to - from, layer.outputs(), ld, z, a, at + from * ld);
  }
}
