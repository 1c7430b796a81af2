package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.kernel.Panels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The weights, packed, and the biases of all layers at one moment. Once {@link ParameterStore} has published them they do
 * not change until nobody reads them any more.
 */
public final class Parameters {

  private final List<Dense> layers;
  private final float[][] packed;
  private final float[][] biases;
  final AtomicInteger readers = new AtomicInteger();

  /** Zeros. */
  Parameters(List<Dense> layers) {
    this.layers = layers;
    packed = new float[layers.size()][];
    biases = new float[layers.size()][];
    for (int l = 0; l < packed.length; l++) {
      Dense layer = layers.get(l);
      packed[l] = new float[kernels().packedLength(layer.inputs(), layer.outputs())];
      biases[l] = new float[Panels.columns(layer.outputs())];
    }
  }

  /** A copy of W of layer l, row-major, inputs × outputs. */
  public float[] weights(int l) {
    int k = layers.get(l).inputs();
    int n = layers.get(l).outputs();
    float[] weights = new float[Math.multiplyExact(k, n)];
    kernels().unpack(k, n, 0, k, packed[l], weights, 0, n);
    return weights;
  }

  /** A copy of b of layer l. */
  public float[] bias(int l) {
    return Arrays.copyOf(biases[l], layers.get(l).outputs());
  }

  /** W of each layer as the kernels read it. */
  float[][] packed() {
    return packed;
  }

  /** b of each layer, with as many zeros behind it as the panels of its weights have. */
  float[][] biases() {
    return biases;
  }

  /** Packs W of layer l from a row-major array. */
  void setWeights(int l, float[] weights) {
    int k = layers.get(l).inputs();
    int n = layers.get(l).outputs();
    kernels().pack(k, n, 0, k, weights, 0, n, packed[l]);
  }

  /** Takes over the values of other arrays of the same shapes. */
  void copyFrom(float[][] newPacked, float[][] newBiases) {
    for (int l = 0; l < packed.length; l++) {
      System.arraycopy(newPacked[l], 0, packed[l], 0, packed[l].length);
      System.arraycopy(newBiases[l], 0, biases[l], 0, biases[l].length);
    }
  }
}
