package dev.lanewise.cli;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Loss;
import dev.lanewise.text.Require;
import dev.lanewise.train.Fit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The options of {@code digits}.
 *
 * @param seed of the network and of the fit
 * @param output the last activation
 * @param fit how to train
 */
record DigitsOptions(long seed, Activation output, Fit fit) {

  static final String HELP =
      """
      usage: digits [--epochs N] [--seed N] [--rule published|exact] [--loss NAME] [--lr X] [--batch N] [--threads N]

        --epochs N     how many times to go over the rows (100)
        --seed N       of the initial weights and of the order of the rows (1)
        --rule RULE    published: the rule of the post "vanilla neural nets", with mean squared error (the default)
                       exact: descent along the exact gradient of --loss
        --loss NAME    cross_entropy (the default of --rule exact), mse or binary_cross_entropy;
                       cross_entropy ends the network in softmax, the others in sigmoid
        --lr X         the learning rate (0.001 for published, 0.01 for exact)
        --batch N      rows in a batch (15)
        --threads N    threads to train on (1); any number gives the same bits
      """;

  private static final List<String> NAMES =
      List.of("--epochs", "--seed", "--rule", "--loss", "--lr", "--batch", "--threads");

  /** Reads options; throws UsageException with one sentence for what it does not understand. */
  static DigitsOptions parse(List<String> args) {
    Map<String, String> given = pairs(args);
    long seed = number(given, "--seed", 1);
    String rule = given.getOrDefault("--rule", "published");
    boolean published = rule.equals("published");
    if (!published && !rule.equals("exact")) {
      throw new UsageException("--rule is published or exact, not " + rule);
    }
    Loss loss = loss(given.getOrDefault("--loss", published ? "mse" : "cross_entropy"));
    if (published && !loss.equals(Loss.MSE)) {
      throw new UsageException("--rule published has mean squared error; --loss " + loss + " needs --rule exact");
    }
    try {
      Fit fit = published ? Fit.published() : Fit.with(loss);
      fit = fit.seed(seed)
          .epochs(count(given, "--epochs", 100))
          .batchSize(count(given, "--batch", 15))
          .threads(count(given, "--threads", 1));
      if (given.containsKey("--lr")) {
        fit = fit.learningRate(positive("--lr", given.get("--lr")));
      }
      return new DigitsOptions(seed, loss.equals(Loss.CROSS_ENTROPY) ? Activation.SOFTMAX : Activation.SIGMOID, fit);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static Map<String, String> pairs(List<String> args) {
    Map<String, String> given = new HashMap<>();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!NAMES.contains(name)) {
        throw new UsageException("unknown option " + name + " (digits --help lists the options)");
      }
      if (equals < 0 && !rest.hasNext()) {
        throw new UsageException(name + " needs a value");
      }
      if (given.put(name, equals < 0 ? rest.next() : argument.substring(equals + 1)) != null) {
        throw new UsageException(name + " is given twice");
      }
    }
    return given;
  }

  private static Loss loss(String name) {
    for (Loss loss : List.of(Loss.MSE, Loss.CROSS_ENTROPY, Loss.BINARY_CROSS_ENTROPY)) {
      if (loss.name().equals(name)) {
        return loss;
      }
    }
    throw new UsageException("--loss is cross_entropy, mse or binary_cross_entropy, not " + name);
  }

  private static int count(Map<String, String> given, String name, int otherwise) {
    String text = given.get(name);
    int value = text == null ? otherwise : WholeNumber.ofInt(name, text);
    if (value <= 0) {
      throw new UsageException(name + " is a positive whole number, not " + value);
    }
    return value;
  }

  private static long number(Map<String, String> given, String name, long otherwise) {
    String text = given.get(name);
    return text == null ? otherwise : WholeNumber.ofLong(name, text);
  }

  private static double positive(String name, String text) {
    return Require.positive(name, DecimalNumber.of(name, text));
  }
}
