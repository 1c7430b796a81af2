package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.Arrays;

/** A column while its rows are read from a file. */
sealed interface ColumnBuilder {

  /** Makes room for so many rows. */
  void reserve(int rows);

  /** The column of so many rows; nothing can be added any more. */
  Column build(int rows);

  /** Numbers. */
  final class Numbers implements ColumnBuilder {
    private final Csv file;
    private final String name;
    private final boolean declared;
    private float[] values = {};

    /** An array is kept as it is when at most this part of it is unused. */
    private static final int MOST_SLACK = 16;

    private DataException text;

    private DataException infinite;
    private long infiniteLine;

    private String rounded;
    private long roundedLine;

    /**
     * @param declared whether the caller said that the column is numeric
     */
    Numbers(Csv file, String name, boolean declared) {
      this.file = file;
      this.name = name;
      this.declared = declared;
    }

    @Override
    public void reserve(int rows) {
      values = Arrays.copyOf(values, rows);
    }

    /** Sets rows to values that are so far apart. */
    void set(int row, int count, float[] from, int at, int apart) {
      for (int i = 0; i < count; i++) {
        values[row + i] = from[at + i * apart];
      }
    }

    /**
     * Numbers up to this are what they seem: no missing ones and, if somebody wants to know, those of the file if they are whole. To
     * look at each of the others takes time.
     */
    static float usualUpTo(Csv file) {
      if (file.missingValues().hasNumbers()) {
        return -1;
      }
      return file.roundingListener() == null ? Float.MAX_VALUE : Math.nextDown(Categories.SHARED);
    }

    /**
     * The value of a field that is no number as it stands, or not a usual one.
     *
     * @param parsed the number that it is as it stands, or NaN
     */
    float unusual(Field field, float parsed) {
      boolean mayBeMissing = Float.isNaN(parsed) || file.missingValues().hasNumbers();
      if (mayBeMissing && field.isMissing(file)) {
        return Float.NaN;
      }
      float value = Float.isNaN(parsed) ? field.number() : parsed;
      if (Float.isFinite(value)) {
        noteRounding(field, value);
        return value;
      }
      boolean isInfinite = !Float.isNaN(value) || field.isInfinite();
      if (declared) {
        throw refused(field, isInfinite);
      }
      if (isInfinite && infinite == null) {
        infinite = refused(field, true);
        infiniteLine = field.row().line;
      } else if (!isInfinite && text == null) {
        text = refused(field, false);
      }
      return Float.NaN;
    }

    private void noteRounding(Field field, float value) {
      if (rounded == null && file.roundingListener() != null && Categories.isTooLarge(value) && field.isWholeAndNot(value)) {
        rounded = Message.of(
            "%s: %s is read as %.0f, since floats cannot tell all whole numbers from 2^24 on apart",
            Origin.where(file.name(), field.row().line, name), field.shown().strip(), value);
        roundedLine = field.row().line;
      }
    }

    /** What is to be said of the first whole number that has become another; null if none has. */
    String rounded() {
      return rounded;
    }

    /** The line of that number. */
    long roundedLine() {
      return roundedLine;
    }

    private DataException refused(Field field, boolean isInfinite) {
      return isInfinite
          ? field.infinite(file, name)
          : field.refuse(file.name(), name, "%s is not a number", Quoted.of(field.shown()));
    }

    String name() {
      return name;
    }

    /** What is wrong with the first text that was found among the numbers; null if there is none. */
    DataException text() {
      return text;
    }

    /**
     * What is wrong with the first infinite number; null if there is none. In a column of text, as one of codes such as
     * {@code 12e4567} is, nothing is: so this is known only when all rows have been read.
     */
    DataException infinite() {
      return infinite;
    }

    /** The line of that number. */
    long infiniteLine() {
      return infiniteLine;
    }

    @Override
    public Column build(int rows) {
      boolean isTight = values.length - rows <= values.length / MOST_SLACK;
      Column column = new Column.Numeric(name, isTight ? values : Arrays.copyOf(values, rows), rows);
      values = null; // so that it can go before the next column is built
      return column;
    }
  }

  /** Text. */
  final class Texts implements ColumnBuilder {
    private final Csv file;
    private final String name;
    private final Dictionary dictionary = new Dictionary();
    private int[] codes = {};

    Texts(Csv file, String name) {
      this.file = file;
      this.name = name;
    }

    @Override
    public void reserve(int rows) {
      codes = Arrays.copyOf(codes, rows);
    }

    /** Sets a row to the field of that index, which is bytes {@code from} to {@code to} of the file's row. */
    void set(int at, CsvRow row, int index, int from, int to) {
      int code = dictionary.code(row.bytes, from, to);
      codes[at] = code >= 0 ? code : unknown(new Field(row, index));
    }

    private int unknown(Field field) {
      if (field.isMissing(file)) {
        return -1;
      }
      field.text(file.name(), name); // or refuse it
      return dictionary.add(field, file.name(), name);
    }

    @Override
    public Column build(int rows) {
      Column column =
          new Column.Text(name, codes.length == rows ? codes : Arrays.copyOf(codes, rows), dictionary.texts());
      codes = null;
      return column;
    }
  }
}
