package dev.lanewise.data;

import dev.lanewise.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A table while its rows are read from a CSV file. The numbers of some rows are gathered in a block first and then go to their
 * columns together: one by one, they would be written all over the memory.
 */
final class TableBuilder {

  /** The most numbers of the block, which should stay in a cache near the processor, and its most rows. */
  private static final int BLOCK = 1 << 15;

  private static final int BLOCK_ROWS = 64;

  private final Csv csv;
  private final CsvHeader header;
  private final Origin.Lines lines;

  /** For each column, how it is built: one of the two is null, or both, if it is skipped. */
  private final ColumnBuilder.Numbers[] numbers;

  private final ColumnBuilder.Texts[] texts;

  /** As {@link ColumnBuilder.Numbers#usualUpTo} says. */
  private final float usualUpTo;

  private final int blockRows;
  private final float[] block;

  /** How many rows there are, how many of them are not in the block, and for how many there is room. */
  private int rows;

  private int inColumns;
  private int capacity;

  /**
   * @param kept the columns that the table is to have; fields of others are skipped, whatever they hold
   * @param textColumns the columns that hold text; all others hold numbers
   * @param firstLine the line of the first row
   */
  TableBuilder(Csv csv, CsvHeader header, Set<String> kept, Set<String> textColumns, long firstLine) {
    this.csv = csv;
    this.header = header;
    this.lines = new Origin.Lines(firstLine);
    int columns = header.names().size();
    this.numbers = new ColumnBuilder.Numbers[columns];
    this.texts = new ColumnBuilder.Texts[columns];
    for (int j = 0; j < columns; j++) {
      String name = header.names().get(j);
      if (!kept.contains(name)) {
        continue;
      }
      if (textColumns.contains(name)) {
        texts[j] = new ColumnBuilder.Texts(csv, name);
      } else {
        numbers[j] = new ColumnBuilder.Numbers(csv, name, csv.declaredNumeric().contains(name));
      }
    }
    this.usualUpTo = ColumnBuilder.Numbers.usualUpTo(csv);
    this.blockRows = Math.clamp(BLOCK / columns, 1, BLOCK_ROWS);
    this.block = new float[blockRows * columns];
  }

  /** Adds a row; {@link #reserve} has made room for it. */
  void add(CsvRow row) {
    header.requireWhole(row);
    ColumnBuilder.Numbers[] columns = numbers; // as C2 keeps no field in a register over a call
    float[] values = block;
    float usual = usualUpTo;
    byte[] bytes = row.bytes;
    int[] ends = row.ends;
    int at = (rows - inColumns) * columns.length;
    int from = row.start;
    for (int j = 0; j < columns.length; j++) {
      int to = ends[j];
      if (columns[j] != null) {
        float value = Decimal.parse(bytes, from, to);
        values[at + j] = Math.abs(value) <= usual ? value : columns[j].unusual(new Field(row, j), value);
      } else if (texts[j] != null) {
        texts[j].set(rows, row, j, from, to);
      }
      from = to + 1;
    }
    lines.add(row.line);
    rows++;
    if (rows - inColumns == blockRows) {
      emptyBlock();
    }
  }

  private void emptyBlock() {
    for (int j = 0; j < numbers.length; j++) {
      if (numbers[j] != null) {
        numbers[j].set(inColumns, rows - inColumns, block, j, numbers.length);
      }
    }
    inColumns = rows;
  }

  int rows() {
    return rows;
  }

  boolean isFull() {
    return rows == capacity;
  }

  /** Makes room for so many rows, or as many as fit in an array. */
  void reserve(long wanted) {
    if (rows == Limits.LONGEST_ARRAY) {
      throw new DataException(csv.name() + ": there are more rows than fit in an array");
    }
    capacity = (int) Math.min(wanted, Limits.LONGEST_ARRAY);
    builders().forEach(builder -> builder.reserve(capacity));
  }

  private List<ColumnBuilder> builders() {
    List<ColumnBuilder> builders = new ArrayList<>();
    for (int j = 0; j < numbers.length; j++) {
      if (numbers[j] != null || texts[j] != null) {
        builders.add(numbers[j] != null ? numbers[j] : texts[j]);
      }
    }
    return builders;
  }

  /** The columns of numbers in which text was found. */
  List<ColumnBuilder.Numbers> mixed() {
    return Arrays.stream(numbers).filter(Objects::nonNull).filter(column -> column.text() != null).toList();
  }

  /**
   * Refuses the first infinite number of a column in which no text was found.
   *
   * @throws DataException if there is one
   */
  void requireFinite() {
    Arrays.stream(numbers)
        .filter(column -> column != null && column.infinite() != null && column.text() == null)
        .min(Comparator.comparingLong(ColumnBuilder.Numbers::infiniteLine))
        .ifPresent(column -> {
          throw column.infinite();
        });
  }

  /** Tells of the whole numbers that have become others, in one sentence, if somebody wants to know. */
  void reportRounding() {
    List<ColumnBuilder.Numbers> rounded = Arrays.stream(numbers)
        .filter(column -> column != null && column.rounded() != null)
        .sorted(Comparator.comparingLong(ColumnBuilder.Numbers::roundedLine))
        .toList();
    if (!rounded.isEmpty()) {
      List<String> others = rounded.stream().skip(1).map(ColumnBuilder.Numbers::name).toList();
      csv.roundingListener()
          .accept(rounded.getFirst().rounded() + (others.isEmpty() ? "" : " (as in " + Quoted.list(others) + ")"));
    }
  }

  /** The table of all rows; none can be added any more. */
  Table build() {
    emptyBlock();
    List<Column> columns = builders().stream().map(builder -> builder.build(rows)).toList();
    return Table.of(columns, Origin.of(csv.name(), lines));
  }
}
