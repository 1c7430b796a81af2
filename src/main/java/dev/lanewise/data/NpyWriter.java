package dev.lanewise.data;

import dev.lanewise.file.Pieces;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes arrays as NPY of version 1.0, little-endian and in C's order. */
final class NpyWriter {

  private static final int CHUNK_BYTES = 1 << 16;

  /** Puts so many values, from an index on, at the start of a buffer. */
  @FunctionalInterface
  private interface Values {
    void put(ByteBuffer to, int from, int count);
  }

  private NpyWriter() {}

  /** Writes a matrix as float32, rows × columns. */
  static void write(OutputStream out, Matrix matrix) throws IOException {
    float[] data = matrix.data();
    out.write(NpyHeader.of("<f4", "(" + matrix.rows() + ", " + matrix.cols() + ")"));
    write(out, data.length, (to, from, count) -> to.asFloatBuffer().put(0, data, from, count));
  }

  /** Writes labels as int32, in one dimension. */
  static void write(OutputStream out, int[] labels) throws IOException {
    out.write(NpyHeader.of("<i4", "(" + labels.length + ",)"));
    write(out, labels.length, (to, from, count) -> to.asIntBuffer().put(0, labels, from, count));
  }

  /** Floats and ints have four bytes each. */
  private static void write(OutputStream out, int length, Values values) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Pieces.forEach(length, CHUNK_BYTES / Float.BYTES, (from, count) -> {
      values.put(chunk, from, count);
      out.write(chunk.array(), 0, count * Float.BYTES);
    });
  }
}
