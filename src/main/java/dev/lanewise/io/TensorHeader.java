package dev.lanewise.io;

import dev.lanewise.file.ElementType;
import dev.lanewise.io.json.Json;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in front of the numbers in a file of safetensors: a JSON map with an entry for each tensor, and another
 * map of strings under {@code __metadata__}.
 *
 * @param entries the tensors in the order of their data
 */
record TensorHeader(Map<String, String> metadata, List<Entry> entries) {

  /** Of a name no tensor may have. */
  static final String METADATA = "__metadata__";

  /** The data begin at a multiple of this, so that they can be mapped into memory. */
  private static final int ALIGNMENT = 8;

  /**
   * One tensor.
   *
   * @param begin its first byte in the data
   * @param end the byte behind its last
   */
  record Entry(String name, ElementType type, List<Integer> shape, long begin, long end) {

    int rows() {
      return Tensor.rows(shape);
    }

    int cols() {
      return Tensor.cols(shape);
    }
  }

  /** The header of tensors that are written in this order, as F32. */
  static TensorHeader of(Map<String, String> metadata, Iterable<Tensor> tensors) {
    List<Entry> entries = new ArrayList<>();
    long end = 0;
    for (Tensor tensor : tensors) {
      long begin = end;
      end += (long) tensor.values().data().length * Float.BYTES;
      entries.add(new Entry(tensor.name(), ElementType.F32, tensor.shape(), begin, end));
    }
    return new TensorHeader(metadata, entries);
  }

  /** How many bytes the numbers of all tensors take in memory. */
  long bytes() {
    return entries.stream().mapToLong(entry -> (long) entry.rows() * entry.cols() * Float.BYTES).sum();
  }

  /** As JSON in UTF-8, padded with spaces. */
  byte[] toBytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      json.put(METADATA, metadata);
    }
    for (Entry entry : entries) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dtype", entry.type.name());
      fields.put("shape", entry.shape);
      fields.put("data_offsets", List.of(entry.begin, entry.end));
      json.put(entry.name, fields);
    }
    byte[] text = Json.write(json).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, text.length + Math.floorMod(-text.length, ALIGNMENT));
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /** Refuses a file for its metadata. */
  @FunctionalInterface
  interface MetadataCondition {
    void check(Map<String, String> metadata) throws IOException;
  }

  /**
   * Reads and checks all of a header.
   *
   * @param dataLength the bytes that the file has behind it
   * @param condition is asked before the tensors are looked at, which those of another version may be unlike
   * @throws IOException if it is damaged, or if the tensors do not lie in the data one behind the other, all of the
   *     data used; the message says where
   */
  static TensorHeader parse(byte[] utf8, long dataLength, MetadataCondition condition) throws IOException {
    Map<?, ?> json = json(utf8);
    Map<String, String> metadata = metadata(json);
    condition.check(metadata);
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<?, ?> field : json.entrySet()) {
      String name = (String) field.getKey();
      if (!name.equals(METADATA)) {
        entries.add(entry(name, field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkPlaces(entries, dataLength);
    return new TensorHeader(metadata, entries);
  }

  /** The metadata alone, whatever the tensors are. */
  static Map<String, String> metadata(byte[] utf8) throws IOException {
    return metadata(json(utf8));
  }

  private static Map<?, ?> json(byte[] utf8) throws IOException {
    if (utf8.length == 0 || utf8[0] != '{') {
      throw new IOException("its header does not begin with {");
    }
    return (Map<?, ?>) Json.parse(utf8);
  }

  private static Map<String, String> metadata(Map<?, ?> header) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!header.containsKey(METADATA)) {
      return metadata;
    }
    if (!(header.get(METADATA) instanceof Map<?, ?> map)) {
      throw new IOException("its __metadata__ are not a map");
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof String text)) {
        throw new IOException(Json.quote((String) entry.getKey()) + " in its __metadata__ is not a string");
      }
      metadata.put((String) entry.getKey(), text);
    }
    return metadata;
  }

  private static Entry entry(String name, Object json) throws IOException {
    String tensor = "tensor " + Json.quote(name);
    if (!(json instanceof Map<?, ?> fields)
        || fields.size() != 3
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> dimensions)
        || !(fields.get("data_offsets") instanceof List<?> offsets)) {
      throw new IOException(tensor + " has something else than a dtype, a shape and data_offsets");
    }
    if (offsets.size() != 2
        || !(offsets.getFirst() instanceof Long begin)
        || !(offsets.getLast() instanceof Long end)
        || begin < 0
        || end < begin) {
      throw new IOException(tensor + " has data_offsets that are not a beginning and an end");
    }
    Entry entry = new Entry(name, type(tensor, type), shape(tensor, dimensions), begin, end);
    long length = (long) entry.rows() * entry.cols() * entry.type.bytes();
    if (length != end - begin) {
      throw new IOException(Message.of(
          "%s of %s %s has %d bytes, but its data_offsets hold %d",
          tensor, Tensor.text(entry.shape), type, length, end - begin));
    }
    return entry;
  }

  private static ElementType type(String tensor, String name) throws IOException {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IOException(
        tensor + " is of type " + Json.quote(name) + ", which is none of " + List.of(ElementType.values()));
  }

  /**
   * The dimensions, none of them negative, with no more numbers in all than a matrix has, where those of length 0 do not count.
   */
  private static List<Integer> shape(String tensor, List<?> dimensions) throws IOException {
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (Object dimension : dimensions) {
      if (!(dimension instanceof Long length) || length < 0) {
        throw new IOException(tensor + " has a shape that is not a list of lengths");
      }
      if (length > Matrix.MOST_ELEMENTS || Math.max(1, length) * size > Matrix.MOST_ELEMENTS) {
        throw new IOException(tensor + " has more numbers than fit in an array");
      }
      size *= Math.max(1, length);
      shape.add(length.intValue());
    }
    return List.copyOf(shape);
  }

  private static void checkPlaces(List<Entry> entries, long dataLength) throws IOException {
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin != end) {
        throw new IOException(Message.of(
            "the data of tensor %s begin at byte %d, but those before it end at %d",
            Json.quote(entry.name), entry.begin, end));
      }
      end = entry.end;
    }
    if (end != dataLength) {
      throw new IOException(
          Message.of("its header tells of %d bytes of data, but %d bytes follow it", end, dataLength));
    }
  }
}
