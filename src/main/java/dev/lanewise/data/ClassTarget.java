package dev.lanewise.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The class of a row, to be predicted.
 *
 * @param column the name of the column that holds it
 * @param numbers whether that held numbers when it was fitted, rather than text
 * @param names the classes of the training rows, in order
 */
record ClassTarget(String column, boolean numbers, List<String> names) {

  /**
   * Fits the column of that name.
   *
   * @throws DataException if a row has no class, or a number is too large to name one
   */
  static ClassTarget fit(Table table, String column) {
    List<String> names = Categories.present(Categories.of(table, column));
    ClassTarget target = new ClassTarget(column, table.column(column) instanceof Column.Numeric, names);
    target.labels(table);
    return target;
  }

  /**
   * The class of each row as an index of the names.
   *
   * @throws DataException if a row has none, or one that no training row had, or a number where those had text
   */
  int[] labels(Table table) {
    if (!numbers) {
      Categories.requireText(table, column);
    }
    return new LabelColumn(table, column).labels(names, numbers);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", column);
    map.put("values", Categories.kind(numbers));
    map.put("names", names);
    return map;
  }

  static ClassTarget read(Fields fields) {
    fields.allow("column", "values", "names");
    return new ClassTarget(fields.text("column"), Categories.areNumbers(fields), fields.names("names"));
  }
}
