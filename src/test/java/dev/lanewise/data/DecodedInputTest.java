package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static dev.lanewise.data.TestFiles.bytes;
import static dev.lanewise.data.TestFiles.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedInputTest {

  /** Larger than a buffer, and not the same all over. */
  private static final byte[] CONTENT = new byte[200_000];

  static {
    for (int i = 0; i < CONTENT.length; i++) {
      CONTENT[i] = (byte) ((i * i) >>> 7);
    }
  }

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("file");
  }

  private byte[] decoded(byte[] content, long limit) throws IOException {
    try (DecodedInput in = DecodedInput.open(Files.write(file, content), limit)) {
      return in.readAllBytes();
    }
  }

  @Test
  void givesThePlainBytesAndHowManyRemain() throws IOException {
    try (DecodedInput in = DecodedInput.open(Files.write(file, CONTENT), CONTENT.length)) {
      assertEquals(CONTENT.length, in.remaining());
      assertEquals(CONTENT[0] & 0xff, in.read());
      assertEquals(1, in.position());
      assertEquals(CONTENT.length - 1, in.remaining());
      assertArrayEquals(Arrays.copyOfRange(CONTENT, 1, CONTENT.length), in.readAllBytes());
      assertEquals(0, in.remaining());
      assertEquals(-1, in.read());
    }
  }

  @Test
  void givesWhatAGzipHoldsWhateverItsName() throws IOException {
    try (DecodedInput in = DecodedInput.open(Files.write(file, gzip(CONTENT)), CONTENT.length)) {
      assertEquals(-1, in.remaining());
      assertArrayEquals(CONTENT, in.readAllBytes());
      assertEquals(CONTENT.length, in.position());
    }
  }

  @Test
  void givesWhatSeveralGzipsInARowHold() throws IOException {
    byte[] twice = bytes(gzip(CONTENT), gzip(bytes("and more")));
    assertArrayEquals(bytes(CONTENT, "and more"), decoded(twice, 1 << 20));
  }

  @Test
  void givesFilesTooShortForAMagicNumber() throws IOException {
    assertArrayEquals(new byte[0], decoded(new byte[0], 0));
    assertArrayEquals(bytes(0x1f), decoded(bytes(0x1f), 1));
    assertArrayEquals(bytes(0x1f, 0x8c), decoded(bytes(0x1f, 0x8c), 2));
  }

  @Test
  void stopsAtTheLimit() {
    String message = file + ": it holds more than the limit of 199999 decoded bytes; a higher limit can be given";
    assertRefused(message, () -> decoded(CONTENT, CONTENT.length - 1));
    assertRefused(message, () -> decoded(gzip(CONTENT), CONTENT.length - 1));
    String negative = assertThrows(IllegalArgumentException.class, () -> decoded(CONTENT, -1)).getMessage();
    assertEquals("the limit on decoded bytes cannot be -1", negative);
  }

  @Test
  void saysWhereAGzipEndsOrIsDamaged() {
    byte[] packed = gzip(bytes("0123456789"));
    assertRefused(file + ": the gzip has no whole header", () -> decoded(Arrays.copyOf(packed, 2), 100));
    assertRefused(file + ": the gzip has no whole header", () -> decoded(Arrays.copyOf(packed, 9), 100));
    assertRefused(
        file + ": the gzip ends early, after 10 decoded bytes",
        () -> decoded(Arrays.copyOf(packed, packed.length - 1), 100));
    assertRefused(
        file + ": the gzip ends early, after 10 decoded bytes",
        () -> decoded(Arrays.copyOf(packed, packed.length - 8), 100));
    packed[packed.length - 8] ^= 1;
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: Corrupt GZIP trailer", () -> decoded(packed, 100));
  }

  @Test
  void namesAFileThatCannotBeRead() {
    String missing = assertThrows(NoSuchFileException.class, () -> DecodedInput.open(file, 1)).getMessage();
    assertEquals(file.toString(), missing);
    String directory = assertThrows(FileSystemException.class, () -> DecodedInput.open(folder, 1)).getMessage();
    assertEquals(folder + ": it is a directory", directory);
  }
}
