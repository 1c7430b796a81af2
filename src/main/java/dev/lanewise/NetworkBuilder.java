package dev.lanewise;

import dev.lanewise.engine.LastLoss;
import dev.lanewise.engine.ParameterKind;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A network as it comes to be, layer by layer; {@link Network#input} begins one. Each call changes this builder and returns it: two
 * networks that begin alike need two.
 */
public final class NetworkBuilder {

  private final List<Dense> layers = new ArrayList<>();
  private int width;
  private long seed;

  NetworkBuilder(int inputs) {
    width = requirePositive(0, inputs);
  }

  private static int requirePositive(int index, int dimension) {
    if (dimension <= 0) {
      throw new IllegalArgumentException(
          Message.of("dimensions must be positive, but dimension %d is %d", index, dimension));
    }
    return dimension;
  }

  /**
   * Adds a dense layer.
   *
   * @throws IllegalArgumentException if outputs is not positive, or there is a softmax before this layer
   */
  public NetworkBuilder dense(int outputs, Activation activation) {
    return dense(outputs, activation, UnaryOperator.identity());
  }

  /**
   * Adds a dense layer with more to it than an activation: {@code dense(256, RELU, l -> l.batchNorm().dropout(.2))}.
   *
   * @param options what to change of the plain layer
   * @throws IllegalArgumentException if outputs is not positive, there is a softmax before this layer, or the options change
   *     its shape or activation
   */
  public NetworkBuilder dense(int outputs, Activation activation, UnaryOperator<Dense> options) {
    Objects.requireNonNull(activation, "activation");
    requireNoSoftmax(layers);
    Dense plain = Dense.of(width, requirePositive(layers.size() + 1, outputs), activation);
    Dense layer = options.apply(plain);
    if (layer.inputs() != width || layer.outputs() != outputs || !layer.activation().equals(activation)) {
      throw new IllegalArgumentException(
          Message.of("layer %d is %s, but its options make %s of it", layers.size(), plain, layer));
    }
    layers.add(layer);
    width = outputs;
    return this;
  }

  private float[] weights(int l) {
    Dense layer = layers.get(l);
    return layer.initializer().weights(seed, l, layer.inputs(), layer.outputs());
  }

  /** What the initial weights depend on; 0 unless set. */
  public NetworkBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * The network.
   *
   * @throws IllegalArgumentException if it has no layer, the last one drops outputs, or the weights of one fit in no array
   */
  public Network build() {
    check(layers);
    return new Network(layers, 0, LastLoss.INITIAL, (l, kind) -> kind == ParameterKind.WEIGHT ? weights(l) : null);
  }

  /**
   * Refuses layers that make no network, wherever they come from.
   *
   * @throws IllegalArgumentException in one sentence that says why
   */
  static void check(List<Dense> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one layer");
    }
    for (int l = 0; l < layers.size(); l++) {
      requireNoSoftmax(layers.subList(0, l));
      requireArray(l, layers.get(l));
    }
    if (layers.getLast().dropout() > 0) {
      throw new IllegalArgumentException("the last layer has dropout: it would drop the network's own outputs");
    }
  }

  /** To be asked before another layer follows. */
  private static void requireNoSoftmax(List<Dense> before) {
    if (!before.isEmpty() && before.getLast().activation().equals(Activation.SOFTMAX)) {
      throw new IllegalArgumentException(
          Message.of("softmax is legal as the last activation only, but layer %d is not the last", before.size() - 1));
    }
  }

  /** Packed weights are padded to a multiple of 16 columns, and lie in one array; so is what is made of their transpose. */
  private static void requireArray(int l, Dense layer) {
    if ((layer.inputs() + 15L) * (layer.outputs() + 15L) > Matrix.MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          Message.of("layer %d has %d x %d weights, more than fit in an array", l, layer.inputs(), layer.outputs()));
    }
  }
}
