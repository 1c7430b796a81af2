package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is as long as is said of it, whatever happens to its name and to the thread that reads it. */
class OpenedFileTest {

  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("file");
  }

  private static void assertContent(byte[] content, Path file) throws IOException {
    OpenedFile opened = OpenedFile.of(file);
    try (InputStream in = opened.in()) {
      assertEquals(content.length, opened.length());
      assertArrayEquals(content, in.readAllBytes());
    }
  }

  @Test
  void hasTheLengthOfWhatIsRead() throws IOException {
    assertContent(CONTENT, Files.write(file, CONTENT));
    assertContent(new byte[0], Files.write(file, new byte[0]));
  }

  @Test
  void hasTheLengthOfWhatIsReadWhileTheFileIsReplaced() throws IOException {
    try (Replaced replaced = new Replaced(file, new byte[10], new byte[20], new byte[30])) {
      while (!replaced.isEnough()) {
        OpenedFile opened = OpenedFile.of(file);
        try (InputStream in = opened.in()) {
          assertEquals(in.readAllBytes().length, opened.length());
        }
      }
    }
  }

  /** To which a channel would be closed. */
  @Test
  void readsOnAnInterruptedThread() throws IOException {
    Files.write(file, CONTENT);
    Thread.currentThread().interrupt();
    try {
      assertContent(CONTENT, file);
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is still there");
    }
  }

  @Test
  void readsWithinAZip() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"))) {
      assertContent(CONTENT, Files.write(zip.getPath("file"), CONTENT));
    }
  }

  @Test
  void refusesWhatIsNoRegularFile() {
    assertThrows(NoSuchFileException.class, () -> OpenedFile.of(file));
    assertEquals("it is not a regular file", assertThrows(IOException.class, () -> OpenedFile.of(directory)).getMessage());
  }
}
