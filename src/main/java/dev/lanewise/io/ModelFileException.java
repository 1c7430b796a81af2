package dev.lanewise.io;

import dev.lanewise.file.Reason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file or stream that cannot be read or written: it is not there, damaged, of a version unknown here, or not of the shapes that
 * are asked for. The message is one sentence that names the file.
 */
public final class ModelFileException extends RuntimeException {

  private ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What cannot be read is named as messages name it. */
  static ModelFileException reading(String name, String reason) {
    return new ModelFileException("cannot read " + name + ": " + reason, null);
  }

  static ModelFileException reading(String name, IOException cause) {
    return new ModelFileException("cannot read " + name + ": " + Reason.of(cause), cause);
  }

  /** Of a file that cannot be written for a reason that is not the file system's. */
  public static ModelFileException writing(Path file, String reason) {
    return writing(file.toString(), reason);
  }

  static ModelFileException writing(String name, String reason) {
    return new ModelFileException("cannot write " + name + ": " + reason, null);
  }

  static ModelFileException writing(String name, IOException cause) {
    return new ModelFileException("cannot write " + name + ": " + Reason.of(cause), cause);
  }
}
