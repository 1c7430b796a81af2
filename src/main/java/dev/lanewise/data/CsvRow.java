package dev.lanewise.data;

import java.util.Arrays;

/** One row of a CSV file, as bytes: those of its fields and one between each two. The next row takes its place. */
final class CsvRow {

  /** The bytes; at least {@link Decimal#PADDING} follow those of the row. */
  byte[] bytes = {};

  /** Where field 0 begins. Field j begins after the byte at which field j − 1 ends. */
  int start;

  /** Where each field ends. */
  int[] ends = new int[16];

  /** The number of fields. */
  int fields;

  /** The line of the file at which the row begins, from 1. */
  long line;

  /** Where field j begins. */
  int from(int field) {
    return field == 0 ? start : ends[field - 1] + 1;
  }

  /** Adds a field that ends there. */
  void end(int at) {
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, 2 * fields);
    }
    ends[fields++] = at;
  }

  /** A row of its own with the same fields. */
  CsvRow copy() {
    CsvRow copy = new CsvRow();
    int length = ends[fields - 1] - start;
    copy.bytes = Arrays.copyOf(Arrays.copyOfRange(bytes, start, start + length), length + Decimal.PADDING);
    copy.ends = Arrays.copyOf(ends, fields);
    for (int j = 0; j < fields; j++) {
      copy.ends[j] -= start;
    }
    copy.fields = fields;
    copy.line = line;
    return copy;
  }
}
