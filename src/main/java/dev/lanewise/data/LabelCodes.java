package dev.lanewise.data;

import dev.lanewise.text.NumberText;
import dev.lanewise.text.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The class of each row of a CSV file, by the text in its column of labels. Each distinct text is looked at once. */
final class LabelCodes {

  private final Csv csv;
  private final CsvHeader header;
  private final int column;
  private final List<String> classNames;
  private final Map<String, Integer> classes;

  /** Whether the classes are numbers, of which one may be written in several ways, and not text. */
  private final boolean numbers;

  private final Dictionary texts = new Dictionary();
  private int[] classOfText = new int[8];

  /** Labels in the column of that index, each of them one of those names. */
  LabelCodes(Csv csv, CsvHeader header, int column, List<String> classNames) {
    this.numbers = areNumbers(csv, header.names().get(column), classNames);
    this.csv = csv;
    this.header = header;
    this.column = column;
    this.classNames = classNames;
    this.classes = Categories.indices(classNames, numbers);
  }

  /**
   * What a label says.
   *
   * @throws DataException if it is missing, is not UTF-8, or is no number although the column is declared to hold numbers
   */
  static String text(Csv csv, Field field, String column) {
    if (field.isMissing(csv)) {
      throw field.refuse(csv.name(), column, LabelColumn.MISSING);
    }
    if (csv.declaredNumeric().contains(column) && !csv.declaredText().contains(column)) {
      float _ = field.required(csv, column);
    }
    return field.text(csv.name(), column);
  }

  /** Whether labels are numbers: if all of them look so and the column is not declared text. */
  static boolean areNumbers(Csv csv, String column, List<String> labels) {
    return !csv.declaredText().contains(column) && labels.stream().allMatch(NumberText::isNumber);
  }

  /**
   * The classes that the distinct texts of a column name, in order: numbers ascending if all are numbers and not declared text,
   * else text in the order of its characters.
   */
  static List<String> namesOf(Csv csv, String column, List<String> texts) {
    if (!areNumbers(csv, column, texts)) {
      return texts.stream().sorted().toList();
    }
    TreeSet<Float> values = new TreeSet<>();
    texts.forEach(text -> values.add(Float.parseFloat(text.strip()) + 0f)); // the negative zero is none of its own
    return values.stream().map(Categories::name).toList();
  }

  /**
   * The class of a row.
   *
   * @throws DataException if the label is missing or none of the names
   */
  int of(CsvRow row) {
    int text = texts.code(row.bytes, row.from(column), row.ends[column]);
    return text >= 0 ? classOfText[text] : ofNew(new Field(row, column));
  }

  private int ofNew(Field field) {
    String name = header.names().get(column);
    String text = text(csv, field, name);
    Integer found = classes.get(text);
    if (found == null && numbers) {
      found = classes.get(Categories.nameOf(text));
    }
    if (found == null) {
      throw field.refuse(
          csv.name(), name, "%s is not one of the %d classes %s", Quoted.of(text), classNames.size(), Quoted.list(classNames));
    }
    int code = texts.add(field, csv.name(), name);
    if (code >= classOfText.length) {
      classOfText = Arrays.copyOf(classOfText, 2 * classOfText.length);
    }
    classOfText[code] = found;
    return found;
  }
}
