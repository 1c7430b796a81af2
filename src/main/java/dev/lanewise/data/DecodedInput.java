package dev.lanewise.data;

import dev.lanewise.file.OpenedFile;
import dev.lanewise.text.Message;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * The bytes a reader is to understand: those of a file, decompressed where it begins with gzip's magic number, and no
 * more of them than the caller allows. What is wrong with them becomes a {@link DataException} that names the file.
 */
final class DecodedInput extends InputStream {

  /** 8 GiB, as many bytes as the largest matrix takes. */
  static final long DEFAULT_LIMIT = 1L << 33;

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  private final String name;
  private final String wrapping;
  private final InputStream in;
  private final long size;
  private final long limit;
  private long position;
  private long line;

  /**
   * @param name what messages call it
   * @param wrapping what the bytes are packed in, for messages
   * @param in the decoded bytes; closed with this
   * @param size the number of decoded bytes if it is known for certain, else −1
   * @param limit the most bytes to decode
   */
  DecodedInput(String name, String wrapping, InputStream in, long size, long limit) {
    this.name = name;
    this.wrapping = wrapping;
    this.in = in;
    this.size = size;
    this.limit = limit;
  }

  /**
   * Opens a file, plain or gzip.
   *
   * @throws IllegalArgumentException if the limit is negative
   * @throws DataException if the file begins like a gzip, but is none
   */
  static DecodedInput open(Path file, long limit) throws IOException {
    checkLimit(limit);
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a directory");
    }
    if (!Files.isRegularFile(file)) { // a pipe has no length
      return of(file.toString(), Files.newInputStream(file), -1, limit);
    }
    OpenedFile opened = OpenedFile.of(file);
    return of(file.toString(), opened.in(), opened.length(), limit);
  }

  /**
   * The bytes of a plain or gzip file that is open; closed if it is refused.
   *
   * @throws DataException if it begins like a gzip, but is none
   */
  static DecodedInput of(String name, InputStream raw, long size, long limit) throws IOException {
    try {
      return decoded(name, raw, size, limit);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static DecodedInput decoded(String name, InputStream raw, long size, long limit) throws IOException {
    PushbackInputStream in = new PushbackInputStream(raw, GZIP_MAGIC.length);
    byte[] magic = in.readNBytes(GZIP_MAGIC.length);
    in.unread(magic);
    return Arrays.equals(magic, GZIP_MAGIC)
        ? new DecodedInput(name, "gzip", unpacked(name, in), -1, limit)
        : new DecodedInput(name, "file", in, size, limit);
  }

  /** Refuses a limit that is no number of bytes. */
  static void checkLimit(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException(Message.of("the limit on decoded bytes cannot be %d", limit));
    }
  }

  private static InputStream unpacked(String name, InputStream raw) throws IOException {
    try {
      return new GzipInput(raw);
    } catch (EOFException e) {
      throw new DataException(name + ": the gzip has no whole header", e);
    } catch (ZipException e) {
      throw new DataException(name + ": the gzip has a header that is damaged, or of a kind that is not known", e);
    }
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int n;
    try {
      n = in.read(to, from, length);
    } catch (EOFException e) {
      throw new DataException(Message.of("%s: the %s ends early, after %d decoded bytes", where(), wrapping, position), e);
    } catch (ZipException e) {
      throw new DataException(
          Message.of("%s: the %s is damaged after %d decoded bytes: %s", where(), wrapping, position, e.getMessage()), e);
    }
    position += Math.max(n, 0);
    if (position > limit) {
      throw bad("it holds more than the limit of %d decoded bytes; a higher limit can be given", limit);
    }
    return n;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Tells in which line the next byte is, counted from 1, for what is wrong with the packing there. */
  void atLine(long line) {
    this.line = line;
  }

  private String where() {
    return line == 0 ? name : Origin.where(name, line);
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  /** The number of bytes read so far. */
  long position() {
    return position;
  }

  /** The most bytes to decode. */
  long limit() {
    return limit;
  }

  /** The number of bytes to come if that is known for certain, else −1. */
  long remaining() {
    return size < 0 ? -1 : size - position;
  }

  /** An exception that says of this file what is wrong with it. */
  DataException bad(String format, Object... values) {
    return new DataException(name + ": " + Message.of(format, values));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
