package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old content or the new, links and permissions as they were, and nothing left lying about. */
class AtomicFileTest {

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("file");
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void createsAndReplaces() throws IOException {
    write(file, "old");
    assertEquals("old", Files.readString(file));
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void takesNamesThatAreRelativeOrVeryLong() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(directory.toAbsolutePath()).resolve("a/../file");
    Files.createDirectory(directory.resolve("a"));
    write(relative, "new");
    assertEquals("new", Files.readString(file));
    Path longest = directory.resolve("x".repeat(255));
    write(longest, "new");
    assertEquals("new", Files.readString(longest));
  }

  @Test
  void theOldContentIsThereUntilTheNewIsWhole() throws IOException {
    write(file, "old");
    AtomicFile.write(file, out -> {
      out.write('n');
      out.flush();
      assertEquals("old", Files.readString(file));
      out.write('w');
    });
    assertEquals("nw", Files.readString(file));
  }

  @Test
  void aFailureLeavesTheOldContentAndNothingElse() throws IOException {
    List<Throwable> all = List.of(new IOException("full"), new IllegalStateException("a bug"), new AssertionError());
    for (Throwable thrown : all) {
      assertSame(thrown, assertThrows(thrown.getClass(), () -> failing(thrown)));
      assertEquals(List.of(), names());
    }
    write(file, "old");
    IOException thrown = new IOException("full");
    assertSame(thrown, assertThrows(IOException.class, () -> failing(thrown)));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  /** It is what hours of training were for. */
  @Test
  void aRenamingThatFailsKeepsWhatIsWhole() throws IOException {
    IOException failed = assertThrows(IOException.class, () -> AtomicFile.write(file, out -> {
      out.write("new".getBytes(StandardCharsets.UTF_8));
      Files.createDirectories(file.resolve("a"));
    }));
    assertEquals(2, names().size(), names()::toString);
    Path kept = directory.resolve(names().getFirst());
    assertEquals("new", Files.readString(kept));
    assertEquals(Reason.of((IOException) failed.getCause()) + "; what was to be written is in " + kept, failed.getMessage());
  }

  private void failing(Throwable thrown) throws IOException {
    AtomicFile.write(file, out -> {
      out.write(1);
      switch (thrown) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        default -> throw (Error) thrown;
      }
    });
  }

  @Test
  void keepsPermissions() throws IOException {
    assumeTrue(posix(), "no such permissions here");
    for (String permissions : List.of("rw-------", "rwxrw-rw-", "rw-r-----")) {
      write(file, "old");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      write(file, "new");
      assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  /** While it is written the new content is nobody's who may not read the old one. */
  @Test
  void whatIsPrivateIsSoWhileItIsWritten() throws IOException {
    assumeTrue(posix(), "no such permissions here");
    write(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Set<String> seen = new HashSet<>();
    AtomicFile.write(file, out -> {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path each : files.toList()) {
          seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
        }
      }
    });
    assertEquals(Set.of("rw-------"), seen);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void newFilesHaveTheUsualPermissions() throws IOException {
    assumeTrue(posix(), "no such permissions here");
    write(file, "new");
    Path usual = Files.writeString(directory.resolve("usual"), "");
    assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
  }

  private boolean posix() throws IOException {
    return Files.getFileStore(directory).supportsFileAttributeView(PosixFileAttributeView.class);
  }

  @Test
  void replacesWhatALinkPointsTo() throws IOException {
    Path away = Files.createDirectory(directory.resolve("away"));
    Files.writeString(away.resolve("real"), "old");
    link("second", Path.of("away/real"));
    link("first", directory.resolve("second"));
    write(directory.resolve("first"), "new");
    assertEquals("new", Files.readString(away.resolve("real")));
    assertTrue(Files.isRegularFile(away.resolve("real"), LinkOption.NOFOLLOW_LINKS));
    assertEquals(directory.resolve("second"), Files.readSymbolicLink(directory.resolve("first")));
    assertEquals(Path.of("away/real"), Files.readSymbolicLink(directory.resolve("second")));
  }

  @Test
  void createsWhatALinkPointsTo() throws IOException {
    link("link", Path.of("real"));
    write(directory.resolve("link"), "new");
    assertEquals("new", Files.readString(directory.resolve("real")));
    assertTrue(Files.isSymbolicLink(directory.resolve("link")));
  }

  private void link(String name, Path target) throws IOException {
    try {
      Files.createSymbolicLink(directory.resolve(name), target);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no links here");
    }
  }

  @Test
  void refusesWhatCannotBeReplaced() throws IOException {
    assertMessage("there is no directory " + directory.resolve("missing"), directory.resolve("missing/file"));
    assertMessage("it is there, but is not a regular file", directory);
    write(file, "old");
    assertMessage("there is no directory " + file, file.resolve("below"));
    Files.delete(file);
    link("a", Path.of("b"));
    link("b", Path.of("a"));
    assertMessage("it is a symbolic link to too many others", directory.resolve("a"));
    assertEquals(List.of("a", "b"), names());
  }

  @Test
  void refusesWhatIsInAnArchive() throws IOException {
    try (FileSystem archive = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"))) {
      assertMessage("it is not in the default file system", archive.getPath("/file"));
    }
  }

  @Test
  void aCheckLeavesNothing() throws IOException {
    AtomicFile.check(file);
    assertEquals(List.of(), names());
    write(file, "old");
    AtomicFile.check(file);
    assertEquals(List.of("file"), names());
    assertEquals("old", Files.readString(file));
  }

  private static void assertMessage(String message, Path file) {
    assertEquals(message, assertThrows(IOException.class, () -> write(file, "new")).getMessage());
  }

  /** As a device does: not one of this machine's, which root would lose if it went wrong. */
  @Test
  void aSocketStaysASocket() throws IOException {
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(file));
      assertMessage("it is there, but is not a regular file", file);
      assertTrue(Files.readAttributes(file, BasicFileAttributes.class).isOther());
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "no such sockets here");
    }
  }

  /** As /dev/stdout leads to one: the link has a text that is no name. */
  @Test
  void aLinkToAPipe() throws IOException {
    Path opened = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(opened), "no such directory here");
    Pipe pipe = Pipe.open();
    try (var sink = pipe.sink(); var source = pipe.source(); Stream<Path> links = Files.list(opened)) {
      Path link = links.filter(AtomicFileTest::isPipe).findFirst().orElseThrow();
      assertMessage("it is there, but is not a regular file", link);
      String refused = assertThrows(IOException.class, () -> AtomicFile.check(link)).getMessage();
      assertEquals("it is there, but is not a regular file", refused);
      assertTrue(sink.isOpen() && source.isOpen());
    }
  }

  private static boolean isPipe(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().startsWith("pipe:");
    } catch (IOException closed) { // that of the list itself
      return false;
    }
  }

  /** Not that the file does not exist, which is no reason: Linux says so of all that it makes itself. */
  @Test
  void aDirectoryThatTakesNoFiles() {
    Path processes = Path.of("/proc");
    assumeTrue(Files.isDirectory(processes), "no such directory here");
    Path none = processes.resolve("file");
    assumeTrue(assertThrows(IOException.class, () -> Files.createFile(none)) instanceof NoSuchFileException, "another reason here");
    assertMessage("no file can be made in /proc", none);
    assertEquals("no file can be made in /proc", assertThrows(IOException.class, () -> AtomicFile.check(none)).getMessage());
  }

  /** Another one can be made beside it all the same. */
  @Test
  void aNameThatNoFileCanHave() {
    Path tooLong = file.resolveSibling("a".repeat(300));
    String refused = assertThrows(FileSystemException.class, () -> AtomicFile.check(tooLong)).getReason();
    assertEquals(assertThrows(FileSystemException.class, () -> write(tooLong, "new")).getReason(), refused);
    assertTrue(!refused.isBlank(), refused);
    assertDoesNotThrow(() -> AtomicFile.check(file.resolveSibling("a".repeat(255))));
  }

  /** Root could write to it all the same. */
  @Test
  void aReadOnlyFileStaysAsItIs() throws IOException {
    write(file, "old");
    assertTrue(file.toFile().setReadOnly());
    assertMessage("it is read-only", file);
    assertEquals("old", Files.readString(file));
  }

  /** As of a file that another of a group made, where this user may. */
  @Test
  void aFileThatItsOwnerCannotWriteKeepsItsPermissions() throws IOException {
    assumeTrue(posix(), "no such permissions here");
    write(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--rw----"));
    assumeTrue(Files.isWritable(file), "this user may not write to such a file");
    AtomicFile.check(file);
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals("r--rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  /** Whoever interrupts a fit wants to save what is trained so far. */
  @Test
  void anInterruptWaits() throws IOException {
    Thread.currentThread().interrupt();
    write(file, "new");
    assertTrue(Thread.interrupted(), "the interrupt is still there");
    assertEquals("new", Files.readString(file));
  }
}
