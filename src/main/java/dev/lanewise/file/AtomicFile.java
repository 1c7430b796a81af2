package dev.lanewise.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file written so that its name always stands for the whole of the old content or the whole of the new, wherever the
 * program or the machine stops: a file of another name in the same directory is written, flushed to the disk and
 * renamed, and the directory flushed.
 *
 * <p>A program killed meanwhile leaves that other file, {@code .lanewise-….tmp}, and one whose heap is full may; after any other exception
 * it is gone, unless it is whole and nothing but the renaming failed: then the exception names it. A symbolic link stays one, and the file
 * it points to is replaced; permissions of an existing file are kept. An interrupt does not disturb the writing and is still there
 * afterwards.
 */
public final class AtomicFile {

  /** As many links as Linux follows. */
  private static final int MOST_LINKS = 40;

  /** What the smallest file takes of most file systems: an empty one can be made on one that is full. */
  private static final int BLOCK_BYTES = 4096;

  /** Multiples of it begin with bytes that look random: zeros a file system may compress to nothing. */
  private static final int SCATTER = 0x9E3779B1;

  private static final Set<PosixFilePermission> WRITING =
      Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final Set<PosixFilePermission> OWNERS = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Writes the new content. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Replaces or creates the file.
   *
   * @throws IOException if that is not possible; the file is then as it was, and the message names another that has the content
   *     where it could be written, but not renamed
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = target(file);
    Path directory = directory(target);
    requireName(target); // or the renaming would find it out
    Path temporary = createTemporary(directory);
    try {
      keepPrivate(target, temporary);
      writeAndSync(temporary, content);
      keepPermissions(target, temporary); // of which one may be that its owner cannot write
    } catch (Throwable e) {
      deleteAfter(e, temporary);
      throw e;
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) { // in a sticky directory, say, where the old file is another user's
      throw new IOException(Reason.of(e) + "; what was to be written is in " + temporary, e);
    } finally {
      flushDirectory(directory);
    }
  }

  /**
   * {@link #write}, for messages that reach a user as they are.
   *
   * @throws IOException whose message names the file as well
   */
  public static void save(Path file, Content content) throws IOException {
    try {
      write(file, content);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + Reason.of(e), e);
    }
  }

  /**
   * Refuses a file that {@link #write} could not write now: what takes hours is not to be lost for that.
   *
   * @throws IOException if its directory is not there, nothing can be made in it or it is full, or if the file is no regular one or
   *     read-only, or, as far as the system tells, mounted by itself, or no file can have its name
   */
  public static void check(Path file) throws IOException {
    Path target = target(file);
    if (Mounts.isMountPoint(target)) {
      throw new IOException("it is mounted by itself, so that no other can take its place: mount its folder");
    }
    byte[] block = new byte[BLOCK_BYTES];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) ((i * SCATTER) >>> 24);
    }
    Path temporary = createTemporary(directory(target));
    try {
      writeAndSync(temporary, out -> out.write(block));
      keepPermissions(target, temporary);
    } catch (Throwable e) {
      deleteAfter(e, temporary);
      throw e;
    }
    Files.delete(temporary);
    requireName(target);
  }

  /** Refuses a name that is too long, say: that another file can be made there tells nothing of it. */
  private static void requireName(Path target) throws IOException {
    try {
      Files.getLastModifiedTime(target);
    } catch (NoSuchFileException e) {
      // it can be made
    }
  }

  /** To the disk: some file systems find out only then that they are full. */
  private static void writeAndSync(Path temporary, Content content) throws IOException {
    try (var out = new FileOutputStream(temporary.toFile())) {
      content.writeTo(out);
      out.getFD().sync();
    }
  }

  private static void deleteAfter(Throwable e, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException stays) {
      e.addSuppressed(stays);
    } catch (OutOfMemoryError stays) {
      // To delete a file takes some memory. The caller is told of what came first.
    }
  }

  /**
   * The file that a name stands for, by symbolic links too, and which need not exist yet: what {@link #write} replaces.
   *
   * @throws IOException if links lead in a circle, or cannot be read
   */
  public static Path followed(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("it is a symbolic link to too many others");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** The same, refused where it cannot be replaced. */
  private static Path target(Path file) throws IOException {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IOException("it is not in the default file system");
    }
    // Asked of the name itself, as /dev/stdout is a link to a pipe by a name that is none of a file.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is there, but is not a regular file"); // a device would be gone after the renaming
    }
    Path target = followed(file);
    if (Files.exists(target) && (!Files.isWritable(target) || isReadOnly(target))) {
      throw new IOException("it is read-only"); // the renaming would not mind
    }
    return target;
  }

  /** Whether nobody may write it: root can all the same. */
  private static boolean isReadOnly(Path file) throws IOException {
    var attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return attributes != null && Collections.disjoint(attributes.readAttributes().permissions(), WRITING);
  }

  private static Path directory(Path target) throws IOException {
    Path directory = target.getParent();
    if (!Files.isDirectory(directory)) {
      throw new IOException("there is no directory " + directory);
    }
    return directory;
  }

  /** A new empty file, with the permissions that files made by this process have. */
  private static Path createTemporary(Path directory) throws IOException {
    String name = ".lanewise-" + ProcessHandle.current().pid() + "-";
    while (true) {
      try {
        return Files.createFile(directory.resolve(name + Long.toHexString(System.nanoTime()) + ".tmp"));
      } catch (FileAlreadyExistsException another) {
        // of a thread with the same time, or of a process with the same number, long ago or on another machine
      } catch (NoSuchFileException e) { // by which callers would understand their own file
        throw new IOException(
            Files.isDirectory(directory) ? "no file can be made in " + directory : "there is no directory " + directory, e);
      }
    }
  }

  /** Before it has content: lets nobody but its owner do what nobody may with the file whose place it takes. */
  private static void keepPrivate(Path target, Path temporary) throws IOException {
    var existing = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (existing == null || !Files.exists(target)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(temporary);
    Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
    kept.addAll(existing.readAttributes().permissions());
    kept.retainAll(permissions);
    if (!kept.equals(permissions)) {
      Files.setPosixFilePermissions(temporary, kept);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    var existing = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (existing == null || !Files.exists(from)) {
      return;
    }
    Set<PosixFilePermission> permissions = existing.readAttributes().permissions();
    if (!permissions.equals(Files.getPosixFilePermissions(to))) { // some file systems let nobody change them
      Files.setPosixFilePermissions(to, permissions);
    }
  }

  /**
   * So that the renaming outlives a power failure, too. Some systems cannot, and the file is whole there all the same.
   */
  private static void flushDirectory(Path directory) {
    boolean interrupted = false;
    boolean again = true;
    while (again) {
      again = false;
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
        again = true;
      } catch (IOException unsupported) {
        // Windows opens no directories
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
