package dev.lanewise.cli;

import dev.lanewise.data.Column;
import dev.lanewise.data.Preprocessor;
import dev.lanewise.data.Table;
import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What {@code train} says about the columns as it took them. One bad cell makes a column of numbers one of text, and training goes
 * on with a category for each number: somebody has to be told.
 */
final class TakenColumns {

  private TakenColumns() {}

  /** A line about all columns, and one for each column of text that seems to be one of numbers. */
  static List<String> of(Table table, RowOptions options, Preprocessor raw) {
    List<String> lines = new ArrayList<>();
    lines.add(summary(table, raw));
    for (Column column : table.columns()) {
      if (column instanceof Column.Text text && !options.isDeclaredText(text.name())) {
        addDoubt(table, text, lines);
      }
    }
    return lines;
  }

  private static String summary(Table table, Preprocessor raw) {
    List<String> numbers = new ArrayList<>();
    List<Column.Text> texts = new ArrayList<>();
    for (String name : raw.columns()) {
      if (table.column(name) instanceof Column.Text text) {
        texts.add(text);
      } else {
        numbers.add(name);
      }
    }
    StringJoiner parts = new StringJoiner("; ");
    if (!numbers.isEmpty()) {
      parts.add(numbers(numbers));
    }
    if (!texts.isEmpty()) {
      parts.add(
          Quoted.list(texts, text -> Quoted.of(text.name()) + ": " + counted(text.categories().size(), "category", "categories"), "; "));
    }
    List<String> targets = raw.targetColumns();
    parts.add(
        "predicts " + (raw.isClassification()
            ? Quoted.list(targets) + ": " + counted(raw.classNames().size(), "class", "classes")
            : numbers(targets)));
    return counted(raw.columns().size(), "column", "columns") + ": " + parts;
  }

  private static String numbers(List<String> names) {
    return Quoted.list(names) + ": " + (names.size() == 1 ? "number" : "numbers");
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /** Where most of the rows that have a value have a number. */
  private static void addDoubt(Table table, Column.Text column, List<String> lines) {
    Set<Integer> noNumbers = new HashSet<>();
    for (int code = 0; code < column.categories().size(); code++) {
      if (!NumberText.isNumber(column.categories().get(code))) {
        noNumbers.add(code);
      }
    }
    int first = -1;
    int texts = 0;
    int numbers = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (column.isMissing(row)) {
        continue;
      }
      if (noNumbers.contains(column.code(row))) {
        first = first < 0 ? row : first;
        texts++;
      } else {
        numbers++;
      }
    }
    if (texts > 0 && texts < numbers) {
      lines.add(
          Message.of(
              "%s has %s among numbers, so the column is text with %s (--numeric refuses that, --text says that it is meant)",
              Quoted.plain(table.where(first, column.name())), Quoted.of(column.get(first)),
              counted(column.categories().size(), "category", "categories")));
    }
  }
}
