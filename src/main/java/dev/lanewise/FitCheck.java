package dev.lanewise;

import dev.lanewise.nn.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Loss;
import dev.lanewise.nn.Normalization;
import dev.lanewise.text.Message;
import dev.lanewise.train.Fit;
import dev.lanewise.train.Source;
import dev.lanewise.train.Validation;
import java.util.List;

/** Whether a network, rows and a fit go together: what is asked before anything changes. */
final class FitCheck {

  private FitCheck() {}

  /**
   * Refuses what does not.
   *
   * @param trained how many epochs the network has been trained
   * @param epochs how many the fit is to have at most
   * @throws IllegalArgumentException in one sentence that says why
   * @throws dev.lanewise.io.ModelFileException if a checkpoint could not be written
   */
  static void require(Network network, List<Dense> layers, long trained, Source source, int epochs, Fit fit) {
    network.requireColumns("x", source.inputs(), network.inputs());
    network.requireColumns("y", source.outputs(), network.outputs());
    fit.check();
    validation(network, fit);
    if (fit.classWeights().isPresent()) {
      var _ = fit.classWeights().get().forRows(source);
    }
    fit.loss().checkOutput(layers.getLast().activation());
    classTargets(fit.loss());
    length(trained, epochs);
    if (source.rows() == 0) {
      throw new IllegalArgumentException("there are no rows to train on");
    }
    if (source.rows() < -1) {
      throw new IllegalArgumentException(
          Message.of("the source says that it has %d rows: where it does not know, it must say -1", source.rows()));
    }
    long batchRows = source.rows() < 0 ? fit.batchSize() : Math.min(fit.batchSize(), source.rows());
    requireLearning(layers, batchRows);
    if (fit.isPublished()) {
      published(layers, source.rows(), fit);
    }
    if (fit.checkpoint().isPresent()) {
      RunFile.requireWritable(network.file(), fit.checkpoint().get().file(), layers, epochs, fit);
    }
    source.check(fit.loss());
    if (fit.validation().isPresent()) {
      fit.validation().get().check(network.outputs(), fit.loss());
    }
  }

  /** Whether a fit may end before all of its epochs. */
  static boolean mayEndSooner(Fit fit) {
    return fit.earlyStopping().isPresent() || fit.condition().isPresent() || fit.timeLimit().isPresent();
  }

  private static void validation(Network network, Fit fit) {
    if (fit.validationSplit() > 0) {
      throw new IllegalArgumentException(
          "a validation split keeps back rows of a matrix: with a source, give the rows to validate on");
    }
    if (fit.validation().isPresent()) {
      Validation validation = fit.validation().get();
      network.requireColumns("the validation's x", validation.x().cols(), network.inputs());
      network.requireColumns("the validation's y", validation.targetColumns(network.outputs()), network.outputs());
    }
  }

  /** Refuses a loss of one's own by which nobody could tell classes, nor save what was trained on it. */
  private static void classTargets(Loss loss) {
    float of = loss.targetOf(true);
    float notOf = loss.targetOf(false);
    if (!(of > notOf) || !Float.isFinite(of) || !Float.isFinite(notOf) || !Float.isFinite(loss.threshold())) {
      throw new IllegalArgumentException(
          Message.of(
              "the targets of %s are %s for a row that is of a class and %s for one that is not: both and their sum must be finite, and "
                  + "the first larger",
              loss, of, notOf));
    }
  }

  /** Refuses more epochs than a file has room for the number of. */
  private static void length(long trained, int epochs) {
    if (trained > NetworkFile.MOST_EPOCHS - epochs) {
      throw new IllegalArgumentException(
          Message.of(
              "the network has been trained for %d epochs, and with %d more no file could hold it: %d are the most",
              trained, epochs, NetworkFile.MOST_EPOCHS));
    }
  }

  /** Refuses layers whose output is the same for all rows. */
  private static void requireLearning(List<Dense> layers, long batchRows) {
    Dense last = layers.getLast();
    if (last.outputs() == 1 && last.activation().equals(Activation.SOFTMAX)) {
      throw new IllegalArgumentException("softmax of one output is always 1 and cannot learn: use sigmoid");
    }
    for (Dense layer : layers) {
      if (batchRows == 1 && layer.normalization() == Normalization.BATCH) {
        throw new IllegalArgumentException(
            "batch normalisation learns nothing from batches of one row, whose variance is 0: it needs two rows and more");
      }
      if (layer.outputs() == 1 && layer.normalization() == Normalization.LAYER) {
        throw new IllegalArgumentException(
            "layer normalisation of one output, whose variance is 0, is the same for all rows and cannot learn: it needs two outputs and "
                + "more");
      }
    }
  }

  private static void published(List<Dense> layers, long rows, Fit fit) {
    for (Dense layer : layers) {
      if (layer.isNormalized() || layer.dropout() > 0) {
        throw new IllegalArgumentException(
            "the post's rule knows neither normalisation nor dropout, which the network has: use Fit.with(loss)");
      }
    }
    Activation output = layers.getLast().activation();
    if (!output.isElementwise()) {
      throw new IllegalArgumentException(
          Message.of("the post's rule needs an element-wise prime at the output, which %s does not have: use Fit.with(loss)", output));
    }
    if (rows > 0 && fit.batchSize() > rows) {
      throw new IllegalArgumentException(
          Message.of(
              "a batch of %d is larger than the %d rows, and the post's rule leaves a short batch out: it would train nothing",
              fit.batchSize(), rows));
    }
  }
}
