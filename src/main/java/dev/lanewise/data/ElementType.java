package dev.lanewise.data;

import java.nio.ByteBuffer;

/** The types of the numbers in binary files, each with how it is read: U for unsigned, I for signed, F for floats. */
enum ElementType {
  BOOL(1),
  U8(1),
  U16(2),
  U32(4),
  U64(8),
  I8(1),
  I16(2),
  I32(4),
  I64(8),
  F16(2),
  F32(4),
  F64(8);

  private static final long LOW_32_BITS = 0xffffffffL;

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Whether the numbers are whole, so that {@link #whole} reads them. */
  boolean isWhole() {
    return this != F16 && this != F32 && this != F64;
  }

  /** The next number, a whole one; one of {@link #U64} as its 64 bits. */
  long whole(ByteBuffer in) {
    return switch (this) {
      case BOOL -> in.get() == 0 ? 0 : 1;
      case U8 -> Byte.toUnsignedInt(in.get());
      case U16 -> Short.toUnsignedInt(in.getShort());
      case U32 -> in.getInt() & LOW_32_BITS;
      case I8 -> in.get();
      case I16 -> in.getShort();
      case I32 -> in.getInt();
      case I64, U64 -> in.getLong();
      case F16, F32, F64 -> throw new IllegalStateException(this + " is not whole");
    };
  }

  /** Reads numbers into {@code to[from]} to {@code to[end - 1]}, each rounded to the nearest float. */
  void floats(ByteBuffer in, float[] to, int from, int end) {
    switch (this) {
      case F16 -> {
        for (int i = from; i < end; i++) {
          to[i] = Float.float16ToFloat(in.getShort());
        }
      }
      case F32 -> {
        for (int i = from; i < end; i++) {
          to[i] = in.getFloat();
        }
      }
      case F64 -> {
        for (int i = from; i < end; i++) {
          to[i] = (float) in.getDouble();
        }
      }
      case U8 -> {
        for (int i = from; i < end; i++) {
          to[i] = Byte.toUnsignedInt(in.get());
        }
      }
      case U64 -> {
        for (int i = from; i < end; i++) {
          to[i] = unsigned(in.getLong());
        }
      }
      default -> {
        for (int i = from; i < end; i++) {
          to[i] = whole(in);
        }
      }
    }
  }

  /** A number of 64 bits halved fits a long; its lowest bit is kept, since it can decide which way to round. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2 * (float) ((bits >>> 1) | (bits & 1));
  }
}
