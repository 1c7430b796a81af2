package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a CSV file.
 *
 * @param file what messages call the file
 * @param names the name of each column; they differ
 * @param indices the index of each name: all columns of a model are looked up, which may be tens of thousands
 */
record CsvHeader(String file, List<String> names, Map<String, Integer> indices) {

  /** Columns of those names. */
  CsvHeader(String file, List<String> names) {
    this(file, names, indices(names));
  }

  private static Map<String, Integer> indices(List<String> names) {
    Map<String, Integer> indices = HashMap.newHashMap(names.size());
    for (int j = 0; j < names.size(); j++) {
      indices.put(names.get(j), j);
    }
    return indices;
  }

  /** Reads the header, where there is one, and makes sure that a row follows. */
  static CsvHeader read(Csv csv, CsvRows rows) throws IOException {
    if (!rows.next()) {
      throw new DataException(csv.name() + ": the file is empty");
    }
    List<String> names = csv.hasHeader() ? written(csv.name(), rows.row()) : given(csv, rows.row());
    if (csv.hasHeader() && !rows.next()) {
      throw new DataException(csv.name() + ": the file has a header, but no row");
    }
    rows.unread();
    return new CsvHeader(csv.name(), names);
  }

  private static List<String> written(String file, CsvRow row) {
    List<String> names = new ArrayList<>();
    Map<String, Integer> columns = new HashMap<>();
    for (int j = 0; j < row.fields; j++) {
      String name = new Field(row, j).text(file, Integer.toString(j + 1)).strip();
      Integer before = columns.putIfAbsent(name, j);
      if (before != null) {
        throw new DataException(
            Message.of(
                "%s: columns %d and %d have the same name %s",
                Origin.where(file, row.line), before + 1, j + 1, Quoted.of(name)));
      }
      names.add(name);
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

  /** The index of the column of that name. */
  int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw Names.noColumn(file, name, names);
    }
    return index;
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
