package dev.lanewise.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
    return new ModelFileException("cannot read " + file + ": " + reason(cause), cause);
  }

  static ModelFileException writing(Path file, IOException cause) {
    return new ModelFileException("cannot write " + file + ": " + reason(cause), cause);
  }

  /** What an operation says: the JDK has the name of the file in the place of a reason for the commonest ones. */
  private static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException e -> "it does not exist";
      case AccessDeniedException e -> "access is denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case FileNotFoundException e -> "it cannot be opened";
      case EOFException e -> "it ends too early";
      default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    };
  }
}
