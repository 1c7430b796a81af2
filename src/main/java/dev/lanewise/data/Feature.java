package dev.lanewise.data;

import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
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

  /** How long all {@link #names} are together. */
  long charactersOfNames();

  /**
   * What fills in the inputs of a table's rows.
   *
   * @throws DataException if the table's column is none of this feature
   */
  Filler filler(Table table);

  /** The inputs of some rows of a table. */
  @FunctionalInterface
  interface Filler {
    /**
     * Fills those of rows {@code from} to {@code to}, from column {@code at} of x on, which is zero there.
     *
     * @throws DataException at the first value that is refused
     */
    void fill(int from, int to, Matrix x, int at);
  }

  /** Fills x with what the features of a table are side by side, rows × the sum of their widths. */
  static void fill(List<? extends Feature> features, Table table, Matrix x) {
    List<Filler> fillers = features.stream().map(feature -> feature.filler(table)).toList();
    RowBlocks.forEach(table.rows(), (from, to) -> {
      int at = 0;
      for (int f = 0; f < fillers.size(); f++) {
        fillers.get(f).fill(from, to, x, at);
        at += features.get(f).width();
      }
    });
  }

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
