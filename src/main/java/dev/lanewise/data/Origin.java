package dev.lanewise.data;

import dev.lanewise.kernel.Message;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the rows of a table come from, for messages: the name of a file and the line at which each row begins, counted
 * from 1 as an editor shows it; or no file at all, and rows counted from 0.
 */
final class Origin {

  /** Of a table that was read from no file. */
  static final Origin MEMORY = new Origin("", 0, new int[0], new long[0], null);

  private final String file;
  private final long firstLine;

  /** The rows that do not begin at the line after the row before, ascending, and how many lines lie between the two. */
  private final int[] gapRows;

  /** For each of them, how many lines this gap and those before it add. */
  private final long[] gapLines;

  /** The rows in the file of the table's rows, or null where they are the same. */
  private final int[] selected;

  private Origin(String file, long firstLine, int[] gapRows, long[] gapLines, int[] selected) {
    this.file = file;
    this.firstLine = firstLine;
    this.gapRows = gapRows;
    this.gapLines = gapLines;
    this.selected = selected;
  }

  /** Rows that follow one another line by line. */
  static Origin of(String file, long firstLine) {
    return new Origin(file, firstLine, new int[0], new long[0], null);
  }

  /** Rows that begin at those lines, which are at least one and ascending. */
  static Origin of(String file, long[] lines) {
    int[] gapRows =
        IntStream.range(1, lines.length).filter(row -> lines[row] != lines[row - 1] + 1).toArray();
    long[] gapLines = Arrays.stream(gapRows).mapToLong(row -> lines[row] - lines[0] - row).toArray();
    return new Origin(file, lines[0], gapRows, gapLines, null);
  }

  /** The file's name, or an empty string. */
  String file() {
    return file;
  }

  /** The line at which a row begins. */
  long line(int row) {
    int inFile = selected == null ? row : selected[row];
    int gap = Arrays.binarySearch(gapRows, inFile);
    int gaps = gap >= 0 ? gap + 1 : -gap - 1;
    return firstLine + inFile + (gaps == 0 ? 0 : gapLines[gaps - 1]);
  }

  /** The origin of a table that has those rows of one with this origin. */
  Origin rows(int[] rows) {
    int[] inFile = rows.clone();
    if (selected != null) {
      Arrays.setAll(inFile, i -> selected[rows[i]]);
    }
    return new Origin(file, firstLine, gapRows, gapLines, inFile);
  }

  /** {@code iris.csv, row 17, column "species"}. */
  String where(int row, String column) {
    String inFile = file.isEmpty() ? "" : file + ", ";
    return Message.of("%srow %d, column \"%s\"", inFile, line(row), column);
  }
}
