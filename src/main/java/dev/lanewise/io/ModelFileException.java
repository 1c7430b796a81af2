package dev.lanewise.io;

import dev.lanewise.file.Reason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be read or written: it is not there, damaged, of a version unknown here, or not of the shapes that
 * are asked for. The message is one sentence that names the file.
 */
public final class ModelFileException extends RuntimeException {

  private ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }

  static ModelFileException reading(Path file, String reason) {
    return new ModelFileException("cannot read " + file + ": " + reason, null);
  }

  static ModelFileException reading(Path file, IOException cause) {
    return new ModelFileException("cannot read " + file + ": " + Reason.of(cause), cause);
  }

  /** Of a file that cannot be written for a reason that is not the file system's. */
  public static ModelFileException writing(Path file, String reason) {
    return new ModelFileException("cannot write " + file + ": " + reason, null);
  }

  static ModelFileException writing(Path file, IOException cause) {
    return new ModelFileException("cannot write " + file + ": " + Reason.of(cause), cause);
  }
}
