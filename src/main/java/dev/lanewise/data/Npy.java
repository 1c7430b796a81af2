package dev.lanewise.data;

import dev.lanewise.file.AtomicFile;
import dev.lanewise.nn.Matrix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads and writes NPY files, NumPy's format of one array, plain or gzip.
 *
 * <p>Read are versions 1.0 to 3.0, {@code bool}, signed and unsigned whole numbers of 1 to 8 bytes and floats of 2, 4
 * and 8, each rounded to the nearest float, in both byte orders and in C's and Fortran's order of indices. A matrix is
 * rows × everything else: an array without dimensions becomes 1 × 1, n values become n × 1, and a × b × c become a × (b
 * · c). Objects, strings and records are refused.
 *
 * <p>The header is not believed: a plain file has to be as long as it says, and what a gzip holds takes memory as it is
 * decoded. At most 8 GiB are decoded unless another limit is given.
 */
public final class Npy {

  private Npy() {}

  /** {@link #matrix(Path, long)} with a limit of 8 GiB. */
  public static Matrix matrix(Path file) throws IOException {
    return matrix(file, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * The array of a file, rows × everything else.
   *
   * @param file NPY, plain or gzip
   * @param limit the most bytes to decode
   * @throws DataException if the file is no NPY of numbers, its header disagrees with what follows, it ends early, or
   *     it holds more than the limit
   * @throws IOException if the file cannot be read
   */
  public static Matrix matrix(Path file, long limit) throws IOException {
    try (DecodedInput in = DecodedInput.open(file, limit)) {
      return NpyHeader.read(in).matrix(in);
    }
  }

  /** {@link #labels(Path, long)} with a limit of 8 GiB. */
  public static int[] labels(Path file) throws IOException {
    return labels(file, DecodedInput.DEFAULT_LIMIT);
  }

  /**
   * The array of a file of whole numbers, one a row.
   *
   * @throws DataException if there are several a row, they are not whole or do not fit an int, or for the reasons of
   *     {@link #matrix(Path, long)}
   * @throws IOException if the file cannot be read
   */
  public static int[] labels(Path file, long limit) throws IOException {
    try (DecodedInput in = DecodedInput.open(file, limit)) {
      return NpyHeader.read(in).labels(in);
    }
  }

  /**
   * Writes a matrix as float32, rows × columns. The file is replaced as a whole, or stays as it was.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, Matrix matrix) throws IOException {
    AtomicFile.save(file, out -> NpyWriter.write(out, matrix));
  }

  /**
   * Writes labels as int32, in one dimension. The file is replaced as a whole, or stays as it was.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, int... labels) throws IOException {
    AtomicFile.save(file, out -> NpyWriter.write(out, labels));
  }
}
