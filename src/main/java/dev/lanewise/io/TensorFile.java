package dev.lanewise.io;

import dev.lanewise.file.AtomicFile;
import dev.lanewise.file.ElementType;
import dev.lanewise.file.OpenedFile;
import dev.lanewise.file.Pieces;
import dev.lanewise.io.json.Json;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file in the <a href="https://huggingface.co/docs/safetensors">safetensors</a> layout: the length of the header in
 * eight little-endian bytes, the {@linkplain TensorHeader header}, and the numbers of all tensors, little-endian and
 * row-major.
 *
 * @param metadata strings, in the order of the file
 * @param tensors by name, in the order of their data
 */
record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors) {

  /** The longest header that is read or written, 16 MiB: that of a hundred thousand tensors. */
  static final int HEADER_LIMIT = 1 << 24;

  /** What messages call a stream. */
  static final String STREAM = "the stream";

  /** The longest stream that is read: its bytes are in one array. */
  static final int MOST_OF_A_STREAM = Matrix.MOST_ELEMENTS;

  private static final int CHUNK = 1 << 16;

  /** Refuses a file for what its header says, before its numbers are read and anything is allocated for them. */
  @FunctionalInterface
  interface Condition {

    /** For its metadata, before the rest of the header is looked at. */
    default void checkMetadata(Map<String, String> metadata) throws IOException {}

    /** For all of it. */
    void check(TensorHeader header) throws IOException;
  }

  /** Reads all of a file, whatever its header says: as {@link #read(Path, long, Condition)} does. */
  static TensorFile read(Path file, long limit) {
    return read(file, limit, header -> {});
  }

  /**
   * Reads all of a file. Nothing is allocated for a number in it before the file turned out to be as long as that: the
   * numbers of a tensor take four bytes each, and the header some forty times its length at worst.
   *
   * @param limit the longest file that is read, in bytes
   * @throws ModelFileException if that is not possible, if there is not enough memory, or if the file has a checksum and it is not
   *     the one of its content
   */
  static TensorFile read(Path file, long limit, Condition condition) {
    try {
      OpenedFile opened = OpenedFile.of(file);
      try (InputStream in = opened.in()) {
        if (opened.length() > limit) {
          throw new IOException(Message.of("it has %d bytes, more than the limit of %d", opened.length(), limit));
        }
        return content(in, opened.length(), condition);
      }
    } catch (IOException e) {
      throw ModelFileException.reading(file.toString(), e);
    }
  }

  /**
   * Reads all of a stream, which is not closed. Only at its end is it known how long it is, so that its bytes are kept until then.
   *
   * @param limit the most bytes that are read; no more than {@link #MOST_OF_A_STREAM} in any case
   * @throws ModelFileException as {@link #read(Path, long, Condition)} does
   */
  static TensorFile read(InputStream in, long limit, Condition condition) {
    try {
      int most = Math.clamp(limit, 0, MOST_OF_A_STREAM);
      byte[] bytes = upTo(most, in);
      if (bytes.length == most && in.read() >= 0) {
        throw new IOException(
            limit <= MOST_OF_A_STREAM
                ? Message.of("it has more bytes than the limit of %d", limit)
                : Message.of("it has more than the %d bytes that a stream may have: a file may have more", most));
      }
      return content(new ByteArrayInputStream(bytes), bytes.length, condition);
    } catch (IOException e) {
      throw ModelFileException.reading(STREAM, e);
    }
  }

  private static byte[] upTo(int most, InputStream in) throws IOException {
    try {
      return in.readNBytes(most);
    } catch (OutOfMemoryError e) {
      throw new IOException("it " + needsMemory(), e);
    }
  }

  /** What is wrong with something. */
  static String needsMemory() {
    return Message.of("needs more memory than is left of the %d bytes that this JVM may use", Runtime.getRuntime().maxMemory());
  }

  private static TensorFile content(InputStream in, long length, Condition condition) throws IOException {
    TensorHeader header = readHeader(in, length, condition);
    return new TensorFile(header.metadata(), readOrRefuse(in, header));
  }

  /**
   * The header of a file, whatever its numbers are.
   *
   * @throws IOException if it is not there, not of this layout, or refused
   */
  static TensorHeader readHeader(Path file, Condition condition) throws IOException {
    OpenedFile opened = OpenedFile.of(file);
    try (InputStream in = opened.in()) {
      return readHeader(in, opened.length(), condition);
    }
  }

  /**
   * The metadata of a file, whatever its tensors are.
   *
   * @throws IOException if it is not there, or has no such header
   */
  static Map<String, String> readMetadata(Path file) throws IOException {
    OpenedFile opened = OpenedFile.of(file);
    try (InputStream in = opened.in()) {
      return header(in, opened.length(), (utf8, dataLength) -> TensorHeader.metadata(utf8));
    }
  }

  private static TensorHeader readHeader(InputStream in, long length, Condition condition) throws IOException {
    TensorHeader header = header(in, length, (utf8, dataLength) -> TensorHeader.parse(utf8, dataLength, condition::checkMetadata));
    try {
      condition.check(header);
    } catch (OutOfMemoryError e) { // what is made of metadata may be larger than it
      throw new IOException("its header " + needsMemory(), e);
    }
    return header;
  }

  /** Makes something of the bytes of a header and of how many the file has behind it. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] utf8, long dataLength) throws IOException;
  }

  private static <T> T header(InputStream in, long length, Parser<T> parser) throws IOException {
    long behindLength = length - Long.BYTES;
    if (behindLength < 0) {
      throw new IOException(Message.of("it has %d bytes, fewer than the length of a header", length));
    }
    long headerLength = little(readFully(in, Long.BYTES)).getLong();
    if (headerLength < 0 || headerLength > Math.max(behindLength, HEADER_LIMIT)) { // eight characters of a text, for instance
      throw new IOException("it is not a Lanewise model, nor any other safetensors file");
    }
    if (headerLength > behindLength) {
      throw new IOException(
          Message.of("its header would have %d bytes, but %d bytes follow", headerLength, behindLength));
    }
    if (headerLength > HEADER_LIMIT) {
      throw new IOException(
          Message.of("its header has %d bytes, more than the limit of %d", headerLength, HEADER_LIMIT));
    }
    try {
      return parser.parse(readFully(in, (int) headerLength), behindLength - headerLength);
    } catch (OutOfMemoryError e) { // some forty bytes for each of much that is short
      throw new IOException("its header " + needsMemory(), e);
    }
  }

  /** Reads the numbers, unless there is no room for them. */
  private static Map<String, Tensor> readOrRefuse(InputStream in, TensorHeader header) throws IOException {
    long most = Runtime.getRuntime().maxMemory();
    try {
      if (header.bytes() <= most) {
        return readData(in, header);
      }
    } catch (OutOfMemoryError e) {
      throw new IOException(tooLarge(header.bytes(), most), e);
    }
    throw new IOException(tooLarge(header.bytes(), most));
  }

  private static String tooLarge(long bytes, long most) {
    return Message.of("its numbers need %d bytes of memory, more than are left of the %d that this JVM may use", bytes, most);
  }

  private static Map<String, Tensor> readData(InputStream in, TensorHeader header) throws IOException {
    Checksum checksum = new Checksum(header.metadata());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorHeader.Entry entry : header.entries()) {
      Matrix values = Matrix.zeros(entry.rows(), entry.cols());
      checksum.begin(entry.name(), entry.type(), entry.shape());
      readValues(in, entry.type(), values.data(), checksum);
      tensors.put(entry.name(), new Tensor(entry.name(), entry.shape(), values));
    }
    String expected = header.metadata().get(Checksum.KEY);
    if (expected != null && !expected.equals(checksum.digits())) {
      throw new IOException(Message.of(
          "it is damaged, its checksum being %s instead of %s", checksum.digits(), Json.quote(expected)));
    }
    return tensors;
  }

  private static void readValues(InputStream in, ElementType type, float[] out, Checksum checksum) throws IOException {
    int most = Math.min(out.length, CHUNK / type.bytes());
    byte[] chunk = new byte[most * type.bytes()];
    Pieces.forEach(out.length, most, (from, count) -> {
      readFully(in, chunk, count * type.bytes());
      checksum.add(chunk, count * type.bytes());
      type.read(little(chunk), out, from, from + count);
    });
  }

  private static byte[] readFully(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    readFully(in, bytes, length);
    return bytes;
  }

  private static void readFully(InputStream in, byte[] bytes, int length) throws IOException {
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new EOFException(); // it has become shorter meanwhile
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes tensors in this order, with a checksum among the metadata. The file is replaced as a whole or stays as it
   * was.
   *
   * @throws ModelFileException if that is not possible, or if names and metadata are longer than a header may be
   * @throws IllegalArgumentException if a name or the metadata are not Unicode
   */
  static void write(Path file, Map<String, String> metadata, Collection<Tensor> tensors) {
    byte[] header = summedHeader(file.toString(), metadata, tensors);
    try {
      AtomicFile.write(file, out -> write(out, header, tensors));
    } catch (IOException e) {
      throw ModelFileException.writing(file.toString(), e);
    }
  }

  /** The same to a stream, which is not closed. */
  static void write(OutputStream out, Map<String, String> metadata, Collection<Tensor> tensors) {
    byte[] header = summedHeader(STREAM, metadata, tensors);
    try {
      write(out, header, tensors);
    } catch (IOException e) {
      throw ModelFileException.writing(STREAM, e);
    }
  }

  private static byte[] summedHeader(String file, Map<String, String> metadata, Collection<Tensor> tensors) {
    Map<String, String> summed = new LinkedHashMap<>(metadata);
    summed.put(Checksum.KEY, checksum(metadata, tensors));
    return header(file, summed, tensors);
  }

  /**
   * What stands in front of the numbers.
   *
   * @throws ModelFileException if it is longer than a header may be
   */
  static byte[] header(String file, Map<String, String> metadata, Collection<Tensor> tensors) {
    byte[] header = TensorHeader.of(metadata, tensors).toBytes();
    if (header.length > HEADER_LIMIT) {
      throw ModelFileException.writing(
          file,
          Message.of(
              "its names and metadata would make a header of %d bytes, more than the limit of %d", header.length, HEADER_LIMIT));
    }
    return header;
  }

  private static void write(OutputStream to, byte[] header, Collection<Tensor> tensors) throws IOException {
    var out = new BufferedOutputStream(to, CHUNK);
    out.write(little(new byte[Long.BYTES]).putLong(header.length).array());
    out.write(header);
    for (Tensor tensor : tensors) {
      forEachChunk(tensor, (bytes, length) -> out.write(bytes, 0, length));
    }
    out.flush();
  }

  private static String checksum(Map<String, String> metadata, Collection<Tensor> tensors) {
    Checksum checksum = new Checksum(metadata);
    for (Tensor tensor : tensors) {
      checksum.begin(tensor.name(), ElementType.F32, tensor.shape());
      forEachChunk(tensor, checksum::add);
    }
    return checksum.digits();
  }

  /** Takes the next bytes of a tensor: the first ones of an array that is used again. */
  @FunctionalInterface
  private interface Sink<E extends Exception> {
    void take(byte[] bytes, int length) throws E;
  }

  /** The data of a tensor in little-endian bytes, piece by piece. */
  private static <E extends Exception> void forEachChunk(Tensor tensor, Sink<E> sink) throws E {
    float[] data = tensor.values().data();
    int most = Math.min(data.length, CHUNK / Float.BYTES);
    byte[] chunk = new byte[most * Float.BYTES];
    Pieces.forEach(data.length, most, (from, count) -> {
      little(chunk).asFloatBuffer().put(0, data, from, count);
      sink.take(chunk, count * Float.BYTES);
    });
  }
}
