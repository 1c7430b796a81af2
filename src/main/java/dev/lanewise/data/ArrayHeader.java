package dev.lanewise.data;

import dev.lanewise.file.ElementType;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Quoted;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What the header of a binary file says of the array behind it. An array of any number of dimensions is read as a
 * matrix of rows × everything else: none make 1 × 1, one makes n × 1, and a × b × c makes a × (b · c).
 *
 * @param type of the numbers
 * @param order of their bytes
 * @param firstIndexFastest whether the first index runs fastest (Fortran's order), and not the last (C's)
 * @param dims the dimensions, none negative
 */
record ArrayHeader(ElementType type, ByteOrder order, boolean firstIndexFastest, List<Long> dims) {

  /**
   * Reads the array, to the end of the input.
   *
   * @throws DataException if the header promises more or less than follows, or more than is allowed
   */
  Matrix matrix(DecodedInput in) throws IOException {
    checkSize(in);
    float[] values = new ElementReader(in, this).floats();
    checkEnd(in);
    int rows = (int) rows();
    int cols = (int) cols();
    return Matrix.of(rows, cols, firstIndexFastest && cols > 1 ? lastIndexFastest(values) : values);
  }

  /**
   * Reads one whole number a row, to the end of the input.
   *
   * @throws DataException if there are several a row, they are not whole or do not fit an int, or for the reasons of
   *     {@link #matrix}
   */
  int[] labels(DecodedInput in) throws IOException {
    checkSize(in);
    if (cols() != 1) {
      throw in.bad("it holds %s values, but labels are one a row", shape());
    }
    if (!type.isWhole()) {
      throw in.bad("it holds %s values, but labels are whole numbers", type);
    }
    int[] labels = new ElementReader(in, this).ints();
    checkEnd(in);
    return labels;
  }

  /** The number of values, once it is known to fit an array. */
  int count() {
    return (int) (rows() * cols());
  }

  /** The dimensions as messages show them, {@code "60000 x 28 x 28"}, with the last of many left out. */
  String shape() {
    return dims.isEmpty() ? "1" : Quoted.dimensions(dims);
  }

  /** An exception that says that fewer or more bytes follow than the header says. */
  DataException lie(DecodedInput in, String follow) {
    return in.bad(
        "its header says %s %s values, %d bytes in all, but %s follow",
        shape(), type, (long) count() * type.bytes(), follow);
  }

  private long rows() {
    return dims.isEmpty() ? 1 : dims.getFirst();
  }

  /** The product of all dimensions but the first, or some number above {@link Limits#LONGEST_ARRAY} if it is above that. */
  private long cols() {
    long cols = 1;
    for (int d = 1; d < dims.size() && cols <= Limits.LONGEST_ARRAY; d++) {
      cols = dims.get(d) > Limits.LONGEST_ARRAY ? dims.get(d) : cols * dims.get(d);
    }
    return cols;
  }

  /** All that can be known before the first value is read, and before anything is allocated for it. */
  private void checkSize(DecodedInput in) {
    if (rows() > Limits.LONGEST_ARRAY || cols() > Limits.LONGEST_ARRAY || rows() * cols() > Limits.LONGEST_ARRAY) {
      throw in.bad("its header says %s values, more than the %d that fit in an array", shape(), Limits.LONGEST_ARRAY);
    }
    long bytes = (long) count() * type.bytes();
    if (in.remaining() >= 0 && in.remaining() != bytes) {
      throw lie(in, Long.toString(in.remaining()));
    }
    if (bytes > in.limit() - in.position()) {
      throw in.bad(
          "its header says %s %s values, %d bytes in all, more than the limit of %d decoded bytes; "
              + "a higher limit can be given",
          shape(), type, bytes, in.limit());
    }
  }

  private void checkEnd(DecodedInput in) throws IOException {
    if (in.read() >= 0) {
      throw lie(in, "more");
    }
  }

  /** The same array with its last index running fastest. */
  private float[] lastIndexFastest(float[] values) {
    int[] lengths = dims.stream().mapToInt(Long::intValue).toArray();
    int[] steps = new int[lengths.length];
    int step = 1;
    for (int d = lengths.length - 1; d >= 0; d--) {
      steps[d] = step;
      step *= lengths[d];
    }
    float[] moved = new float[values.length];
    int[] index = new int[lengths.length];
    int at = 0;
    for (float value : values) {
      moved[at] = value;
      for (int d = 0; d < lengths.length; d++) {
        at += steps[d];
        if (++index[d] < lengths[d]) {
          break;
        }
        at -= steps[d] * lengths[d];
        index[d] = 0;
      }
    }
    return moved;
  }
}
