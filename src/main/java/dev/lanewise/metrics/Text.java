package dev.lanewise.metrics;

/** Cells of tables in fixed-width type. */
final class Text {

  private Text() {}

  /** Appends a cell, with spaces before it where it is narrower than the column. */
  static void right(StringBuilder text, int width, String cell) {
    text.repeat(' ', Math.max(0, width - length(cell))).append(cell);
  }

  /** Characters as Python counts them. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
