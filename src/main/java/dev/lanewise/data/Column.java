package dev.lanewise.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A named column of a {@link Table}: numbers or text, each of them there or missing. It never changes; what it is made of and
 * what it hands out are copies.
 */
public sealed interface Column {

  /** A column of numbers; NaN is a missing one. */
  static Numeric numeric(String name, float... values) {
    return new Numeric(name, values.clone());
  }

  /** A column of text; null is a missing one. */
  static Text text(String name, String... values) {
    Map<String, Integer> codes = new HashMap<>();
    List<String> categories = new ArrayList<>();
    int[] coded = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      coded[i] = values[i] == null ? -1 : codes.computeIfAbsent(values[i], value -> {
        categories.add(value);
        return categories.size() - 1;
      });
    }
    return new Text(name, coded, List.copyOf(categories));
  }

  /** The name. */
  String name();

  /** The number of rows. */
  int rows();

  /** Whether nothing is known for that row, counted from 0. */
  boolean isMissing(int row);

  /** A new column of the rows with those numbers, in their order; a row may be named more than once. */
  Column rows(int... rows);

  /** The same values under another name. */
  Column named(String name);

  /** How many rows are missing. */
  default int missing() {
    int missing = 0;
    for (int i = 0; i < rows(); i++) {
      missing += isMissing(i) ? 1 : 0;
    }
    return missing;
  }

  /** Numbers. */
  final class Numeric implements Column {
    private final String name;
    private final float[] values;
    private final int rows;

    /** Keeps the array. */
    Numeric(String name, float[] values) {
      this(name, values, values.length);
    }

    /** Keeps the array, of which the first values are the rows. */
    Numeric(String name, float[] values, int rows) {
      this.name = Objects.requireNonNull(name, "name");
      this.values = values;
      this.rows = rows;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public boolean isMissing(int row) {
      return Float.isNaN(get(row));
    }

    /** The number of a row, counted from 0; NaN if it is missing. */
    public float get(int row) {
      return values[Objects.checkIndex(row, rows)];
    }

    /** A copy of all numbers, NaN where one is missing. */
    public float[] values() {
      return Arrays.copyOf(values, rows);
    }

    @Override
    public Numeric rows(int... chosen) {
      float[] numbers = new float[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        numbers[i] = get(chosen[i]);
      }
      return new Numeric(name, numbers);
    }

    @Override
    public Numeric named(String other) {
      return new Numeric(other, values, rows);
    }

    /** Equal when the name is and each number has the same bits; every NaN equals every other. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Numeric that
          && name.equals(that.name)
          && Arrays.equals(values, 0, rows, that.values, 0, that.rows);
    }

    @Override
    public int hashCode() {
      int hash = name.hashCode();
      for (int i = 0; i < rows; i++) {
        hash = 31 * hash + Float.floatToIntBits(values[i]);
      }
      return hash;
    }

    @Override
    public String toString() {
      return "\"" + name + "\": " + rows + " numbers";
    }
  }

  /**
   * Text, each distinct value of it kept once: row i has the value {@code categories().get(code(i))}, and code −1 if it is
   * missing.
   */
  final class Text implements Column {
    private final String name;
    private final int[] codes;
    private final List<String> categories;

    /** Keeps the array. */
    Text(String name, int[] codes, List<String> categories) {
      this.name = Objects.requireNonNull(name, "name");
      this.codes = codes;
      this.categories = categories;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rows() {
      return codes.length;
    }

    @Override
    public boolean isMissing(int row) {
      return codes[row] < 0;
    }

    /** The text of a row, counted from 0; null if it is missing. */
    public String get(int row) {
      return codes[row] < 0 ? null : categories.get(codes[row]);
    }

    /** Which of the categories a row has, −1 if it is missing. */
    public int code(int row) {
      return codes[row];
    }

    /** The distinct values in the order in which the column that was read or made first has them; some may have no row. */
    public List<String> categories() {
      return categories;
    }

    @Override
    public Text rows(int... rows) {
      int[] chosen = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        chosen[i] = codes[rows[i]];
      }
      return new Text(name, chosen, categories);
    }

    @Override
    public Text named(String other) {
      return new Text(other, codes, categories);
    }

    /** Equal when the name, the categories and each row's are. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Text that
          && name.equals(that.name)
          && categories.equals(that.categories)
          && Arrays.equals(codes, that.codes);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(codes);
    }

    @Override
    public String toString() {
      return "\"" + name + "\": " + codes.length + " texts, " + categories.size() + " of them distinct";
    }
  }
}
