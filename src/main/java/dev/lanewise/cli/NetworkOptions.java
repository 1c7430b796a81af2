package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Require;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What the network of {@code train} is like. */
final class NetworkOptions {

  private static final String NONE = "none";

  private static final Pattern WITH_NUMBER = Pattern.compile("(leaky_relu|elu)\\((.*)\\)");

  private static final String ACTIVATIONS =
      "relu, leaky_relu, leaky_relu(0.2), elu, elu(0.5), gelu, gelu_tanh, silu, softplus, tanh, sigmoid or identity";

  @Option(
      names = "--hidden",
      paramLabel = "N[,N...]",
      defaultValue = "64",
      description = "the widths of the hidden layers, as 64,32 (64); none for a linear or logistic model")
  private List<String> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "of the hidden layers: " + ACTIVATIONS + " (relu)")
  private String activation;

  @Option(names = "--dropout", paramLabel = "X", defaultValue = "0", description = "the share that hidden layers drop (0)")
  private double dropout;

  @Option(names = "--normalization", paramLabel = "KIND", defaultValue = "none", description = "batch, layer or none (none)")
  private String normalization;

  /** Refuses, before rows are read, what makes no network of any rows. */
  void check() {
    widths();
    inside();
    try {
      Require.fraction("--dropout", dropout);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    normalized(Dense.of(1, 1, Activation.RELU));
  }

  /** The network, or a UsageException where no network is like that. */
  Network network(int inputs, int outputs, Activation output, long seed) {
    List<Integer> widths = widths();
    requireRoom(inputs, widths, outputs);
    try {
      return built(inputs, widths, outputs, output, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private List<Integer> widths() {
    List<String> texts = Lists.of("--hidden", hidden);
    if (!texts.equals(List.of(NONE))) {
      return texts.stream().map(NetworkOptions::width).toList();
    }
    if (dropout != 0) {
      throw new UsageException("--dropout is for hidden layers, and --hidden none makes none");
    }
    if (activation != null) {
      throw new UsageException("--activation is for hidden layers, and --hidden none makes none");
    }
    if (!normalization.equals(NONE)) {
      throw new UsageException("--normalization is for hidden layers, and --hidden none makes none");
    }
    return List.of();
  }

  private static int width(String text) {
    int width = WholeNumber.ofInt("--hidden", text);
    if (width <= 0) {
      throw new UsageException("--hidden must be positive, but is " + width);
    }
    return width;
  }

  /** Refuses a network whose parameters alone take more than the heap; training takes several times as much. */
  private static void requireRoom(int inputs, List<Integer> widths, int outputs) {
    double parameters = 0; // more than a long has room for, perhaps
    int before = inputs;
    for (int width : widths) {
      parameters += (before + 1.0) * width;
      before = width;
    }
    parameters += (before + 1.0) * outputs;
    if (parameters * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw new IllegalArgumentException(
          Message.of(
              "--hidden makes a network of %,.0f parameters, which take %,.0f MB, but the heap has %s: java -Xmx… gives more",
              parameters, parameters * Float.BYTES / (1 << 20), Main.heap()));
    }
  }

  private Network built(int inputs, List<Integer> widths, int outputs, Activation output, long seed) {
    NetworkBuilder builder = Network.input(inputs);
    Activation inside = inside();
    for (int width : widths) {
      builder.dense(width, inside, layer -> normalized(layer).dropout(dropout));
    }
    return builder.dense(outputs, output).seed(seed).build();
  }

  private Activation inside() {
    if (activation == null) {
      return Activation.RELU;
    }
    String name = activation.strip().toLowerCase(Locale.ROOT);
    Activation inside = Activation.named(name).or(() -> withNumber(name)).orElse(Activation.SOFTMAX);
    if (!inside.isElementwise()) { // softmax would have the units of a layer compete: it is for what they answer
      throw new UsageException("--activation of hidden layers is " + ACTIVATIONS + ", not " + activation);
    }
    return inside;
  }

  /** One whose number is refused, or written in another way than files have it. */
  private Optional<Activation> withNumber(String name) {
    Matcher matcher = WITH_NUMBER.matcher(name);
    if (!matcher.matches() || !NumberText.isNumber(matcher.group(2))) {
      return Optional.empty();
    }
    double number = Double.parseDouble(matcher.group(2));
    try {
      return Optional.of(matcher.group(1).equals("elu") ? Activation.elu(number) : Activation.leakyRelu(number));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--activation " + activation + ": " + e.getMessage());
    }
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
