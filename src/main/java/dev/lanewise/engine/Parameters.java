package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The weights and biases of all layers at one moment, row-major. Once {@link ParameterStore} has published them they do
 * not change until nobody reads them any more.
 */
public final class Parameters {

  private final List<Dense> layers;
  private final float[][] weights;
  private final float[][] biases;
  private final float[][] packed;
  private volatile boolean isPacked;
  final AtomicInteger readers = new AtomicInteger();

  /** Zeros. */
  Parameters(List<Dense> layers) {
    this.layers = layers;
    weights = new float[layers.size()][];
    biases = new float[layers.size()][];
    packed = new float[layers.size()][];
    for (int l = 0; l < weights.length; l++) {
      Dense layer = layers.get(l);
      weights[l] = new float[Math.multiplyExact(layer.inputs(), layer.outputs())];
      biases[l] = new float[layer.outputs()];
    }
  }

  /** W of layer l, inputs × outputs. */
  public float[] weights(int l) {
    return weights[l];
  }

  /** b of layer l. */
  public float[] bias(int l) {
    return biases[l];
  }

  /** The weights of each layer as the kernels pack them; packed when they are first asked for. */
  float[][] packed() {
    if (!isPacked) {
      pack();
    }
    return packed;
  }

  private synchronized void pack() {
    if (isPacked) {
      return;
    }
    for (int l = 0; l < packed.length; l++) {
      int k = layers.get(l).inputs();
      int n = layers.get(l).outputs();
      if (packed[l] == null) {
        packed[l] = new float[kernels().packedLength(k, n)];
      }
      kernels().pack(k, n, 0, k, weights[l], 0, n, packed[l]);
    }
    isPacked = true;
  }

  float[][] biases() {
    return biases;
  }

  /** Takes over the values of other arrays of the same shapes. */
  void copyFrom(float[][] newWeights, float[][] newBiases) {
    for (int l = 0; l < weights.length; l++) {
      System.arraycopy(newWeights[l], 0, weights[l], 0, weights[l].length);
      System.arraycopy(newBiases[l], 0, biases[l], 0, biases[l].length);
    }
    isPacked = false;
  }

  float[][] weights() {
    return weights;
  }
}
