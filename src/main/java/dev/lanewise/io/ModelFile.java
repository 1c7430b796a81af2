package dev.lanewise.io;

import dev.lanewise.file.AtomicFile;
import dev.lanewise.io.json.Json;
import dev.lanewise.nn.Matrix;
import dev.lanewise.text.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is in the file of a model, read whole and checked: JSON maps, such as {@code network}, and named matrices, such
 * as {@code layers.0.weight}. The page "Model files" has their names and meaning.
 *
 * <p>The file is in the safetensors layout, which other programs read too.
 */
public final class ModelFile {

  private final ModelHeader header;
  private final Map<String, Tensor> tensors;

  private ModelFile(ModelHeader header, Map<String, Tensor> tensors) {
    this.header = header;
    this.tensors = tensors;
  }

  /**
   * Reads a file of any length.
   *
   * @throws ModelFileException as {@link #read(Path, long)} does
   */
  public static ModelFile read(Path file) {
    return read(file, Long.MAX_VALUE);
  }

  /**
   * Reads a file. Nothing in it has memory allocated for more numbers than the file has bytes for.
   *
   * @param maxBytes the longest file that is read
   * @throws ModelFileException if the file does not exist, is longer than the limit, damaged, not a model of Lanewise
   *     or of another version, has numbers that are no 32-bit floats, or needs more memory than there is
   */
  public static ModelFile read(Path file, long maxBytes) {
    return read(file, maxBytes, header -> {});
  }

  /**
   * Reads a file that a condition does not refuse, which is asked before anything is allocated for the numbers.
   *
   * @param maxBytes the longest file that is read
   * @param condition throws what {@link ModelHeader#refuse} gives it where the file is another than is asked for
   * @throws ModelFileException as {@link #read(Path, long)} does
   */
  public static ModelFile read(Path file, long maxBytes, Consumer<ModelHeader> condition) {
    String name = file.toString();
    return of(name, TensorFile.read(file, maxBytes, ModelHeader.required(name, condition)));
  }

  /**
   * The same of a stream, which is read to its end and not closed. Its bytes, 2³¹ − 9 at most, are in memory beside the numbers made of
   * them until all are read.
   *
   * @param maxBytes the most bytes that are read
   * @param condition as for a file
   * @throws ModelFileException as {@link #read(Path, long)} does, and if the stream cannot be read
   */
  public static ModelFile read(InputStream in, long maxBytes, Consumer<ModelHeader> condition) {
    String name = TensorFile.STREAM;
    return of(name, TensorFile.read(in, maxBytes, ModelHeader.required(name, condition)));
  }

  private static ModelFile of(String name, TensorFile content) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    content.tensors().forEach((tensorName, tensor) -> shapes.put(tensorName, tensor.shape()));
    return new ModelFile(new ModelHeader(name, content.metadata(), shapes), content.tensors());
  }

  /**
   * Whether a file is a model or a checkpoint of Lanewise, of whatever version, by its metadata: what is asked before one is written
   * over. Its tensors are not looked at.
   */
  public static boolean isModel(Path file) {
    try {
      return ModelHeader.isModel(TensorFile.readMetadata(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** What the file says beside the numbers. */
  public ModelHeader header() {
    return header;
  }

  /** What was read as messages name it: a file, or {@code "the stream"}. */
  public String name() {
    return header.name();
  }

  /** Whether there is a JSON map of this name. */
  public boolean hasJson(String key) {
    return header.hasJson(key);
  }

  /**
   * A JSON map.
   *
   * @throws ModelFileException if there is none of this name
   */
  public JsonObject json(String key) {
    return header.json(key);
  }

  /** The names of all matrices, in the order of the file. */
  public Set<String> tensorNames() {
    return header.tensorNames();
  }

  /** Whether there is a matrix of this name. */
  public boolean hasTensor(String name) {
    return tensors.containsKey(name);
  }

  /**
   * A matrix, which is the one that was read and no copy. If the file has numbers of one dimension there, they are one
   * row.
   *
   * @throws ModelFileException if there is none of this name, or if it has another shape
   */
  public Matrix tensor(String name, int rows, int cols) {
    header.requireTensor(name, rows, cols);
    return tensors.get(name).values();
  }

  /** What to throw when something in the file is not as it must be: "cannot read … : " and the reason. */
  public ModelFileException refuse(String reason) {
    return header.refuse(reason);
  }

  /**
   * Refuses a file that could not be written now, before there is anything to write.
   *
   * @throws ModelFileException if its directory is not there, not writable or full, or if it is read-only or no regular file
   */
  public static void requireWritable(Path file) {
    try {
      AtomicFile.check(file);
    } catch (IOException e) {
      throw ModelFileException.writing(file.toString(), e);
    }
  }

  /** A model file to be written, still empty. */
  public static Builder builder() {
    return new Builder();
  }

  /** What is to be written, in the order in which it is given. */
  public static final class Builder {

    /** What a header may grow by until its file is written: a checksum, the number of epochs, the name of another loss. */
    private static final int ROOM = 256;

    private final Map<String, String> metadata = ModelHeader.beginning();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a JSON map: of strings, numbers, booleans, null, lists and further maps with strings as keys.
     *
     * @throws IllegalArgumentException if a value is of another type or not finite, or if the name is taken
     */
    public Builder json(String key, Map<String, ?> values) {
      if (key.equals(Checksum.KEY) || metadata.putIfAbsent(key, Json.write(values)) != null) {
        throw new IllegalArgumentException("the metadata have their " + key + " already");
      }
      return this;
    }

    /**
     * Adds a matrix, which is not copied.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder tensor(String name, Matrix values) {
      return add(Tensor.matrix(name, values));
    }

    /**
     * Adds a matrix of one row, such as a bias, as a tensor of one dimension; it is not copied.
     *
     * @throws IllegalArgumentException if it has not one row, or if the name is taken
     */
    public Builder vector(String name, Matrix row) {
      if (row.rows() != 1) {
        throw new IllegalArgumentException(Message.of("%s must have one row, but is %s", name, row.shape()));
      }
      return add(Tensor.vector(name, row));
    }

    private Builder add(Tensor tensor) {
      Tensor.checkName(tensor.name());
      if (tensors.putIfAbsent(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException("there is a tensor " + tensor.name() + " already");
      }
      return this;
    }

    /**
     * Refuses a file that could not be written now, before there is more to write: as {@link ModelFile#requireWritable} does, and
     * for what it would have in front of its numbers.
     *
     * @throws ModelFileException also if names and metadata make a header of more than 16 MiB already
     */
    public void requireWritable(Path file) {
      requireWritable(file, 0);
    }

    /**
     * {@link #requireWritable(Path)} of a file whose header will be longer.
     *
     * @param more by how many bytes at most
     */
    public void requireWritable(Path file, int more) {
      ModelFile.requireWritable(file);
      Map<String, String> longer = new LinkedHashMap<>(metadata);
      longer.put(" ", " ".repeat(Math.addExact(ROOM, more))); // a key that none has
      TensorFile.header(file.toString(), longer, tensors.values());
    }

    /**
     * Writes the file: it is replaced as a whole, or stays as it was when that fails or is stopped on the way.
     *
     * @throws ModelFileException if that is not possible, or if names and metadata make a header of more than 16 MiB
     */
    public void write(Path file) {
      TensorFile.write(file, metadata, List.copyOf(tensors.values()));
    }

    /**
     * Writes what a file would have to a stream, which is flushed and not closed.
     *
     * @throws ModelFileException if that is not possible, or if names and metadata make a header of more than 16 MiB
     */
    public void write(OutputStream out) {
      TensorFile.write(out, metadata, List.copyOf(tensors.values()));
    }
  }
}
