package dev.lanewise.cli;

import dev.lanewise.data.Column;
import dev.lanewise.data.Table;
import dev.lanewise.kernel.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What {@code train} says about the columns as it took them. One bad cell makes a column of numbers one of text, and training goes
 * on with a category for each number: somebody has to be told.
 */
final class TakenColumns {

  /** What a number is to {@link dev.lanewise.data.Csv}. */
  private static final Pattern NUMBER = Pattern.compile("[-+]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][-+]?+\\d++)?+");

  /** So many names of a kind are shown. */
  private static final int MOST_NAMES = 6;

  private static final int LONGEST = 40;

  private TakenColumns() {}

  /** A line about all columns to predict from, and one for each column of text that seems to be one of numbers. */
  static List<String> of(Table table, RowOptions options) {
    List<Column> inputs = table.columns().stream().filter(column -> !options.targets().contains(column.name())).toList();
    List<String> lines = new ArrayList<>();
    lines.add(summary(inputs));
    for (Column column : table.columns()) {
      if (column instanceof Column.Text text && !options.isDeclaredText(text.name())) {
        addDoubt(table, text, lines);
      }
    }
    return lines;
  }

  private static String summary(List<Column> inputs) {
    List<String> numbers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Column column : inputs) {
      if (column instanceof Column.Text text) {
        texts.add(quoted(text.name()) + ": " + counted(text.categories().size(), "category", "categories"));
      } else {
        numbers.add(quoted(column.name()));
      }
    }
    StringJoiner parts = new StringJoiner("; ");
    if (!numbers.isEmpty()) {
      parts.add(listed(numbers, ", ") + ": " + (numbers.size() == 1 ? "number" : "numbers"));
    }
    if (!texts.isEmpty()) {
      parts.add(listed(texts, "; "));
    }
    return counted(inputs.size(), "column", "columns") + ": " + parts;
  }

  /** Not too long, and without what would spoil a terminal. */
  private static String quoted(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return "\"" + shown.replaceAll("\\p{Cc}", "?") + "\"";
  }

  private static String listed(List<String> names, String separator) {
    String shown = String.join(separator, names.subList(0, Math.min(names.size(), MOST_NAMES)));
    return names.size() <= MOST_NAMES ? shown : shown + " and " + (names.size() - MOST_NAMES) + " more";
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /** Where most of the rows that have a value have a number. */
  private static void addDoubt(Table table, Column.Text column, List<String> lines) {
    Set<Integer> noNumbers = new HashSet<>();
    for (int code = 0; code < column.categories().size(); code++) {
      if (!NUMBER.matcher(column.categories().get(code).strip()).matches()) {
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
              table.where(first, column.name()), quoted(column.get(first)),
              counted(column.categories().size(), "category", "categories")));
    }
  }
}
