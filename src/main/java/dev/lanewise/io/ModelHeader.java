package dev.lanewise.io;

import dev.lanewise.file.ElementType;
import dev.lanewise.io.json.Json;
import dev.lanewise.io.json.JsonException;
import dev.lanewise.text.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the file of a model says before its numbers: JSON maps, and names and shapes of matrices. Who knows what has to be there
 * asks here, before anything is allocated for the numbers; see {@link ModelFile#read(Path, long, java.util.function.Consumer)}.
 * {@link #read} is for who wants no numbers at all.
 */
public final class ModelHeader {

  private static final String FORMAT_KEY = "format";
  private static final String FORMAT = "lanewise";
  private static final String VERSION_KEY = "version";
  private static final String VERSION = "1";

  private final String file;
  private final Map<String, String> metadata;
  private final Map<String, List<Integer>> shapes;

  /**
   * Of a model.
   *
   * @param file what messages call it
   */
  ModelHeader(String file, Map<String, String> metadata, Map<String, List<Integer>> shapes) {
    this.file = file;
    this.metadata = metadata;
    this.shapes = shapes;
  }

  /**
   * Reads a file no further than to its numbers: 16 MiB at most, however long it is. So whether these are there is known, but
   * not what they are, nor whether the file's checksum is that of its content: {@link ModelFile#read(Path)} is for that.
   *
   * @throws ModelFileException if the file does not exist, is not a model of Lanewise or of another version, does not have as many
   *     bytes as it says or has numbers that are no 32-bit floats
   */
  public static ModelHeader read(Path file) {
    try {
      List<ModelHeader> read = new ArrayList<>();
      TensorFile.readHeader(file, required(file.toString(), read::add));
      return read.getFirst();
    } catch (IOException e) {
      throw ModelFileException.reading(file.toString(), e);
    }
  }

  /** That a file is a model, of this version, and what else is asked of its header. */
  static TensorFile.Condition required(String file, Consumer<ModelHeader> more) {
    return new TensorFile.Condition() {
      @Override
      public void checkMetadata(Map<String, String> metadata) throws IOException {
        checkVersion(metadata);
        checkSumIsNamed(metadata);
      }

      @Override
      public void check(TensorHeader header) throws IOException {
        more.accept(of(file, header));
      }
    };
  }

  private static ModelHeader of(String file, TensorHeader header) throws IOException {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (TensorHeader.Entry entry : header.entries()) {
      checkType(entry);
      shapes.put(entry.name(), entry.shape());
    }
    return new ModelHeader(file, header.metadata(), shapes);
  }

  /** Whether metadata are those of a model, of whatever version. */
  static boolean isModel(Map<String, String> metadata) {
    return FORMAT.equals(metadata.get(FORMAT_KEY));
  }

  /** What the metadata of a model begin with. */
  static Map<String, String> beginning() {
    Map<String, String> beginning = new LinkedHashMap<>();
    beginning.put(FORMAT_KEY, FORMAT);
    beginning.put(VERSION_KEY, VERSION);
    return beginning;
  }

  private static void checkVersion(Map<String, String> metadata) throws IOException {
    if (!isModel(metadata)) {
      throw new IOException("it is not a model of Lanewise, its format being " + quotedOr("missing", metadata.get(FORMAT_KEY)));
    }
    String version = metadata.get(VERSION_KEY);
    if (!VERSION.equals(version)) {
      throw new IOException(
          Message.of("it is of version %s, but only version %s is known here", quotedOr("none", version), VERSION));
    }
  }

  /** Who changes a file leaves the sum out; one whose name is damaged is not left out. */
  private static void checkSumIsNamed(Map<String, String> metadata) throws IOException {
    if (metadata.containsKey(Checksum.KEY)) {
      return;
    }
    for (String key : metadata.keySet()) {
      if (Checksum.isDamagedKey(key)) {
        throw new IOException(
            Message.of("it is damaged, its checksum being named %s instead of %s", Json.quote(key), Json.quote(Checksum.KEY)));
      }
    }
  }

  /** Bytes would take four times their room, and are no weights. */
  private static void checkType(TensorHeader.Entry entry) throws IOException {
    if (entry.type() != ElementType.F32) {
      throw new IOException(
          Message.of("tensor %s is of type %s, but those of a model are F32", Json.quote(entry.name()), entry.type()));
    }
  }

  private static String quotedOr(String missing, String value) {
    return value == null ? missing : Json.quote(value);
  }

  /** What was read as messages name it: a file, or {@code "the stream"}. */
  public String name() {
    return file;
  }

  /** Whether there is a JSON map of this name. */
  public boolean hasJson(String key) {
    return metadata.containsKey(key);
  }

  /**
   * A JSON map.
   *
   * @throws ModelFileException if there is none of this name
   */
  public JsonObject json(String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw refuse("it has no " + Json.quote(key) + " among its metadata");
    }
    try {
      return JsonObject.of(file, key, Json.parse(text));
    } catch (JsonException e) {
      throw refuse(key + " is damaged: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      throw refuse(key + " " + TensorFile.needsMemory());
    }
  }

  /** The names of all matrices, in the order of the file. */
  public Set<String> tensorNames() {
    return Collections.unmodifiableSet(shapes.keySet());
  }

  /** How many bytes the numbers of all matrices take in memory. */
  public long bytes() {
    return shapes.values().stream().mapToLong(shape -> (long) Tensor.rows(shape) * Tensor.cols(shape) * Float.BYTES).sum();
  }

  /**
   * Refuses a file whose matrix of this name is not there or of another shape. Numbers of one dimension are one row.
   *
   * @throws ModelFileException if it is so
   */
  public void requireTensor(String name, int rows, int cols) {
    List<Integer> shape = shapes.get(name);
    if (shape == null) {
      throw refuse(Message.of("it has no tensor %s, which must be %d x %d", name, rows, cols));
    }
    if (shape.size() > 2 || Tensor.rows(shape) != rows || Tensor.cols(shape) != cols) {
      throw refuse(Message.of("%s must be %d x %d, but the file has %s", name, rows, cols, Tensor.text(shape)));
    }
  }

  /**
   * Refuses a file with a matrix of another name.
   *
   * @throws ModelFileException if there is one
   */
  public void requireNoTensorsBut(Set<String> names) {
    for (String name : shapes.keySet()) {
      if (!names.contains(name)) {
        throw refuse("it has a tensor " + Json.quote(name) + ", which nothing in it asks for");
      }
    }
  }

  /** What to throw when something in the file is not as it must be: "cannot read … : " and the reason. */
  public ModelFileException refuse(String reason) {
    return ModelFileException.reading(file, reason);
  }
}
