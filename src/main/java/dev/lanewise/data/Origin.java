package dev.lanewise.data;

import dev.lanewise.text.Message;
import dev.lanewise.text.Quoted;
import java.util.Arrays;

/**
 * Where the rows of a table come from, for messages: the name of a file and the line at which each row begins, counted
 * from 1 as an editor shows it; or no file at all, and rows counted from 0.
 */
final class Origin {

  /** Of a table that was read from no file. */
  static final Origin MEMORY = new Origin("", new Lines(0), null);

  private final String file;
  private final Lines lines;

  /** The rows in the file of the table's rows, or null where they are the same. */
  private final int[] selected;

  private Origin(String file, Lines lines, int[] selected) {
    this.file = file;
    this.lines = lines;
    this.selected = selected;
  }

  /** Rows of a file, on those lines. */
  static Origin of(String file, Lines lines) {
    return new Origin(file, lines, null);
  }

  /** The lines at which rows begin. Most follow the row before; the others are remembered. */
  static final class Lines {
    private final long first;
    private int rows;
    private int gaps;

    /** The rows that do not begin on the line after the row before, and how many lines they and those before skip. */
    private int[] gapRows = {};

    private long[] skipped = {};

    /** No rows yet, the first of which is expected on that line. */
    Lines(long first) {
      this.first = first;
    }

    /** Adds a row. */
    void add(long line) {
      long skips = line - first - rows;
      if (skips != (gaps == 0 ? 0 : skipped[gaps - 1])) {
        if (gaps == gapRows.length) {
          gapRows = Arrays.copyOf(gapRows, 2 * gaps + 4);
          skipped = Arrays.copyOf(skipped, 2 * gaps + 4);
        }
        gapRows[gaps] = rows;
        skipped[gaps++] = skips;
      }
      rows++;
    }

    private long line(int row) {
      int found = Arrays.binarySearch(gapRows, 0, gaps, row);
      int before = found >= 0 ? found + 1 : -found - 1;
      return first + row + (before == 0 ? 0 : skipped[before - 1]);
    }
  }

  /** The file's name, or an empty string. */
  String file() {
    return file;
  }

  /** The origin of a table that has those rows of one with this origin. */
  Origin rows(int[] rows) {
    int[] inFile = rows.clone();
    if (selected != null) {
      Arrays.setAll(inFile, i -> selected[rows[i]]);
    }
    return new Origin(file, lines, inFile);
  }

  /** {@code iris.csv, row 17, column "species"}. */
  String where(int row, String column) {
    long line = lines.line(selected == null ? row : selected[row]);
    return where(file, line, column);
  }

  /** {@code iris.csv, row 17, column "species"}. */
  static String where(String file, long line, String column) {
    return where(file, line) + ", column " + Quoted.of(column);
  }

  /** {@code iris.csv, row 17}. */
  static String where(String file, long line) {
    return Message.of("%srow %d", file.isEmpty() ? "" : file + ", ", line);
  }
}
