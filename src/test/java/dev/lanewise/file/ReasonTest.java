package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Words where the JDK has a file's name. */
class ReasonTest {

  @Test
  void saysWhy() {
    assertEquals("it does not exist", Reason.of(new NoSuchFileException("/tmp/a")));
    assertEquals("access is denied", Reason.of(new AccessDeniedException("/tmp/a")));
    assertEquals("No space left on device", Reason.of(new FileSystemException("/tmp/a", null, "No space left on device")));
    assertEquals("/tmp/a", Reason.of(new FileSystemException("/tmp/a")));
    assertEquals("it cannot be opened", Reason.of(new FileNotFoundException("/tmp/a (Permission denied)")));
    assertEquals("it ends too early", Reason.of(new EOFException()));
    assertEquals("its header is damaged", Reason.of(new IOException("its header is damaged")));
    assertEquals("IOException", Reason.of(new IOException()));
  }
}
