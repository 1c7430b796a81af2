package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.kernel.Message;
import dev.lanewise.kernel.Require;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the network of {@code train} is like. */
final class NetworkOptions {

  private static final String ACTIVATIONS =
      "relu, leaky_relu, leaky_relu(0.2), elu, elu(0.5), gelu, gelu_tanh, silu, softplus, tanh, sigmoid or identity";

  @Option(
      names = "--hidden",
      paramLabel = "N",
      split = " *, *",
      splitSynopsisLabel = ",",
      defaultValue = "64",
      description = "the widths of the hidden layers, as 64,32 (64)")
  private List<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      description = "of the hidden layers: " + ACTIVATIONS + " (relu)")
  private String activation;

  @Option(names = "--dropout", paramLabel = "X", defaultValue = "0", description = "the share that hidden layers drop (0)")
  private double dropout;

  @Option(names = "--normalization", paramLabel = "KIND", defaultValue = "none", description = "batch, layer or none (none)")
  private String normalization;

  /** The network, or a UsageException where no network is like that. */
  Network network(int inputs, int outputs, Activation output, long seed) {
    requireRoom(inputs, outputs);
    try {
      return built(inputs, outputs, output, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Refuses a network whose parameters alone take more than the heap; training takes several times as much. */
  private void requireRoom(int inputs, int outputs) {
    double parameters = 0; // more than a long has room for, perhaps
    int before = inputs;
    for (int width : hidden) {
      parameters += (before + 1.0) * width;
      before = width;
    }
    parameters += (before + 1.0) * outputs;
    if (parameters * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw new IllegalArgumentException(
          Message.of(
              "--hidden makes a network of %,.0f parameters, which take %,.0f MB, but the heap has %s: java -Xmx… gives more",
              parameters, parameters * Float.BYTES / (1 << 20), Commands.heap()));
    }
  }

  private Network built(int inputs, int outputs, Activation output, long seed) {
    NetworkBuilder builder = Network.input(inputs);
    Activation inside = inside();
    Require.fraction("--dropout", dropout);
    for (int width : hidden) {
      builder.dense(Require.positive("--hidden", width), inside, layer -> normalized(layer).dropout(dropout));
    }
    return builder.dense(outputs, output).seed(seed).build();
  }

  private Activation inside() {
    Activation inside = Activation.named(activation.strip().toLowerCase(Locale.ROOT)).orElse(Activation.SOFTMAX);
    if (!inside.isElementwise()) { // softmax would have the units of a layer compete: it is for what they answer
      throw new UsageException("--activation of hidden layers is " + ACTIVATIONS + ", not " + activation);
    }
    return inside;
  }

  private Dense normalized(Dense layer) {
    return switch (normalization) {
      case "none" -> layer;
      case "batch" -> layer.batchNorm();
      case "layer" -> layer.layerNorm();
      default -> throw new UsageException("--normalization is batch, layer or none, not " + normalization);
    };
  }
}
