package dev.lanewise.data;

import dev.lanewise.file.ElementType;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads IDX files, the format of MNIST and Fashion-MNIST, plain or gzip: two bytes of zero, one for the type of the
 * numbers, one for how many dimensions there are, the dimensions, and the numbers, all big-endian
 * (<a href="http://yann.lecun.com/exdb/mnist/">The MNIST Database</a>). All six types are read.
 *
 * <p>The header is not believed: a plain file has to be as long as it says, and what a gzip holds takes memory as it is
 * decoded. At most 8 GiB are decoded unless another limit is given.
 */
public final class Idx {

  private static final int MAGIC_BYTES = 4;
  private static final float WHITEST = 255;

  private Idx() {}

  /** {@link #images(Path, long)} with a limit of 8 GiB. */
  public static Matrix images(Path file) throws IOException {
    return images(file, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * The values of a file as they are, each rounded to the nearest float: one row for each index of the first dimension,
   * one column for each of all the others together.
   *
   * @param file IDX, plain or gzip; 60,000 × 28 × 28 becomes 60,000 × 784
   * @param limit the most bytes to decode
   * @throws DataException if the file is no IDX, its header disagrees with what follows, it ends early, or it holds
   *     more than the limit
   * @throws IOException if the file cannot be read
   */
  public static Matrix images(Path file, long limit) throws IOException {
    try (DecodedInput in = DecodedInput.open(file, limit)) {
      return header(in).matrix(in);
    }
  }

  /** {@link #unitImages(Path, long)} with a limit of 8 GiB. */
  public static Matrix unitImages(Path file) throws IOException {
    return unitImages(file, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * {@link #images(Path, long)} with each value divided by 255, so that pixels of one byte lie in 0 to 1.
   *
   * @throws DataException also if the values are not unsigned bytes
   */
  public static Matrix unitImages(Path file, long limit) throws IOException {
    try (DecodedInput in = DecodedInput.open(file, limit)) {
      ArrayHeader header = header(in);
      if (header.type() != ElementType.U8) {
        throw in.bad("it holds %s values, but pixels from 0 to 255 are U8", header.type());
      }
      Matrix images = header.matrix(in);
      float[] pixels = images.data();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] /= WHITEST;
      }
      return images;
    }
  }

  /** {@link #labels(Path, long)} with a limit of 8 GiB. */
  public static int[] labels(Path file) throws IOException {
    return labels(file, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * The values of a file of whole numbers, one a row.
   *
   * @throws DataException if there are several a row or they are not whole, or for the reasons of
   *     {@link #images(Path, long)}
   * @throws IOException if the file cannot be read
   */
  public static int[] labels(Path file, long limit) throws IOException {
    try (DecodedInput in = DecodedInput.open(file, limit)) {
      return header(in).labels(in);
    }
  }

  static ArrayHeader header(DecodedInput in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC_BYTES);
    if (magic.length < MAGIC_BYTES || magic[0] != 0 || magic[1] != 0) {
      throw in.bad("it is no IDX file: such a file begins with two bytes of zero and two that describe its values");
    }
    ElementType type = switch (magic[2]) {
      case 0x08 -> ElementType.U8;
      case 0x09 -> ElementType.I8;
      case 0x0b -> ElementType.I16;
      case 0x0c -> ElementType.I32;
      case 0x0d -> ElementType.F32;
      case 0x0e -> ElementType.F64;
      default -> throw in.bad("its values are of type %d, which IDX does not have", Byte.toUnsignedInt(magic[2]));
    };
    int dimensions = Byte.toUnsignedInt(magic[3]);
    if (dimensions == 0) {
      throw in.bad("its header says 0 dimensions, so it has no rows");
    }
    byte[] bytes = in.readNBytes(dimensions * Integer.BYTES);
    if (bytes.length < dimensions * Integer.BYTES) {
      throw in.bad("it ends within its header, which says %d dimensions", dimensions);
    }
    List<Long> dims = new ArrayList<>();
    for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
      dims.add(Integer.toUnsignedLong(buffer.getInt()));
    }
    return new ArrayHeader(type, ByteOrder.BIG_ENDIAN, false, dims);
  }
}
