package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check of readers finds what it is there to find. */
class MutationsTest {
  private static final byte[] GOOD = "1,2,3\n4,5,6\n".getBytes(StandardCharsets.US_ASCII);
  private static final Mutations MUTATIONS = Mutations.of(GOOD).tokens("NaN", "\"").allocatingAtMost(1 << 20);

  /** Refuses all that has not the length of the good file. */
  private static void read(byte[] file) throws IOException {
    if (file.length != GOOD.length) {
      throw new IOException("it has another length");
    }
  }

  @Test
  void acceptsAReaderThatReadsOrRefuses() {
    MUTATIONS.check(MutationsTest::read);
  }

  @Test
  void makesManyMutantsAndTheSameAgain() {
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertArrayEquals(MUTATIONS.mutant(i), MUTATIONS.mutant(i));
      distinct.add(new String(MUTATIONS.mutant(i), StandardCharsets.ISO_8859_1));
    }
    assertTrue(distinct.size() > 500, () -> distinct.size() + " of 1000 differ");
  }

  @Test
  void findsAnotherException() {
    assertFound("neither read nor refused", file -> {
      read(file);
      if (file[4] != ',') {
        throw new NumberFormatException("for input string");
      }
    });
  }

  @Test
  void findsAMessageOfManyLines() {
    assertFound("not one short sentence", file -> {
      if (file.length != GOOD.length) {
        throw new DataException("it has\nanother length");
      }
    });
  }

  @Test
  void findsMemoryThatIsNotNeeded() {
    assertFound("bytes were allocated", file -> {
      read(file);
      assertTrue(new byte[file[0] == '1' ? 1 : 2 << 20].length > 0);
    });
  }

  @Test
  void findsACheckInWhichNothingHappens() {
    assertFound(" were accepted", file -> {});
  }

  @Test
  void findsAGoodFileThatIsRefused() {
    assertFound("a good file", file -> {
      throw new IOException("no");
    });
  }

  private static void assertFound(String message, Mutations.Reader reader) {
    AssertionError error = assertThrows(AssertionError.class, () -> MUTATIONS.check(reader));
    assertTrue(String.valueOf(error.getMessage()).contains(message), error::toString);
  }
}
