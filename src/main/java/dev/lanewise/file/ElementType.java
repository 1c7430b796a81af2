package dev.lanewise.file;

import java.nio.ByteBuffer;

/**
 * The types of the numbers in binary files, by the names that safetensors has for them, each with how it is read:
 * floats (F), signed (I) and unsigned (U) whole numbers of so many bits, the upper half of a float (BF16), and a byte
 * that is 0 or not.
 */
public enum ElementType {
  F64(Double.BYTES),
  F32(Float.BYTES),
  F16(Short.BYTES),
  BF16(Short.BYTES),
  I64(Long.BYTES),
  I32(Integer.BYTES),
  I16(Short.BYTES),
  I8(Byte.BYTES),
  U64(Long.BYTES),
  U32(Integer.BYTES),
  U16(Short.BYTES),
  U8(Byte.BYTES),
  BOOL(Byte.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** Whether the numbers are whole, so that {@link #whole} reads them. */
  public boolean isWhole() {
    return switch (this) {
      case F64, F32, F16, BF16 -> false;
      default -> true;
    };
  }

  /** The next number, a whole one; one of {@link #U64} as its 64 bits. */
  public long whole(ByteBuffer in) {
    return switch (this) {
      case I64, U64 -> in.getLong();
      case I32 -> in.getInt();
      case I16 -> in.getShort();
      case I8 -> in.get();
      case U32 -> Integer.toUnsignedLong(in.getInt());
      case U16 -> Short.toUnsignedLong(in.getShort());
      case U8 -> Byte.toUnsignedLong(in.get());
      case BOOL -> in.get() == 0 ? 0 : 1;
      case F64, F32, F16, BF16 -> throw new IllegalStateException(this + " is not whole");
    };
  }

  /** The next number, rounded to the nearest float. */
  private float next(ByteBuffer in) {
    return switch (this) {
      case F64 -> (float) in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> Float.float16ToFloat(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << Short.SIZE);
      case U64 -> unsigned(in.getLong());
      default -> whole(in);
    };
  }

  /** A number of 64 bits halved fits a long; its lowest bit is kept, since it can decide which way to round. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2 * (float) ((bits >>> 1) | (bits & 1));
  }

  /** Reads the next numbers into {@code to[from]} to {@code to[end - 1]}, each rounded to the nearest float. */
  public void read(ByteBuffer in, float[] to, int from, int end) {
    switch (this) {
      case F32 -> {
        int count = end - from;
        in.asFloatBuffer().get(to, from, count);
        in.position(in.position() + count * Float.BYTES);
      }
      case U8 -> { // of images, hence many
        for (int i = from; i < end; i++) {
          to[i] = Byte.toUnsignedInt(in.get());
        }
      }
      default -> {
        for (int i = from; i < end; i++) {
          to[i] = next(in);
        }
      }
    }
  }
}
