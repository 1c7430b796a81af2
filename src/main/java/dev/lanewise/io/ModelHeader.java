package dev.lanewise.io;

import dev.lanewise.io.json.Json;
import dev.lanewise.io.json.JsonException;
import dev.lanewise.kernel.Message;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the file of a model says before its numbers: JSON maps, and names and shapes of matrices. Who knows what has to be there
 * asks here, before anything is allocated for the numbers; see {@link ModelFile#read(Path, long, java.util.function.Consumer)}.
 */
public final class ModelHeader {

  private final Path file;
  private final Map<String, String> metadata;
  private final Map<String, List<Integer>> shapes;

  ModelHeader(Path file, Map<String, String> metadata, Map<String, List<Integer>> shapes) {
    this.file = file;
    this.metadata = metadata;
    this.shapes = shapes;
  }

  /** The file that was read, as messages name it. */
  public Path file() {
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
