package dev.lanewise.engine;

import static dev.lanewise.kernel.KernelProvider.kernels;

import dev.lanewise.nn.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The parameters of all layers at one moment. Once {@link ParameterStore} has published them they do not change until nobody
 * reads them any more.
 */
public final class Parameters {

  private final LayerParameters[] layers;
  final AtomicInteger readers = new AtomicInteger();

  /** Weights and biases of zero. */
  Parameters(List<Dense> layers) {
    this.layers = new LayerParameters[layers.size()];
    Arrays.setAll(this.layers, l -> new LayerParameters(layers.get(l)));
  }

  /** As the kernels read them. */
  LayerParameters[] layers() {
    return layers;
  }

  /** A copy of one array of layer l, row-major, {@link ParameterKind#rows} × outputs. */
  public float[] get(int l, ParameterKind kind) {
    Dense layer = layers[l].layer;
    if (kind != ParameterKind.WEIGHT) {
      return Arrays.copyOf(layers[l].vector(kind), layer.outputs());
    }
    float[] weights = new float[Math.multiplyExact(layer.inputs(), layer.outputs())];
    kernels().unpack(
        layer.inputs(), layer.outputs(), 0, layer.inputs(), layers[l].packed, weights, 0, layer.outputs());
    return weights;
  }

  /** Replaces one array of layer l by the values of a row-major one. */
  void set(int l, ParameterKind kind, float[] values) {
    LayerParameters p = layers[l];
    Dense layer = p.layer;
    if (kind == ParameterKind.WEIGHT) {
      kernels().pack(layer.inputs(), layer.outputs(), 0, layer.inputs(), values, 0, layer.outputs(), p.packed);
    } else {
      System.arraycopy(values, 0, p.vector(kind), 0, layer.outputs());
      p.refresh();
    }
  }

  /** Takes over the values of other parameters of the same shapes. */
  void copyFrom(LayerParameters[] from) {
    for (int l = 0; l < layers.length; l++) {
      layers[l].copyFrom(from[l]);
    }
  }
}
