package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/** Names of columns: what is said where one is not there, and those of what has none. */
final class Names {

  /** What files have between fields, and what messages call it; a header with a comma was read with another one. */
  private static final Map<Character, String> DELIMITERS = delimiters();

  private Names() {}

  private static Map<Character, String> delimiters() {
    Map<Character, String> delimiters = new LinkedHashMap<>();
    delimiters.put(';', ";");
    delimiters.put('\t', "tab");
    delimiters.put('|', "|");
    delimiters.put(',', "comma");
    return delimiters;
  }

  /**
   * What to throw where a column is not there; with a hint where the columns that are look like one header with other delimiters.
   *
   * @param file what messages call the rows
   * @param name of the column that is wanted
   */
  static DataException noColumn(String file, String name, List<String> columns) {
    return new DataException(
        Message.of(
            "%s has no column %s: its columns are %s%s", file, Quoted.of(name), Quoted.list(columns), delimiterHint(columns)));
  }

  /** What to add to a sentence where the only column looks like a header with other delimiters, else nothing. */
  static String delimiterHint(List<String> columns) {
    if (columns.size() == 1) {
      for (char c : DELIMITERS.keySet()) {
        if (columns.getFirst().indexOf(c) >= 0) {
          String written = c == '\t' ? "\\t" : String.valueOf(c);
          return Message.of(
              "; if fields end at each %s, say delimiter('%s'), on the command line --delimiter %s",
              DELIMITERS.get(c), written, c == '\t' ? "tab" : "'" + c + "'");
        }
      }
    }
    return "";
  }

  /** {@code "x0"}, {@code "x1"} and so on, each made when it is asked for: there may be millions. */
  static List<String> numbered(String prefix, int count) {
    return new Numbered(prefix, count);
  }

  private static final class Numbered extends AbstractList<String> implements RandomAccess {
    private final String prefix;
    private final int count;

    Numbered(String prefix, int count) {
      this.prefix = prefix;
      this.count = count;
    }

    @Override
    public String get(int index) {
      return prefix + Objects.checkIndex(index, count);
    }

    @Override
    public int size() {
      return count;
    }
  }
}
