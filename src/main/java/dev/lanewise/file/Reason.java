package dev.lanewise.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words: several exceptions of the JDK have a file's name for a message. */
public final class Reason {

  private Reason() {}

  /** The end of a sentence such as "cannot read a.npy: it does not exist". */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "it does not exist";
      case AccessDeniedException denied -> "access is denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      case FileNotFoundException other -> "it cannot be opened";
      case EOFException early -> "it ends too early";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
