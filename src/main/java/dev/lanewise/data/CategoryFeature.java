package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A category that is imputed and then one-hot: one input for each, 1 for that of the row and 0 for all others. */
final class CategoryFeature implements Feature {

  /** What would have filled a missing category in, as {@link Feature#missing} says it. */
  private static final String REMEDY = "imputeText(…)";

  private final String column;
  private final List<String> categories;
  private final Map<String, Integer> indices;
  private final boolean numbers;
  private final String missing;
  private final boolean ignoreUnknown;

  /**
   * What was fitted.
   *
   * @param numbers whether the categories are numbers, of which one may be written in several ways, and not text
   * @param missing what takes the place of a missing value; null if none may be missing
   * @param ignoreUnknown whether all inputs are 0 for a category that no training row has, which is refused otherwise
   */
  private CategoryFeature(String column, List<String> categories, boolean numbers, String missing, boolean ignoreUnknown) {
    this.column = column;
    this.numbers = numbers;
    this.categories = List.copyOf(categories);
    this.indices = Categories.indices(categories);
    this.missing = missing;
    this.ignoreUnknown = ignoreUnknown;
  }

  /**
   * Fits a column, at least one row of which has a value.
   *
   * @param imputation what to do about missing values; null to refuse them
   * @throws DataException if a value is missing that is not imputed, or a number is too large to name a category
   */
  static CategoryFeature fit(Table table, Column column, Imputation imputation, boolean ignoreUnknown) {
    Column.Text text = Categories.of(table, column.name());
    boolean numbers = column instanceof Column.Numeric;
    String missing = imputation == null ? null : imputation.ofText(text);
    if (missing != null && numbers) {
      missing = Categories.nameOf(missing);
    }
    List<String> categories = new ArrayList<>(Categories.present(text));
    if (column.missing() > 0) {
      if (missing == null) {
        int row = IntStream.range(0, column.rows()).filter(column::isMissing).findFirst().getAsInt();
        throw Feature.missing(table.where(row, column.name()), REMEDY);
      }
      if (!categories.contains(missing)) {
        categories.add(place(missing, categories, numbers), missing);
      }
    }
    return new CategoryFeature(column.name(), categories, numbers, missing, ignoreUnknown);
  }

  /** Where a category goes among others in order: numbers ascend, and what is none of them comes last. */
  private static int place(String category, List<String> categories, boolean numbers) {
    if (!numbers) {
      return -1 - Collections.binarySearch(categories, category);
    }
    if (!NumberText.isNumber(category)) {
      return categories.size();
    }
    float number = Float.parseFloat(category);
    return (int) categories.stream().filter(each -> Float.parseFloat(each) < number).count();
  }

  @Override
  public String column() {
    return column;
  }

  @Override
  public List<String> names() {
    return categories.stream().map(category -> column + "=" + category).toList();
  }

  @Override
  public long charactersOfNames() {
    return (column.length() + 1L) * categories.size() + categories.stream().mapToLong(String::length).sum();
  }

  @Override
  public int width() {
    return categories.size();
  }

  @Override
  public Filler filler(Table table) {
    // Where categories are numbers, one that is too large for a name is a category that no training row has, and may be ignored.
    if (!numbers) {
      Categories.requireText(table, column);
    }
    Column.Text text = switch (table.column(column)) {
      case Column.Text texts -> texts;
      case Column.Numeric values -> numbers ? Categories.named(values) : Categories.of(table, column);
    };
    return (from, to, x, at) -> {
      for (int i = from; i < to; i++) {
        int row = i;
        int category = index(text.get(row), () -> table.where(row, column));
        if (category >= 0) {
          x.set(row, at + category, 1);
        }
      }
    };
  }

  @Override
  public void fill(String raw, float[] x, int at) {
    // A text that stands for a missing value elsewhere may be a category of the training rows.
    boolean absent = RawText.isMissing(raw) && !indices.containsKey(raw);
    int category = index(absent ? null : raw, () -> "column " + Quoted.of(column));
    if (category >= 0) {
      x[at + category] = 1;
    }
  }

  /** The place of a category, −1 if it is one to ignore. */
  private int index(String value, Supplier<String> where) {
    String category = value == null ? missing : value;
    if (category == null) {
      throw Feature.missing(where.get(), REMEDY);
    }
    Integer index = indices.get(category);
    if (index == null && numbers) {
      index = indices.get(Categories.nameOf(category));
    }
    if (index != null) {
      return index;
    }
    if (ignoreUnknown) {
      return -1;
    }
    String what = Quoted.of(category);
    if (value == null) { // the row has no such text
      what = Message.of("the value is missing, and %s, which takes its place,", what);
    }
    throw new DataException(
        Message.of(
            "%s: %s is none of the categories of the training rows, %s", where.get(), what, Quoted.list(categories)));
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "category");
    map.put("column", column);
    map.put("values", Categories.kind(numbers));
    map.put("categories", categories);
    if (missing != null) {
      map.put("missing", missing);
    }
    map.put("unknown", ignoreUnknown ? "ignore" : "error");
    return map;
  }

  static CategoryFeature read(Fields fields) {
    fields.allow("kind", "column", "values", "categories", "missing", "unknown");
    return new CategoryFeature(
        fields.text("column"),
        fields.names("categories"),
        Categories.areNumbers(fields),
        fields.has("missing") ? fields.text("missing") : null,
        fields.oneOf("unknown", "error", "ignore").equals("ignore"));
  }
}
