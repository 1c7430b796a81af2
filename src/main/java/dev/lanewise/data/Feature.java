package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import dev.lanewise.nn.Matrix;
import java.util.List;
import java.util.Map;

/** One column of raw rows, and the inputs of a network that are made of it. */
sealed interface Feature permits NumberFeature, CategoryFeature {

  /** The name of the column. */
  String column();

  /** The name of each input made of it. */
  List<String> names();

  /** The number of inputs made of it. */
  int width();

  /** Fills the inputs of all rows of a table, from column {@code at} of x on, which is zero there. */
  void fill(Table table, Matrix x, int at);

  /** Fills the inputs of one raw row, from {@code at} on, where x is zero. */
  void fill(String raw, float[] x, int at);

  /** What {@link #read} reads. */
  Map<String, Object> toMap();

  static Feature read(Fields fields) {
    return switch (fields.oneOf("kind", "number", "category")) {
      case "number" -> NumberFeature.read(fields);
      default -> CategoryFeature.read(fields);
    };
  }

  /**
   * What to throw for a value that is missing and has no replacement.
   *
   * @param remedy the method that would have given one
   */
  static DataException missing(String where, String remedy) {
    return new DataException(
        Message.of("%s: the value is missing, and the preprocessing imputes none: %s fills it in", where, remedy));
  }
}
