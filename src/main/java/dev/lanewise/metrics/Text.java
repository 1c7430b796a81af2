package dev.lanewise.metrics;

import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.List;

/** Cells of tables in fixed-width type. */
final class Text {

  private Text() {}

  /** Appends a cell, with spaces before it where it is narrower than the column. */
  static void right(StringBuilder text, int width, String cell) {
    text.repeat(' ', Math.max(0, width - length(cell))).append(cell);
  }

  /** Names as a terminal may show them, since those of classes come from files: without control characters. */
  static List<String> shown(List<String> names) {
    List<String> shown = new ArrayList<>();
    for (String name : names) {
      shown.add(Quoted.plain(name));
    }
    return shown;
  }

  /** Characters as Python counts them. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
