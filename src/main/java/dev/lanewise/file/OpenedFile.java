package dev.lanewise.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A regular file that is open for reading, with its length: that of the file that is open, although another may have taken its
 * name meanwhile, as {@link AtomicFile} does it.
 *
 * <p>Only a channel tells the length of what is open, and a channel is closed when its thread is interrupted, which a stream of
 * {@link Files} is not. So the length is asked for by name before and after the file is opened, until nothing has come between.
 *
 * @param in its bytes, from the first on; not disturbed by interrupts
 * @param length how many these are
 */
public record OpenedFile(InputStream in, long length) {

  /** A file that changes all the time, such as a log, is taken as it is then. */
  private static final int MOST_TRIES = 100;

  /**
   * Opens a file.
   *
   * @throws IOException if that is not possible, or it is not a regular file: a pipe has no length
   */
  public static OpenedFile of(Path file) throws IOException {
    long before = length(file);
    for (int tries = 1; ; tries++) {
      InputStream in = Files.newInputStream(file);
      try {
        long length = length(file);
        if ((length == before && fits(file, in, length)) || tries == MOST_TRIES) {
          return new OpenedFile(in, length);
        }
        before = length;
      } catch (Throwable e) {
        in.close();
        throw e;
      }
      in.close();
    }
  }

  private static long length(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    return found.size();
  }

  /** Of a file shorter than 2 GiB the JDK's own streams know the length; those of other file systems may not. */
  private static boolean fits(Path file, InputStream in, long length) throws IOException {
    return !file.getFileSystem().equals(FileSystems.getDefault()) || in.available() == Math.min(length, Integer.MAX_VALUE);
  }
}
