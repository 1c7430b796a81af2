package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a CSV file.
 *
 * @param file what messages call the file
 * @param line where it has the names
 * @param names the name of each column, those that are ignored included; of the others, only such as are never asked for may be alike
 * @param indices the index of each name that is not ignored, in the order of the file: all columns of a model are looked up, which
 *     may be tens of thousands
 * @param repeated the index of the second column of a name, where there is one
 */
record CsvHeader(String file, long line, List<String> names, Map<String, Integer> indices, Map<String, Integer> repeated) {

  /** Columns of those names. */
  CsvHeader(String file, List<String> names) {
    this(file, 1, names, Set.of());
  }

  private CsvHeader(String file, long line, List<String> names, Set<String> ignored) {
    this(file, line, names, LinkedHashMap.newLinkedHashMap(names.size()), new HashMap<>());
    for (int j = 0; j < names.size(); j++) {
      String name = names.get(j);
      if (!ignored.contains(name) && indices.putIfAbsent(name, j) != null) {
        repeated.putIfAbsent(name, j);
      }
    }
  }

  /**
   * Reads the header, where there is one, and makes sure that a row follows.
   *
   * @throws DataException also if a column that is to be ignored is not there
   */
  static CsvHeader read(Csv csv, CsvRows rows) throws IOException {
    if (!rows.next()) {
      String missing = csv.hasHeader() ? "header" : "row";
      throw new DataException(
          Message.of("%s: the file %s", csv.name(), rows.isEmpty() ? "is empty" : "has no " + missing + ": all its lines are blank"));
    }
    long line = rows.row().line;
    List<String> names = csv.hasHeader() ? written(csv.name(), rows.row()) : given(csv, rows.row());
    if (csv.hasHeader() && !rows.next()) {
      throw new DataException(csv.name() + ": the file has a header, but no row");
    }
    rows.unread();
    Set<String> there = new HashSet<>(names);
    for (String ignored : csv.ignoredColumns()) {
      if (!there.contains(ignored)) {
        throw Names.noColumn(csv.name(), ignored, names);
      }
    }
    return new CsvHeader(csv.name(), line, names, csv.ignoredColumns());
  }

  private static List<String> written(String file, CsvRow row) {
    List<String> names = new ArrayList<>();
    for (int j = 0; j < row.fields; j++) {
      names.add(new Field(row, j).text(file, Integer.toString(j + 1)).strip());
    }
    return List.copyOf(names);
  }

  private static List<String> given(Csv csv, CsvRow row) {
    List<String> names = new ArrayList<>(csv.names());
    for (int j = 0; csv.names().isEmpty() && j < row.fields; j++) {
      names.add(Integer.toString(j));
    }
    return List.copyOf(names);
  }

  /**
   * The index of the column of that name.
   *
   * @throws DataException if there is none, it is ignored, or there is more than one
   */
  int index(String name) {
    Integer index = indices.get(name);
    if (index == null && names.contains(name)) {
      throw new DataException(Message.of("%s: column %s is to be ignored, ignoreColumns(…), and cannot be used", file, Quoted.of(name)));
    }
    if (index == null) {
      throw Names.noColumn(file, name, List.copyOf(indices.keySet()));
    }
    if (repeated.containsKey(name)) {
      throw sameName(name, "");
    }
    return index;
  }

  /**
   * Refuses two columns of the same name, where all that are not ignored are to be read.
   *
   * @throws DataException naming the first that has the name of one before
   */
  void requireDistinctNames() {
    repeated.keySet().stream().min(Comparator.comparing(repeated::get)).ifPresent(name -> {
      throw sameName(name, ": ignoreColumns(…) leaves both out");
    });
  }

  private DataException sameName(String name, String remedy) {
    return new DataException(
        Message.of(
            "%s: columns %d and %d have the same name %s%s", Origin.where(file, line), indices.get(name) + 1, repeated.get(name) + 1,
            Quoted.of(name), remedy));
  }

  /** The columns that hold text where nothing is guessed: all but those that are declared to hold numbers, and not text as well. */
  Set<String> undeclared(Csv csv) {
    Set<String> texts = new HashSet<>(names);
    texts.removeAll(csv.declaredNumeric());
    texts.addAll(csv.declaredText());
    return texts;
  }

  /** Refuses a row with more or fewer fields than there are columns. */
  void requireWhole(CsvRow row) {
    if (row.fields != names.size()) {
      throw new DataException(
          Message.of(
              "%s: the row has %d %s, but there %s%s",
              Origin.where(file, row.line), row.fields, row.fields == 1 ? "field" : "fields",
              names.size() == 1 ? "is 1 column" : "are " + names.size() + " columns", Names.delimiterHint(names)));
    }
  }
}
