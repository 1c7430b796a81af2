package dev.lanewise;

import dev.lanewise.io.JsonObject;
import dev.lanewise.io.ModelHeader;
import dev.lanewise.text.Message;
import dev.lanewise.train.Epoch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** The epochs of a run as a checkpoint has them: a list of numbers for each column. */
final class RunHistory {

  private static final Map<String, ToDoubleFunction<Epoch>> COLUMNS = columns();

  /** The most that a header has of an epoch: a number of up to 24 characters, and a comma, for each column. */
  static final int EPOCH_BYTES = COLUMNS.size() * 25;

  private RunHistory() {}

  private static Map<String, ToDoubleFunction<Epoch>> columns() {
    Map<String, ToDoubleFunction<Epoch>> columns = new LinkedHashMap<>();
    columns.put("loss", Epoch::loss);
    columns.put("seconds", Epoch::seconds);
    columns.put("samples_per_second", Epoch::samplesPerSecond);
    columns.put("learning_rate", Epoch::learningRate);
    columns.put("validation_loss", Epoch::validationLoss);
    columns.put("validation_accuracy", Epoch::validationAccuracy);
    return columns;
  }

  /** The columns of these epochs. */
  static Map<String, Object> of(List<Epoch> epochs) {
    Map<String, Object> history = new LinkedHashMap<>();
    COLUMNS.forEach((name, column) -> history.put(name, JsonObject.list(epochs.stream().mapToDouble(column).toArray())));
    return history;
  }

  /** The epochs of columns of so many numbers each; refuses numbers that no epoch has. */
  static List<Epoch> read(ModelHeader header, int count, JsonObject history) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : COLUMNS.keySet()) {
      double[] values = history.numbers(name);
      if (values.length != count) {
        throw history.refuse(name, Message.of("a list of %d numbers", count));
      }
      columns.put(name, values);
    }
    require(header, columns, "loss", "finite", Double::isFinite);
    require(header, columns, "seconds", "finite and not negative", value -> value >= 0 && Double.isFinite(value));
    require(header, columns, "samples_per_second", "not negative", value -> value >= 0); // ∞ where a clock is coarse
    require(header, columns, "learning_rate", "finite and not negative", value -> value >= 0 && Double.isFinite(value));
    require(header, columns, "validation_accuracy", "from 0 to 1", value -> Double.isNaN(value) || (value >= 0 && value <= 1));
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      epochs.add(
          new Epoch(
              i + 1, columns.get("loss")[i], columns.get("seconds")[i], columns.get("samples_per_second")[i],
              columns.get("learning_rate")[i], columns.get("validation_loss")[i],
              columns.get("validation_accuracy")[i]));
    }
    return Collections.unmodifiableList(epochs);
  }

  private static void require(
      ModelHeader header, Map<String, double[]> columns, String name, String what, DoublePredicate condition) {
    for (double value : columns.get(name)) {
      if (!condition.test(value)) {
        throw header.refuse(Message.of("training.history.%s has a value of %s, but must be %s", name, value, what));
      }
    }
  }
}
