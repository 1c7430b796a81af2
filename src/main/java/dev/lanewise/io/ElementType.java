package dev.lanewise.io;

import java.nio.ByteBuffer;

/** The types of numbers that are read, by the names they have in the file. Written is F32 alone. */
enum ElementType {
  F64(Double.BYTES),
  F32(Float.BYTES),
  F16(Short.BYTES),
  BF16(Short.BYTES),
  I64(Long.BYTES),
  I32(Integer.BYTES),
  I16(Short.BYTES),
  I8(Byte.BYTES),
  U8(Byte.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Decodes count numbers from the start of little-endian bytes, rounded to float, to out from the index on. */
  void decode(ByteBuffer from, float[] out, int index, int count) {
    if (this == F32) {
      from.asFloatBuffer().get(0, out, index, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[index + i] = decode(from, i * bytes);
    }
  }

  private float decode(ByteBuffer from, int at) {
    return switch (this) {
      case F64 -> (float) from.getDouble(at);
      case F32 -> from.getFloat(at);
      case F16 -> Float.float16ToFloat(from.getShort(at));
      case BF16 -> Float.intBitsToFloat(from.getShort(at) << Short.SIZE);
      case I64 -> from.getLong(at);
      case I32 -> from.getInt(at);
      case I16 -> from.getShort(at);
      case I8 -> from.get(at);
      case U8 -> Byte.toUnsignedInt(from.get(at));
    };
  }
}
