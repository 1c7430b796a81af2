package dev.lanewise.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void nothingThatSpoilsATerminal() {
    assertEquals("\"a\\tb?c?\"", Quoted.of("a\tb\u001bc\u009b"));
    assertEquals("\"" + "é".repeat(40) + "\"", Quoted.of("é".repeat(40)));
    assertEquals("\"" + "é".repeat(40) + "…\"", Quoted.of("é".repeat(41)));
    assertEquals("?".repeat(50), Quoted.plain("\n".repeat(50)));
  }

  /** A character of two chars is shown whole or not at all. */
  @Test
  void noHalfOfACharacter() {
    assertEquals("\"" + "a".repeat(39) + "…\"", Quoted.of("a".repeat(39) + "𝄞b"));
    assertEquals("\"" + "a".repeat(38) + "𝄞…\"", Quoted.of("a".repeat(38) + "𝄞b"));
  }

  @Test
  void theFirstOfMany() {
    assertEquals("\"a\", \"b\"", Quoted.list(List.of("a", "b")));
    for (int more = 0; more <= 3; more++) {
      String expected = "a; ".repeat(9) + "a" + (more == 0 ? "" : " and " + more + " more");
      assertEquals(expected, Quoted.list(Collections.nCopies(10 + more, "a"), each -> each, "; "));
    }
  }
}
