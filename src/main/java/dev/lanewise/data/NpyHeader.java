package dev.lanewise.data;

import dev.lanewise.file.ElementType;
import dev.lanewise.text.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of an NPY file, version 1.0 to 3.0: a magic number, a version, a length and the literal of a Python dict
 * (<a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>).
 */
final class NpyHeader {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX_BYTES = MAGIC.length + 2;
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
  private static final int ALIGNMENT = 64;
  /** What version 1.0 can say; an array of numbers needs about a hundred. */
  private static final int LONGEST_DICT = 0xffff;
  /** NumPy's own bound. */
  private static final int MOST_DIMS = 64;

  private static final Map<String, ElementType> TYPES = Map.ofEntries(
      Map.entry("b1", ElementType.BOOL),
      Map.entry("u1", ElementType.U8),
      Map.entry("u2", ElementType.U16),
      Map.entry("u4", ElementType.U32),
      Map.entry("u8", ElementType.U64),
      Map.entry("i1", ElementType.I8),
      Map.entry("i2", ElementType.I16),
      Map.entry("i4", ElementType.I32),
      Map.entry("i8", ElementType.I64),
      Map.entry("f2", ElementType.F16),
      Map.entry("f4", ElementType.F32),
      Map.entry("f8", ElementType.F64));

  private NpyHeader() {}

  /** A header of version 1.0 for values in C's order, padded so that they begin at a multiple of 64 bytes. */
  static byte[] of(String descr, String shape) {
    String dict = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int before = PREFIX_BYTES + Short.BYTES;
    int length = Math.ceilDiv(before + dict.length() + 1, ALIGNMENT) * ALIGNMENT;
    byte[] header = new byte[length];
    Arrays.fill(header, (byte) ' ');
    header[length - 1] = '\n';
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (length - before))
        .put(dict.getBytes(StandardCharsets.US_ASCII));
    return header;
  }

  /** Reads the header; the values come next. */
  static ArrayHeader read(DecodedInput in) throws IOException {
    byte[] prefix = in.readNBytes(PREFIX_BYTES);
    if (prefix.length < PREFIX_BYTES || !Arrays.equals(MAGIC, Arrays.copyOf(prefix, MAGIC.length))) {
      throw in.bad("it is no NPY file: such a file begins with the byte 0x93, NUMPY and a version");
    }
    int major = Byte.toUnsignedInt(prefix[MAGIC.length]);
    int minor = Byte.toUnsignedInt(prefix[MAGIC.length + 1]);
    if (major < 1 || major > 3 || minor != 0) {
      throw in.bad("it is NPY of version %d.%d, but 1.0, 2.0 and 3.0 are read", major, minor);
    }
    Charset charset = major < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    String dict = new String(dict(in, major == 1 ? Short.BYTES : Integer.BYTES), charset);
    Map<String, Object> values;
    try {
      values = PythonDict.parse(dict);
    } catch (PythonDict.DictException e) {
      throw new DataException(in.bad("its header cannot be read: %s", e.getMessage()).getMessage(), e);
    }
    if (values.keySet().equals(KEYS)
        && values.get("descr") instanceof String descr
        && values.get("fortran_order") instanceof Boolean fortranOrder
        && values.get("shape") instanceof List<?> shape
        && shape.size() <= MOST_DIMS) {
      List<Long> dims = shape.stream().map(Long.class::cast).toList();
      return new ArrayHeader(type(in, descr), order(descr), fortranOrder, dims);
    }
    throw in.bad("its header does not have a descr, a fortran_order and a shape as NumPy writes them");
  }

  private static byte[] dict(DecodedInput in, int lengthBytes) throws IOException {
    byte[] bytes = new byte[Integer.BYTES];
    boolean whole = in.readNBytes(bytes, 0, lengthBytes) == lengthBytes;
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
    if (length > LONGEST_DICT) {
      throw in.bad(
          "its header says it has %d bytes, but that of an array of numbers has at most %d", length, LONGEST_DICT);
    }
    byte[] dict = in.readNBytes((int) length);
    if (!whole || dict.length < length) {
      throw in.bad("it ends within its header");
    }
    return dict;
  }

  private static ElementType type(DecodedInput in, String descr) {
    ElementType type = descr.isEmpty() ? null : TYPES.get(descr.substring(1));
    boolean ordered = descr.startsWith("<") || descr.startsWith(">");
    if (type != null && (ordered || (descr.startsWith("|") && type.bytes() == 1))) {
      return type;
    }
    throw in.bad(
        "its values are %sof type %s, but numbers are read: b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8",
        kind(descr), Quoted.of(descr));
  }

  /** What the types are that a user is most likely to meet. */
  private static String kind(String descr) {
    return switch (descr.length() < 2 ? ' ' : descr.charAt(1)) {
      case 'O' -> "Python objects, ";
      case 'U', 'S' -> "strings, ";
      case 'c' -> "complex numbers, ";
      case 'M', 'm' -> "dates or times, ";
      case 'V' -> "records, ";
      default -> "";
    };
  }

  private static ByteOrder order(String descr) {
    return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }
}
