package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A number that is imputed and then scaled: one input, or one target.
 *
 * @param column the name of the column
 * @param missing what takes the place of a missing value; null if none may be missing
 * @param scaling how a value is scaled
 */
record NumberFeature(String column, Double missing, Scaling scaling) implements Feature {

  /**
   * Fits the column of that name.
   *
   * @param imputation what to do about missing values; null to refuse them
   */
  static NumberFeature fit(Table table, String column, Imputation imputation, Scaler scaler) {
    Column.Numeric numeric = table.numeric(column);
    for (int row = 0; row < numeric.rows(); row++) {
      if (Float.isInfinite(numeric.get(row))) {
        throw new DataException(Message.of("%s: %s is no finite number", table.where(row, column), numeric.get(row)));
      }
    }
    Double missing = null;
    if (imputation != null && numeric.missing() < numeric.rows()) {
      missing = imputation.ofNumbers(IntStream.range(0, table.rows())
          .filter(row -> !numeric.isMissing(row))
          .mapToDouble(numeric::get)
          .toArray());
    }
    NumberFeature unscaled = new NumberFeature(column, missing, Scaling.IDENTITY);
    double[] values = new double[table.rows()];
    for (int i = 0; i < values.length; i++) {
      int row = i;
      values[row] = unscaled.imputed(numeric.get(row), () -> table.where(row, column));
    }
    return new NumberFeature(column, missing, scaler.fit(values));
  }

  /**
   * Refuses rows without a number to predict, which no imputation fills in.
   *
   * @throws DataException naming the first
   */
  static void requireTargets(Table table, String column) {
    Column.Numeric numeric = table.numeric(column);
    for (int row = 0; row < numeric.rows(); row++) {
      if (numeric.isMissing(row)) {
        throw new DataException(table.where(row, column) + ": the number to predict is missing");
      }
    }
  }

  @Override
  public List<String> names() {
    return List.of(column);
  }

  @Override
  public long charactersOfNames() {
    return column.length();
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public Filler filler(Table table) {
    Column.Numeric numeric = table.numeric(column);
    return (from, to, x, at) -> {
      for (int i = from; i < to; i++) {
        int row = i;
        x.set(row, at, scaled(numeric.get(row), () -> table.where(row, column)));
      }
    };
  }

  @Override
  public void fill(String raw, float[] x, int at) {
    String where = "column " + Quoted.of(column);
    float value = RawText.number(raw, where);
    if (Float.isInfinite(value)) {
      throw new DataException(Message.of("%s: %s is infinite as a float", where, Quoted.of(raw)));
    }
    x[at] = scaled(value, () -> where);
  }

  private float scaled(float value, Supplier<String> where) {
    float scaled = (float) scaling.apply(imputed(value, where));
    if (!Float.isFinite(scaled)) {
      throw new DataException(Message.of("%s: %s is no finite number once it is scaled", where.get(), value));
    }
    return scaled;
  }

  private double imputed(float value, Supplier<String> where) {
    if (!Float.isNaN(value)) {
      return value;
    }
    if (missing == null) {
      throw Feature.missing(where.get(), "imputeNumbers(…)");
    }
    return missing;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "number");
    map.put("column", column);
    if (missing != null) {
      map.put("missing", missing);
    }
    map.put("center", scaling.center());
    map.put("scale", scaling.scale());
    return map;
  }

  static NumberFeature read(Fields fields) {
    fields.allow("kind", "column", "missing", "center", "scale");
    double scale = fields.number("scale");
    if (scale <= 0) {
      throw fields.refuse("scale", "a positive number");
    }
    return new NumberFeature(
        fields.text("column"),
        fields.has("missing") ? (Double) fields.number("missing") : null,
        new Scaling(fields.number("center"), scale));
  }
}
