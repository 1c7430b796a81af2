package dev.lanewise.engine;

import dev.lanewise.kernel.LineArrays;
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
  long epochs;
  LastLoss loss = LastLoss.INITIAL;

  /** Weights and biases of zero. */
  Parameters(List<Dense> layers) {
    this.layers = new LayerParameters[layers.size()];
    for (int l = 0; l < this.layers.length; l++) { // without a stream, whose classes take a short program milliseconds
      this.layers[l] = new LayerParameters(layers.get(l));
    }
  }

  /** The same, to be read often. */
  Parameters(List<Dense> layers, LineArrays arrays) {
    this(layers.stream().map(layer -> new LayerParameters(layer, arrays)).toArray(LayerParameters[]::new));
  }

  private Parameters(LayerParameters[] layers) {
    this.layers = layers;
  }

  /** A copy that is read often. */
  Parameters copy(LineArrays arrays) {
    Parameters copy = new Parameters(Arrays.stream(layers).map(layer -> layer.copy(arrays)).toArray(LayerParameters[]::new));
    copy.epochs = epochs;
    copy.loss = loss;
    return copy;
  }

  /**
   * The same parameters for reading often: copies of the layers that this makes faster, the others themselves; this set if
   * there are none.
   */
  Parameters onLines(LineArrays arrays) {
    LayerParameters[] moved = Arrays.stream(layers).map(layer -> layer.onLines(arrays)).toArray(LayerParameters[]::new);
    if (Arrays.equals(moved, layers)) { // the very same
      return this;
    }
    Parameters faster = new Parameters(moved);
    faster.epochs = epochs;
    faster.loss = loss;
    return faster;
  }

  /** As the kernels read them. */
  LayerParameters[] layers() {
    return layers;
  }

  /** How many epochs have been trained into these. */
  public long epochs() {
    return epochs;
  }

  /** The loss that they were trained on last. */
  public LastLoss loss() {
    return loss;
  }

  /** A copy of one array of layer l, row-major, {@link ParameterKind#rows} × outputs. */
  public float[] get(int l, ParameterKind kind) {
    return layers[l].get(kind);
  }

  /** Replaces one array of layer l by the values of a row-major one. */
  void set(int l, ParameterKind kind, float[] values) {
    layers[l].set(kind, values);
  }

  /** Takes over the values of other parameters of the same shapes. */
  void copyFrom(LayerParameters[] from) {
    for (int l = 0; l < layers.length; l++) {
      layers[l].copyFrom(from[l]);
    }
  }
}
