package dev.lanewise.benchmarks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Tables, line by line. */
final class Markdown {

  /** What did not run, or failed. */
  static final String ABSENT = "–";

  private final StringBuilder out = new StringBuilder();

  /** The titles of a table: its first column holds words, the others numbers. */
  void head(String... titles) {
    cells(titles);
    String[] rules = new String[titles.length];
    Arrays.fill(rules, "--:");
    rules[0] = "--";
    cells(rules);
  }

  void cells(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  void line(String text) {
    out.append(text).append('\n');
  }

  static String fixed(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  static String fixed(OptionalDouble value, int decimals) {
    return value.isEmpty() ? ABSENT : fixed(value.getAsDouble(), decimals);
  }

  /** The per cent that a value is of another, or a dash. */
  static String share(double value, OptionalDouble whole) {
    return whole.isEmpty() ? ABSENT : fixed(100 * value / whole.getAsDouble(), 0);
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
