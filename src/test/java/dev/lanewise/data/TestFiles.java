package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;

/** What the tests of the readers have in common. */
final class TestFiles {

  private TestFiles() {}

  /** Bytes written as numbers and characters: each of the parts is a byte ({@code Integer}) or text. */
  static byte[] bytes(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      switch (part) {
        case Integer number -> bytes.write(number);
        case byte[] more -> bytes.writeBytes(more);
        default -> bytes.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  /** Gzip of the bytes. */
  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Bytes as a reader gets them from a file. */
  static DecodedInput open(byte[] file) throws IOException {
    return DecodedInput.of("good", new ByteArrayInputStream(file), file.length, DecodedInput.DEFAULT_LIMIT);
  }

  /** Bytes as a reader gets them from a gzip, which does not tell how many there are. */
  static DecodedInput ofUnknownSize(byte[] bytes) {
    return new DecodedInput("good", "gzip", new ByteArrayInputStream(bytes), -1, DecodedInput.DEFAULT_LIMIT);
  }

  /** A file of the test resources. */
  static byte[] resource(String name) {
    try (InputStream in = TestFiles.class.getResourceAsStream("/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The call is refused with that sentence. */
  static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(DataException.class, call).getMessage());
  }
}
