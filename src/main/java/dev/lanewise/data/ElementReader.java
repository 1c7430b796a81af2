package dev.lanewise.data;

import dev.lanewise.file.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads as many numbers as a header says, many at a time. Where nothing but the header vouches for their number, the
 * array they go to grows with those that have really come.
 */
final class ElementReader {

  private static final int CHUNK_BYTES = 1 << 16;

  private final DecodedInput in;
  private final ArrayHeader header;
  private final ElementType type;
  private final int count;
  private final ByteBuffer chunk;
  /** The numbers in the chunk are those from {@code from} (inclusive) to {@code end} (exclusive). */
  private int from;
  private int end;

  ElementReader(DecodedInput in, ArrayHeader header) {
    this.in = in;
    this.header = header;
    type = header.type();
    count = header.count();
    chunk = ByteBuffer.allocate(CHUNK_BYTES).order(header.order());
  }

  /** All numbers, each rounded to the nearest float. */
  float[] floats() throws IOException {
    float[] values = new float[firstLength()];
    while (nextChunk()) {
      if (end > values.length) {
        values = Arrays.copyOf(values, longer(values.length));
      }
      type.read(chunk, values, from, end);
    }
    return values;
  }

  /** All numbers, whole ones. */
  int[] ints() throws IOException {
    int[] values = new int[firstLength()];
    while (nextChunk()) {
      if (end > values.length) {
        values = Arrays.copyOf(values, longer(values.length));
      }
      for (int i = from; i < end; i++) {
        values[i] = exactInt(i, type.whole(chunk));
      }
    }
    return values;
  }

  private int exactInt(int row, long value) {
    boolean wrapped = type == ElementType.U64 && value < 0;
    if (wrapped || value != (int) value) {
      String digits = wrapped ? Long.toUnsignedString(value) : Long.toString(value);
      throw in.bad("label %s in row %d does not fit an int", digits, row);
    }
    return (int) value;
  }

  private boolean nextChunk() throws IOException {
    from = end;
    end = (int) Math.min(count, (long) from + CHUNK_BYTES / type.bytes());
    int wanted = (end - from) * type.bytes();
    int got = in.readNBytes(chunk.array(), 0, wanted);
    if (got < wanted) {
      throw header.lie(in, Long.toString((long) from * type.bytes() + got));
    }
    chunk.clear();
    return wanted > 0;
  }

  private int firstLength() {
    return in.remaining() >= 0 ? count : Math.min(count, CHUNK_BYTES / type.bytes());
  }

  private int longer(int length) {
    return (int) Math.min(count, 2L * length);
  }
}
