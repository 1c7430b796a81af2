package dev.lanewise.cli;

import java.util.ArrayList;
import java.util.List;

/** Values of an option that may have several, between commas: names of columns may hold commas themselves, as those of CSV do. */
final class Lists {

  /** What help calls the value of an option for columns. */
  static final String COLUMNS = "COLUMN[,COLUMN...]";

  private Lists() {}

  /**
   * The texts between the commas, spaces around them left out. One in quotation marks may have commas, and doubled quotation marks;
   * one of nothing is the empty text.
   *
   * @param values as the option was given, each time; null where it was not
   * @throws UsageException if a quotation mark is not closed, or text follows the closing one
   */
  static List<String> of(String option, List<String> values) {
    List<String> all = new ArrayList<>();
    for (String value : values == null ? List.<String>of() : values) {
      for (int at = 0; at <= value.length(); at++) { // past the comma
        int start = afterSpaces(value, at);
        if (start < value.length() && value.charAt(start) == '"') {
          at = quoted(option, value, start, all);
        } else {
          int comma = value.indexOf(',', start);
          at = comma < 0 ? value.length() : comma;
          all.add(value.substring(start, at).strip());
        }
      }
    }
    return all;
  }

  private static int afterSpaces(String value, int from) {
    int at = from;
    while (at < value.length() && value.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Adds the text in quotation marks from there on, and returns where the comma after it is, or the end. */
  private static int quoted(String option, String value, int from, List<String> all) {
    StringBuilder text = new StringBuilder();
    int at = from + 1;
    while (true) {
      int mark = value.indexOf('"', at);
      if (mark < 0) {
        throw new UsageException(option + " has a quotation mark that is not closed: " + value);
      }
      text.append(value, at, mark);
      at = mark + 1;
      if (at == value.length() || value.charAt(at) != '"') {
        break;
      }
      text.append('"');
      at++;
    }
    int end = afterSpaces(value, at);
    if (end < value.length() && value.charAt(end) != ',') {
      throw new UsageException(option + " has text after a closing quotation mark: " + value);
    }
    all.add(text.toString());
    return end;
  }
}
