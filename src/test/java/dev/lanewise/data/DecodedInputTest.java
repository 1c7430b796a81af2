package dev.lanewise.data;

import static dev.lanewise.data.TestFiles.assertRefused;
import static dev.lanewise.data.TestFiles.bytes;
import static dev.lanewise.data.TestFiles.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** So that it comes in several pieces, and one ends within it: random bytes are packed to no fewer. */
  @Test
  void givesWhatALargeGzipHolds() throws IOException {
    byte[] random = new byte[200_000];
    new Random(1).nextBytes(random);
    byte[] packed = gzip(random);
    assertTrue(packed.length >= random.length);
    assertArrayEquals(bytes(random, random, "and more"), decoded(bytes(packed, packed, gzip(bytes("and more"))), 1 << 20));
    String cut = assertThrows(DataException.class, () -> decoded(Arrays.copyOf(packed, 150_000), 1 << 20)).getMessage();
    assertTrue(cut.matches(".*: the gzip ends early, after 1[0-9]{5} decoded bytes"), cut);
  }

  /** Not the rows before it alone, as if they were all: that would lose the others without a word. */
  @Test
  void saysWhatIsWrongAfterAGzip() {
    byte[] first = gzip(bytes("0123456789"));
    byte[] second = gzip(bytes("and more"));
    for (int length = 1; length < second.length; length++) {
      byte[] cut = bytes(first, Arrays.copyOf(second, length));
      String refused = assertThrows(DataException.class, () -> decoded(cut, 100)).getMessage();
      assertTrue(refused.startsWith(file + ": the gzip ends early, after 1"), refused);
    }
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: what follows is no gzip", () -> decoded(bytes(first, "junk"), 100));
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: what follows is no gzip",
        () -> decoded(bytes(first, bytes(0x1f, 0x8c, 8)), 100));
    byte[] other = second.clone();
    other[0] = 0x1e;
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: what follows is no gzip", () -> decoded(bytes(first, other), 100));
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: what follows is no gzip",
        () -> decoded(bytes(first, bytes(0, 0, 0), second), 100));
    byte[] unknown = second.clone();
    unknown[2] = 7;
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: what follows is no gzip that is known",
        () -> decoded(bytes(first, unknown), 100));
  }

  /** A tape has blocks, the last of which is filled with zeros. */
  @Test
  void givesWhatIsBeforeZeros() throws IOException {
    assertArrayEquals(bytes("and more"), decoded(bytes(gzip(bytes("and more")), new byte[100_000]), 100));
  }

  /** A time, a file's name, a comment, what else there may be, and a checksum of all that. */
  @Test
  void givesWhatAGzipWithALongHeaderHolds() throws IOException {
    byte[] plain = gzip(bytes("and more"));
    byte[] header =
        bytes(bytes(0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3), bytes(2, 0, 7, 7), "name", bytes(0), "comment", bytes(0));
    CRC32 checksum = new CRC32();
    checksum.update(header);
    int expected = (int) checksum.getValue();
    byte[] deflated = Arrays.copyOfRange(plain, 10, plain.length);
    byte[] whole = bytes(header, bytes(expected & 0xff, expected >>> 8 & 0xff), deflated);
    assertArrayEquals(bytes("and moreand more"), decoded(bytes(whole, whole), 100));
    assertRefused(
        file + ": the gzip is damaged after 8 decoded bytes: Corrupt GZIP header",
        () -> decoded(bytes(whole, header, bytes(0, 0), deflated), 100));
  }

  /** As gzip makes it of a file, whose name alone is there; a part that comes alone must not be taken for another. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 16})
  void givesWhatAGzipWithOneMoreInItsHeaderHolds(int flag) throws IOException {
    byte[] plain = gzip(bytes("and more"));
    byte[] extra = bytes(4, 1, new byte[0x104]); // its length, the lower byte first
    byte[] part = flag == 1 ? new byte[0] : flag == 4 ? extra : bytes("a.csv", 0); // 1 says that it is text
    byte[] whole =
        bytes(Arrays.copyOf(plain, 3), flag, Arrays.copyOfRange(plain, 4, 10), part, Arrays.copyOfRange(plain, 10, plain.length));
    assertArrayEquals(bytes("and more"), decoded(whole, 100));
  }

  /** What they will mean nobody knows: perhaps that more comes before the bytes. */
  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x40, 0x80})
  void refusesFlagsThatAreReserved(int flag) {
    byte[] packed = gzip(bytes("and more"));
    packed[3] |= (byte) flag;
    assertRefused(file + ": the gzip has a header that is damaged, or of a kind that is not known", () -> decoded(packed, 100));
    assertRefused(
        file + ": the gzip is damaged after 10 decoded bytes: what follows is no gzip that is known",
        () -> decoded(bytes(gzip(bytes("0123456789")), packed), 100));
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
    for (int i = 1; i <= 8; i++) { // of the length, and of the checksum
      byte[] damaged = packed.clone();
      damaged[packed.length - i] ^= 1;
      assertRefused(
          file + ": the gzip is damaged after 10 decoded bytes: Corrupt GZIP trailer", () -> decoded(damaged, 100));
    }
  }

  @Test
  void namesAFileThatCannotBeRead() {
    String missing = assertThrows(NoSuchFileException.class, () -> DecodedInput.open(file, 1)).getMessage();
    assertEquals(file.toString(), missing);
    String directory = assertThrows(FileSystemException.class, () -> DecodedInput.open(folder, 1)).getMessage();
    assertEquals(folder + ": it is a directory", directory);
  }
}
