package dev.lanewise.io;

import dev.lanewise.nn.Matrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named matrices in and out of files in the safetensors layout, which NumPy, PyTorch, TensorFlow and others read and
 * write with the package of that name.
 */
public final class Tensors {

  private Tensors() {}

  /**
   * Writes matrices as tensors of rows × cols 32-bit floats, in the order of the map. The file is replaced as a whole,
   * or stays as it was when that fails or is stopped on the way.
   *
   * @throws ModelFileException if it cannot be written, or the names and shapes make a header of more than 16 MiB, which no file may have
   * @throws IllegalArgumentException if a name is not Unicode or is {@code __metadata__}, which safetensors keeps for itself
   */
  public static void save(Path file, Map<String, Matrix> matrices) {
    List<Tensor> tensors =
        matrices.entrySet().stream().map(entry -> Tensor.matrix(entry.getKey(), entry.getValue())).toList();
    tensors.forEach(tensor -> Tensor.checkName(tensor.name()));
    TensorFile.write(file, Map.of(), tensors);
  }

  /**
   * Reads all tensors of a file, in the order of their data. Floats of 16, 32 and 64 bits, bfloat16, whole numbers of
   * 8 to 64 bits with and without sign, and booleans are rounded to float. One dimension is one row; of three and more,
   * the first one is the rows and all others together are the columns.
   *
   * @throws ModelFileException if the file does not exist, is damaged, has tensors of other types, or needs more memory than there
   *     is
   */
  public static Map<String, Matrix> load(Path file) {
    return load(file, Long.MAX_VALUE);
  }

  /**
   * As {@link #load(Path)}.
   *
   * @param maxBytes the longest file that is read
   * @throws ModelFileException also if the file is longer
   */
  public static Map<String, Matrix> load(Path file, long maxBytes) {
    Map<String, Matrix> matrices = new LinkedHashMap<>();
    TensorFile.read(file, maxBytes).tensors().forEach((name, tensor) -> matrices.put(name, tensor.values()));
    return matrices;
  }
}
